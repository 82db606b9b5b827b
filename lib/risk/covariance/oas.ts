import {crossProductsByKernel} from "../../kernels/cross-products.kernel.js";
import {centred, type CovarianceEstimate, type ReturnColumns} from "./estimate.js";
import {shrunk} from "./ledoit-wolf.js";

/**
 * Returns the covariance shrunk towards the identity times the mean variance by the oracle approximating share:
 * s = min((a + mu^2) / ((T + 1)(a - mu^2 / n)), 1), a the mean of E's squared entries, E = X'X / T.
 * As scikit-learn we leave out the terms 2 / n of the paper's formula 23.
 *
 * @returns positive definite unless all returns are zero; of one asset its variance, unshrunk
 * @throws RangeError below two rows, for columns of unequal length, for a missing or infinite return
 * @see Chen, Wiesel, Eldar & Hero (2010), "Shrinkage algorithms for MMSE covariance estimation", IEEE Transactions on
 * Signal Processing 58(10); scikit-learn oas
 */
export function oracleApproximating(returns: ReturnColumns): CovarianceEstimate {
  const {n, rows, values: x} = centred(returns);
  const values = crossProductsByKernel(x, n, rows);
  let [trace, squares] = [0, 0];
  for (let k = 0; k < values.length; ++k) {
    values[k] /= rows;
    squares += values[k] ** 2;
  }
  for (let i = 0; i < n; ++i) trace += values[i * n + i];
  const mu = trace / n;
  const alpha = squares / (n * n);
  const rest = (rows + 1) * (alpha - mu ** 2 / n);
  const shrinkage = n === 1 ? 0 : rest > 0 ? Math.min((alpha + mu ** 2) / rest, 1) : 1;
  return {n, values: shrunk(values, n, shrinkage, mu), shrinkage, observations: rows};
}
