import {type Figure, figure, unavailable} from "../returns/figure.js";
import {deviation, mean} from "./moments.js";

/** Returns of two series on the same periods, those where both have one. */
export interface Pairs {
  returns: Float64Array;
  benchmark: Float64Array;
}

/**
 * Returns both series without the periods that either one misses.
 * @param returns simple returns as fractions; shape (n), NaN = none
 * @param benchmark the same periods; shape (n), NaN = none
 * @throws RangeError if lengths differ
 */
export function pairsOf(returns: Float64Array, benchmark: Float64Array): Pairs {
  if (returns.length !== benchmark.length) {
    throw new RangeError(`benchmark has ${benchmark.length} rows, returns has ${returns.length}`);
  }
  const both = (_: number, i: number) => !Number.isNaN(returns[i]) && !Number.isNaN(benchmark[i]);
  return {returns: returns.filter(both), benchmark: benchmark.filter(both)};
}

/** Returns the sample covariance of two series of equal length, divided by n - 1; NaN below two values. */
export function covarianceOf(a: Float64Array, b: Float64Array): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  return a.reduce((sum, value, i) => sum + (value - meanA) * (b[i] - meanB), 0) / (a.length - 1);
}

/**
 * Returns beta: cov(r, b) / var(b).
 * @param pairs as from `pairsOf`
 * @returns null below two pairs and when the benchmark does not vary
 */
export function beta({returns, benchmark}: Pairs): Figure {
  const n = returns.length;
  if (n < 2) return unavailable(`needs two common returns or more: ${n}`);
  const spread = deviation(benchmark, 1);
  return spread ? figure(covarianceOf(returns, benchmark) / spread ** 2) : unavailable(STILL);
}

/**
 * Returns Jensen's alpha per year: (1 + mean(r - rf - beta (b - rf)))^periodsPerYear - 1. It is annualised however short
 * the series; an account's is held back below a year by `compareWithBenchmark`.
 *
 * @param pairs as from `pairsOf`
 * @param options.riskFree return of the riskless asset per period (not per year)
 * @returns null as `beta`
 * @see Jensen (1968), Journal of Finance 23(2); empyrical alpha
 */
export function jensenAlpha(
  pairs: Pairs,
  {periodsPerYear, riskFree = 0}: {periodsPerYear: number; riskFree?: number}
): Figure {
  const slope = beta(pairs);
  if (slope.value === null) return slope;
  const {returns, benchmark} = pairs;
  const over = (_: number, i: number) =>
    returns[i] - riskFree - (slope.value ?? NaN) * (benchmark[i] - riskFree);
  return figure((1 + mean(returns.map(over))) ** periodsPerYear - 1);
}

/**
 * Returns the geometric mean return per year over that of the benchmark, both in the periods in which the benchmark
 * rose, or fell.
 *
 * @param pairs as from `pairsOf`
 * @returns null when it never did
 * @see empyrical up_capture, down_capture
 */
export function capture({returns, benchmark}: Pairs, side: "up" | "down", periodsPerYear: number): Figure {
  const chosen = (_: number, i: number) => (side === "up" ? benchmark[i] > 0 : benchmark[i] < 0);
  const days = benchmark.filter(chosen).length;
  if (!days) return unavailable(`the benchmark has no such day in ${benchmark.length}`);
  const yearly = (series: Float64Array) => grown(series.filter(chosen)) ** (periodsPerYear / days) - 1;
  return figure(yearly(returns) / yearly(benchmark));
}

/** Returns what one unit becomes: the product of (1 + r); 1 without returns. */
export function grown(returns: Float64Array): number {
  return returns.reduce((product, r) => product * (1 + r), 1);
}

/** Said when the benchmark's returns are all equal. */
export const STILL = "the benchmark's returns do not vary";
