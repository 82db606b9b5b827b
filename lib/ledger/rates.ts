import {divide, multiply, UNIT, type Amount} from "../money/amount.js";
import {sessionsBetween} from "../time/calendar.js";
import {addDays, daysBetween} from "../time/day.js";
import {LakeRates} from "./lake/lake-rates.js";
import {withoutLake} from "./lake/lake-rows.js";
import {oncePerLedger} from "./once-per-ledger.js";
import {lastAtOrBefore} from "./sorted-days.js";
import type {LedgerRow, LedgerTables} from "./tables.js";

/** Days a rate may be carried forward at most. */
export const MAX_RATE_AGE_DAYS = 7;

/** Units of `to` for one unit of `from`, on a day; `ageDays` says how far it was carried. */
export interface Rate {
  rate: Amount;
  ageDays: number;
  /** Whose it is where it is not IBKR's: `ECB fixing`. */
  source?: string;
}

interface Quotes {
  days: string[];
  rates: Amount[];
}

/** A rate as it was quoted; inverse where the amount is to be divided by it. */
interface Leg extends Rate {
  inverse: boolean;
}

/** IBKR's own conversion rates, looked up by day; where there is none, the lake's, if one was given. */
export class Rates {
  readonly #lake: LakeRates | null;
  readonly #quotes = new Map<string, Quotes>();
  readonly #hubs = new Set<string>();

  /** @param rows conversion rates, in any order; a row without a rate is left out */
  constructor(rows: Iterable<LedgerRow<"rates">>, lake: LakeRates | null = null) {
    this.#lake = lake;
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
   * Returns the rate of the day; over week-ends and exchange holidays the last one before it. Directly, inverted,
   * or across the base currency of a statement, whichever is youngest.
   * @returns null where there is none: never 1, and never an older one on a day of trading
   */
  find(from: string, to: string, day: string): Rate | null {
    const legs = this.#legs(from, to, day);
    if (legs) return {rate: through(legs, UNIT), ageDays: age(legs)};
    return this.#lake?.find(from, to, day) ?? null;
  }

  /** Returns the amount in another currency at the day's rate, rounded once for each rate it passes; null where there is none. */
  convert(amount: Amount, from: string, to: string, day: string): Amount | null {
    const legs = this.#legs(from, to, day);
    return legs ? through(legs, amount) : (this.#lake?.convert(amount, from, to, day) ?? null);
  }

  #legs(from: string, to: string, day: string): Leg[] | null {
    if (from === to) return [];
    const direct = this.#pair(from, to, day);
    if (direct?.ageDays === 0) return [direct];
    let best = direct && [direct];
    for (const hub of this.#hubs) {
      if (hub === from || hub === to) continue;
      const first = this.#pair(from, hub, day);
      const second = first && this.#pair(hub, to, day);
      if (first && second && (!best || age([first, second]) < age(best))) best = [first, second];
    }
    return best;
  }

  #pair(from: string, to: string, day: string): Leg | null {
    const quoted = this.#at(`${from}/${to}`, day);
    if (quoted?.ageDays === 0) return {...quoted, inverse: false};
    const turned = this.#at(`${to}/${from}`, day);
    if (!quoted) return turned && {...turned, inverse: true};
    return turned && turned.ageDays < quoted.ageDays
      ? {...turned, inverse: true}
      : {...quoted, inverse: false};
  }

  #at(pair: string, day: string): Rate | null {
    const quotes = this.#quotes.get(pair);
    const at = quotes ? lastAtOrBefore(quotes.days, day) : -1;
    if (!quotes || at < 0) return null;
    const quoted = quotes.days[at];
    if (quoted === day) return {rate: quotes.rates[at], ageDays: 0};
    const ageDays = daysBetween(quoted, day);
    if (ageDays > MAX_RATE_AGE_DAYS || sessionsBetween(addDays(quoted, 1), day).length) return null;
    return {rate: quotes.rates[at], ageDays};
  }
}

/** Returns the conversion rates of a ledger: IBKR's, else the lake's where the ledger has one. */
export const ratesOf = oncePerLedger(
  ({rates, lake}) => new Rates(rates, lake ? new LakeRates(lake.rows.rates) : null)
);

/** Returns IBKR's conversion rates alone. */
export const ownRatesOf = (ledger: LedgerTables): Rates => ratesOf(withoutLake(ledger));

function through(legs: readonly Leg[], amount: Amount): Amount {
  return legs.reduce((sum, {rate, inverse}) => (inverse ? divide(sum, rate) : multiply(sum, rate)), amount);
}

function age(legs: readonly Leg[]): number {
  return Math.max(0, ...legs.map(({ageDays}) => ageDays));
}
