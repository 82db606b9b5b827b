/** How returns of a period are drawn. */
export type ReturnModel =
  /** Normal with the given means and covariance per period; shapes (assets) and (assets x assets), row by row. */
  | {kind: "normal"; mean: Float64Array; covariance: Float64Array}
  /** Student's t with the same mean and covariance (scaled for it) and `degrees` > 2 of freedom, one for all assets. */
  | {kind: "student-t"; mean: Float64Array; covariance: Float64Array; degrees: number}
  /**
   * Rows of history drawn in blocks of `block` successive periods, that wrap around at the end (circular).
   * `history` holds returns by period: row t has the assets' returns; shape (periods x assets), no NaN.
   */
  | {kind: "block-bootstrap"; history: Float64Array; block: number};

/** What a simulation is asked for. */
export interface SimulationOptions {
  /** Value of each asset held now, in one currency; bought and held, never rebalanced. Shape (assets). */
  values: Float64Array;
  /** Riskless money beside them, that earns nothing; default 0. */
  cash?: number;
  model: ReturnModel;
  paths: number;
  periods: number;
  /** Whole number from 0 to 2^53 - 1; equal seeds give equal paths. */
  seed: number;
  /** Periods, from 1 to `periods`, rising, after which the value of each path is kept; default the last alone. */
  checkpoints?: readonly number[];
}

/** What became of each path; equal for equal options, bit for bit, in one runtime. */
export interface SimulatedPaths {
  /** Value after the last period; shape (paths). */
  terminal: Float64Array;
  /** Deepest fall from a peak, the start included, a fraction in [-1, 0]: a debt is the loss of everything. Shape (paths). */
  drawdown: Float64Array;
  /** Value after each checkpoint; a column of shape (paths) each. */
  checkpoints: Float64Array[];
}
