import {type Figure, figure} from "../../returns/figure.js";

/** What weights are expected to do, by the same means and covariance that they were chosen by. */
export interface Performance {
  /** expected'w. */
  expectedReturn: number;
  /** Root of w'Sw. */
  volatility: number;
  /** (expectedReturn - riskFree x sum of weights) / volatility. */
  sharpe: Figure;
}

/**
 * Returns what weights are expected to do.
 *
 * @param expected shape (n); @param covariance row by row; shape (n x n)
 * @param options.riskFree in the unit of `expected`; what is not invested earns it
 * @returns the Sharpe ratio null without volatility; all NaN where a weight is
 */
export function performanceOf(
  weights: Float64Array,
  expected: Float64Array,
  covariance: Float64Array,
  {riskFree = 0}: {riskFree?: number} = {}
): Performance {
  const n = weights.length;
  let [expectedReturn, excess, variance] = [0, 0, 0];
  for (let i = 0; i < n; ++i) {
    expectedReturn += expected[i] * weights[i];
    excess += (expected[i] - riskFree) * weights[i];
    for (let j = 0; j < n; ++j) variance += weights[i] * covariance[i * n + j] * weights[j];
  }
  const volatility = Math.sqrt(Math.max(variance, 0));
  return {
    expectedReturn,
    volatility,
    sharpe: figure(volatility > 0 ? excess / volatility : NaN, "there is no volatility to divide by")
  };
}
