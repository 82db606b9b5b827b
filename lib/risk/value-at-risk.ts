import {type Figure, figure, type FigureWith, unavailable} from "../returns/figure.js";
import {deviation, mean, percentile, present} from "./moments.js";
import {normalDensity, normalQuantile} from "./normal.js";
import {excessKurtosis, skewness} from "./shape.js";

/** What a VaR or CVaR was computed with. */
export interface TailConstants {
  /** Share of the worst outcomes that it speaks of. */
  tail: number;
  /** Returns that counted. */
  n: number;
}

/** What a VaR or CVaR by moments was computed with. */
export interface MomentTailConstants extends TailConstants {
  mean: number | null;
  /** With ddof 1. */
  deviation: number | null;
  /** Of the sample (divided by n); absent for the normal distribution. */
  skewness?: number | null;
  excessKurtosis?: number | null;
}

interface TailOptions {
  /** Share of the worst outcomes, in (0, 1): 0.05 is VaR at 95 %. */
  tail?: number;
}

/** Where the tail of n sorted outcomes ends: k = tail x n of them, the ceil(k)-th being the last. */
export interface TailCount {
  k: number;
  /** Index, from 0, of the outcome that VaR is. */
  last: number;
}

/**
 * Returns how many of n outcomes are the tail.
 * @throws RangeError if the tail is not between 0 and 1
 */
export function tailCount(n: number, tail: number): TailCount {
  checkTail(tail);
  const k = tail * n;
  return {k, last: Math.max(0, Math.ceil(k * (1 - 8 * Number.EPSILON)) - 1)}; // 0.07 x 100 is seven
}

/**
 * Returns the historical VaR as a loss: minus the ceil(tail x n)-th lowest return. It is an outcome that happened.
 *
 * @param returns of one horizon, as fractions (or gains in money), in any order; NaN = none, skipped
 * @returns a loss: positive when money was lost; null without returns
 * @throws RangeError if a return is infinite or the tail not in (0, 1)
 * @see Rockafellar & Uryasev (2002), "Conditional value-at-risk for general loss distributions"; skfolio value_at_risk,
 *   where rounding of 1 - 0.95 takes the next higher return when tail x n is whole
 */
export function historicalValueAtRisk(
  returns: Float64Array,
  {tail = 0.05}: TailOptions = {}
): FigureWith<TailConstants> {
  const sorted = present(returns).sort();
  const {last} = tailCount(sorted.length, tail);
  return ofTail(sorted, tail, () => -sorted[last]);
}

/**
 * Returns the historical CVaR as a loss: minus the mean of the worst share `tail` of the returns, the last of which
 * counts with the part that falls into it (Rockafellar and Uryasev's exact form).
 *
 * @param returns as for `historicalValueAtRisk`
 * @returns a loss, never below the VaR; null without returns
 * @throws as `historicalValueAtRisk`
 * @see Rockafellar & Uryasev (2002), proposition 8; skfolio cvar
 */
export function historicalConditionalValueAtRisk(
  returns: Float64Array,
  {tail = 0.05}: TailOptions = {}
): FigureWith<TailConstants> {
  const sorted = present(returns).sort();
  const {k, last} = tailCount(sorted.length, tail);
  return ofTail(sorted, tail, () => {
    const worse = sorted.subarray(0, last).reduce((sum, r) => sum + r, 0);
    return -(worse / k) + sorted[last] * (last / k - 1);
  });
}

/**
 * Returns the percentile of the returns at `tail`, interpolated linearly between the two nearest.
 *
 * @param returns as for `historicalValueAtRisk`
 * @returns a return: negative when money was lost; null without returns
 * @throws as `historicalValueAtRisk`
 * @see empyrical value_at_risk; Hyndman & Fan (1996), definition 7; numpy percentile
 */
export function percentileReturn(
  returns: Float64Array,
  {tail = 0.05}: TailOptions = {}
): FigureWith<TailConstants> {
  checkTail(tail);
  const sorted = present(returns).sort();
  return ofTail(sorted, tail, () => percentile(sorted, tail));
}

/**
 * Returns the mean of the int((n - 1) x tail) + 1 lowest returns.
 *
 * @param returns as for `historicalValueAtRisk`
 * @returns a return: negative when money was lost; null without returns
 * @throws as `historicalValueAtRisk`
 * @see empyrical conditional_value_at_risk
 */
export function lowestMean(
  returns: Float64Array,
  {tail = 0.05}: TailOptions = {}
): FigureWith<TailConstants> {
  checkTail(tail);
  const sorted = present(returns).sort();
  return ofTail(sorted, tail, () => mean(sorted.subarray(0, Math.floor((sorted.length - 1) * tail) + 1)));
}

function ofTail(sorted: Float64Array, tail: number, of: () => number): FigureWith<TailConstants> {
  const n = sorted.length;
  return {...(n ? figure(of()) : unavailable("no returns")), constants: {tail, n}};
}

/**
 * Returns the VaR of a normal distribution with the returns' mean and deviation, as a loss: -(mean + z deviation).
 *
 * @param returns as for `historicalValueAtRisk`
 * @returns a loss; null below two returns
 * @throws as `historicalValueAtRisk`
 */
export function normalValueAtRisk(
  returns: Float64Array,
  {tail = 0.05}: TailOptions = {}
): FigureWith<MomentTailConstants> {
  return ofMoments(returns, tail, (z) => z);
}

/**
 * Returns the CVaR of a normal distribution with the returns' mean and deviation, as a loss:
 * -(mean - deviation density(z) / tail).
 *
 * @param returns as for `historicalValueAtRisk`
 * @returns a loss; null below two returns
 * @throws as `historicalValueAtRisk`
 */
export function normalConditionalValueAtRisk(
  returns: Float64Array,
  {tail = 0.05}: TailOptions = {}
): FigureWith<MomentTailConstants> {
  return ofMoments(returns, tail, (z) => -normalDensity(z) / tail);
}

function ofMoments(
  returns: Float64Array,
  tail: number,
  standard: (z: number) => number
): FigureWith<MomentTailConstants> {
  checkTail(tail);
  const values = present(returns);
  const n = values.length;
  const [middle, spread] = [mean(values), deviation(values, 1)];
  const constants = {tail, n, mean: finite(middle), deviation: finite(spread)};
  if (n < 2) return {...unavailable(`needs two returns or more: ${n}`), constants};
  return {...figure(-(middle + spread * standard(normalQuantile(tail)))), constants};
}

/**
 * Returns the VaR by Cornish and Fisher's expansion, as a loss: -(mean + deviation z'), with
 * z' = z + (z^2 - 1) S / 6 + (z^3 - 3z) K / 24 - (2z^3 - 5z) S^2 / 36, S skewness and K excess kurtosis of the sample.
 *
 * @param returns as for `historicalValueAtRisk`
 * @returns a loss; null below two returns, when they do not vary, and where z' falls in the tail while z rises: the
 *   expansion is then no distribution
 * @throws as `historicalValueAtRisk`
 * @see Cornish & Fisher (1938); Maillard (2012), "A user's guide to the Cornish Fisher expansion"
 */
export function cornishFisherValueAtRisk(
  returns: Float64Array,
  {tail = 0.05}: TailOptions = {}
): FigureWith<MomentTailConstants> {
  return ofShape(
    returns,
    tail,
    (z, s, k) =>
      z + ((z ** 2 - 1) * s) / 6 + ((z ** 3 - 3 * z) * k) / 24 - ((2 * z ** 3 - 5 * z) * s * s) / 36
  );
}

/**
 * Returns the CVaR by Cornish and Fisher's expansion, as a loss: the mean of its quantiles below `tail`,
 * -(mean - deviation density(z) / tail (1 + z S / 6 + (z^2 - 1) K / 24 - (2z^2 - 1) S^2 / 36)).
 *
 * @param returns as for `historicalValueAtRisk`
 * @returns a loss; null as for `cornishFisherValueAtRisk`
 * @throws as `historicalValueAtRisk`
 * @see Maillard (2012)
 */
export function cornishFisherConditionalValueAtRisk(
  returns: Float64Array,
  {tail = 0.05}: TailOptions = {}
): FigureWith<MomentTailConstants> {
  return ofShape(
    returns,
    tail,
    (z, s, k) =>
      (-normalDensity(z) / tail) *
      (1 + (z * s) / 6 + ((z ** 2 - 1) * k) / 24 - ((2 * z ** 2 - 1) * s * s) / 36)
  );
}

function ofShape(
  returns: Float64Array,
  tail: number,
  standard: (z: number, skewness: number, excessKurtosis: number) => number
): FigureWith<MomentTailConstants> {
  const [third, fourth] = [skewness(returns), excessKurtosis(returns)];
  const normal = ofMoments(returns, tail, (z) => z);
  const constants = {...normal.constants, skewness: third.value, excessKurtosis: fourth.value};
  if (normal.value === null) return {...normal, constants};
  if (third.value === null || fourth.value === null) {
    return {...unavailable(third.reason ?? "the returns have no shape"), constants};
  }
  const [s, k] = [third.value, fourth.value];
  const falls = fallsInTail(tail, s, k);
  if (falls) return {...falls, constants};
  return {...ofMoments(returns, tail, (z) => standard(z, s, k)), constants};
}

/**
 * The expansion's derivative 1 - K/8 + 5 S^2/36 + z S/3 + z^2 (K/8 - S^2/6) must be above zero in the tail, but for the
 * farthest hundredth of its outcomes, where the expansion of any sample with light tails turns.
 */
function fallsInTail(tail: number, s: number, k: number): Figure | undefined {
  const [a, b, c] = [k / 8 - (s * s) / 6, s / 3, 1 - k / 8 + (5 * s * s) / 36];
  const [far, near] = [normalQuantile(tail / 100), normalQuantile(tail)];
  const vertex = Math.min(near, Math.max(far, -b / (2 * a)));
  const rises = [far, near, Number.isNaN(vertex) ? near : vertex].every((z) => (a * z + b) * z + c > 0);
  return rises
    ? undefined
    : unavailable(
        `the expansion is no distribution at skewness ${s.toFixed(2)} and excess kurtosis ${k.toFixed(2)}`
      );
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function checkTail(tail: number): void {
  if (!(tail > 0 && tail < 1)) throw new RangeError(`invalid tail: ${tail}: it is a share between 0 and 1`);
}
