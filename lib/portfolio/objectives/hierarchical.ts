import {leafOrder, linkage} from "../../risk/cluster/linkage.js";
import {checkCovariance} from "../solver/check.js";

/**
 * Returns the weights of hierarchical risk parity, above zero and with sum 1: assets are ordered by single linkage of the
 * distances root of (1 - correlation) / 2, the order is halved again and again, and the two halves share what they have
 * by the inverse of their variances, each of inverse-variance weights. It is a rule, not an optimum.
 *
 * @param assets names; shape (n); @param covariance S, row by row; shape (n x n)
 * @throws RangeError without assets, for an asset that does not vary, for a covariance that is no covariance
 * @see Lopez de Prado (2016), "Building diversified portfolios that outperform out of sample", Journal of Portfolio
 * Management 42(4); PyPortfolioOpt HRPOpt
 */
export function hierarchicalRiskParity(assets: readonly string[], covariance: Float64Array): Float64Array {
  const n = assets.length;
  if (!n) throw new RangeError("no assets");
  checkCovariance(covariance, assets);
  const deviations = Float64Array.from({length: n}, (_, i) => Math.sqrt(covariance[i * n + i]));
  const still = deviations.findIndex((deviation) => !(deviation > 0));
  if (still >= 0) throw new RangeError(`${assets[still]} does not vary: it has no correlation`);
  const distances = covariance.map((value, k) => {
    const correlation = value / (deviations[Math.floor(k / n)] * deviations[k % n]);
    return Math.sqrt(Math.min(Math.max((1 - correlation) / 2, 0), 1));
  });
  const weights = new Float64Array(n).fill(1);
  split(leafOrder(linkage(distances, n, "single"), n), weights, covariance, n);
  return weights;
}

function split(items: readonly number[], weights: Float64Array, covariance: Float64Array, n: number): void {
  if (items.length < 2) return;
  const middle = items.length >> 1;
  const [first, second] = [items.slice(0, middle), items.slice(middle)];
  const [one, two] = [first, second].map((half) => inverseVariance(half, covariance, n));
  const share = 1 - one / (one + two);
  for (const i of first) weights[i] *= share;
  for (const i of second) weights[i] *= 1 - share;
  split(first, weights, covariance, n);
  split(second, weights, covariance, n);
}

/** Returns the variance of weights in proportion to 1 / variance. */
function inverseVariance(items: readonly number[], covariance: Float64Array, n: number): number {
  const inverse = items.map((i) => 1 / covariance[i * n + i]);
  const sum = inverse.reduce((all, value) => all + value, 0);
  let variance = 0;
  for (const [a, i] of items.entries())
    for (const [b, j] of items.entries()) variance += inverse[a] * covariance[i * n + j] * inverse[b];
  return variance / sum ** 2;
}
