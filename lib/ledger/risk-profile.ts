import {priceReturns} from "../returns/growth.js";
import type {LinkingMethod} from "../returns/linking.js";
import type {FlowConvention} from "../returns/time-weighted.js";
import {mean, present} from "../risk/moments.js";
import {benchmarksOf} from "./benchmark-index.js";
import {lastAtOrBefore} from "./sorted-days.js";
import type {ViewContext, ViewQuery} from "./views.js";

/** A set of conventions, fixed and named: never chosen by what agrees. */
export const PROFILES = ["default", "portfolio-analyst"] as const;
export type Profile = (typeof PROFILES)[number];

/** What views of returns and risk are asked for, beside the days. */
export interface RiskQuery extends ViewQuery {
  profile?: Profile;
  /** Name of a benchmark, or a blend: `60% A / 40% B, rebalanced monthly`. */
  benchmark?: string;
}

interface Conventions {
  flows: FlowConvention;
  linking: LinkingMethod;
  /** Sortino's target: nothing, or the long-run mean of the S&P 500. */
  target: "zero" | "sp500-mean";
  /** Rate that is taken off: nothing, or the three-month bill. */
  riskFree: "zero" | "bill";
}

/** What each profile means. */
export const CONVENTIONS: Readonly<Record<Profile, Conventions>> = {
  default: {flows: "start-end", linking: "carino", target: "zero", riskFree: "zero"},
  "portfolio-analyst": {flows: "ibkr", linking: "frongello", target: "sp500-mean", riskFree: "bill"}
};

/** Returns the question with the flows' convention of its profile, where it names none. */
export function ofProfile<Query extends RiskQuery>(query: Query): Query {
  const {profile} = query;
  return profile === undefined
    ? query
    : {...query, convention: query.convention ?? CONVENTIONS[profile].flows};
}

/** What is taken off each day's return, and what a shortfall is measured from; a sentence where it is not known. */
export interface RiskTerms {
  /** Return of riskless money of each day; shape (n). */
  riskFree: Float64Array | string;
  target: number | string;
  /** Both, as sentences. */
  constants: string[];
}

const PERIODS = 252;

/**
 * Returns the riskless returns and Sortino's target that a profile takes.
 * @param days ISO dates of the returns
 */
export function riskTerms(profile: Profile, context: ViewContext, days: readonly string[]): RiskTerms {
  const conventions = CONVENTIONS[profile];
  if (conventions.riskFree === "zero") {
    const constants = [
      "Risk-free rate 0; Sortino target 0, divided by all days; standard deviation with n - 1."
    ];
    return {riskFree: new Float64Array(days.length), target: 0, constants};
  }
  const riskFree = billReturns(context, days);
  const target = longRunMean(context);
  return {
    riskFree,
    target: target.mean,
    constants: [
      typeof riskFree === "string"
        ? `Risk-free rate: ${riskFree}.`
        : `Risk-free rate: ${context.riskFree?.name}, percent a year, as (1 + y)^(1/252) - 1 a day, taken off each return.`,
      typeof target.mean === "string"
        ? `Sortino target: ${target.mean}.`
        : `Sortino target: mean daily return of ${target.of}, ${(100 * target.mean).toFixed(4)} %, divided by all days.`,
      "Standard deviation with n - 1. Profile portfolio-analyst: Modified Dietz, Frongello's linking."
    ]
  };
}

function billReturns({riskFree}: ViewContext, days: readonly string[]): Float64Array | string {
  if (!riskFree?.yields.length) {
    return "no series of the three-month bill: add one by tearsheet benchmark add FILE --kind yield";
  }
  const quoted = riskFree.yields.map(([day]) => day);
  const first = days[0];
  if (first !== undefined && first < quoted[0]) return `${riskFree.name} begins ${quoted[0]}, after ${first}`;
  return Float64Array.from(days, (day) => {
    const [, percent] = riskFree.yields[lastAtOrBefore(quoted, day)];
    return (1 + percent / 100) ** (1 / PERIODS) - 1;
  });
}

const SP500 = /\bs&p\s?500\b/i;

/** Mean daily return of the S&P 500 over all its days. */
function longRunMean(context: ViewContext): {mean: number | string; of: string} {
  const index = benchmarksOf(context).find(({name}) => SP500.test(name));
  if (!index) return {mean: "no series named S&P 500: add one by tearsheet benchmark add", of: ""};
  const closes = index.closes.filter(([, close]) => close > 0 && close < Infinity);
  const {returns} = priceReturns(Float64Array.from(closes, ([, close]) => close));
  const value = mean(present(returns));
  const [from, to] = [closes[0]?.[0], closes.at(-1)?.[0]];
  return {
    mean: Number.isFinite(value) ? value : `${index.name} has no two closes`,
    of: `${index.name}, ${from} to ${to}`
  };
}
