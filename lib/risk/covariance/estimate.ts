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
  /** Rows of returns that counted; of pairwise estimates the fewest of any pair. */
  observations: number;
}

/** Estimators by name. */
export type CovarianceName = "sample" | "exponential" | "ledoit-wolf" | "oas" | "constant-correlation";
