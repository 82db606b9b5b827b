import {figure, type FigureWith} from "../returns/figure.js";
import {present} from "./moments.js";

/** What a profit factor was computed with. */
export interface ProfitFactorConstants {
  /** Sum of the values above zero, and of those below it (<= 0). */
  gains: number;
  losses: number;
  n: number;
}

/**
 * Returns the sum of gains over the sum of losses: of closed trades when given their gains in money (the usual sense),
 * of days when given daily returns.
 *
 * @param values gains and losses in one unit, in any order; NaN = none, skipped
 * @returns a ratio >= 0; null when there is no value or no loss
 * @throws RangeError if a value is infinite
 */
export function profitFactor(values: Float64Array): FigureWith<ProfitFactorConstants> {
  const there = present(values);
  const gains = there.reduce((sum, value) => sum + Math.max(value, 0), 0);
  const losses = there.reduce((sum, value) => sum + Math.min(value, 0), 0);
  const reason = there.length ? "there is no loss to divide by" : "no values";
  return {...figure(losses ? gains / -losses : NaN, reason), constants: {gains, losses, n: there.length}};
}
