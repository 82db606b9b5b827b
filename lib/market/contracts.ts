import {compareText} from "../order.js";
import type {MarketSet} from "./series.js";

const MONTH_CODES = "FGHJKMNQUVXZ";

/** A month's futures contract: its symbol, and the month it is of. */
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

const CONTRACT = new RegExp(`^[^:]+:([A-Z]+)([${MONTH_CODES}])(\\d\\d)(\\.[A-Z]+)?$`);

/**
 * Returns the contracts of a future that a set holds, of any vendor (`yahoo:ZQZ26.CBT`, `stooq:ZQZ26`), by month; of
 * one month they stand by id.
 *
 * @param root `ZQ`
 */
export function heldContracts(set: MarketSet, root: string): Contract[] {
  return [...set.keys()]
    .flatMap((id) => {
      const [, of, code, year] = CONTRACT.exec(id.toUpperCase()) ?? [];
      if (of !== root) return [];
      const month = `20${year}-${String(MONTH_CODES.indexOf(code) + 1).padStart(2, "0")}`;
      return [{id, symbol: id.slice(id.indexOf(":") + 1), month}];
    })
    .sort((a, b) => compareText(a.month, b.month) || compareText(a.id, b.id));
}
