/** How returns of a period are drawn. */
export type ReturnModel =
  /** Normal with the given means and covariance per period. */
  | {kind: "normal"; mean: Float64Array; covariance: Float64Array}
  /** Student's t with the same mean and covariance (scaled for it) and `degrees` > 2 degrees of freedom. */
  | {kind: "student-t"; mean: Float64Array; covariance: Float64Array; degrees: number}
  /**
   * Rows of history drawn in blocks of `block` successive periods, that wrap around at the end (circular).
   * `history` holds returns by period: row t has the assets' returns; shape (periods x assets), no NaN.
   */
  | {kind: "block-bootstrap"; history: Float64Array; assets: number; block: number};

/** What a simulation is asked for. */
export interface SimulationOptions {
  /** Value of each asset held now, in one currency; it is bought and held. Shape (assets). */
  values: Float64Array;
  /** Riskless money beside them, that earns nothing. */
  cash?: number;
  model: ReturnModel;
  paths: number;
  periods: number;
  /** Whole number from 0 to 2^53 - 1; equal seeds give equal paths. */
  seed: number;
}
