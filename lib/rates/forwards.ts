import {discountAt, type ZeroCurve} from "./bootstrap.js";

/**
 * Returns the rate agreed today for a loan that starts later: `200 ((d(start) / d(start + length))^(1 / 2 length) - 1)`,
 * bond-equivalent percent.
 *
 * @param start in years, a multiple of a half
 * @param length in years, a multiple of a half, > 0
 * @returns NaN where the curve does not reach
 */
export function forwardRate(curve: ZeroCurve, start: number, length: number): number {
  const ratio = discountAt(curve, start) / discountAt(curve, start + length);
  return 200 * (ratio ** (1 / (2 * length)) - 1);
}
