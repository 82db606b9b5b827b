import {crossProductsByKernel} from "../../kernels/cross-products.kernel.js";
import {centred, type CovarianceEstimate, type ReturnColumns} from "./estimate.js";

/**
 * Returns the sample covariance shrunk towards one correlation for all pairs, the mean of theirs, with the variances as
 * they are: (1 - s) S + s F, s = (pi - rho) / gamma / T within [0, 1]. S divides by T - 1, the moments of pi and rho by T.
 *
 * @throws RangeError below two assets or two rows, for columns of unequal length, for a missing or infinite return, for an
 * asset that does not vary
 * @see Ledoit & Wolf (2003), "Honey, I shrunk the sample covariance matrix", Journal of Portfolio Management 30(4);
 * PyPortfolioOpt CovarianceShrinkage.ledoit_wolf("constant_correlation")
 */
export function constantCorrelation(returns: ReturnColumns): CovarianceEstimate {
  const {n, rows, values: x} = centred(returns);
  if (n < 2) throw new RangeError("needs two assets or more: the mean correlation of one is none");
  const products = crossProductsByKernel(x, n, rows);
  const s = products.map((value) => value / (rows - 1));
  const e = products.map((value) => value / rows);
  const deviations = Float64Array.from({length: n}, (_, i) => Math.sqrt(s[i * n + i]));
  const still = deviations.indexOf(0);
  if (still >= 0) throw new RangeError(`column ${still} does not vary: it has no correlation`);

  let correlations = 0;
  for (let i = 0; i < n; ++i)
    for (let j = 0; j < i; ++j) correlations += (2 * s[i * n + j]) / (deviations[i] * deviations[j]);
  const mean = correlations / (n * (n - 1));

  const moments = momentsOf(x, n, rows, deviations);
  let [pi, rho, gamma] = [moments.squares, 0, 0];
  let crossed = moments.cubes;
  for (let i = 0; i < n; ++i) {
    const variance = s[i * n + i];
    rho += moments.fourths[i] - 2 * e[i * n + i] * variance + variance ** 2;
    for (let j = 0; j < n; ++j) {
      const k = i * n + j;
      pi += -2 * e[k] * s[k] + s[k] ** 2;
      if (i === j) continue;
      gamma += (s[k] - mean * (deviations[i] * deviations[j])) ** 2;
      crossed += (deviations[j] / deviations[i]) * (variance * (s[k] - e[k]) - e[i * n + i] * s[k]);
    }
  }
  rho += mean * crossed;
  const shrinkage = gamma > 0 ? Math.min(Math.max((pi - rho) / gamma / rows, 0), 1) : 0;
  for (let i = 0; i < n; ++i)
    for (let j = 0; j < n; ++j) {
      if (i === j) continue;
      const target = mean * (deviations[i] * deviations[j]);
      s[i * n + j] = shrinkage * target + (1 - shrinkage) * s[i * n + j];
    }
  return {n, values: s, shrinkage, observations: rows};
}

/** Fourth moments: sums over pairs of assets are, row by row, products of sums, so that no loop goes over pairs. */
function momentsOf(x: Float64Array, n: number, rows: number, deviations: Float64Array) {
  const lengths = new Float64Array(rows);
  const scaled = new Float64Array(rows);
  const cubed = new Float64Array(rows);
  const fourths = new Float64Array(n);
  let own = 0;
  for (let i = 0; i < n; ++i)
    for (let t = 0; t < rows; ++t) {
      const value = x[i * rows + t];
      lengths[t] += value ** 2;
      scaled[t] += value * deviations[i];
      cubed[t] += value ** 3 / deviations[i];
      fourths[i] += value ** 4 / rows;
      own += value ** 4 / rows;
    }
  let [squares, cubes] = [0, 0];
  for (let t = 0; t < rows; ++t) {
    squares += lengths[t] ** 2 / rows;
    cubes += (cubed[t] * scaled[t]) / rows;
  }
  return {squares, cubes: cubes - own, fourths};
}
