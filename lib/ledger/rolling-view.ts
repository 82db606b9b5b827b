import {unavailable, type Figure} from "../returns/figure.js";
import {rolling} from "../returns/rolling.js";
import {compareWithBenchmark, type AlignedReturns} from "../risk/benchmark.js";
import {sharpe} from "../risk/sharpe.js";
import {volatility} from "../risk/volatility.js";
import {alignedWith, benchmarkIndex} from "./benchmark-index.js";
import {finite} from "./pnl.js";
import {riskTerms, type RiskQuery} from "./risk-profile.js";
import type {Study} from "./study.js";
import type {Scope} from "./views.js";

/** What is measured over each window. */
export const ROLLING = ["sharpe", "volatility", "beta", "correlation"] as const;
export type RollingMeasure = (typeof ROLLING)[number];

/** Trading days in a window: a month, a quarter, half a year, a year. */
export const WINDOWS = [21, 63, 126, 252] as const;
export type Window = (typeof WINDOWS)[number];

export interface RollingQuery extends RiskQuery {
  measure?: RollingMeasure;
  window?: Window;
}

/** A measure of the days up to each day. */
export interface RollingView {
  scope: Scope;
  measure: RollingMeasure;
  window: Window;
  days: string[];
  portfolio: (number | null)[];
  /** Name of the benchmark and its own measure, where it has one of its own. */
  benchmark: string | null;
  theirs: (number | null)[];
  /** Why there are no values, as a sentence; null where there are. */
  reason: string | null;
  constants: string[];
}

const options = {periodsPerYear: 252};

const MEANING: Readonly<Record<RollingMeasure, string>> = {
  sharpe: "Mean daily return less the risk-free rate over its standard deviation, times the root of 252.",
  volatility: "Standard deviation of daily returns with n - 1, times the root of 252.",
  beta: "Covariance with the benchmark over its variance, daily, on the days that both have.",
  correlation: "Pearson's, of daily returns on the days that both have."
};

/** Returns a measure over each window of the range's days; only full windows count. */
export function rollingView(
  study: Study,
  {measure = "volatility", window = 63, profile = "default", benchmark: asked}: RollingQuery
): RollingView {
  const {scope, span, series, daily, convention, context, nothing} = study;
  const index = benchmarkIndex(study, asked);
  const view = {
    scope,
    measure,
    window,
    benchmark: typeof index === "string" ? null : index.name,
    constants: [`${window} returns in a window.`, MEANING[measure]]
  };
  const without = (reason: string): RollingView => ({...view, days: [], portfolio: [], theirs: [], reason});
  if (!span) return without(nothing);
  const aligned = typeof index === "string" ? null : alignedWith(study, index);
  if (measure === "beta" || measure === "correlation") {
    if (typeof index === "string") return without(index);
    if (!aligned?.days.length) return without(`${index.name} has no two days in common with the range`);
    const values = rollingPairs(aligned, window, measure);
    return {
      ...view,
      days: aligned.days,
      portfolio: finite(values),
      theirs: [],
      reason: tooFew(values, window)
    };
  }
  const {from, to} = span;
  const all = {
    days: series.days.slice(from + 1, to + 1),
    returns: daily[convention].returns.slice(from + 1, to + 1)
  };
  const kept = all.returns.map((r, i) => (Number.isNaN(r) ? -1 : i)).filter((i) => i >= 0);
  const days = Array.from(kept, (i) => all.days[i]);
  const own = takenOf(
    measure,
    Float64Array.from(kept, (i) => all.returns[i]),
    days
  );
  if (typeof own === "string") return without(own);
  const values = rolling(own, window, MEASURES[measure]);
  const theirs = aligned?.days.length ? takenOf(measure, aligned.benchmark, aligned.days) : null;
  return {
    ...view,
    constants: [
      ...view.constants,
      ...(measure === "sharpe" ? riskTerms(profile, context, days).constants.slice(0, 1) : [])
    ],
    days,
    portfolio: finite(values),
    theirs:
      theirs === null || typeof theirs === "string" || !aligned
        ? []
        : onDays(days, aligned.days, rolling(theirs, window, MEASURES[measure])),
    reason: tooFew(values, window)
  };

  /** The returns that the measure is of: a Sharpe ratio's less the risk-free rate. */
  function takenOf(of: RollingMeasure, returns: Float64Array, on: readonly string[]): Float64Array | string {
    if (of !== "sharpe") return returns;
    const {riskFree} = riskTerms(profile, context, on);
    return typeof riskFree === "string" ? riskFree : returns.map((r, i) => r - riskFree[i]);
  }
}

const MEASURES: Record<"sharpe" | "volatility", (returns: Float64Array) => Figure> = {
  sharpe: (returns) => sharpe(returns, options),
  volatility: (returns) => volatility(returns, options)
};

function rollingPairs(
  {days, portfolio, benchmark}: AlignedReturns,
  window: number,
  measure: "beta" | "correlation"
): Float64Array {
  const at = Float64Array.from(days.keys());
  return rolling(at, window, (rows) => {
    const [from, to] = [rows[0], rows[rows.length - 1] + 1];
    const part = {
      base: days[from],
      days: days.slice(from, to),
      portfolio: portfolio.subarray(from, to),
      benchmark: benchmark.subarray(from, to)
    };
    return compareWithBenchmark(part, options)[measure] ?? unavailable("none");
  });
}

function onDays(wanted: readonly string[], days: readonly string[], values: Float64Array): (number | null)[] {
  const row = new Map(days.map((day, i) => [day, i]));
  return finite(Float64Array.from(wanted, (day) => values[row.get(day) ?? -1] ?? NaN));
}

function tooFew(values: Float64Array, window: number): string | null {
  return values.every(Number.isNaN) ? `fewer than ${window} returns in the range` : null;
}
