import {failingPivot} from "../../kernels/cholesky.kernel.js";
import {symmetricEigen} from "../eigen.js";

/** An eigenvalue below zero by less than this, over the largest variance, is rounding. */
const ROUNDING = 1e-10;

/**
 * Tells whether no portfolio has a variance below zero, but for rounding.
 * @param matrix symmetric, row by row; shape (n x n)
 * @returns true if n = 0
 */
export function isPositiveSemidefinite(matrix: Float64Array, n: number): boolean {
  let largest = 0;
  for (let i = 0; i < n; ++i) largest = Math.max(largest, Math.abs(matrix[i * n + i]));
  if (!largest) return matrix.every((value) => value === 0);
  return failingPivot(matrix, n, ROUNDING * largest) < 0;
}

/** A covariance matrix without eigenvalues below zero. */
export interface RepairedCovariance {
  /** Row by row; shape (n x n). */
  values: Float64Array;
  /** The smallest eigenvalue that was there; NaN if n = 0. */
  smallest: number;
  /** Eigenvalues that were below zero. */
  clipped: number;
}

/**
 * Returns the nearest positive semidefinite matrix in the Frobenius norm: eigenvalues below zero become zero.
 * Variances grow a little by it.
 *
 * @param matrix symmetric, row by row; shape (n x n)
 * @throws RangeError if a value is not finite
 * @see Higham (1988), "Computing a nearest symmetric positive semidefinite matrix", Linear Algebra and its Applications
 * 103; PyPortfolioOpt fix_nonpositive_semidefinite(fix_method="spectral")
 */
export function repairCovariance(matrix: Float64Array, n: number): RepairedCovariance {
  const {values: eigenvalues, vectors} = symmetricEigen(matrix, n);
  const values = matrix.slice();
  let clipped = 0;
  for (let k = 0; k < n; ++k) {
    if (!(eigenvalues[k] < 0)) continue;
    ++clipped;
    const vector = vectors.subarray(k * n, (k + 1) * n);
    for (let i = 0; i < n; ++i)
      for (let j = 0; j < n; ++j) values[i * n + j] -= eigenvalues[k] * (vector[i] * vector[j]);
  }
  return {values, smallest: n ? eigenvalues[n - 1] : NaN, clipped};
}
