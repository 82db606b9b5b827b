import {covarianceOf} from "./beta.js";
import {symmetricEigen} from "./eigen.js";
import {deviation, mean} from "./moments.js";

/** Principal components of assets' returns. */
export interface PrincipalComponents {
  /** What was taken apart: returns as they are, or each over its deviation. */
  of: "covariance" | "correlation";
  /** Variance of each component, the largest first; they sum to the matrix's trace. Shape (assets). */
  variances: Float64Array;
  /** Its part of the sum; shape (assets). */
  shares: Float64Array;
  /**
   * Row k is component k's weight on each asset, of length 1, its largest entry above zero (the first of equal ones);
   * shape (assets x assets), row by row.
   */
  loadings: Float64Array;
  /** Value of each component in each period that counted, a column a component; in the unit of the returns, or deviations. */
  scores: Float64Array[];
  constants: {
    assets: number;
    /** Periods that counted: those with a return of every asset. */
    n: number;
    dropped: number;
    ddof: 1;
  };
}

/** Why there are no components. */
export interface NoComponents {
  reason: string;
}

/**
 * Returns the principal components of returns: eigenvectors of their covariance (ddof 1) or correlation.
 *
 * @param columns returns by period, oldest first, a column an asset, all of one length; NaN = none: the period is left out
 * @returns the components, or why there are none: fewer than two complete periods, or, of a correlation, an asset that
 *   does not vary
 * @throws RangeError if lengths differ or a return is infinite
 * @see scikit-learn PCA (svd_flip with u_based_decision false has the same signs), whose covariance this is
 */
export function principalComponents(
  columns: readonly Float64Array[],
  {of}: {of: "covariance" | "correlation"}
): PrincipalComponents | NoComponents {
  const assets = columns.length;
  const length = columns[0]?.length ?? 0;
  for (const [c, column] of columns.entries()) {
    if (column.length !== length) {
      throw new RangeError(`columns[${c}] has ${column.length} rows, columns[0] has ${length}`);
    }
    const wrong = column.findIndex((value) => Math.abs(value) === Infinity);
    if (wrong >= 0) throw new RangeError(`invalid columns[${c}][${wrong}]: ${column[wrong]}`);
  }
  if (!assets) return {reason: "no assets"};
  const rows = Array.from({length}, (_, t) => t).filter((t) =>
    columns.every((column) => !Number.isNaN(column[t]))
  );
  const n = rows.length;
  if (n < 2) return {reason: `needs two complete periods or more: ${n}`};
  const complete = columns.map((column) => Float64Array.from(rows, (t) => column[t]));
  const spreads = complete.map((column) => deviation(column, 1));
  const still = of === "correlation" ? spreads.indexOf(0) : -1;
  if (still >= 0) return {reason: `the returns of asset ${still} do not vary`};
  const scale = spreads.map((spread) => (of === "correlation" ? spread : 1));
  const centred = complete.map((column, c) => {
    const middle = mean(column);
    return column.map((value) => (value - middle) / scale[c]);
  });
  const matrix = new Float64Array(assets * assets);
  for (let i = 0; i < assets; ++i) {
    for (let j = 0; j <= i; ++j) {
      const same = of === "correlation" && i === j;
      matrix[i * assets + j] = matrix[j * assets + i] = same ? 1 : covarianceOf(centred[i], centred[j]);
    }
  }
  const {values, vectors} = symmetricEigen(matrix, assets);
  const variances = values.map((value) => Math.max(value, 0)); // below zero by rounding only
  const total = variances.reduce((sum, value) => sum + value, 0);
  return {
    of,
    variances,
    shares: variances.map((value) => (total ? value / total : 0)),
    loadings: vectors,
    scores: Array.from({length: assets}, (_, k) =>
      scoresOf(centred, vectors.subarray(k * assets, (k + 1) * assets))
    ),
    constants: {assets, n, dropped: length - n, ddof: 1}
  };
}

function scoresOf(centred: readonly Float64Array[], loading: Float64Array): Float64Array {
  const scores = new Float64Array(centred[0].length);
  for (const [c, column] of centred.entries()) {
    for (let t = 0; t < scores.length; ++t) scores[t] += loading[c] * column[t];
  }
  return scores;
}
