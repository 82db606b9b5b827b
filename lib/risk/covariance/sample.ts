import {crossProducts} from "../../kernels/cross-products.js";
import {centred, type CovarianceEstimate, type ReturnColumns, rowsOf} from "./estimate.js";

/**
 * Returns the sample covariance, sum of (x - mean x)(y - mean y) / (n - 1), each pair of assets over the rows that have
 * both, with the means of those rows. Where returns are missing the matrix may have eigenvalues below zero.
 *
 * @throws RangeError without assets, for columns of unequal length, for an infinite return, for two assets with less than
 * two rows in common
 * @see pandas DataFrame.cov
 */
export function sampleCovariance(returns: ReturnColumns): CovarianceEstimate {
  const rows = rowsOf(returns);
  if (returns.some((column) => column.some(Number.isNaN))) return pairwise(returns, rows);
  const {n, values: x} = centred(returns);
  const values = crossProducts(x, n, rows);
  for (let k = 0; k < values.length; ++k) values[k] /= rows - 1;
  return {n, values, observations: rows};
}

function pairwise(returns: ReturnColumns, rows: number): CovarianceEstimate {
  const n = returns.length;
  const values = new Float64Array(n * n);
  let observations = rows;
  for (let i = 0; i < n; ++i)
    for (let j = 0; j <= i; ++j) {
      const {covariance, common} = pairCovariance(returns[i], returns[j]);
      if (common < 2)
        throw new RangeError(`columns ${j} and ${i} have ${common} rows in common: two or more are needed`);
      if (!Number.isFinite(covariance)) throw new RangeError(`infinite return in column ${j} or ${i}`);
      values[i * n + j] = values[j * n + i] = covariance;
      observations = Math.min(observations, common);
    }
  return {n, values, observations};
}

function pairCovariance(x: Float64Array, y: Float64Array): {covariance: number; common: number} {
  let [common, meanX, meanY] = [0, 0, 0];
  for (let t = 0; t < x.length; ++t) {
    if (Number.isNaN(x[t]) || Number.isNaN(y[t])) continue;
    ++common;
    meanX += x[t];
    meanY += y[t];
  }
  meanX /= common;
  meanY /= common;
  let sum = 0;
  for (let t = 0; t < x.length; ++t)
    if (!Number.isNaN(x[t]) && !Number.isNaN(y[t])) sum += (x[t] - meanX) * (y[t] - meanY);
  return {covariance: sum / (common - 1), common};
}
