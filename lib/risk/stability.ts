import {figure, type FigureWith, unavailable} from "../returns/figure.js";
import {covarianceOf} from "./beta.js";
import {deviation, present} from "./moments.js";

/** What a stability was computed with. */
export interface StabilityConstants {
  n: number;
}

/**
 * Returns how near growth was to steady: the R^2 of a line through the cumulative log returns over their numbers
 * 0, 1, 2, ….
 *
 * @param returns simple returns as fractions, oldest first; NaN = none, skipped
 * @returns a share in [0, 1]; null below three returns (a line goes through any two), after a loss of everything, and,
 *   unlike empyrical (1), when the returns do not vary
 * @throws RangeError if a return is infinite
 * @see empyrical stability_of_timeseries
 */
export function stability(returns: Float64Array): FigureWith<StabilityConstants> {
  const values = present(returns);
  const n = values.length;
  const constants = {n};
  if (n < 3) return {...unavailable(`needs three returns or more: ${n}`), constants};
  if (values.some((r) => r <= -1))
    return {...unavailable("everything was lost: there is no log return"), constants};
  if (deviation(values, 1) === 0) return {...unavailable("the returns do not vary"), constants};
  let sum = 0;
  const growth = values.map((r) => (sum += Math.log1p(r)));
  const steps = growth.map((_, i) => i);
  const correlation = covarianceOf(growth, steps) / (deviation(growth, 1) * deviation(steps, 1));
  return {...figure(Math.min(1, correlation ** 2)), constants};
}
