import type {CostPart} from "./combine.js";
import {proportionalCosts, type Rate} from "./costs.js";

/**
 * Returns the cost of a spread that is always the same: each fill pays half of it.
 * @param spread from bid to ask, as a fraction of the price or in money a unit
 */
export function fixedSpread({of, rate}: Rate): CostPart {
  const {slipped} = proportionalCosts({slippage: {of, rate: rate / 2}});
  return {slipped};
}
