import type {Bars} from "./bars.js";

/**
 * Returns where closes leave the channel of the bars before: 1 above the highest high of the last `lookback` bars, -1 below
 * their lowest low, else 0.
 *
 * @param lookback bars of the channel, a positive integer; the bar itself is not in it
 * @returns shape as the bars; 0 for the first `lookback`
 * @see Donchian (1960), "High finance in copper", Financial Analysts Journal 16(6)
 */
export function breakouts(
  {high, low, close}: Pick<Bars, "high" | "low" | "close">,
  lookback: number
): Int8Array {
  const sides = new Int8Array(close.length);
  const highest = new Extreme(high, 1);
  const lowest = new Extreme(low, -1);
  for (let i = 0; i < close.length; ++i) {
    if (i >= lookback) {
      if (close[i] > highest.since(i - lookback)) sides[i] = 1;
      else if (close[i] < lowest.since(i - lookback)) sides[i] = -1;
    }
    highest.take(i);
    lowest.take(i);
  }
  return sides;
}

/** The highest (sign 1) or lowest (sign -1) value of a window that moves: places whose values later ones do not beat. */
class Extreme {
  readonly #values: Float64Array;
  readonly #sign: number;
  readonly #places: Int32Array;
  #first = 0;
  #end = 0;

  constructor(values: Float64Array, sign: number) {
    this.#values = values;
    this.#sign = sign;
    this.#places = new Int32Array(values.length);
  }

  /** Takes the next value in. */
  take(i: number): void {
    const value = this.#sign * this.#values[i];
    while (this.#end > this.#first && this.#sign * this.#values[this.#places[this.#end - 1]] <= value)
      --this.#end;
    this.#places[this.#end++] = i;
  }

  /** Returns the extreme of the values taken from a place on, which never goes back. */
  since(from: number): number {
    while (this.#places[this.#first] < from) ++this.#first;
    return this.#values[this.#places[this.#first]];
  }
}
