import {dayNumber} from "../time/day.js";
import type {Frequency, Kind} from "../lake/dataset.js";
import type {Instrument} from "./instrument.js";
import {COMMODITIES, EQUITIES, FIXINGS} from "./universe-markets.js";
import {BREAKEVENS, CROSSES, DOLLAR, FORWARDS, GROWTH, NET_LIQUIDITY, SLOPES} from "./universe-computed.js";
import {FED_BALANCE, MACRO, MONEY, POLICY, REAL_CURVE, SOMA, TREASURY_CURVE} from "./universe-rates.js";

/** All lines of Markets, in the order in which they stand in their panels. */
export const UNIVERSE: readonly Instrument[] = [
  ...TREASURY_CURVE,
  ...REAL_CURVE,
  ...BREAKEVENS,
  ...SLOPES,
  ...MONEY,
  ...FORWARDS,
  ...DOLLAR,
  ...FIXINGS,
  ...CROSSES,
  ...EQUITIES,
  ...COMMODITIES,
  ...GROWTH,
  ...MACRO,
  NET_LIQUIDITY,
  ...FED_BALANCE,
  ...SOMA,
  ...POLICY
];

const BY_ID: ReadonlyMap<string, Instrument> = new Map(UNIVERSE.map((row) => [row.id, row]));

/** Returns the line with an id; undefined if there is none. */
export function instrument(id: string): Instrument | undefined {
  return BY_ID.get(id);
}

const MONTH_CODES = "FGHJKMNQUVXZ";

/** A month's futures contract: Yahoo's symbol of it, and the month it is of. */
export interface Contract {
  /** `yahoo:ZQZ26.CBT` */
  id: string;
  symbol: string;
  /** `2026-12` */
  month: string;
}

/**
 * Returns contracts of a future by delivery month.
 *
 * @param root `ZQ`
 * @param exchange Yahoo's ending: CBT, NYM, CMX
 * @param from the first month, `2026-12` or a day in it
 * @param months how many
 */
export function contracts(root: string, exchange: string, from: string, months: number): Contract[] {
  const first = Number(from.slice(0, 4)) * 12 + Number(from.slice(5, 7)) - 1;
  return Array.from({length: months}, (_, i) => {
    const [year, month] = [Math.floor((first + i) / 12), (first + i) % 12];
    const symbol = `${root}${MONTH_CODES[month]}${String(year % 100).padStart(2, "0")}.${exchange}`;
    return {id: `yahoo:${symbol}`, symbol, month: `${year}-${String(month + 1).padStart(2, "0")}`};
  });
}

/** Returns the month's 30-day fed funds futures from the month of a day (ISO) on, fourteen of them. */
export function fedFundsContracts(day: string): Contract[] {
  return contracts("ZQ", "CBT", day, 14);
}

/** Futures whose contracts make a curve: their row, Yahoo's root and ending, and delivery months that trade well. */
export const CURVE_FUTURES = [
  {id: "yahoo:CL=F", root: "CL", exchange: "NYM", codes: MONTH_CODES},
  {id: "yahoo:NG=F", root: "NG", exchange: "NYM", codes: MONTH_CODES},
  {id: "yahoo:GC=F", root: "GC", exchange: "CMX", codes: "GJMQVZ"}
] as const;

/** Returns the contracts of a curve, from the month after a day (ISO) on, within thirteen months. */
export function curveContracts(future: (typeof CURVE_FUTURES)[number], day: string): Contract[] {
  const listed = contracts(future.root, future.exchange, day, 14).slice(1);
  return listed.filter(({symbol}) => future.codes.includes(symbol[future.root.length]));
}

/** What a pull of Markets asks one vendor for. */
export interface MarketPull {
  provider: string;
  kind: Kind;
  universe: "markets";
  frequency: Frequency;
  symbols: string[];
}

/**
 * Returns what a pull of Markets asks for on a day (ISO): each vendor's symbols, in the order of the panels, and the
 * futures that are listed then. FRED's are under `fred`: without a key the same symbols are asked of `fred-graph`.
 * @throws RangeError if the day is none
 */
export function marketSymbols(day: string): MarketPull[] {
  dayNumber(day);
  const futures = [
    ...fedFundsContracts(day),
    ...CURVE_FUTURES.flatMap((future) => curveContracts(future, day))
  ];
  const asked = [
    ...UNIVERSE.filter(({provider}) => provider !== "computed"),
    ...futures.map(({symbol}) => ({provider: "yahoo", kind: "bars" as const, symbol}))
  ];
  const groups = Map.groupBy(asked, ({provider, kind}) => `${provider}/${kind}`);
  return [...groups.values()].map((rows) => ({
    provider: rows[0].provider,
    kind: rows[0].kind,
    universe: "markets",
    frequency: "1d",
    symbols: [...new Set(rows.map(({symbol}) => symbol))]
  }));
}
