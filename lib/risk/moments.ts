/**
 * Returns the values that are there: those that are not NaN, in order.
 * @throws RangeError if a value is infinite
 */
export function present(values: Float64Array): Float64Array {
  const wrong = values.findIndex((value) => Math.abs(value) === Infinity);
  if (wrong >= 0) throw new RangeError(`invalid returns[${wrong}]: ${values[wrong]}`);
  return values.filter((value) => !Number.isNaN(value));
}

/** Returns the arithmetic mean; NaN if n = 0. */
export function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Returns the standard deviation: the root of the sum of squared deviations over (n - ddof).
 * Exactly 0 when the values differ by no more than rounding, their own or that of a return, which is made as a ratio
 * less one and so is only known to 1e-16; NaN if n <= ddof.
 */
export function deviation(values: Float64Array, ddof: number): number {
  if (values.length <= ddof) return NaN;
  const middle = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  const spread = Math.sqrt(squares / (values.length - ddof));
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return spread <= Number.EPSILON * Math.max(values.length * largest, 4) ? 0 : spread;
}

/**
 * Returns the value below which a share of the values lies, interpolated linearly between the two nearest.
 *
 * @param sorted rising, no NaN; shape (n)
 * @param share in [0, 1]: 0 is the lowest value, 1 the highest
 * @returns NaN if n = 0
 * @see Hyndman & Fan (1996), "Sample quantiles in statistical packages", definition 7; numpy percentile
 */
export function percentile(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
}
