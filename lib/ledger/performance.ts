import {toNumber} from "../money/amount.js";
import {monthlyReturns, yearlyReturns} from "../returns/calendar.js";
import {drawdowns, underwater, worstDrawdown} from "../returns/drawdown.js";
import {figure, unavailable, type Figure} from "../returns/figure.js";
import {growth, priceReturns} from "../returns/growth.js";
import {modifiedDietz, moneyWeighted} from "../returns/money-weighted.js";
import {annualize, chain, type DailyReturns} from "../returns/time-weighted.js";
import {alignReturns, compareWithBenchmark, type AlignedReturns} from "../risk/benchmark.js";
import {calmar} from "../risk/calmar.js";
import {profitFactor} from "../risk/profit-factor.js";
import {sharpe} from "../risk/sharpe.js";
import {sortino} from "../risk/sortino.js";
import {volatility} from "../risk/volatility.js";
import {winRate} from "../risk/win-rate.js";
import {daysBetween} from "../time/day.js";
import {RowConverter} from "./exposure.js";
import {finite, rangeGain} from "./pnl.js";
import {Rates} from "./rates.js";
import type {Study} from "./study.js";
import type {BenchmarkView, Measure, PerformanceView} from "./views.js";

/** Trading days in a year; returns are daily. */
const PERIODS = 252;

/** The benchmark in the reporting currency, on days that have a close and a rate. */
interface Index {
  name: string;
  kind: string;
  days: string[];
  daily: DailyReturns;
}

/** Returns how the accounts did over the range, with every constant it was computed with. */
export function performanceView(study: Study): PerformanceView {
  const {series, span, nav, inflow, outflow, daily, convention, scope, context} = study;
  const nothing = unavailable("no net asset value: tick Net Asset Value (NAV) in Base in the Flex query");
  const index = benchmarkIndex(study);
  const base: PerformanceView = {
    scope,
    convention,
    timeWeighted: {return: nothing, annualized: nothing, ibkr: nothing},
    moneyWeighted: {xirr: nothing, period: nothing, modifiedDietz: nothing},
    simple: nothing,
    growth: {days: [], portfolio: [], benchmark: []},
    drawdown: {days: [], depth: []},
    drawdowns: [],
    months: [],
    years: [],
    measures: [],
    constants: [],
    benchmark: null,
    benchmarkReason: benchmarkReason(study, index),
    warnings: series.problems
  };
  if (!span) return base;

  const {from, to} = span;
  const returns = daily[convention];
  const days = series.days.slice(from, to + 1);
  const length = daysBetween(days[0], days[days.length - 1]);
  const total = chain(returns, span);
  const perYear = total.value === null ? total : annualize(total.value, length);
  const level = growth(returns, {from, to});
  const depth = underwater(level);
  const dietz = modifiedDietz(series.days, nav, inflow, outflow, span);
  const internal = moneyWeighted(series.days, nav, inflow, outflow, span);
  const gained = rangeGain(study);
  const paid = nav[from] + inflow.slice(from + 1, to + 1).reduce((a, b) => a + b, 0);
  const aligned = alignedWith(study, index);
  return {
    ...base,
    timeWeighted: {return: total, annualized: perYear, ibkr: chain(daily.ibkr, span)},
    moneyWeighted: {xirr: internal.annual, period: internal.period, modifiedDietz: dietz},
    simple: gained && paid > 0 ? figure(toNumber(gained.gain) / paid) : unavailable("nothing was paid in"),
    growth: {
      days,
      portfolio: finite(level),
      benchmark: index ? finite(levelsOn(index, days)) : days.map(() => null)
    },
    drawdown: {days, depth: finite(depth)},
    drawdowns: drawdowns(level)
      .slice(0, 10)
      .map(({depth: fall, peak, trough, recovery}) => ({
        depth: fall,
        peak: days[peak],
        trough: days[trough],
        recovered: recovery === undefined ? null : days[recovery],
        days: daysBetween(days[peak], recovery === undefined ? days[days.length - 1] : days[recovery])
      })),
    months: monthlyReturns(series.days, returns, span).map(({period, value, reason}) => ({
      year: +period.slice(0, 4),
      month: +period.slice(5),
      return: {value, ...(reason && {reason})}
    })),
    years: yearlyReturns(series.days, returns, span).map(({period, partial, value, reason}) => ({
      year: +period,
      return: {value, ...(reason && {reason})},
      partial
    })),
    measures: measures(study, returns.returns.slice(from + 1, to + 1), perYear, aligned),
    constants: constants(study, convention, aligned),
    benchmark:
      index && aligned?.base !== undefined
        ? {
            name: index.name,
            kind: index.kind,
            currency: context.benchmark?.currency ?? "",
            from: aligned.base,
            to: aligned.days.at(-1) ?? aligned.base
          }
        : null,
    warnings: [
      ...series.problems,
      ...returns.warnings.filter(({index: i}) => i > from && i <= to).map(({message}) => message)
    ]
  };
}

/** Returns growth of 100 against the benchmark, and the measures that compare them. */
export function benchmarkView(study: Study): BenchmarkView {
  const {growth: level, measures: all, benchmark, benchmarkReason: reason} = performanceView(study);
  return {
    scope: study.scope,
    name: benchmark?.name ?? null,
    kind: benchmark?.kind ?? null,
    reason,
    days: level.days,
    portfolio: level.portfolio,
    benchmark: level.benchmark,
    measures: all.filter(
      ({benchmark: theirs, difference}) => theirs.value !== null || difference.value !== null
    )
  };
}

function benchmarkReason({context, scope}: Study, index: Index | null): string | null {
  if (index) return null;
  if (!context.benchmark) return "no benchmark yet: it comes with the data lake";
  return `no rate between ${context.benchmark.currency} and ${scope.currency ?? "an unknown currency"}`;
}

function benchmarkIndex({context, series, ledger}: Study): Index | null {
  const {benchmark} = context;
  if (!benchmark || !series.currency) return null;
  const rates = new Rates(ledger.rates);
  const closes = benchmark.closes.flatMap(([day, close]): [string, number][] => {
    const found = rates.find(benchmark.currency, series.currency as string, day);
    return found ? [[day, close * toNumber(found.rate)]] : [];
  });
  if (!closes.length) return null;
  return {
    name: benchmark.name,
    kind: benchmark.kind,
    days: closes.map(([day]) => day),
    daily: priceReturns(Float64Array.from(closes, ([, close]) => close))
  };
}

/** Growth of 100 of the index on the given days, from the first of them that it has. */
function levelsOn({days, daily}: Index, wanted: readonly string[]): Float64Array {
  const row = new Map(days.map((day, i) => [day, i]));
  const from = wanted.map((day) => row.get(day)).find((i) => i !== undefined);
  if (from === undefined) return new Float64Array(wanted.length).fill(NaN);
  const level = growth(daily, {from});
  return Float64Array.from(wanted, (day) => level[(row.get(day) ?? -1) - from] ?? NaN);
}

function alignedWith({series, span, daily, convention}: Study, index: Index | null): AlignedReturns | null {
  if (!index || !span) return null;
  const days = series.days.slice(span.from, span.to + 1);
  const returns = daily[convention].returns.slice(span.from, span.to + 1);
  returns[0] = NaN;
  const warnings = daily[convention].warnings
    .filter(({index: i}) => i > span.from && i <= span.to)
    .map((warning) => ({...warning, index: warning.index - span.from}));
  return alignReturns({days, daily: {returns, warnings}}, index);
}

function measures(
  study: Study,
  own: Float64Array,
  perYear: Figure,
  aligned: AlignedReturns | null
): Measure[] {
  const theirs = aligned?.benchmark ?? new Float64Array();
  const both = aligned && compareWithBenchmark(aligned, {periodsPerYear: PERIODS});
  const fall = worstDrawdown(own);
  const theirFall = worstDrawdown(theirs);
  const theirTotal = theirs.reduce((product, r) => product * (1 + r), 1) - 1;
  const theirDays = aligned?.base ? daysBetween(aligned.base, aligned.days.at(-1) ?? aligned.base) : 0;
  const theirYear = theirs.length ? annualize(theirTotal, theirDays) : unavailable("no benchmark");
  const closed = closedTrades(study);
  const ofTrades = (measure: (values: Float64Array) => Figure) =>
    closed.some(Number.isNaN) ? unavailable("a rate is missing for a closed trade") : measure(closed);
  const ownTotal = chain(study.daily[study.convention], study.span);
  const noBenchmark = unavailable("no benchmark");
  const pair = (
    id: string,
    label: string,
    unit: Measure["unit"],
    portfolio: Figure,
    benchmark: Figure,
    definition: string
  ): Measure => ({
    id,
    label,
    unit,
    portfolio: plain(portfolio),
    benchmark: theirs.length ? plain(benchmark) : noBenchmark,
    difference:
      portfolio.value !== null && benchmark.value !== null && theirs.length
        ? figure(portfolio.value - benchmark.value)
        : unavailable("one of the two is missing"),
    definition
  });
  const alone = (
    id: string,
    label: string,
    unit: Measure["unit"],
    portfolio: Figure,
    definition: string
  ): Measure => ({
    ...pair(id, label, unit, portfolio, unavailable("speaks of the portfolio alone"), definition),
    benchmark: unavailable("speaks of the portfolio alone")
  });
  const against = (
    key: "beta" | "alpha" | "correlation" | "trackingError" | "informationRatio" | "upCapture" | "downCapture"
  ) => both?.[key] ?? noBenchmark;
  return [
    pair(
      "totalReturn",
      "Total return",
      "fraction",
      ownTotal,
      theirs.length ? figure(theirTotal) : noBenchmark,
      "Time-weighted: daily returns linked over the range."
    ),
    pair(
      "annualReturn",
      "Return per year",
      "fraction",
      perYear,
      theirYear,
      "Total return to the power of 365.25 / days, less one; not below one year."
    ),
    pair(
      "volatility",
      "Volatility",
      "fraction",
      volatility(own, {periodsPerYear: PERIODS}),
      volatility(theirs, {periodsPerYear: PERIODS}),
      "Standard deviation of daily returns, times the root of 252."
    ),
    pair(
      "sharpe",
      "Sharpe ratio",
      "ratio",
      sharpe(own, {periodsPerYear: PERIODS}),
      sharpe(theirs, {periodsPerYear: PERIODS}),
      "Mean daily return over its standard deviation, times the root of 252; risk-free rate 0."
    ),
    pair(
      "sortino",
      "Sortino ratio",
      "ratio",
      sortino(own, {periodsPerYear: PERIODS}),
      sortino(theirs, {periodsPerYear: PERIODS}),
      "Mean daily return over the root mean square of the returns below 0, times the root of 252."
    ),
    pair(
      "maxDrawdown",
      "Maximum drawdown",
      "fraction",
      fall,
      theirFall,
      "Deepest fall of the time-weighted index from a peak."
    ),
    pair(
      "calmar",
      "Calmar ratio",
      "ratio",
      calmar(perYear, fall),
      calmar(theirYear, theirFall),
      "Return per year over the maximum drawdown."
    ),
    pair(
      "bestDay",
      "Best day",
      "fraction",
      extreme(own, Math.max),
      extreme(theirs, Math.max),
      "Highest daily return."
    ),
    pair(
      "worstDay",
      "Worst day",
      "fraction",
      extreme(own, Math.min),
      extreme(theirs, Math.min),
      "Lowest daily return."
    ),
    pair(
      "winningDays",
      "Winning days",
      "fraction",
      winRate(own),
      winRate(theirs),
      "Days with a return above 0, of all days with a return."
    ),
    alone(
      "winRate",
      "Win rate of closed trades",
      "fraction",
      ofTrades(winRate),
      "Closing executions with a realized gain above 0, of all with a realized gain or loss; as IBKR booked it, commissions included."
    ),
    alone(
      "profitFactor",
      "Profit factor of closed trades",
      "ratio",
      ofTrades(profitFactor),
      "Sum of realized gains over the sum of realized losses."
    ),
    alone(
      "beta",
      "Beta",
      "ratio",
      against("beta"),
      "Covariance with the benchmark over its variance, daily, on the same days."
    ),
    alone(
      "alpha",
      "Alpha per year",
      "fraction",
      against("alpha"),
      "Jensen's, risk-free rate 0, annualized geometrically; not below one year."
    ),
    alone(
      "correlation",
      "Correlation",
      "ratio",
      against("correlation"),
      "Pearson's, of daily returns on the same days."
    ),
    alone(
      "trackingError",
      "Tracking error",
      "fraction",
      against("trackingError"),
      "Standard deviation of the daily difference, times the root of 252."
    ),
    alone(
      "informationRatio",
      "Information ratio",
      "ratio",
      against("informationRatio"),
      "Mean daily difference over its standard deviation, times the root of 252."
    ),
    alone(
      "upCapture",
      "Up capture",
      "ratio",
      against("upCapture"),
      "Geometric mean return on days when the benchmark rose, over the benchmark's."
    ),
    alone(
      "downCapture",
      "Down capture",
      "ratio",
      against("downCapture"),
      "The same on days when the benchmark fell."
    )
  ];
}

function plain({value, reason}: Figure): Figure {
  return value === null ? unavailable(reason ?? "not computable") : {value};
}

function extreme(values: Float64Array, pick: (...numbers: number[]) => number): Figure {
  const there = values.filter((value) => !Number.isNaN(value));
  return there.length ? figure(there.reduce((a, b) => pick(a, b))) : unavailable("no returns");
}

/** Realized gain or loss of each closing execution of the range, in the reporting currency; NaN where a rate is missing. */
function closedTrades({ledger, series, scope}: Study): Float64Array {
  const converter = new RowConverter(ledger, series.currency);
  const rows = ledger.trades.filter(
    ({account, day, fifoPnlRealized}) =>
      fifoPnlRealized &&
      series.accounts.includes(account) &&
      day > (scope.from ?? "") &&
      day <= (scope.to ?? "")
  );
  return Float64Array.from(rows, (row) => {
    const amount = converter.convert(row, row.fifoPnlRealized as bigint);
    return amount === null ? NaN : toNumber(amount);
  });
}

function constants({scope}: Study, convention: string, aligned: AlignedReturns | null): string[] {
  return [
    convention === "ibkr"
      ? "Flows at day end (profile ibkr): r = (V - CF) / V before - 1."
      : "In-flows at day start, out-flows at day end: r = (V + out) / (V before + in) - 1.",
    `Daily returns from the close of ${scope.from} to ${scope.to}, linked geometrically.`,
    "252 periods a year for risk; 365.25 calendar days a year for returns; nothing is annualized below one year.",
    "Risk-free rate 0; Sortino target 0, divided by all days; standard deviation with n - 1.",
    "Return is after commissions, fees, interest and withholding tax, as IBKR booked them.",
    aligned?.base
      ? `Compared with the benchmark on ${aligned.days.length} common days, ${aligned.base} to ${aligned.days.at(-1)}.`
      : "No benchmark."
  ];
}
