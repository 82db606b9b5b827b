/**
 * How an answer stands: proven optimal to the tolerance; no weights obey all limits; weights can improve without end;
 * or the best that was found, whose distance from the optimum the certificate tells but does not hold to the tolerance.
 */
export type SolutionStatus = "optimal" | "infeasible" | "unbounded" | "inaccurate";

/** The largest residual and gap, relative, of an answer that is called optimal. */
export const TOLERANCE = 1e-8;

/** Prices of the limits at the optimum, from which anyone can recompute the certificate. */
export interface Multipliers {
  /** Of the rows as `name` lists them (sum, net, groups, expected return): > 0 where the most binds, < 0 the least. */
  rows: Float64Array;
  /** Names of the rows, in order. */
  names: readonly string[];
  /** Of the gross limit, >= 0; 0 without one. */
  gross: number;
  /** Of the turnover limit, >= 0; 0 without one. */
  turnover: number;
}

/** Proof of an answer, computed from the problem as it was given and not from what the solver did. */
export interface Certificate {
  status: SolutionStatus;
  /** The largest of primal, dual and gap; NaN without weights. */
  kkt: number;
  /** Bound on how far the objective is from the optimum, over the largest term of the objective. */
  gap: number;
  /** Largest violation of a limit, over 1 + |limit|. */
  primal: number;
  /** Largest part of the gradient that no multiplier explains, over the largest part of the gradient. */
  dual: number;
  /** When infeasible: limits, in words, that cannot be met together, though any one of them less could. */
  conflicts: readonly string[];
  multipliers?: Multipliers;
}

/** An answer of the solver. */
export interface Solution {
  /** In the order of the assets; all NaN when infeasible or unbounded; shape (n). */
  weights: Float64Array;
  status: SolutionStatus;
  /** Value of what is maximized, or minimized, as the function that solved it says; NaN without weights. */
  objective: number;
  certificate: Certificate;
}
