import {figure, type FigureWith} from "../returns/figure.js";
import {percentile, present} from "./moments.js";

/** What a tail ratio was computed with. */
export interface TailRatioConstants {
  /** Share of the returns in each tail. */
  tail: number;
  n: number;
}

/**
 * Returns the size of the 95th percentile of the returns over that of the 5th, both interpolated linearly.
 *
 * @param returns simple returns as fractions, in any order; NaN = none, skipped
 * @returns a ratio >= 0; null without returns, when they do not vary, and when the lower percentile is 0
 * @throws RangeError if a return is infinite
 * @see empyrical tail_ratio
 */
export function tailRatio(
  returns: Float64Array,
  {tail = 0.05}: {tail?: number} = {}
): FigureWith<TailRatioConstants> {
  const sorted = present(returns).sort();
  const n = sorted.length;
  const still = n > 0 && sorted[0] === sorted[n - 1];
  const ratio = Math.abs(percentile(sorted, 1 - tail)) / Math.abs(percentile(sorted, tail));
  const reason = n === 0 ? "no returns" : still ? "the returns do not vary" : "the lower percentile is 0";
  return {...figure(still ? NaN : ratio, reason), constants: {tail, n}};
}
