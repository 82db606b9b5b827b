import {divide, multiply, UNIT, type Amount} from "../../money/amount.js";
import {daysBetween} from "../../time/day.js";
import type {LakeFixings} from "./lake-rows.js";
import {quoteAt, quotesOf, type Quotes} from "./quotes.js";

/** Days a fixing is carried at most: over a long week-end, never over a pull that did not come. */
const MAX_FIXING_AGE_DAYS = 5;

/** A rate made of fixings: `ageDays` says how far the older of them was carried. */
export interface LakeRate {
  rate: Amount;
  ageDays: number;
  /** What the fixings are called. */
  source: string;
}

interface Fixing {
  value: Amount;
  ageDays: number;
}

/** The lake's fixings, and cross rates between two currencies that are fixed against a third. */
export class LakeRates {
  readonly #sources = new Map<string, {source: string; quotes: Map<string, Quotes>}>();

  constructor(fixings: readonly LakeFixings[]) {
    for (const {base, quote, source, rates} of fixings) {
      let own = this.#sources.get(base);
      if (!own) this.#sources.set(base, (own = {source, quotes: new Map()}));
      if (!own.quotes.has(quote)) own.quotes.set(quote, quotesOf(rates));
    }
  }

  /** Returns the rate of a day, or of the last fixing up to five days before it; null where there is none. */
  find(from: string, to: string, day: string): LakeRate | null {
    const legs = this.#legs(from, to, day);
    return legs && {rate: legs.through(UNIT), ageDays: legs.ageDays, source: legs.source};
  }

  /** Returns the amount in another currency, rounded once for each fixing it passes; null where there is none. */
  convert(amount: Amount, from: string, to: string, day: string): Amount | null {
    return this.#legs(from, to, day)?.through(amount) ?? null;
  }

  #legs(from: string, to: string, day: string) {
    for (const [base, {source, quotes}] of this.#sources) {
      const at = (currency: string): Fixing | null =>
        currency === base ? {value: UNIT, ageDays: 0} : fixingAt(quotes.get(currency), day);
      const [first, second] = [at(from), at(to)];
      if (!first || !second) continue;
      const through = (amount: Amount) =>
        multiply(first.value === UNIT ? amount : divide(amount, first.value), second.value);
      return {through, ageDays: Math.max(first.ageDays, second.ageDays), source};
    }
    return null;
  }
}

function fixingAt(quotes: Quotes | undefined, day: string): Fixing | null {
  const quoted = quotes && quoteAt(quotes, day);
  if (!quoted) return null;
  const ageDays = daysBetween(quoted.day, day);
  return ageDays <= MAX_FIXING_AGE_DAYS ? {value: quoted.value, ageDays} : null;
}
