import {byBars} from "./by-bars.js";
import type {CostPart} from "./combine.js";
import {type Rate} from "./costs.js";
import {fixedSpread} from "./spread.js";
import {SPREAD_ESTIMATORS, type SpreadEstimator} from "./spread-estimate.js";

/**
 * Returns the cost of a spread that is estimated from the bars before each fill: each fill pays half of it.
 * @param window bars that an estimate is of, at least 2
 * @param otherwise the spread where fewer than two bars are known
 */
export function barSpread({
  estimator = "abdi-ranaldo",
  window = 21,
  otherwise
}: {
  estimator?: SpreadEstimator;
  window?: number;
  otherwise: Rate;
}): CostPart {
  const spreads = byBars((bars) => SPREAD_ESTIMATORS[estimator](bars, window));
  const fallback = fixedSpread(otherwise).slipped!; // a spread has it
  return {
    slipped: (units, price, bars, bar, type) => {
      const spread = bar < 2 ? NaN : spreads(bars)[bar - 1];
      return Number.isNaN(spread)
        ? fallback(units, price, bars, bar, type)
        : price * (1 + (Math.sign(units) * spread) / 2);
    }
  };
}
