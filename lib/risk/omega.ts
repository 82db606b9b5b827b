import {figure, type FigureWith, unavailable} from "../returns/figure.js";
import {present} from "./moments.js";

/** What an Omega ratio was computed with. */
export interface OmegaConstants {
  /** Return per period that parts gains from losses, as a fraction. */
  threshold: number;
  n: number;
}

/**
 * Returns the Omega ratio: what the returns have above the threshold over what they lack below it,
 * sum(max(r - threshold, 0)) / sum(max(threshold - r, 0)).
 *
 * @param returns simple returns as fractions, in any order; NaN = none, skipped
 * @param options.threshold return per period (not per year): (1 + required)^(1 / periodsPerYear) - 1
 * @returns a ratio >= 0; null below two returns, when none is below the threshold, and when they do not vary
 * @throws RangeError if a return is infinite
 * @see Keating & Shadwick (2002), "A universal performance measure"; empyrical omega_ratio
 */
export function omega(
  returns: Float64Array,
  {threshold = 0}: {threshold?: number} = {}
): FigureWith<OmegaConstants> {
  const values = present(returns);
  const constants = {threshold, n: values.length};
  if (values.length < 2) {
    return {...unavailable(`needs two returns or more: ${values.length}`), constants};
  }
  if (values.every((r) => r === values[0])) return {...unavailable("the returns do not vary"), constants};
  const above = values.reduce((sum, r) => sum + Math.max(r - threshold, 0), 0);
  const below = values.reduce((sum, r) => sum + Math.max(threshold - r, 0), 0);
  return {...figure(above / below, "no return is below the threshold"), constants};
}
