import * as tails from "../../risk/value-at-risk.js";
import {calmarOfPeriods, fallOfPeriods, linked} from "./of-periods.js";
import {OURS} from "./ours.js";
import type {Rules} from "./rule.js";

/**
 * The rules of empyrical, which knows returns of periods only.
 * @see empyrical-reloaded 0.7.1, stats.py
 */
export const EMPYRICAL: Partial<Rules> = {
  totalReturn: linked,
  annualReturn: OURS.annualReturn,
  cagr: OURS.annualReturn,
  volatility: OURS.volatility,
  sharpe: OURS.sharpe,
  sortino: OURS.sortino,
  calmar: calmarOfPeriods,
  omega: OURS.omega,
  maxDrawdown: fallOfPeriods,
  valueAtRisk: {
    formula: "return: percentile of r at tail, interpolated",
    of: ({returns, tail}) => tails.percentileReturn(returns, {tail})
  },
  conditionalValueAtRisk: {
    formula: "return: mean of the int((n - 1) tail) + 1 lowest r",
    of: ({returns, tail}) => tails.lowestMean(returns, {tail})
  },
  skewness: OURS.skewness,
  excessKurtosis: OURS.excessKurtosis,
  tailRatio: OURS.tailRatio,
  stability: OURS.stability,
  alpha: OURS.alpha,
  beta: OURS.beta,
  upCapture: OURS.upCapture,
  downCapture: OURS.downCapture
};
