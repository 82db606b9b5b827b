import {divide, multiply, UNIT, type Amount} from "../money/amount.js";
import {daysBetween} from "../time/day.js";
import type {LedgerRow} from "./tables.js";

/** Days a rate may be carried forward: over a week-end and the holidays beside it. */
export const MAX_RATE_AGE_DAYS = 7;

/** Units of `to` for one unit of `from`, on a day; `ageDays` says how far it was carried. */
export interface Rate {
  rate: Amount;
  ageDays: number;
}

interface Quotes {
  days: string[];
  rates: Amount[];
}

/** IBKR's own conversion rates, looked up by day. */
export class Rates {
  readonly #quotes = new Map<string, Quotes>();
  readonly #hubs = new Set<string>();

  /** @param rows conversion rates, in any order; a row without a rate is left out */
  constructor(rows: Iterable<LedgerRow<"rates">>) {
    const byPair = new Map<string, Map<string, Amount>>();
    for (const {fromCurrency, toCurrency, day, rate} of rows) {
      if (!fromCurrency || !toCurrency || rate === null || rate <= 0n) continue;
      const pair = `${fromCurrency}/${toCurrency}`;
      let days = byPair.get(pair);
      if (!days) byPair.set(pair, (days = new Map()));
      days.set(day, rate);
      this.#hubs.add(toCurrency);
    }
    for (const [pair, days] of byPair) {
      const sorted = [...days].sort(([a], [b]) => (a < b ? -1 : 1));
      this.#quotes.set(pair, {days: sorted.map(([day]) => day), rates: sorted.map(([, rate]) => rate)});
    }
  }

  /**
   * Returns the rate of the day, else the last one before it, at most a week old; directly, inverted, or
   * across the base currency of a statement.
   * @returns null where there is none: never 1
   */
  find(from: string, to: string, day: string): Rate | null {
    if (from === to) return {rate: UNIT, ageDays: 0};
    const direct = this.#pair(from, to, day);
    if (direct) return direct;
    for (const hub of this.#hubs) {
      const first = this.#pair(from, hub, day);
      const second = first && this.#pair(hub, to, day);
      if (first && second) {
        return {rate: multiply(first.rate, second.rate), ageDays: Math.max(first.ageDays, second.ageDays)};
      }
    }
    return null;
  }

  /** Returns the amount in another currency at the day's rate; null where there is none. */
  convert(amount: Amount, from: string, to: string, day: string): Amount | null {
    if (from === to) return amount;
    const found = this.find(from, to, day);
    return found && multiply(amount, found.rate);
  }

  /** Returns whether a rate stands for exactly this day. */
  has(from: string, to: string, day: string): boolean {
    return this.find(from, to, day)?.ageDays === 0;
  }

  #pair(from: string, to: string, day: string): Rate | null {
    if (from === to) return {rate: UNIT, ageDays: 0};
    const quoted = this.#at(`${from}/${to}`, day);
    if (quoted) return quoted;
    const inverse = this.#at(`${to}/${from}`, day);
    return inverse && {rate: divide(UNIT, inverse.rate), ageDays: inverse.ageDays};
  }

  #at(pair: string, day: string): Rate | null {
    const quotes = this.#quotes.get(pair);
    const at = quotes ? lastAtOrBefore(quotes.days, day) : -1;
    if (!quotes || at < 0) return null;
    const ageDays = daysBetween(quotes.days[at], day);
    return ageDays <= MAX_RATE_AGE_DAYS ? {rate: quotes.rates[at], ageDays} : null;
  }
}

/** Returns the index of the last day at or before the given one in a sorted list; -1 if there is none. */
export function lastAtOrBefore(days: readonly string[], day: string): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (days[middle] <= day) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
