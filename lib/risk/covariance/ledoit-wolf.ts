import {crossProductsByKernel} from "../../kernels/cross-products.kernel.js";
import {centred, type CovarianceEstimate, type ReturnColumns} from "./estimate.js";

/**
 * Returns the covariance shrunk towards the identity times the mean variance by Ledoit and Wolf's share:
 * (1 - s) E + s mu I with E = X'X / T of centred returns (not T - 1), s = min(beta, delta) / delta.
 *
 * @returns positive definite unless all returns are zero; of one asset its variance, unshrunk
 * @throws RangeError below two rows, for columns of unequal length, for a missing or infinite return
 * @see Ledoit & Wolf (2004), "A well-conditioned estimator for large-dimensional covariance matrices", Journal of
 * Multivariate Analysis 88; scikit-learn ledoit_wolf
 */
export function ledoitWolf(returns: ReturnColumns): CovarianceEstimate {
  const {n, rows, values: x} = centred(returns);
  const values = crossProductsByKernel(x, n, rows);
  let [trace, squares] = [0, 0];
  for (let k = 0; k < values.length; ++k) {
    values[k] /= rows;
    squares += values[k] ** 2;
  }
  for (let i = 0; i < n; ++i) trace += values[i * n + i];
  const mu = trace / n;
  // the sum of X^2' X^2 over all pairs is, row by row, the square of a sum
  const lengths = new Float64Array(rows);
  for (let i = 0; i < n; ++i) for (let t = 0; t < rows; ++t) lengths[t] += x[i * rows + t] ** 2;
  const fourth = lengths.reduce((sum, length) => sum + length ** 2, 0) / rows;
  const delta = (squares - 2 * mu * trace + n * mu ** 2) / n;
  const beta = Math.min((fourth - squares) / (n * rows), delta);
  const shrinkage = n === 1 || beta <= 0 ? 0 : beta / delta;
  return {n, values: shrunk(values, n, shrinkage, mu), shrinkage, observations: rows};
}

/** Returns (1 - share) E + share x target x I, written over E. */
export function shrunk(values: Float64Array, n: number, share: number, target: number): Float64Array {
  for (let k = 0; k < values.length; ++k) values[k] *= 1 - share;
  for (let i = 0; i < n; ++i) values[i * n + i] += share * target;
  return values;
}
