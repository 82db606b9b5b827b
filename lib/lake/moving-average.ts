/**
 * Returns the mean of each value and those before it, `window` in all; NaN for the first `window - 1` and while a NaN is
 * among them. Each mean is a sum of its own values only, of the end of one block and the beginning of the next, so that
 * nothing drifts over a long series as a running sum does.
 *
 * @param values in the order of time, one symbol's after the other's
 * @param window how many, at least 1
 * @param names whose each value is, one a value: a mean is never over two of them
 * @throws RangeError if `window` is no positive integer
 */
export function movingAverage(
  values: Float64Array,
  window: number,
  names: readonly string[] = []
): Float64Array {
  if (!(Number.isSafeInteger(window) && window > 0)) throw new RangeError(`invalid window: ${window}`);
  const means = new Float64Array(values.length);
  const ends = new Float64Array(window + 1); // sums from each place of a block to its end
  for (let start = 0, end = 1; start < values.length; start = end, ++end) {
    while (end < values.length && names[end] === names[start]) ++end;
    ends.fill(NaN);
    for (let block = start; block < end; block += window) {
      const length = Math.min(window, end - block);
      for (let k = 0, sum = 0; k < length; ++k) {
        sum += values[block + k];
        means[block + k] = (k + 1 < window ? ends[k + 1] + sum : sum) / window;
      }
      for (let k = length - 1, sum = 0; k > 0; --k) ends[k] = sum += values[block + k];
    }
  }
  return means;
}
