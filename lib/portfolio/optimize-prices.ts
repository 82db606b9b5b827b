import {type Figure, figure, unavailable} from "../returns/figure.js";
import type {CovarianceName} from "../risk/covariance/index.js";
import {estimatePrices} from "./estimate-prices.js";
import {expectBy, type Expectation} from "./expectation.js";
import {hierarchicalRiskParity} from "./objectives/hierarchical.js";
import {maximizeSharpe} from "./objectives/max-sharpe.js";
import {minimizeShortfall} from "./objectives/min-cvar.js";
import {minimizeVolatility} from "./objectives/min-volatility.js";
import {performanceOf} from "./objectives/performance.js";
import {riskParity} from "./objectives/risk-parity.js";
import type {PriceTable} from "./read-prices.js";
import {optimize} from "./solver/optimize.js";
import type {Limits} from "./solver/problem.js";
import type {Solution, SolutionStatus} from "./solver/solution.js";

/** What a portfolio can be chosen for, and which words it takes beside the prices. */
export const OBJECTIVES = {
  "min-volatility": {
    value: "variance and penalties, the least",
    penalties: true,
    limits: true,
    aversion: false
  },
  "max-sharpe": {value: "Sharpe ratio, the highest", penalties: false, limits: true, aversion: false},
  "quadratic-utility": {value: "utility, the highest", penalties: true, limits: true, aversion: true},
  "risk-parity": {value: "volatility", penalties: false, limits: false, aversion: false},
  hrp: {value: "none: a rule, not an optimum", penalties: false, limits: false, aversion: false},
  "min-cvar": {
    value: "mean loss of the worst 5 % of periods, the least",
    penalties: false,
    limits: true,
    aversion: false
  }
} as const;

export type ObjectiveName = keyof typeof OBJECTIVES;

/** Assets by name whose weights together are limited. */
export interface NamedGroup {
  /** As it is named when the limits cannot all be met. */
  name: string;
  assets: readonly string[];
  least?: number;
  most?: number;
}

/** How a portfolio is chosen; every number has a default. */
export interface PriceOptions {
  objective: ObjectiveName;
  /** Return of the riskless asset a year; default 0. */
  riskFree?: number;
  /** Of quadratic-utility; default 1. */
  riskAversion?: number;
  /** Least and most weight of each asset; default 0 and 1. */
  bounds?: readonly [least: number, most: number];
  /** Of the weights; default 1. */
  sum?: number;
  /** Most of the sum of |w|; default none. */
  gross?: number;
  /** Least and most of the sum of some assets' weights; default none. */
  groups?: readonly NamedGroup[];
  /** Default the assets' own past. */
  expectation?: Expectation;
  /** Weight of the squared weights; default 0. */
  l2?: number;
  /** Cost of one unit of |w - current|; default 0. */
  turnover?: number;
  /** Weights held now, by asset, 0 for those not named; or the same of each. */
  current?: Readonly<Record<string, number>> | "equal";
  /** Default sample. */
  covariance?: CovarianceName;
  /** Rows with a blank: each pair of assets over the rows that have both, or left out; default pairwise. */
  missing?: "pairwise" | "drop";
  /** Rows in a year; default 252. */
  frequency?: number;
}

/** A portfolio chosen from prices, as it leaves lib for a terminal, the API or a page. */
export interface PricePortfolio {
  /** By asset; empty when there is none. */
  weights: Record<string, number>;
  /** Expected a year, by the mean of each asset. */
  expectedReturn: Figure;
  volatility: Figure;
  sharpe: Figure;
  objective: {name: ObjectiveName; meaning: string; value: Figure};
  certificate: {
    status: SolutionStatus;
    kkt: Figure;
    gap: Figure;
    primal: Figure;
    dual: Figure;
    conflicts: readonly string[];
  };
  estimate: {
    covariance: CovarianceName;
    shrinkage: number | null;
    /** Returns that counted; where some are missing the fewest of any two assets. */
    observations: number;
    frequency: number;
    missing: "pairwise" | "drop";
  };
  /** Sentences on what the reader should know. */
  warnings: string[];
}

/**
 * Returns why an objective cannot take what it was given beside the prices; undefined when it can. What an objective
 * cannot take is refused, never ignored; a value that is the default is none.
 */
export function refusalOf(options: PriceOptions): string | undefined {
  const {
    objective,
    bounds = [0, 1],
    sum = 1,
    gross,
    groups = [],
    l2 = 0,
    turnover = 0,
    current,
    riskAversion = 1
  } = options;
  const takes = OBJECTIVES[objective];
  if (!takes.penalties && (l2 !== 0 || turnover !== 0))
    return `${objective} takes no penalty: leave --${l2 === 0 ? "turnover" : "l2"} out, or minimize volatility`;
  if (!takes.limits) {
    if (bounds[0] !== 0 || bounds[1] !== 1)
      return `${objective} takes no bounds: its weights are what risk makes them`;
    if (sum !== 1) return `${objective} takes no sum but 1`;
    if (gross !== undefined)
      return `${objective} takes no gross limit: its weights are above zero and sum to 1`;
    if (groups.length) return `${objective} takes no limit of a group: its weights are what risk makes them`;
  }
  if (!takes.aversion && riskAversion !== 1)
    return `${objective} takes no risk aversion: quadratic-utility does`;
  if (turnover !== 0 && current === undefined) return "turnover needs the current weights";
  if (turnover === 0 && current !== undefined) return "current weights have no part without a turnover cost";
  return undefined;
}

/**
 * Returns the portfolio that an objective chooses from prices. The mean of asset i is the product of 1 + r to the power
 * frequency / n_i, less 1, over its own n_i returns; covariances are a year's, those of returns times the frequency; a
 * return needs both prices of two consecutive rows.
 *
 * @throws RangeError when the objective cannot take an option, an asset has less than two returns or does not vary where
 * it must, an estimator needs rows without blanks, a current weight is of an unknown asset
 */
export function optimizePrices({assets, prices}: PriceTable, options: PriceOptions): PricePortfolio {
  const refusal = refusalOf(options);
  if (refusal !== undefined) throw new RangeError(refusal);
  const {
    objective,
    missing = "pairwise",
    frequency = 252,
    riskFree = 0,
    covariance: name = "sample",
    expectation = {by: "historical"}
  } = options;
  const {returns, shrinkage, observations, warnings, ...past} = estimatePrices(
    {assets, prices},
    {missing, frequency, covariance: name, ...(objective === "min-cvar" && {complete: objective})}
  );
  const {expected, covariance} = expectBy({assets, ...past}, expectation, riskFree);
  const solution = solve(assets, returns, expected, covariance, options);
  const {weights, status, certificate} = solution;
  const found = !weights.some(Number.isNaN);
  const performance = performanceOf(weights, expected, covariance, {riskFree});
  const why = found ? undefined : `there are no weights: ${status}`;
  const shown = (value: number) => figure(value, why);
  const proof = (value: number) =>
    objective === "hrp" ? unavailable("hierarchical risk parity is a rule, not an optimum") : shown(value);
  return {
    weights: found ? Object.fromEntries(assets.map((asset, i) => [asset, weights[i]])) : {},
    expectedReturn: shown(performance.expectedReturn),
    volatility: shown(performance.volatility),
    sharpe: found ? performance.sharpe : unavailable(why as string),
    objective: {name: objective, meaning: OBJECTIVES[objective].value, value: proof(solution.objective)},
    certificate: {
      status,
      kkt: proof(certificate.kkt),
      gap: proof(certificate.gap),
      primal: proof(certificate.primal),
      dual: proof(certificate.dual),
      conflicts: certificate.conflicts
    },
    estimate: {covariance: name, shrinkage, observations, frequency, missing},
    warnings
  };
}

/** Expected shortfall is of the worst 1 - CONFIDENCE of periods. */
const CONFIDENCE = 0.95;

function solve(
  assets: readonly string[],
  returns: readonly Float64Array[],
  expected: Float64Array,
  covariance: Float64Array,
  {
    objective,
    bounds = [0, 1],
    sum = 1,
    gross,
    groups,
    l2 = 0,
    turnover = 0,
    current,
    ...options
  }: PriceOptions
): Solution {
  const limits = limitsOf({bounds, sum, gross, groups}, assets);
  const {riskFree = 0, riskAversion = 1} = options;
  const held = current === undefined ? {} : {current: currentOf(current, assets)};
  const problem = {assets, expected, covariance, l2, turnoverCost: turnover, ...held, limits};
  switch (objective) {
    case "min-volatility":
      return minimizeVolatility(problem);
    case "max-sharpe":
      return maximizeSharpe({assets, expected, covariance, riskFree, limits});
    case "quadratic-utility":
      return optimize({...problem, riskAversion});
    case "risk-parity":
      return riskParity({assets, covariance});
    case "min-cvar":
      return minimizeShortfall({assets, returns, confidence: CONFIDENCE, limits});
    case "hrp":
      return {
        weights: hierarchicalRiskParity(assets, covariance),
        status: "optimal",
        objective: NaN,
        certificate: {status: "optimal", kkt: NaN, gap: NaN, primal: NaN, dual: NaN, conflicts: []}
      };
  }
}

/** What weights obey, as a person says it. */
interface SaidLimits {
  bounds: readonly [least: number, most: number];
  sum: number;
  gross?: number | undefined;
  groups?: readonly NamedGroup[] | undefined;
}

/**
 * Returns limits as the solver takes them.
 * @throws RangeError for a group of an unknown asset
 */
export function limitsOf({bounds, sum, gross, groups = []}: SaidLimits, assets: readonly string[]): Limits {
  return {
    lower: bounds[0],
    upper: bounds[1],
    sum,
    ...(gross !== undefined && {gross}),
    ...(groups.length && {
      groups: groups.map(({assets: members, ...group}) => ({
        ...group,
        members: members.map((asset) => {
          const i = assets.indexOf(asset);
          if (i < 0) throw new RangeError(`the group ${group.name} has an unknown asset: ${asset}`);
          return i;
        })
      }))
    })
  };
}

/**
 * Returns weights held now in the order of the assets, 0 for those not named.
 * @throws RangeError for a weight of an unknown asset
 */
export function currentOf(
  current: Readonly<Record<string, number>> | "equal",
  assets: readonly string[]
): Float64Array {
  if (current === "equal") return new Float64Array(assets.length).fill(1 / assets.length);
  const stranger = Object.keys(current).find((asset) => !assets.includes(asset));
  if (stranger !== undefined)
    throw new RangeError(`a current weight of an unknown asset: ${stranger}: there are ${assets.join(", ")}`);
  return Float64Array.from(assets, (asset) => current[asset] ?? 0);
}
