import {dayNumber} from "../time/day.js";
import type {Frequency, Kind} from "../lake/dataset.js";
import {CURVE_FUTURES, curveContracts, fedFundsContracts} from "./contracts.js";
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
