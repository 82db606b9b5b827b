import {figure, type FigureWith, unavailable} from "../returns/figure.js";
import {mean, present} from "./moments.js";

/** What a Sortino ratio was computed with. */
export interface SortinoConstants {
  periodsPerYear: number;
  /** Return per period below which a return counts as a shortfall, as a fraction. */
  target: number;
  /** The shortfalls' squares are divided by the count of all returns. */
  denominator: "n";
  /** Returns that counted. */
  n: number;
}

/**
 * Returns the annualised Sortino ratio: mean(r - target) / sqrt(mean(min(r - target, 0)^2)) x sqrt(periodsPerYear).
 * The shortfalls' mean is over all n returns; Lean takes the sample deviation of the negative ones instead.
 *
 * @param returns simple returns as fractions, oldest first; NaN = none, skipped
 * @param options.target return asked for per period (not per year)
 * @returns the ratio; null below two returns and when no return is below the target
 * @throws RangeError if a return is infinite
 * @see Sortino & van der Meer (1991), "Downside risk", Journal of Portfolio Management 17(4); empyrical sortino_ratio
 */
export function sortino(
  returns: Float64Array,
  {periodsPerYear = 252, target = 0}: {periodsPerYear?: number; target?: number} = {}
): FigureWith<SortinoConstants> {
  const values = present(returns);
  const n = values.length;
  const constants = {periodsPerYear, target, denominator: "n", n} as const;
  if (n < 2) return {...unavailable(`needs two returns or more: ${n}`), constants};
  const downside = Math.sqrt(mean(values.map((r) => Math.min(r - target, 0) ** 2)));
  if (downside === 0) return {...unavailable("no return is below the target"), constants};
  return {...figure(((mean(values) - target) / downside) * Math.sqrt(periodsPerYear)), constants};
}
