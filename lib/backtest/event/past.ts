import type {Bars} from "../bars.js";

/** Makes so many bars known. The engine's alone: a strategy is handed the past, never this. */
export let advance: (series: Series, length: number) => void;

/**
 * The bars of one symbol up to now. Ages count from the last known bar: 0 is that bar, 1 the one before. Values come one
 * by one or as copies, so that nothing leads to what is not known yet.
 */
export class Series {
  readonly symbol: string;
  readonly currency: string;
  readonly #bars: Bars;
  #length = 0;
  #fresh = false;

  constructor(bars: Bars) {
    this.symbol = bars.symbol;
    this.currency = bars.currency;
    this.#bars = bars;
  }

  /** Bars that are known. */
  get length(): number {
    return this.#length;
  }

  /** Whether the last known bar ended now; false while a bar is missing. */
  get fresh(): boolean {
    return this.#fresh;
  }

  /** Returns the time of a bar; NaN before the first one. @throws RangeError if the age is no integer >= 0 */
  time(age = 0): number {
    return this.#at(this.#bars.time, age);
  }

  /** Returns a bar's open; NaN before the first one. @throws RangeError if the age is no integer >= 0 */
  open(age = 0): number {
    return this.#at(this.#bars.open, age);
  }

  /** Returns a bar's high; NaN before the first one. @throws RangeError if the age is no integer >= 0 */
  high(age = 0): number {
    return this.#at(this.#bars.high, age);
  }

  /** Returns a bar's low; NaN before the first one. @throws RangeError if the age is no integer >= 0 */
  low(age = 0): number {
    return this.#at(this.#bars.low, age);
  }

  /** Returns a bar's close; NaN before the first one. @throws RangeError if the age is no integer >= 0 */
  close(age = 0): number {
    return this.#at(this.#bars.close, age);
  }

  /** Returns a bar's volume; NaN where not known. @throws RangeError if the age is no integer >= 0 */
  volume(age = 0): number {
    return this.#at(this.#bars.volume, age);
  }

  /** Returns a copy of the last `count` closes, oldest first; fewer where fewer are known. */
  closes(count: number): Float64Array {
    return this.#bars.close.slice(Math.max(this.#length - count, 0), this.#length);
  }

  #at(column: Float64Array, age: number): number {
    if (!(Number.isInteger(age) && age >= 0))
      throw new RangeError(`invalid age: ${age}: a past bar is 0 or more`);
    return age < this.#length ? column[this.#length - 1 - age] : NaN;
  }

  static {
    advance = (series, length) => {
      series.#fresh = length > series.#length;
      series.#length = length;
    };
  }
}

/** What a strategy knows: the time, and the bars that have ended by then. */
export interface Past {
  /** Now: the close that it is asked at, milliseconds since 1970 UTC. */
  readonly now: number;
  /** One a symbol, in the order given. */
  readonly series: readonly Series[];
}
