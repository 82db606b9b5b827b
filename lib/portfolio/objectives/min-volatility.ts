import {checkProblem} from "../solver/check.js";
import {concluded, placeOf, programOf} from "../solver/optimize.js";
import type {PortfolioProblem} from "../solver/problem.js";
import type {Solution} from "../solver/solution.js";

/**
 * Returns the weights that minimize w'Sw + l2 |w|^2 + sum of turnoverCost |w - current| within limits.
 * As in PyPortfolioOpt the penalties are added to the variance, not to half of it.
 *
 * @param problem its expected returns count only in a limit on them
 * @returns `objective` is the minimum
 * @throws RangeError as `optimize` does
 * @see Markowitz (1952), "Portfolio selection", Journal of Finance 7(1); PyPortfolioOpt EfficientFrontier.min_volatility
 */
export function minimizeVolatility(problem: Omit<PortfolioProblem, "riskAversion">): Solution {
  const whole = {...problem, riskAversion: 2};
  checkProblem(whole);
  const program = {...programOf(whole), linear: new Float64Array(problem.assets.length)};
  const solution = concluded(program, problem.limits, placeOf(problem));
  return {...solution, objective: -solution.objective};
}
