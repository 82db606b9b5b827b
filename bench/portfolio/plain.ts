import type {PortfolioProblem} from "../../lib/portfolio/solver/problem.js";

/** Returns a problem as bench/peers/solver.py reads it: columns as lists, no bound as null. */
export function plain({assets, covariance, riskAversion, l2 = 0, limits, ...rest}: PortfolioProblem) {
  const n = assets.length;
  const column = (value: number | Float64Array | undefined, none: number) =>
    Array.from(typeof value === "object" ? value : new Float64Array(n).fill(value ?? none));
  const bound = (value: number | undefined) => (value !== undefined && Number.isFinite(value) ? value : null);
  const {sum, net, groups = [], gross, turnover, expectedReturn} = limits;
  const everyone = assets.map((_, i) => i);
  const sums = [
    ...(sum === undefined ? [] : [{members: everyone, least: sum, most: sum}]),
    ...(net ? [{members: everyone, least: net[0], most: net[1]}] : []),
    ...groups
  ];
  return {
    expected: column(rest.expected, 0),
    covariance: Array.from(covariance),
    riskAversion,
    l2,
    cost: column(rest.turnoverCost, 0),
    current: column(rest.current, 0),
    lower: column(limits.lower, -Infinity).map(bound),
    upper: column(limits.upper, Infinity).map(bound),
    rows: sums.map(({members, least, most}) => ({members, least: bound(least), most: bound(most)})),
    expectedReturn: bound(expectedReturn),
    gross: bound(gross),
    turnover: bound(turnover)
  };
}
