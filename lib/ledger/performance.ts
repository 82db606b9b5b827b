import {toNumber} from "../money/amount.js";
import {monthlyReturns, yearlyReturns} from "../returns/calendar.js";
import {drawdowns, underwater} from "../returns/drawdown.js";
import {figure, unavailable, type Figure} from "../returns/figure.js";
import {growth} from "../returns/growth.js";
import {modifiedDietz, moneyWeighted} from "../returns/money-weighted.js";
import {chain} from "../returns/time-weighted.js";
import type {AlignedReturns} from "../risk/benchmark.js";
import {daysBetween} from "../time/day.js";
import {
  alignedWith,
  benchmarkIndex,
  benchmarkNames,
  benchmarksOf,
  levelsOn,
  type BenchmarkIndex
} from "./benchmark-index.js";
import {measuresOf, yearly} from "./measures.js";
import {finite, rangeGain} from "./pnl.js";
import {comparisons} from "./reported.js";
import {riskTerms, type RiskQuery, type RiskTerms} from "./risk-profile.js";
import type {Study} from "./study.js";
import type {BenchmarkView, PerformanceView} from "./views.js";

/** How many of the deepest drawdowns are listed. */
const WORST = 10;

/** Further benchmarks that are drawn at most. */
const FURTHER = 3;

/**
 * Returns how the accounts did over the range, with every constant it was computed with.
 * @param of makes the study of other days, for what PortfolioAnalyst reports of them
 */
export function performanceView(
  study: Study,
  {profile = "default", benchmark: asked}: RiskQuery,
  of: (query: RiskQuery) => Study
): PerformanceView {
  const {series, span, nav, inflow, outflow, daily, convention, scope, context} = study;
  const index = benchmarkIndex(study, asked);
  const termsOn = (on: readonly string[]) => riskTerms(profile, context, on);
  const aligned = typeof index === "string" ? null : alignedWith(study, index);
  const benchmarkReason =
    typeof index === "string"
      ? index
      : aligned?.base
        ? null
        : `${index.name} has no two days in common with the range`;
  const common = {
    profile,
    benchmarks: benchmarkNames(context),
    reported: comparisons(study, of)
  };
  if (!span) return {...nothing(study), ...common, benchmarkReason: benchmarkReason ?? study.nothing};

  const {from, to} = span;
  const returns = daily[convention];
  const days = series.days.slice(from, to + 1);
  const total = chain(returns, span);
  const level = growth(returns, span).map((value, k) => (Number.isNaN(nav[from + k]) ? NaN : value));
  const internal = moneyWeighted(series.days, nav, inflow, outflow, span);
  return {
    scope,
    ...common,
    convention,
    timeWeighted: {
      return: total,
      annualized: yearly(total, span.fromDay, span.toDay),
      ibkr: chain(daily.ibkr, span)
    },
    moneyWeighted: {
      xirr: internal.annual,
      period: internal.period,
      modifiedDietz: modifiedDietz(series.days, nav, inflow, outflow, span)
    },
    simple: simpleReturn(study),
    growth: {
      days,
      portfolio: finite(level),
      benchmark: typeof index === "string" ? days.map(() => null) : finite(levelsOn(index, days, level)),
      others: further(study, index).map((other) => ({
        name: other.name,
        kind: other.kind,
        values: finite(levelsOn(other, days, level))
      }))
    },
    drawdown: {days, depth: finite(underwater(level))},
    drawdowns: drawdowns(level)
      .slice(0, WORST)
      .map(({depth, peak, trough, recovery}) => ({
        depth,
        peak: days[peak],
        trough: days[trough],
        recovered: recovery === undefined ? null : days[recovery],
        days: daysBetween(days[peak], recovery === undefined ? days[days.length - 1] : days[recovery])
      })),
    months: monthlyReturns(series.days, returns, span).map(({period, ...linked}) => ({
      year: +period.slice(0, 4),
      month: +period.slice(5),
      return: plain(linked)
    })),
    years: yearlyReturns(series.days, returns, span).map(({period, partial, ...linked}) => ({
      year: +period,
      return: plain(linked),
      partial
    })),
    measures: measuresOf(study, aligned, benchmarkReason ?? "no benchmark", termsOn),
    constants: constants(study, aligned, termsOn(series.days.slice(from + 1, to + 1))),
    benchmark:
      typeof index !== "string" && aligned?.base
        ? {
            name: index.name,
            kind: index.kind,
            currency: index.currency,
            from: aligned.base,
            to: aligned.days.at(-1) ?? aligned.base
          }
        : null,
    benchmarkReason,
    warnings: [
      ...series.problems,
      ...returns.warnings.filter(({index: i}) => i > from && i <= to).map(({message}) => message)
    ]
  };
}

/** Benchmarks beside the one that is compared with. */
function further(study: Study, index: BenchmarkIndex | string): BenchmarkIndex[] {
  return benchmarksOf(study.context)
    .filter(({name}) => typeof index === "string" || name !== index.name)
    .slice(0, FURTHER)
    .map(({name}) => benchmarkIndex(study, name))
    .filter((other) => typeof other !== "string");
}

/** Returns growth of 100 against the benchmark, and the measures that compare them. */
export function benchmarkView(
  study: Study,
  query: RiskQuery,
  of: (query: RiskQuery) => Study
): BenchmarkView {
  const {growth: level, measures, benchmark, benchmarkReason} = performanceView(study, query, of);
  const {scope} = study;
  const index = benchmarkIndex(study, query.benchmark);
  return {
    scope,
    name: typeof index === "string" ? null : index.name,
    kind: typeof index === "string" ? null : index.kind,
    reason: benchmarkReason,
    days: level.days,
    portfolio: level.portfolio,
    benchmark: level.benchmark,
    measures: benchmark ? measures.filter(({id}) => !OF_TRADES.has(id)) : []
  };
}

/** Measures that say nothing of the benchmark. */
const OF_TRADES = new Set(["winRate", "profitFactor"]);

function nothing({
  scope,
  convention,
  series,
  nothing: reason
}: Study): Omit<PerformanceView, "profile" | "benchmarks" | "reported"> {
  const none = unavailable(reason);
  return {
    scope,
    convention,
    timeWeighted: {return: none, annualized: none, ibkr: none},
    moneyWeighted: {xirr: none, period: none, modifiedDietz: none},
    simple: none,
    growth: {days: [], portfolio: [], benchmark: [], others: []},
    drawdown: {days: [], depth: []},
    drawdowns: [],
    months: [],
    years: [],
    measures: [],
    constants: [],
    benchmark: null,
    benchmarkReason: null,
    warnings: series.problems
  };
}

/** Gain over what was there at the start and paid in since. */
function simpleReturn(study: Study): Figure {
  const {nav, inflow, span} = study;
  const {gain, reason} = rangeGain(study);
  if (gain === null || !span) return unavailable(reason);
  const paid = inflow.slice(span.from + 1, span.to + 1).reduce((a, b) => a + b, nav[span.from]);
  return paid > 0 ? figure(toNumber(gain) / paid) : unavailable("no positive value was there or paid in");
}

function plain({value, reason}: Figure): Figure {
  return value === null ? unavailable(reason ?? "no return in the period") : {value};
}

function constants(
  {scope, convention}: Study,
  aligned: AlignedReturns | null,
  {constants: ofRisk}: RiskTerms
): string[] {
  return [
    convention === "ibkr"
      ? "Flows at day end (profile ibkr): r = (V - CF) / V before - 1."
      : "In-flows at day start, out-flows at day end: r = (V + out) / (V before + in) - 1.",
    `Daily returns from the close of ${scope.from} to ${scope.to}, linked geometrically.`,
    "252 periods a year for risk; 365.25 calendar days a year for returns; nothing is annualized below one year.",
    ...ofRisk,
    "Return is after commissions, fees, interest and withholding tax, as IBKR booked them.",
    aligned?.base
      ? `Compared with the benchmark on ${aligned.days.length} common days, ${aligned.base} to ${aligned.days.at(-1)}.`
      : "No benchmark."
  ];
}
