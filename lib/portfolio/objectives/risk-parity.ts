import {factorCholesky, solveCholesky} from "../../kernels/cholesky.js";
import {checkColumn, checkCovariance} from "../solver/check.js";
import {type Solution, type SolutionStatus, TOLERANCE} from "../solver/solution.js";

/** Assets, and how much of the risk each is to carry. */
export interface BudgetProblem {
  /** Names; shape (n). */
  assets: readonly string[];
  /** S, row by row; shape (n x n). */
  covariance: Float64Array;
  /** Shares of the risk, > 0, of any sum; equal shares when not given; shape (n). */
  budgets?: Float64Array;
}

/** Weights with the risk that each carries. */
export interface BudgetSolution extends Solution {
  /** w_i (Sw)_i / w'Sw: each asset's share of the variance; shape (n). */
  riskShares: Float64Array;
}

/**
 * Returns the weights, above zero and with sum 1, of which each asset carries its share of the variance.
 *
 * They are x / sum of x for the x that minimizes x'Sx / 2 - sum of b ln x, a convex function whose gradient is zero where
 * x (Sx) = b; found by Newton's method with damped steps on assets scaled to volatility 1. The certificate's gap is that
 * of this function, the sum of c - b - b ln (c / b) for c = x (Sx), which is what its dual leaves at the same point.
 *
 * @returns `objective` is the volatility, root of w'Sw; unbounded when some weights above zero have no risk at all
 * @throws RangeError for a budget that is not above zero, an asset that does not vary, a covariance that is no covariance
 * @see Maillard, Roncalli & Teiletche (2010), "The properties of equally weighted risk contribution portfolios", Journal
 * of Portfolio Management 36(4); Spinu (2013), "An algorithm for computing risk parity weights", SSRN 2297383
 */
export function riskParity({assets, covariance, budgets}: BudgetProblem): BudgetSolution {
  const n = assets.length;
  if (!n) throw new RangeError("no assets");
  checkCovariance(covariance, assets);
  const shares = sharesOf(budgets, assets);
  const deviations = Float64Array.from({length: n}, (_, i) => Math.sqrt(covariance[i * n + i]));
  const still = deviations.findIndex((deviation) => !(deviation > 0));
  if (still >= 0) throw new RangeError(`${assets[still]} does not vary: it cannot carry a share of the risk`);
  const correlation = covariance.map(
    (value, k) => value / (deviations[Math.floor(k / n)] * deviations[k % n])
  );

  const x = minimize(correlation, shares, n);
  if (!x) return nothing(n, "unbounded");
  const carried = product(correlation, x, n).map((value, i) => value * x[i]);
  const total = carried.reduce((sum, value) => sum + value, 0);
  const raw = x.map((value, i) => value / deviations[i]);
  const sum = raw.reduce((all, value) => all + value, 0);
  const weights = raw.map((value) => value / sum);
  let [dual, gap] = [0, 0];
  for (let i = 0; i < n; ++i) {
    dual = Math.max(dual, Math.abs(carried[i] - shares[i]));
    gap += carried[i] - shares[i] - shares[i] * Math.log(carried[i] / shares[i]);
  }
  const primal = Math.abs(weights.reduce((all, value) => all + value, 0) - 1);
  const kkt = Math.max(primal, dual, Math.abs(gap));
  const status = kkt <= TOLERANCE ? "optimal" : "inaccurate";
  return {
    weights,
    status,
    objective: Math.sqrt(total) / sum,
    certificate: {status, kkt, gap: Math.abs(gap), primal, dual, conflicts: []},
    riskShares: carried.map((value) => value / total)
  };
}

function sharesOf(budgets: Float64Array | undefined, assets: readonly string[]): Float64Array {
  if (!budgets) return new Float64Array(assets.length).fill(1 / assets.length);
  checkColumn("risk budget", budgets, assets);
  const wrong = budgets.findIndex((budget) => !(budget > 0));
  if (wrong >= 0)
    throw new RangeError(`invalid risk budget of ${assets[wrong]}: ${budgets[wrong]}: it is above 0`);
  const sum = budgets.reduce((all, budget) => all + budget, 0);
  return budgets.map((budget) => budget / sum);
}

const MOST_STEPS = 200;

/** Assets scaled to volatility 1 beyond this carry no risk together. */
const FAR = 1e8;

/** Returns x > 0 with x (Cx) = b; undefined where x grows without end. */
function minimize(correlation: Float64Array, b: Float64Array, n: number): Float64Array | undefined {
  const total = correlation.reduce((sum, value) => sum + value, 0);
  const x = new Float64Array(n).fill(total > 1e-12 ? 1 / Math.sqrt(total) : 1);
  const hessian = new Float64Array(n * n);
  let before = Infinity;
  for (let step = 0; step < MOST_STEPS; ++step) {
    const slope = product(correlation, x, n);
    hessian.set(correlation);
    const direction = new Float64Array(n);
    let residual = 0;
    for (let i = 0; i < n; ++i) {
      residual = Math.max(residual, Math.abs(x[i] * slope[i] - b[i]));
      hessian[i * n + i] += b[i] / x[i] ** 2;
      direction[i] = b[i] / x[i] - slope[i];
    }
    // near the end each step squares the residual, until it is rounding and falls no more
    if (residual < 1e-14 || (residual < 1e-10 && residual >= before)) return x;
    before = residual;
    if (factorCholesky(hessian, n) >= 0 || x.some((value) => value > FAR)) return undefined;
    const gradient = direction.slice();
    solveCholesky(hessian, n, direction);
    const length = steplength(correlation, b, x, gradient, direction, n);
    for (let i = 0; i < n; ++i) x[i] += length * direction[i];
  }
  return x;
}

/** Returns the longest of 1, 1/2, 1/4, … that keeps x above zero and lowers the function by a tenth of what it promises. */
function steplength(
  correlation: Float64Array,
  b: Float64Array,
  x: Float64Array,
  descent: Float64Array,
  direction: Float64Array,
  n: number
): number {
  let promised = 0;
  for (let i = 0; i < n; ++i) promised += descent[i] * direction[i];
  const along = product(correlation, direction, n);
  const slope = product(correlation, x, n);
  let [first, second] = [0, 0];
  for (let i = 0; i < n; ++i) {
    first += slope[i] * direction[i];
    second += along[i] * direction[i];
  }
  for (let length = 1; length > 1e-12; length /= 2) {
    let change = length * first + (length ** 2 * second) / 2;
    for (let i = 0; i < n; ++i) change -= b[i] * Math.log1p((length * direction[i]) / x[i]);
    if (change <= -0.1 * length * promised + 1e-15) return length;
  }
  return 0;
}

function product(matrix: Float64Array, x: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n);
  for (let i = 0; i < n; ++i) for (let j = 0; j < n; ++j) out[i] += matrix[i * n + j] * x[j];
  return out;
}

function nothing(n: number, status: SolutionStatus): BudgetSolution {
  return {
    weights: new Float64Array(n).fill(NaN),
    status,
    objective: NaN,
    certificate: {status, kkt: NaN, gap: NaN, primal: NaN, dual: NaN, conflicts: []},
    riskShares: new Float64Array(n).fill(NaN)
  };
}
