/** A group of assets whose weights together are limited, as a sector or a country. */
export interface GroupLimit {
  /** As it is named when the limits cannot all be met. */
  name: string;
  /** Members by their index in `assets`. */
  members: readonly number[];
  /** Least sum of the members' weights; none when not given. */
  least?: number;
  /** Most of it; none when not given. */
  most?: number;
}

/** What weights must obey. */
export interface Limits {
  /** Exact sum of the weights; no such limit when not given. */
  sum?: number;
  /** Range of the sum of the weights, least and most, for a sum that is not exact. */
  net?: readonly [least: number, most: number];
  /** Least weight of each asset: one number for all, or one each, shape (n); -Infinity is none. Default none. */
  lower?: number | Float64Array;
  /** Most weight of each asset, as `lower`. */
  upper?: number | Float64Array;
  groups?: readonly GroupLimit[];
  /** Most of the sum of |w|. */
  gross?: number;
  /** Most of the sum of |w - current|, both sides counted: a full replacement is 2. */
  turnover?: number;
  /** Least expected return of the portfolio, in the unit of `expected`. */
  expectedReturn?: number;
}

/**
 * Maximize expected'w - (riskAversion / 2) w'Sw - sum of turnoverCost |w - current| - l2 |w|^2 within limits.
 */
export interface PortfolioProblem {
  /** Names, unique; the order of every column; shape (n), n >= 1. */
  assets: readonly string[];
  /** Expected returns, fractions per period of the covariance; all zero when not given; shape (n). */
  expected?: Float64Array;
  /** S, symmetric and positive semidefinite, row by row; shape (n x n). */
  covariance: Float64Array;
  /** Lambda, >= 0. */
  riskAversion: number;
  /** Kappa, >= 0: what trading one unit of weight costs, for all or each; shape (n). Default 0. */
  turnoverCost?: number | Float64Array;
  /** Gamma, >= 0: weight of the squared weights, which spreads them. Default 0. */
  l2?: number;
  /** Weights held now; needed by turnover's cost and limit; shape (n). */
  current?: Float64Array;
  limits: Limits;
}
