import {certify} from "./certify.js";
import {checkProblem} from "./check.js";
import {conflictsOf, isFeasible, type Place} from "./conflicts.js";
import {boundsOf, rowsOf} from "./limits.js";
import type {Limits, PortfolioProblem} from "./problem.js";
import type {Program, Row} from "./program.js";
import {type Certificate, type Solution, TOLERANCE} from "./solution.js";
import {type Certified, kktOf, solve} from "./solve.js";

/**
 * Returns the weights that maximize expected'w - (riskAversion / 2) w'Sw - sum of turnoverCost |w - current| - l2 |w|^2
 * within limits, with the proof that none are better.
 *
 * Where several weights are equally good, one of them. A weight lies on its bound, at zero or at its current weight
 * exactly when the proof says that it belongs there.
 *
 * @returns weights and objective; all NaN with the limits that conflict when no weights meet them all
 * @throws RangeError for a column of the wrong length, a value that is not finite, a covariance that is not positive
 * semidefinite, a limit of an asset that is not there
 */
export function optimize(problem: PortfolioProblem): Solution {
  checkProblem(problem);
  const place = placeOf(problem);
  return concluded(programOf(problem), problem.limits, place);
}

/** Returns what the limits of a problem are about. */
export function placeOf({
  assets,
  expected,
  current
}: Omit<PortfolioProblem, "covariance" | "limits" | "riskAversion">): Place {
  const n = assets.length;
  return {assets, expected: expected ?? new Float64Array(n), current: current ?? new Float64Array(n)};
}

/** Returns a problem as the solver takes it, to be minimized. */
export function programOf(problem: PortfolioProblem): Program {
  const {covariance, riskAversion, turnoverCost = 0, l2 = 0, limits} = problem;
  const {assets, expected, current} = placeOf(problem);
  const n = assets.length;
  return {
    n,
    weights: n,
    quadratic: covariance,
    scale: riskAversion,
    diagonal: 2 * l2,
    linear: expected.map((value) => -value),
    ...boundsOf(limits, n),
    rows: rowsOf(limits, expected),
    at: current,
    cost: typeof turnoverCost === "number" ? new Float64Array(n).fill(turnoverCost) : turnoverCost
  };
}

/**
 * Solves a program and says how its answer stands.
 * @param program its first variables are the weights, its rows those of the limits
 * @returns `objective` is what was minimized, with its sign changed
 */
export function concluded(program: Program, limits: Limits, place: Place): Solution {
  const crossed = program.lower.some((least, i) => least > program.upper[i]);
  const answer = crossed ? undefined : solve(program);
  if (answer && kktOf(answer.residuals) <= TOLERANCE) return solutionOf(program, answer);
  if (crossed || !isFeasible(limits, place)) return infeasible(program, conflictsOf(limits, place));
  const boxed = solveBoxed(program);
  if (boxed === "unbounded") return unbounded(program);
  const best = [answer, boxed].reduce((a, b) =>
    b && !(a && kktOf(a.residuals) <= kktOf(b.residuals)) ? b : a
  );
  return best ? solutionOf(program, best) : none(program, "inaccurate", []);
}

/** Weights beyond this many times the largest limit are taken as a sign that the objective improves without end. */
const FAR = 1e6;

/** Solves a program whose open bounds are far, but there: a solution that does not touch them is one without them. */
function solveBoxed(program: Program): Certified | "unbounded" | undefined {
  const {weights, rows, at} = program;
  const limits = rows.flatMap(({least, most}) => [least, most].map(Math.abs)).filter((v) => v < Infinity);
  const far = FAR * Math.max(1, ...limits, ...at.map(Math.abs));
  const open = (bound: number, i: number) => i < weights && Math.abs(bound) === Infinity;
  if (![program.lower, program.upper].some((bounds) => bounds.some(open))) return undefined;
  const shut = (bounds: Float64Array) =>
    bounds.map((bound, i) => (open(bound, i) ? Math.sign(bound) * far : bound));
  const {point} = solve({...program, lower: shut(program.lower), upper: shut(program.upper)});
  if (point.x.some((value, i) => i < weights && Math.abs(value) > far / 10)) return "unbounded";
  return {point, residuals: certify(program, point)};
}

/** Returns a point as an answer: optimal when its residuals prove it, else inaccurate. */
export function solutionOf(program: Program, {point, residuals}: Certified): Solution {
  const status = kktOf(residuals) <= TOLERANCE ? "optimal" : "inaccurate";
  const priceOf = (kind: Row["absolute"]) => {
    const r = program.rows.findIndex(({absolute}) => absolute === kind);
    return r < 0 ? 0 : point.rows[r];
  };
  const sums = program.rows.flatMap(({absolute, name}, r) =>
    absolute ? [] : [{name, price: point.rows[r]}]
  );
  const {primal, dual, gap, objective} = residuals;
  return {
    weights: point.x.slice(0, program.weights),
    status,
    objective: -objective,
    certificate: {
      status,
      kkt: kktOf(residuals),
      gap,
      primal,
      dual,
      conflicts: [],
      multipliers: {
        rows: Float64Array.from(sums, ({price}) => price),
        names: sums.map(({name}) => name),
        gross: priceOf("gross"),
        turnover: priceOf("turnover")
      }
    }
  };
}

/** Returns the answer that no weights meet the limits. */
export function infeasible(program: Program, conflicts: readonly string[]): Solution {
  return none(program, "infeasible", conflicts);
}

/** Returns the answer that weights can always be made better. */
export function unbounded(program: Program): Solution {
  return none(program, "unbounded", []);
}

function none({weights}: Program, status: Certificate["status"], conflicts: readonly string[]): Solution {
  return {
    weights: new Float64Array(weights).fill(NaN),
    status,
    objective: NaN,
    certificate: {status, kkt: NaN, gap: NaN, primal: NaN, dual: NaN, conflicts}
  };
}
