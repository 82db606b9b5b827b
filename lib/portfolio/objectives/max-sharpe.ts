import {certify} from "../solver/certify.js";
import {checkProblem} from "../solver/check.js";
import {conflictsOf, type Place} from "../solver/conflicts.js";
import {concluded, infeasible, placeOf, programOf, solutionOf, unbounded} from "../solver/optimize.js";
import type {Limits, PortfolioProblem} from "../solver/problem.js";
import {type Program, quadraticGradient} from "../solver/program.js";
import type {Solution} from "../solver/solution.js";
import {type Certified, kktOf, solve} from "../solver/solve.js";

/** Assets of which a portfolio with the highest Sharpe ratio is wanted; penalties have no place in a ratio. */
export type SharpeProblem = Omit<PortfolioProblem, "riskAversion" | "l2" | "turnoverCost"> & {
  expected: Float64Array;
  /** Return of the riskless asset, in the unit of `expected`. */
  riskFree?: number;
};

/**
 * Returns the weights with the highest Sharpe ratio, (expected - riskFree)'w / root of w'Sw, within limits.
 *
 * They are those that maximize excess'w - (lambda / 2) w'Sw for the lambda that is excess'w / w'Sw of themselves. With
 * t = 1 / lambda, t excess'w - w'Sw is a straight line between any two t whose portfolios hold the same assets free, so
 * that secants find its zero in a few solves. (PyPortfolioOpt substitutes y = w / kappa instead, which has the same
 * optimum, but needs every limit to be rewritten.) The certificate is that of the last program, with lambda as the
 * weights themselves give it: then no weights have a higher ratio.
 *
 * @returns `objective` is the ratio; infeasible, with what keeps it so, where no weights earn more than the riskless
 * asset; unbounded where some do without any risk
 * @throws RangeError as `optimize` does
 * @see Sharpe (1994), "The Sharpe ratio", Journal of Portfolio Management 21(1); PyPortfolioOpt EfficientFrontier.max_sharpe
 */
export function maximizeSharpe({riskFree = 0, ...problem}: SharpeProblem): Solution {
  const whole = {...problem, riskAversion: 1};
  checkProblem(whole);
  if (!Number.isFinite(riskFree)) throw new RangeError(`invalid risk-free rate: ${riskFree}`);
  const place = placeOf(problem);
  const excess = problem.expected.map((value) => value - riskFree);
  const program = {...programOf(whole), linear: excess.map((value) => -value)};

  const highest = concluded({...program, scale: 0}, problem.limits, place);
  if (highest.status === "infeasible") return highest;
  const scale = excess.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (highest.status === "optimal" && !(highest.objective > 1e-12 * scale))
    return infeasible(program, earnsNothing(problem.limits, place, excess, riskFree));
  return search(program, highest.status === "optimal" ? highest.weights : undefined);
}

const MOST_SOLVES = 60;
const EXACT = 1e-12;

/** A portfolio of the frontier, its lambda 1 / t. */
interface Trial {
  t: number;
  excess: number;
  variance: number;
  /** t excess - variance: zero at the highest ratio, below it at smaller t. */
  sign: number;
}

/** @param first weights that earn something, where the search starts */
function search(program: Program, first: Float64Array | undefined): Solution {
  let t = first ? startOf(program, first) : 1;
  if (!(t > 0)) return unbounded(program);
  const trials: Trial[] = [];
  let best: {certified: Certified; kkt: number; ratio: number} | undefined;
  for (let k = 0; k < MOST_SOLVES; ++k) {
    const certified = solve({...program, scale: 1 / t});
    const {excess, variance, most, sum} = momentsOf(program, certified.point.x);
    if (Number.isNaN(excess)) break;
    if (sum > FAR) return unbounded(program);
    trials.push({t, excess, variance, sign: t * excess - variance});
    if (excess > 0) {
      if (variance <= RISKLESS * most) return unbounded(program);
      const residuals = certify({...program, scale: excess / variance}, certified.point);
      const kkt = kktOf(residuals);
      const ratio = excess / Math.sqrt(variance);
      if (!best || kkt < best.kkt) best = {certified: {...certified, residuals}, kkt, ratio};
      if (kkt < EXACT) break;
    }
    const next = nextOf(trials);
    if (!(next > 0) || next === t) break;
    t = next;
  }
  if (!best) return unbounded(program);
  return {...solutionOf(program, best.certified), objective: best.ratio};
}

/** A volatility a millionth of what the weights would have in the riskiest asset is none. */
const RISKLESS = 1e-12;

/** Weights beyond this, in sum, are those of a ratio that is only neared, the longer the positions the better. */
const FAR = 1e6;

/** Steps beyond what is known are at most so long. */
const LEAP = 16;

/**
 * Returns the next t: where the line through the last two trials is zero, else between the nearest on either side of the
 * zero, else further on; of one trial alone, what its own ratio says.
 */
function nextOf(trials: readonly Trial[]): number {
  const last = trials.at(-1) as Trial;
  const before = trials.at(-2);
  const low = Math.max(0, ...trials.filter(({sign}) => sign < 0).map(({t}) => t));
  const high = Math.min(Infinity, ...trials.filter(({sign}) => sign >= 0).map(({t}) => t));
  const within = (t: number) => t > low && t < high && t < last.t * LEAP && t > last.t / LEAP;
  const secant = before ? last.t - (last.sign * (last.t - before.t)) / (last.sign - before.sign) : NaN;
  if (within(secant)) return secant;
  const own = before || last.excess <= 0 ? NaN : last.variance / last.excess;
  if (within(own)) return own;
  if (low > 0 && high < Infinity) return (low + high) / 2;
  return low > 0 ? low * LEAP : high / LEAP;
}

function startOf(program: Program, weights: Float64Array): number {
  const {excess, variance, most} = momentsOf(program, weights);
  return variance <= RISKLESS * most ? 0 : variance / excess;
}

function momentsOf(program: Program, x: Float64Array) {
  const gradient = quadraticGradient({...program, scale: 1, diagonal: 0}, x);
  let [excess, variance, sum, widest] = [0, 0, 0, 0];
  for (let i = 0; i < x.length; ++i) {
    excess -= program.linear[i] * x[i];
    variance += gradient[i] * x[i];
    sum += Math.abs(x[i]);
    widest = Math.max(widest, program.quadratic?.[i * x.length + i] ?? 0);
  }
  return {excess, variance, sum, most: widest * sum ** 2};
}

/** Returns the limits that keep every portfolio from earning more than the riskless asset. */
function earnsNothing(limits: Limits, place: Place, excess: Float64Array, riskFree: number): string[] {
  const least = excess.reduce((most, value) => Math.max(most, Math.abs(value)), 0) * 1e-6 || 1e-6;
  const words = conflictsOf({...limits, expectedReturn: least}, {...place, expected: excess});
  return words.map((sentence) =>
    sentence === `the expected return is ${least} or more`
      ? `the expected return is above the risk-free rate, ${riskFree}`
      : sentence
  );
}
