import {figure, type FigureWith, unavailable} from "../returns/figure.js";
import {deviation, mean, present} from "./moments.js";

/** What a Sharpe ratio was computed with. */
export interface SharpeConstants {
  periodsPerYear: number;
  /** Return of the riskless asset per period, as a fraction. */
  riskFree: number;
  /** Subtracted from n in the variance's denominator. */
  ddof: number;
  /** Returns that counted. */
  n: number;
}

/**
 * Returns the annualised Sharpe ratio: mean(r - riskFree) / std(r - riskFree) x sqrt(periodsPerYear).
 *
 * @param returns simple returns as fractions, oldest first; NaN = none, skipped
 * @param options.riskFree return of the riskless asset per period (not per year)
 * @returns the ratio; null below two returns and, unlike empyrical (infinity), when the returns do not vary
 * @throws RangeError if a return is infinite
 * @see Sharpe (1994), "The Sharpe ratio", Journal of Portfolio Management 21(1); empyrical sharpe_ratio
 */
export function sharpe(
  returns: Float64Array,
  {
    periodsPerYear = 252,
    riskFree = 0,
    ddof = 1
  }: {periodsPerYear?: number; riskFree?: number; ddof?: 0 | 1} = {}
): FigureWith<SharpeConstants> {
  const values = present(returns);
  const n = values.length;
  const constants = {periodsPerYear, riskFree, ddof, n};
  if (n < 2) return {...unavailable(`needs two returns or more: ${n}`), constants};
  const spread = deviation(values, ddof);
  if (spread === 0) return {...unavailable("the returns do not vary"), constants};
  return {...figure(((mean(values) - riskFree) / spread) * Math.sqrt(periodsPerYear)), constants};
}
