import type {Bars} from "../bars.js";
import {checkWindow} from "./by-bars.js";

/** Estimators of a spread that need no quotes, by name. */
export const SPREAD_ESTIMATORS = {"corwin-schultz": corwinSchultz, "abdi-ranaldo": abdiRanaldo} as const;

export type SpreadEstimator = keyof typeof SPREAD_ESTIMATORS;

const ROOT = 3 - 2 * Math.SQRT2;

/**
 * Returns the spread by highs and lows. Of two bars the sum of squared ranges has twice the variance but the same spread
 * as the squared range over both: a = (√(2b) − √b) / (3 − 2√2) − √(g / (3 − 2√2)) with b = Σ ln(H/L)² of the two and
 * g = ln(H/L)² over both, spread 2(eᵃ − 1) / (1 + eᵃ), below zero taken as zero. A second bar that begins beyond the close
 * before it is moved back by that gap.
 *
 * @param window bars whose pairs are averaged, at least 2
 * @returns spread from bid to ask as a fraction of the price, by the bars up to each; NaN for the first
 * @see Corwin & Schultz (2012), "A simple way to estimate bid-ask spreads from daily high and low prices", Journal of
 * Finance 67(2)
 */
export function corwinSchultz({high, low, close}: Bars, window = 21): Float64Array {
  return meanOfPairs(high.length, window, (i) => {
    const before = close[i - 1];
    const gap = low[i] > before ? low[i] - before : high[i] < before ? high[i] - before : 0;
    const [h, l] = [high[i] - gap, low[i] - gap];
    const b = Math.log(high[i - 1] / low[i - 1]) ** 2 + Math.log(h / l) ** 2;
    const g = Math.log(Math.max(high[i - 1], h) / Math.min(low[i - 1], l)) ** 2;
    const a = (Math.sqrt(2 * b) - Math.sqrt(b)) / ROOT - Math.sqrt(g / ROOT);
    return Math.max((2 * (Math.exp(a) - 1)) / (1 + Math.exp(a)), 0);
  });
}

/**
 * Returns the spread by closes and the middles of ranges: of two bars √(4 (c − m)(c − m′)), where c is the first one's
 * logarithmic close, m and m′ the middles of both logarithmic ranges; a product below zero taken as zero.
 *
 * @param window bars whose pairs are averaged, at least 2
 * @returns spread from bid to ask as a fraction of the price, by the bars up to each; NaN for the first
 * @see Abdi & Ranaldo (2017), "A simple estimation of bid-ask spreads from daily close, high, and low prices", Review of
 * Financial Studies 30(12), the two-day corrected version
 */
export function abdiRanaldo({high, low, close}: Bars, window = 21): Float64Array {
  const middle = (i: number) => (Math.log(high[i]) + Math.log(low[i])) / 2;
  return meanOfPairs(high.length, window, (i) => {
    const c = Math.log(close[i - 1]);
    return Math.sqrt(Math.max(4 * (c - middle(i - 1)) * (c - middle(i)), 0));
  });
}

/** Returns the mean of what the pairs (i − 1, i) of the last bars give. */
function meanOfPairs(length: number, window: number, pair: (i: number) => number): Float64Array {
  const most = checkWindow(window, 2) - 1;
  const pairs = Float64Array.from({length}, (_, i) => (i === 0 ? NaN : pair(i)));
  return pairs.map((_, i) => {
    const first = Math.max(i - most + 1, 1);
    let sum = 0;
    for (let j = first; j <= i; ++j) sum += pairs[j];
    return sum / (i - first + 1);
  });
}
