import {crossProductsByKernel} from "../../kernels/cross-products.kernel.js";
import {type CovarianceEstimate, type ReturnColumns, rowsOf} from "./estimate.js";

/**
 * Returns the exponentially weighted covariance: the weighted mean of (x - mean x)(y - mean y), the weight falling by
 * (span - 1) / (span + 1) for each row back, the means those of all rows alike.
 *
 * @param options.span rows over which weights fall by e^-2 or so, >= 1
 * @returns each pair of assets over the rows that have both
 * @throws RangeError for a span below 1, and as `sampleCovariance` does
 * @see PyPortfolioOpt exp_cov (pandas ewm(span).mean())
 */
export function exponentialCovariance(
  returns: ReturnColumns,
  {span = 180}: {span?: number} = {}
): CovarianceEstimate {
  if (!(span >= 1 && span < Infinity)) throw new RangeError(`invalid span: ${span}: it is 1 or more`);
  const rows = rowsOf(returns);
  const n = returns.length;
  const decay = 1 - 2 / (span + 1);
  // a missing value is zero in both, so that sums over all rows are sums over those that a pair has
  const weighted = new Float64Array(n * rows);
  const weights = new Float64Array(n * rows);
  const there = new Float64Array(n * rows);
  for (const [i, column] of returns.entries()) {
    let [sum, count] = [0, 0];
    for (const value of column) {
      if (Number.isNaN(value)) continue;
      if (!Number.isFinite(value)) throw new RangeError(`infinite return in column ${i}`);
      sum += value;
      ++count;
    }
    for (let t = 0; t < rows; ++t) {
      if (Number.isNaN(column[t])) continue;
      const root = Math.sqrt(decay ** (rows - 1 - t));
      weighted[i * rows + t] = root * (column[t] - sum / count);
      weights[i * rows + t] = root;
      there[i * rows + t] = 1;
    }
  }
  const values = crossProductsByKernel(weighted, n, rows);
  const totals = crossProductsByKernel(weights, n, rows);
  const common = crossProductsByKernel(there, n, rows);
  let observations = rows;
  for (let k = 0; k < values.length; ++k) {
    if (common[k] < 2)
      throw new RangeError(
        `columns ${Math.floor(k / n)} and ${k % n} have ${common[k]} rows in common: two or more are needed`
      );
    values[k] /= totals[k];
    observations = Math.min(observations, common[k]);
  }
  return {n, values, observations};
}
