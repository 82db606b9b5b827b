import {covarianceOf, pairsOf} from "./beta.js";
import {deviation} from "./moments.js";

/** Correlations of assets. */
export interface CorrelationMatrix {
  /** Assets. */
  n: number;
  /** Pearson's, row by row, symmetric; 1 on the diagonal. NaN where one of the two does not vary. Shape (n x n). */
  values: Float64Array;
  /** Periods that both have, row by row; shape (n x n). */
  observations: Uint32Array;
}

/**
 * Returns the correlation of each two columns over the periods that both have (pairwise complete). With missing values
 * the matrix may have a negative eigenvalue.
 *
 * @param columns returns by period, oldest first, a column an asset; all of one length, NaN = none
 * @returns empty without columns; NaN also on the diagonal of a column that does not vary
 * @throws RangeError if lengths differ or a value is infinite
 */
export function correlationMatrix(columns: readonly Float64Array[]): CorrelationMatrix {
  const n = columns.length;
  for (const [c, column] of columns.entries()) {
    const wrong = column.findIndex((value) => Math.abs(value) === Infinity);
    if (wrong >= 0) throw new RangeError(`invalid columns[${c}][${wrong}]: ${column[wrong]}`);
  }
  const values = new Float64Array(n * n);
  const observations = new Uint32Array(n * n);
  for (let i = 0; i < n; ++i) {
    for (let j = 0; j <= i; ++j) {
      const {returns, benchmark} = pairsOf(columns[i], columns[j]);
      values[i * n + j] = values[j * n + i] = correlation(returns, benchmark, i === j);
      observations[i * n + j] = observations[j * n + i] = returns.length;
    }
  }
  return {n, values, observations};
}

function correlation(a: Float64Array, b: Float64Array, same: boolean): number {
  const spread = deviation(a, 1) * deviation(b, 1);
  if (!(spread > 0)) return NaN;
  return same ? 1 : Math.max(-1, Math.min(1, covarianceOf(a, b) / spread));
}
