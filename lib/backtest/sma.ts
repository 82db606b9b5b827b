/**
 * The mean of the last values of a series that grows, made as pandas makes it (`rolling(window).mean()`): a running sum,
 * what comes and what goes compensated apart, equal values giving that value. Bit by bit the same as pandas, so that two
 * means which tie there tie here: a crossing is decided by the last bit.
 *
 * @see Kahan (1965), "Further remarks on reducing truncation errors", Communications of the ACM 8(1)
 */
export class RunningMean {
  readonly #window: number;
  readonly #values: Float64Array;
  /** Values in the window. */
  #count = 0;
  #place = 0;
  #sum = 0;
  #lostIn = 0;
  #lostOut = 0;
  #last = NaN;
  #equal = 0;

  /** @throws RangeError if `window` is no positive integer */
  constructor(window: number) {
    if (!(Number.isSafeInteger(window) && window > 0)) throw new RangeError(`invalid window: ${window}`);
    this.#window = window;
    this.#values = new Float64Array(window);
  }

  /** Takes the next value, finite, and returns the mean of the last `window`; NaN while there are fewer. */
  next(value: number): number {
    const place = this.#place;
    this.#place = place + 1 === this.#window ? 0 : place + 1;
    if (this.#count === this.#window) {
      const out = -this.#values[place] - this.#lostOut;
      const sum = this.#sum + out;
      this.#lostOut = sum - this.#sum - out;
      this.#sum = sum;
    } else ++this.#count;
    const into = value - this.#lostIn;
    const sum = this.#sum + into;
    this.#lostIn = sum - this.#sum - into;
    this.#sum = sum;
    this.#values[place] = value;
    this.#equal = value === this.#last ? this.#equal + 1 : 1;
    this.#last = value;
    if (this.#count < this.#window) return NaN;
    return this.#equal >= this.#window ? value : this.#sum / this.#window;
  }
}

/**
 * Returns the simple moving average: the mean of each value and the `window - 1` before it.
 *
 * @param values oldest first, finite and not negative; shape (n)
 * @returns shape (n); NaN for the first `window - 1`
 * @throws RangeError if `window` is no positive integer
 */
export function sma(values: Float64Array, window: number): Float64Array {
  const mean = new RunningMean(window);
  return values.map((value) => mean.next(value));
}
