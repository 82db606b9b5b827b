import {toNumber} from "../../money/amount.js";
import {sessionsBetween} from "../../time/calendar.js";
import {addDays} from "../../time/day.js";
import type {Position} from "../exposure.js";
import type {InstrumentRows} from "../instruments.js";
import {oncePerLedger} from "../once-per-ledger.js";
import type {LedgerTables} from "../tables.js";
import {LakeMarks, type LakeMark} from "./lake-marks.js";
import type {FilledMark} from "./lake-rows.js";

const lakeMarks = oncePerLedger(({lake}) => new LakeMarks(lake?.rows.marks ?? []));
const tradedAccounts = oncePerLedger(({trades}) => new Set(trades.map(({account}) => account)));

/** Longest that exchanges are closed. */
const LONGEST_CLOSURE = 7;

/** The instrument's rows with what was held at the session before, priced by the lake. */
export interface LakeDay {
  day: string;
  rows: InstrumentRows;
  mark: LakeMark;
}

/**
 * Returns what a position's account held of it at the close of the session before, where its statements list no positions
 * of an earlier day: what it holds less what it traded since, at the lake's close. Null without such a close, or without
 * the account's trades.
 */
export function lakeDay(ledger: LedgerTables, row: Position, rows: InstrumentRows): LakeDay | null {
  if (!ledger.lake || row.position === null || !tradedAccounts(ledger).has(row.account)) return null;
  const day = sessionsBetween(addDays(row.day, -LONGEST_CLOSURE), addDays(row.day, -1)).at(-1);
  const mark = day === undefined ? null : lakeMarks(ledger).holding(row, day);
  if (day === undefined || !mark) return null;
  const traded = rows.trades
    .filter((trade) => trade.day > day && trade.day <= row.day)
    .reduce((sum, {quantity}) => sum + (quantity ?? 0n), 0n);
  const held = row.position - traded;
  const earlier = {
    ...row,
    day,
    position: held,
    positionValue: null,
    markPrice: mark.price,
    fxRateToBase: null
  };
  return {day, mark, rows: held === 0n ? rows : {...rows, positions: [...rows.positions, earlier]}};
}

/** Returns the lake's last closes of an instrument up to a position's day; null where it has none. */
export function lakeSpark(ledger: LedgerTables, row: Position, count: number): [string, number][] | null {
  const closes = lakeMarks(ledger).last(row, row.day, count);
  return closes.length > 1 ? closes.map(([day, price]) => [day, toNumber(price)]) : null;
}

/** Returns what a price of the lake is called: `Yahoo Finance close of 2026-01-05, 3 days old`. */
export function labelOf({source, day, ageDays}: FilledMark): string {
  return `${source} of ${day}${ageDays ? `, ${ageDays} day${ageDays === 1 ? "" : "s"} old` : ""}`;
}
