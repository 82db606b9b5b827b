import type {Bars} from "../bars.js";

/** What a currency was worth, by time. */
export interface RateSeries {
  currency: string;
  /** When each rate became known, milliseconds since 1970 UTC, rising. */
  time: Float64Array;
  /** Units of the base currency for one of this. */
  rate: Float64Array;
}

/** The last known rate of each symbol's currency. Time only goes forward. */
export class Rates {
  readonly #series: readonly RateSeries[];
  readonly #at: Int32Array;
  /** Longest time that each rate was carried on, and when it was that old. */
  readonly #oldest: {ageMs: number; time: number}[];
  /** Series of each symbol's currency, -1 for the base currency. */
  readonly #ofSymbol: Int32Array;
  /** Whether all is in base currency. */
  readonly #areOne: boolean;

  /** @throws RangeError if a symbol's currency has no series, or a series has no rate or one that is not above zero */
  constructor(bars: readonly Bars[], base: string, series: readonly RateSeries[]) {
    this.#series = series;
    this.#at = new Int32Array(series.length).fill(-1);
    this.#oldest = series.map(() => ({ageMs: 0, time: NaN}));
    for (const {currency, rate} of series) {
      const wrong = rate.findIndex((value) => !(value > 0 && value < Infinity));
      if (wrong >= 0) throw new RangeError(`invalid rate of ${currency}: ${rate[wrong]}`);
    }
    this.#ofSymbol = Int32Array.from(bars, ({currency, symbol}) => {
      if (currency === base) return -1;
      const found = series.findIndex((each) => each.currency === currency);
      if (found < 0) throw new RangeError(`no rates of ${currency} in ${base}: ${symbol} needs them`);
      return found;
    });
    this.#areOne = this.#ofSymbol.every((each) => each < 0);
  }

  /** Returns the rates that were carried on, by currency. */
  carried(): {of: string; ageMs: number; time: number}[] {
    return this.#series
      .map(({currency}, s) => ({of: currency, ...this.#oldest[s]}))
      .filter(({ageMs}) => ageMs > 0);
  }

  /**
   * Sets the last rates known before a time, or at it.
   * @param into one a symbol
   * @throws RangeError if there is none yet
   */
  set(into: Float64Array, time: number, known: "before" | "at"): void {
    if (this.#areOne) return;
    for (let s = 0; s < this.#series.length; ++s) {
      const times = this.#series[s].time;
      let i = this.#at[s];
      while (i + 1 < times.length && (times[i + 1] < time || (known === "at" && times[i + 1] === time))) ++i;
      this.#at[s] = i;
      if (i >= 0 && time - times[i] > this.#oldest[s].ageMs) this.#oldest[s] = {ageMs: time - times[i], time};
    }
    for (let k = 0; k < into.length; ++k) {
      const s = this.#ofSymbol[k];
      if (s < 0) continue;
      const i = this.#at[s];
      if (i >= 0) into[k] = this.#series[s].rate[i];
      else if (known === "at")
        throw new RangeError(
          `no rate of ${this.#series[s].currency} by ${new Date(time).toISOString()}: rates must begin before the bars`
        );
    }
  }
}
