import type {View} from "../../lib/portfolio/black-litterman.js";
import {OBJECTIVES, type ObjectiveName} from "../../lib/portfolio/optimize-prices.js";
import {COVARIANCES, type CovarianceName} from "../../lib/risk/covariance/index.js";
import {jsonOf, numberIn, oneOf, urlChoices, type ChoiceKind} from "../url-choices.js";
import {YEARS} from "../risk/choices.js";

/** Objectives as a person reads them. */
export const OBJECTIVE_NAMES: readonly (readonly [ObjectiveName, string, string])[] = [
  ["min-volatility", "Least volatility", "The portfolio that swings least."],
  [
    "max-sharpe",
    "Highest Sharpe ratio",
    "Most expected return over the riskless rate for each unit of volatility."
  ],
  [
    "quadratic-utility",
    "Quadratic utility",
    "Expected return less half the risk aversion times the variance."
  ],
  ["risk-parity", "Risk parity", "Each position adds the same to the volatility; limits have no part in it."],
  ["hrp", "Hierarchical risk parity", "A rule by clusters, not an optimum; limits have no part in it."],
  ["min-cvar", "Least CVaR at 95%", "The least mean loss of the worst twentieth of days."]
];

/** What assets can be grouped by, for limits. */
export const GROUPINGS = ["class", "sector", "currency"] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** Limits of a group, percent; undefined is none. */
export interface GroupChoice {
  by: Grouping;
  name: string;
  least?: number;
  most?: number;
}

/** What Optimize is asked. Percent where it says so. */
export interface OptimizeChoices {
  objective: ObjectiveName;
  years: number;
  covariance: CovarianceName;
  expectation: "historical" | "equal" | "views";
  views: readonly View[];
  /** Percent a year. */
  riskFree: number;
  aversion: number;
  /** Percent. */
  least: number;
  most: number;
  /** Percent; 0 is no limit. */
  gross: number;
  groups: readonly GroupChoice[];
  /** Basis points of what is traded. */
  turnover: number;
  /** Percent of the part that is optimized. */
  band: number;
  /** In the reporting currency. */
  trade: number;
}

const isGroups = (value: unknown): value is readonly GroupChoice[] =>
  Array.isArray(value) &&
  value.every(
    (one: Partial<GroupChoice> | null) =>
      one !== null && GROUPINGS.includes(one.by!) && typeof one.name === "string" // undefined is in no list
  );

const isViews = (value: unknown): value is readonly View[] =>
  Array.isArray(value) &&
  value.every(
    (one: Partial<View> | null) =>
      one !== null && typeof one.assets === "object" && typeof one.expected === "number"
  );

export const OPTIMIZE_KINDS = {
  objective: oneOf(Object.keys(OBJECTIVES) as ObjectiveName[], "min-volatility"), // its own keys
  years: oneOf<number>(YEARS, 3),
  covariance: oneOf(Object.keys(COVARIANCES) as CovarianceName[], "ledoit-wolf"), // its own keys
  expectation: oneOf(["historical", "equal", "views"] as const, "historical"),
  views: jsonOf<readonly View[]>([], isViews),
  riskFree: numberIn(-10, 50, 0),
  aversion: numberIn(0, 1000, 4),
  least: numberIn(-1000, 1000, 0),
  most: numberIn(-1000, 1000, 25),
  gross: numberIn(0, 1000, 0),
  groups: jsonOf<readonly GroupChoice[]>([], isGroups),
  turnover: numberIn(0, 1000, 0),
  band: numberIn(0, 100, 0.5),
  trade: numberIn(0, 1e9, 250)
} satisfies {[K in keyof OptimizeChoices]: ChoiceKind<OptimizeChoices[K]>};

export const optimizeChoices = urlChoices<OptimizeChoices>(OPTIMIZE_KINDS);
