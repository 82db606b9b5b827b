/** Size of a pivot, relative to its diagonal, that is nothing but rounding. */
const ROUNDING = 1e-12;

/**
 * Returns L with S = L L', lower triangular, of a covariance that may be singular: a row that adds nothing to those
 * before it gets a zero pivot (Cholesky without pivoting).
 *
 * @param covariance row by row, its lower triangle is read; shape (n x n)
 * @throws RangeError if a pivot is below zero: the covariance has a negative eigenvalue
 */
export function lowerFactor(covariance: Float64Array, n: number): Float64Array {
  const l = new Float64Array(n * n);
  for (let i = 0; i < n; ++i) {
    const own = Math.max(covariance[i * n + i], 0);
    for (let j = 0; j <= i; ++j) {
      let rest = covariance[i * n + j];
      for (let k = 0; k < j; ++k) rest -= l[i * n + k] * l[j * n + k];
      if (j === i) {
        if (!(rest >= -ROUNDING * own)) fail(i, rest);
        l[i * n + i] = rest > ROUNDING * own ? Math.sqrt(rest) : 0;
      } else if (l[j * n + j] > 0) {
        l[i * n + j] = rest / l[j * n + j];
      } else if (Math.abs(rest) > Math.sqrt(ROUNDING * own * Math.max(covariance[j * n + j], 0))) {
        fail(i, rest);
      }
    }
  }
  return l;
}

function fail(row: number, rest: number): never {
  throw new RangeError(
    `the covariance has a negative eigenvalue: row ${row} leaves ${rest}: repair it to positive semidefinite`
  );
}
