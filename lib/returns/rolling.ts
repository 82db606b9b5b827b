import type {Figure} from "./figure.js";

/**
 * Returns a measure over each window of returns, e.g. `rolling(returns, 63, (r) => volatility(r))`.
 *
 * @param returns simple returns, oldest first; shape (n)
 * @param window returns in a window, at least 1
 * @param measure what to take of each window; it must not keep or change its argument
 * @returns shape (n): the measure of the window that ends there; NaN before the first full one and where it has no value
 * @throws RangeError if the window is not a positive whole number
 */
export function rolling(
  returns: Float64Array,
  window: number,
  measure: (returns: Float64Array) => Figure
): Float64Array {
  if (!(Number.isInteger(window) && window > 0)) throw new RangeError(`invalid window: ${window}`);
  return returns.map((_, i) =>
    i + 1 < window ? NaN : (measure(returns.subarray(i + 1 - window, i + 1)).value ?? NaN)
  );
}
