import {figure, type FigureWith} from "../returns/figure.js";
import {deviation, present} from "./moments.js";

/** What a volatility was computed with. */
export interface VolatilityConstants {
  periodsPerYear: number;
  /** Subtracted from n in the variance's denominator. */
  ddof: number;
  /** Returns that counted. */
  n: number;
}

/**
 * Returns the annualised standard deviation of returns: std(r) x sqrt(periodsPerYear).
 *
 * @param returns simple returns as fractions, oldest first; NaN = none, skipped
 * @returns a fraction per year; null below two returns
 * @throws RangeError if a return is infinite
 * @see empyrical annual_volatility
 */
export function volatility(
  returns: Float64Array,
  {periodsPerYear = 252, ddof = 1}: {periodsPerYear?: number; ddof?: 0 | 1} = {}
): FigureWith<VolatilityConstants> {
  const values = present(returns);
  const n = values.length;
  const value = n < 2 ? NaN : deviation(values, ddof) * Math.sqrt(periodsPerYear);
  return {...figure(value, `needs two returns or more: ${n}`), constants: {periodsPerYear, ddof, n}};
}
