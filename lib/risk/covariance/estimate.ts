/** Returns of assets by column, oldest first, all columns of equal length; NaN = missing. */
export type ReturnColumns = readonly Float64Array[];

/** An estimated covariance matrix. */
export interface CovarianceEstimate {
  /** Assets. */
  n: number;
  /** Row by row, symmetric, per period of the returns; shape (n x n). */
  values: Float64Array;
  /** Weight of the target, in [0, 1]; only of an estimator that shrinks. */
  shrinkage?: number;
  /** Rows of returns that counted; where returns are missing, the fewest of any two assets. */
  observations: number;
}

/** Returns less their means, row by row of assets, and what is left of them without a loop over pairs. */
export interface Centred {
  /** Assets, and returns of each. */
  n: number;
  rows: number;
  /** Asset by asset; shape (n x rows). */
  values: Float64Array;
}

/**
 * Returns columns less their means.
 * @throws RangeError below two rows, for columns of unequal length, for a value that is missing or infinite
 */
export function centred(returns: ReturnColumns): Centred {
  const rows = rowsOf(returns);
  const values = new Float64Array(returns.length * rows);
  for (const [i, column] of returns.entries()) {
    const wrong = column.findIndex((value) => !Number.isFinite(value));
    if (wrong >= 0)
      throw new RangeError(
        `return ${wrong} of column ${i} is ${column[wrong]}: this estimator needs all of them: drop rows that miss one`
      );
    const mean = column.reduce((sum, value) => sum + value, 0) / rows;
    for (let t = 0; t < rows; ++t) values[i * rows + t] = column[t] - mean;
  }
  return {n: returns.length, rows, values};
}

/**
 * Returns how many returns each column has.
 * @throws RangeError without columns, below two rows or for columns of unequal length
 */
export function rowsOf(returns: ReturnColumns): number {
  if (!returns.length) throw new RangeError("no assets");
  const rows = returns[0].length;
  const odd = returns.findIndex((column) => column.length !== rows);
  if (odd >= 0)
    throw new RangeError(`column ${odd} has ${returns[odd].length} returns, column 0 has ${rows}`);
  if (rows < 2) throw new RangeError(`needs two returns or more: ${rows}`);
  return rows;
}
