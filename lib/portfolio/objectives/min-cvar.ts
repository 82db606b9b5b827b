import {checkColumn, checkLimits} from "../solver/check.js";
import type {Place} from "../solver/conflicts.js";
import {boundsOf, rowsOf} from "../solver/limits.js";
import {concluded} from "../solver/optimize.js";
import type {Limits} from "../solver/problem.js";
import type {Program} from "../solver/program.js";
import type {Solution} from "../solver/solution.js";

/** Assets whose worst returns a portfolio is to be spared. */
export interface ShortfallProblem {
  /** Names; shape (n). */
  assets: readonly string[];
  /** Returns of each asset, a scenario a row, none missing; n columns of shape (T). */
  returns: readonly Float64Array[];
  /** Expected returns, for a limit on them; shape (n). */
  expected?: Float64Array;
  /** Weights held now, for a limit on turnover; shape (n). */
  current?: Float64Array;
  /** Share of scenarios that are not the worst; default 0.95. */
  confidence?: number;
  limits: Limits;
}

/**
 * Returns the weights with the least expected shortfall (CVaR): the mean loss of the worst 1 - confidence of scenarios,
 * a scenario at the edge counted in part. They minimize z + sum of max(0, -r'w - z) / ((1 - confidence) T) over w and z,
 * a linear program.
 *
 * @returns `objective` is the shortfall, a loss above zero, per period of the returns
 * @throws RangeError for a missing or infinite return (with its asset), columns of unequal length, a confidence that is
 * not between 0 and 1, limits as `optimize` does
 * @see Rockafellar & Uryasev (2000), "Optimization of conditional value-at-risk", Journal of Risk 2(3); PyPortfolioOpt
 * EfficientCVaR.min_cvar
 */
export function minimizeShortfall(problem: ShortfallProblem): Solution {
  const {assets, returns, limits, confidence = 0.95} = problem;
  const n = assets.length;
  checkShortfall(problem, confidence);
  const count = returns[0].length;
  const unit = sizeOf(returns);
  const forms = new Float64Array((n + 1) * count).fill(-1);
  for (const [i, column] of returns.entries())
    for (let t = 0; t < count; ++t) forms[i * count + t] = -column[t] / unit;
  const {lower, upper} = boundsOf(limits, n);
  const place: Place = {
    assets,
    expected: problem.expected ?? new Float64Array(n),
    current: problem.current ?? new Float64Array(n)
  };
  const longer = (column: Float64Array, last: number) => Float64Array.of(...column, last);
  const program: Program = {
    n: n + 1,
    weights: n,
    scale: 0,
    diagonal: 0,
    linear: longer(new Float64Array(n), 1),
    lower: longer(lower, -Infinity),
    upper: longer(upper, Infinity),
    rows: rowsOf(limits, place.expected).map((row) => ({...row, coefficients: longer(row.coefficients, 0)})),
    at: place.current,
    cost: new Float64Array(n),
    hinges: {forms, count, weight: 1 / ((1 - confidence) * count)}
  };
  const solution = concluded(program, limits, place);
  return {...solution, objective: -solution.objective * unit};
}

function checkShortfall(
  {assets, returns, expected, current, limits}: ShortfallProblem,
  confidence: number
): void {
  if (!assets.length) throw new RangeError("no assets");
  if (returns.length !== assets.length)
    throw new RangeError(`returns: ${returns.length} columns for ${assets.length} assets`);
  if (!(confidence > 0 && confidence < 1))
    throw new RangeError(`invalid confidence: ${confidence}: it is between 0 and 1`);
  if (!returns[0].length) throw new RangeError("no returns");
  for (const [i, column] of returns.entries()) {
    if (column.length !== returns[0].length)
      throw new RangeError(
        `${assets[i]} has ${column.length} returns, ${assets[0]} has ${returns[0].length}`
      );
    const wrong = column.findIndex((value) => !Number.isFinite(value));
    if (wrong >= 0) throw new RangeError(`return ${wrong} of ${assets[i]} is ${column[wrong]}`);
  }
  if (expected) checkColumn("expected return", expected, assets);
  else if (limits.expectedReturn !== undefined)
    throw new RangeError("a limit on the expected return needs expected returns");
  if (current) checkColumn("current weight", current, assets);
  else if (limits.turnover !== undefined) throw new RangeError("turnover needs the current weights");
  checkLimits(limits, assets);
}

/** Typical size of a return, so that scenarios and weights are of one size to the solver. */
function sizeOf(returns: readonly Float64Array[]): number {
  let [sum, count] = [0, 0];
  for (const column of returns) {
    for (const value of column) sum += value * value;
    count += column.length;
  }
  return Math.sqrt(sum / count) || 1;
}
