import {checkProblem} from "../solver/check.js";
import {concluded, placeOf, programOf} from "../solver/optimize.js";
import type {PortfolioProblem} from "../solver/problem.js";
import type {Solution} from "../solver/solution.js";
import {performanceOf} from "./performance.js";

/** A portfolio of least volatility for what it is expected to return. */
export interface FrontierPoint {
  expectedReturn: number;
  volatility: number;
  solution: Solution;
}

/**
 * Returns portfolios of least volatility from the one of least volatility of all to the one of highest expected return,
 * their expected returns equal steps apart.
 *
 * @param options.points how many, >= 2
 * @returns lowest expected return first; a single point when all portfolios are expected to return the same; one point
 * with the answer of the solver when there is no portfolio or no highest return
 * @throws RangeError as `optimize` does
 * @see Markowitz (1952), "Portfolio selection", Journal of Finance 7(1); PyPortfolioOpt EfficientFrontier.efficient_return
 */
export function efficientFrontier(
  problem: Omit<PortfolioProblem, "riskAversion"> & {expected: Float64Array},
  {points = 20}: {points?: number} = {}
): FrontierPoint[] {
  if (!(Number.isInteger(points) && points >= 2))
    throw new RangeError(`invalid points: ${points}: two or more`);
  const whole = {...problem, riskAversion: 2};
  checkProblem(whole);
  const place = placeOf(problem);
  const program = {...programOf(whole), linear: new Float64Array(problem.assets.length)};
  const pointOf = (solution: Solution): FrontierPoint => {
    const {expectedReturn, volatility} = performanceOf(
      solution.weights,
      problem.expected,
      problem.covariance
    );
    return {expectedReturn, volatility, solution: {...solution, objective: -solution.objective}};
  };

  const first = pointOf(concluded(program, problem.limits, place));
  if (first.solution.status !== "optimal") return [first];
  const highest = concluded(
    {
      ...program,
      scale: 0,
      diagonal: 0,
      cost: new Float64Array(problem.assets.length),
      linear: problem.expected.map((value) => -value)
    },
    problem.limits,
    place
  );
  if (highest.status !== "optimal") return [pointOf(highest)];
  const step = (highest.objective - first.expectedReturn) / (points - 1);
  const size = problem.expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (!(step > 1e-9 * size)) return [first];
  const frontier = [first];
  for (let k = 1; k < points; ++k) {
    const least = k === points - 1 ? highest.objective : first.expectedReturn + k * step;
    const row = {name: "frontier", coefficients: problem.expected, least, most: Infinity};
    frontier.push(pointOf(concluded({...program, rows: [...program.rows, row]}, problem.limits, place)));
  }
  return frontier;
}
