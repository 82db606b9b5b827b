import {sessionsBetween} from "../../time/calendar.js";
import {addDays, daysBetween} from "../../time/day.js";
import type {Amount} from "../../money/amount.js";
import type {LakeCloses} from "./lake-rows.js";
import {quoteAt, quotesOf, type Quotes} from "./quotes.js";

/** Longest that a close is carried over days without a session. */
const LONGEST_CLOSURE = 7;

/** What a vendor's closes are of: shares and funds, which have the same symbol everywhere. */
const CATEGORIES = new Set(["STK", "ETF", "FUND"]);

/** What is looked up: as the statements name it. */
export interface Named {
  symbol: string | null;
  currency?: string | null | undefined;
  assetCategory: string | null;
}

/** A vendor's close, for the day that it is of. */
export interface LakeMark {
  price: Amount;
  day: string;
  source: string;
  ageDays: number;
}

/** The lake's closes, by symbol and currency. */
export class LakeMarks {
  readonly #closes = new Map<string, {source: string; quotes: Quotes}>();

  constructor(marks: readonly LakeCloses[]) {
    for (const {symbol, currency, source, closes} of marks) {
      const key = `${symbol}/${currency}`;
      if (!this.#closes.has(key)) this.#closes.set(key, {source, quotes: quotesOf(closes)});
    }
  }

  /** Returns the close that holds on a day: its own, or the last before it where no session was since; else null. */
  holding(named: Named, day: string): LakeMark | null {
    const closes = this.#of(named);
    const quoted = closes && quoteAt(closes.quotes, day);
    if (!closes || !quoted) return null;
    const ageDays = daysBetween(quoted.day, day);
    if (ageDays > LONGEST_CLOSURE || (ageDays && sessionsBetween(addDays(quoted.day, 1), day).length))
      return null;
    return {price: quoted.value, day: quoted.day, source: closes.source, ageDays};
  }

  /** Returns closes of some days up to one, oldest first; none where the lake does not have it. */
  last(named: Named, day: string, count: number): [string, Amount][] {
    const closes = this.#of(named);
    if (!closes) return [];
    const {days, values} = closes.quotes;
    const upTo = days.flatMap((other, i): [string, Amount][] => (other <= day ? [[other, values[i]]] : []));
    return upTo.slice(-count);
  }

  #of({symbol, currency, assetCategory}: Named) {
    if (!symbol || !currency || !CATEGORIES.has(assetCategory ?? "")) return undefined;
    return this.#closes.get(`${symbol}/${currency}`);
  }
}
