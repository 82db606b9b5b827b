import {unavailable} from "../../returns/figure.js";
import type {RebalanceRequest, Tracking} from "./request.js";

/**
 * Returns how far weights are from the targets.
 *
 * @param weights of the positions, in their order; @param cash share of cash
 * @throws RangeError for a covariance of another shape
 */
export function trackingOf(
  {positions, covariance}: RebalanceRequest,
  weights: readonly number[],
  cash: {share: number; target: number}
): Tracking {
  const apart = weights.map((weight, i) => weight - positions[i].target);
  const distance =
    (apart.reduce((sum, gap) => sum + Math.abs(gap), 0) + Math.abs(cash.share - cash.target)) / 2;
  if (!covariance) return {distance, error: unavailable("no covariance was given")};
  const n = apart.length;
  if (covariance.length !== n * n)
    throw new RangeError(`covariance has ${covariance.length} values, not ${n} x ${n}`);
  let variance = 0;
  for (const [i, a] of apart.entries())
    for (const [j, b] of apart.entries()) variance += a * covariance[i * n + j] * b;
  return {distance, error: {value: Math.sqrt(Math.max(variance, 0))}};
}
