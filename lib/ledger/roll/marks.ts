import type {Amount} from "../../money/amount.js";
import {sessionsBetween} from "../../time/calendar.js";
import {addDays, daysBetween} from "../../time/day.js";
import {LakeMarks} from "../lake/lake-marks.js";
import {withoutLake} from "../lake/lake-rows.js";
import {holdingKey} from "../movements/holding.js";
import {holdingsOf, type Holding} from "../movements/holdings.js";
import {oncePerLedger} from "../once-per-ledger.js";
import {lastAtOrBefore} from "../sorted-days.js";
import type {LedgerTables} from "../tables.js";
import {dayBefore} from "./periods.js";

/** IBKR's attributes that say a closing price, in the order in which they count. */
const MARK_SOURCES = [
  "OpenPositions.markPrice",
  "PriorPeriodPositions.price",
  "MTMPerformanceSummary.closePrice",
  "MTMPerformanceSummary.prevClosePrice",
  "Trades.closePrice"
] as const;
export type MarkSource = (typeof MARK_SOURCES)[number];

/** A closing price, for the day that it carries. */
export interface Mark {
  price: Amount;
  day: string;
  /** The attribute that says it; of the lake what its closes are called: `Yahoo Finance close`. */
  source: MarkSource | (string & {});
}

/** A mark as it is used on a day: `ageDays` says how far it was carried. */
export interface UsedMark extends Mark {
  ageDays: number;
}

/** Longest that a mark is carried over days without a session. */
const LONGEST_CLOSURE = 7;

/**
 * Closing prices of a ledger's holdings, each for the day that it carries and with its source. The lake's, where the
 * ledger has one, come last: only `holding` knows them.
 */
export class Marks {
  readonly #lake: {marks: LakeMarks; holdings: ReadonlyMap<string, Holding>} | null;
  readonly #byHolding = new Map<string, Map<string, Mark>>();
  readonly #days = new Map<string, string[]>();

  constructor(ledger: LedgerTables) {
    const {lake} = ledger;
    const {positions, prior_positions, mtm, trades} = withoutLake(ledger);
    this.#lake = lake ? {marks: new LakeMarks(lake.rows.marks), holdings: holdingsOf(lake.own)} : null;
    for (const row of positions) this.#add(holdingKey(row), row.day, row.markPrice, MARK_SOURCES[0]);
    for (const row of prior_positions)
      this.#add(holdingKey(row), row.date ?? row.day, row.price, MARK_SOURCES[1]);
    const before = dayBefore(ledger);
    for (const row of mtm) {
      if (row.assetCategory === "CASH") continue;
      const key = holdingKey(row);
      if (row.toDate) this.#add(key, row.toDate, row.closePrice, MARK_SOURCES[2]);
      if (!row.fromDate || !row.prevClosePrice) continue;
      this.#add(key, before(row.fromDate), row.prevClosePrice, MARK_SOURCES[3]);
    }
    for (const row of trades) {
      if (row.assetCategory !== "CASH") this.#add(holdingKey(row), row.day, row.closePrice, MARK_SOURCES[4]);
    }
  }

  /** The first source counts; a price of zero is none but where IBKR values a position at it. */
  #add(holding: string | null, day: string, price: Amount | null, source: MarkSource): void {
    if (holding === null || price === null || (price === 0n && source !== MARK_SOURCES[0])) return;
    let own = this.#byHolding.get(holding);
    if (!own) this.#byHolding.set(holding, (own = new Map()));
    if (!own.has(day)) own.set(day, {price, day, source});
  }

  /** Returns the mark of that very day; undefined if there is none. */
  on(holding: string, day: string): Mark | undefined {
    return this.#byHolding.get(holding)?.get(day);
  }

  /** Returns the days with a mark of a holding, oldest first. */
  daysOf(holding: string): readonly string[] {
    let days = this.#days.get(holding);
    if (!days) this.#days.set(holding, (days = [...(this.#byHolding.get(holding)?.keys() ?? [])].sort()));
    return days;
  }

  /** Returns the last mark at or before a day, with its age; null if there is none. */
  lastAt(holding: string, day: string): UsedMark | null {
    const exact = this.on(holding, day);
    if (exact) return {...exact, ageDays: 0};
    const days = this.daysOf(holding);
    const at = lastAtOrBefore(days, day);
    const mark = at < 0 ? undefined : this.on(holding, days[at]);
    return mark ? {...mark, ageDays: daysBetween(mark.day, day)} : null;
  }

  /**
   * Returns the mark that holds on a day: its own, or the last before it where no session was since; else the lake's
   * close, by the same rule; null without one.
   */
  holding(holding: string, day: string): UsedMark | null {
    const own = this.#own(holding, day);
    if (own || !this.#lake) return own;
    const named = this.#lake.holdings.get(holding);
    return named ? this.#lake.marks.holding(named, day) : null;
  }

  #own(holding: string, day: string): UsedMark | null {
    const mark = this.lastAt(holding, day);
    if (!mark || mark.ageDays === 0) return mark;
    if (mark.ageDays > LONGEST_CLOSURE) return null;
    return sessionsBetween(addDays(mark.day, 1), day).length ? null : mark;
  }
}

/** Returns the marks of a ledger. */
export const marksOf = oncePerLedger((ledger) => new Marks(ledger));
