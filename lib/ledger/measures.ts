import {annualize, chain} from "../returns/time-weighted.js";
import {worstDrawdown} from "../returns/drawdown.js";
import {figure, unavailable, type Figure} from "../returns/figure.js";
import {compareWithBenchmark, type AlignedReturns, type BenchmarkComparison} from "../risk/benchmark.js";
import {calmar} from "../risk/calmar.js";
import {profitFactor} from "../risk/profit-factor.js";
import {sharpe} from "../risk/sharpe.js";
import {sortino} from "../risk/sortino.js";
import {volatility} from "../risk/volatility.js";
import {winRate} from "../risk/win-rate.js";
import {daysBetween} from "../time/day.js";
import {closedTrades} from "./closed-trades.js";
import type {RiskTerms} from "./risk-profile.js";
import type {Study} from "./study.js";
import type {Measure} from "./views.js";

/** Trading days in a year; returns are daily. */
const PERIODS = 252;

/** What a measure is taken of: one side, portfolio or benchmark. */
interface Side {
  /** Daily returns, without the base day; NaN = none. */
  returns: Float64Array;
  total: Figure;
  perYear: Figure;
  /** What riskless money earned on those days, and what a shortfall is measured from. */
  terms: RiskTerms;
}

type Of = (side: Side) => Figure;

const fall: Of = ({returns, total}) => (total.value === null ? total : worstDrawdown(returns));
const options = {periodsPerYear: PERIODS};

/** Returns less what riskless money earned; only ratios are taken of them (R27). */
function excess({returns, terms: {riskFree}}: Side): Float64Array | string {
  return typeof riskFree === "string" ? riskFree : returns.map((r, i) => r - riskFree[i]);
}

const sharpeOf: Of = (side) => {
  const over = excess(side);
  return typeof over === "string" ? unavailable(over) : sharpe(over, options);
};

const sortinoOf: Of = ({returns, terms: {target}}) =>
  typeof target === "string" ? unavailable(target) : sortino(returns, {...options, target});

/** Measures of each side by itself. */
const BOTH: readonly [id: string, label: string, unit: Measure["unit"], of: Of, definition: string][] = [
  [
    "totalReturn",
    "Total return",
    "fraction",
    ({total}) => total,
    "Time-weighted: daily returns linked over the range."
  ],
  [
    "annualReturn",
    "Return per year",
    "fraction",
    ({perYear}) => perYear,
    "Total return to the power of 365.25 / days, less one; not below one year."
  ],
  [
    "volatility",
    "Volatility",
    "fraction",
    ({returns}) => volatility(returns, options),
    "Standard deviation of daily returns, times the root of 252."
  ],
  [
    "sharpe",
    "Sharpe ratio",
    "ratio",
    sharpeOf,
    "Mean daily return less the risk-free rate over its standard deviation, times the root of 252."
  ],
  [
    "sortino",
    "Sortino ratio",
    "ratio",
    sortinoOf,
    "Mean daily return less the target over the root mean square of what is below it, times the root of 252."
  ],
  [
    "maxDrawdown",
    "Maximum drawdown",
    "fraction",
    fall,
    "Deepest fall of the time-weighted index from a peak."
  ],
  [
    "calmar",
    "Calmar ratio",
    "ratio",
    (side) => calmar(side.perYear, fall(side)),
    "Return per year over the maximum drawdown."
  ],
  ["bestDay", "Best day", "fraction", ({returns}) => extreme(returns, Math.max), "Highest daily return."],
  ["worstDay", "Worst day", "fraction", ({returns}) => extreme(returns, Math.min), "Lowest daily return."],
  [
    "winningDays",
    "Winning days",
    "fraction",
    ({returns}) => winRate(returns),
    "Days with a return above 0, of all days with a return."
  ]
];

/** Measures of the portfolio against the benchmark. */
const AGAINST: readonly [
  id: keyof Omit<BenchmarkComparison, "constants" | "excessReturn">,
  label: string,
  unit: Measure["unit"],
  definition: string
][] = [
  ["beta", "Beta", "ratio", "Covariance with the benchmark over its variance, daily, on the same days."],
  [
    "alpha",
    "Alpha per year",
    "fraction",
    "Jensen's, of returns less the risk-free rate, annualized geometrically; not below one year."
  ],
  ["correlation", "Correlation", "ratio", "Pearson's, of daily returns on the same days."],
  [
    "trackingError",
    "Tracking error",
    "fraction",
    "Standard deviation of the daily difference, times the root of 252."
  ],
  [
    "informationRatio",
    "Information ratio",
    "ratio",
    "Mean daily difference over its standard deviation, times the root of 252."
  ],
  [
    "upCapture",
    "Up capture",
    "ratio",
    "Geometric mean return on days when the benchmark rose, over the benchmark's."
  ],
  ["downCapture", "Down capture", "ratio", "The same on days when the benchmark fell."]
];

/**
 * Returns every measure of the range, the portfolio's beside the benchmark's. They are subtracted only where both
 * speak of the same days (R28).
 *
 * @param aligned returns of both on common days; null without a benchmark
 * @param noBenchmark why there is none, as a sentence
 * @param termsOn the riskless returns and the target on given days
 */
export function measuresOf(
  study: Study,
  aligned: AlignedReturns | null,
  noBenchmark: string,
  termsOn: (days: readonly string[]) => RiskTerms
): Measure[] {
  const own = portfolioSide(study, termsOn);
  const theirs = aligned?.days.length ? benchmarkSide(aligned, termsOn) : null;
  const comparison = theirs && aligned && comparisonOf(aligned, theirs.terms);
  const none = unavailable(noBenchmark);
  const apart = aligned && daysApart(study, aligned);
  const alone = unavailable("speaks of the portfolio alone");
  const closed = closedTrades(study);
  const ofTrades = (measure: (values: Float64Array) => Figure) =>
    closed.some(Number.isNaN) ? unavailable("a rate is missing for a closed trade") : plain(measure(closed));
  return [
    ...BOTH.map(([id, label, unit, of, definition]): Measure => {
      const [portfolio, benchmark] = [plain(of(own)), theirs ? plain(of(theirs)) : none];
      return {
        id,
        label,
        unit,
        portfolio,
        benchmark,
        difference: difference(portfolio, benchmark, apart),
        definition
      };
    }),
    {
      id: "winRate",
      label: "Win rate of closed trades",
      unit: "fraction",
      portfolio: ofTrades(winRate),
      benchmark: alone,
      difference: alone,
      definition:
        "Closing executions with a realized gain above 0, of all with a realized gain or loss; as IBKR booked it, commissions included."
    },
    {
      id: "profitFactor",
      label: "Profit factor of closed trades",
      unit: "ratio",
      portfolio: ofTrades(profitFactor),
      benchmark: alone,
      difference: alone,
      definition: "Sum of realized gains over the sum of realized losses."
    },
    ...AGAINST.map(([id, label, unit, definition]): Measure => ({
      id,
      label,
      unit,
      portfolio: comparison ? plain(comparison[id]) : none,
      benchmark: alone,
      difference: alone,
      definition
    }))
  ];
}

/** The comparison on returns less the risk-free rate, where it is known: only alpha depends on it. */
function comparisonOf(aligned: AlignedReturns, {riskFree}: RiskTerms): BenchmarkComparison {
  const plainly = compareWithBenchmark(aligned, options);
  if (typeof riskFree === "string") return {...plainly, alpha: unavailable(riskFree)};
  const over = (returns: Float64Array) => returns.map((r, i) => r - riskFree[i]);
  const {alpha} = compareWithBenchmark(
    {...aligned, portfolio: over(aligned.portfolio), benchmark: over(aligned.benchmark)},
    options
  );
  return {...plainly, alpha};
}

function portfolioSide(
  {daily, convention, span, series}: Study,
  termsOn: (days: readonly string[]) => RiskTerms
): Side {
  if (!span) return {returns: new Float64Array(), total: NOTHING, perYear: NOTHING, terms: termsOn([])};
  const {from, to} = span;
  const total = chain(daily[convention], span);
  return {
    returns: daily[convention].returns.slice(from + 1, to + 1),
    total,
    perYear: yearly(total, series.days[from], series.days[to]),
    terms: termsOn(series.days.slice(from + 1, to + 1))
  };
}

const NOTHING = unavailable("no net asset value");

function benchmarkSide(
  {base = "", days, benchmark}: AlignedReturns,
  termsOn: (days: readonly string[]) => RiskTerms
): Side {
  const total = figure(benchmark.reduce((product, r) => product * (1 + r), 1) - 1);
  return {
    returns: benchmark,
    total,
    perYear: yearly(total, base, days[days.length - 1]),
    terms: termsOn(days)
  };
}

/** Returns the total per year between two days; null below one year. */
export function yearly(total: Figure, from: string, to: string): Figure {
  return total.value === null ? total : annualize(total.value, daysBetween(from, to));
}

/** Says so where the benchmark's days do not begin and end with the range. */
function daysApart({scope}: Study, {base, days}: AlignedReturns): string | null {
  const last = days.at(-1);
  return base === scope.from && last === scope.to
    ? null
    : `the benchmark is known from ${base} to ${last} only`;
}

function difference(portfolio: Figure, benchmark: Figure, apart: string | null): Figure {
  if (portfolio.value === null) return portfolio;
  if (benchmark.value === null) return benchmark;
  return apart === null ? figure(portfolio.value - benchmark.value) : unavailable(apart);
}

/** Without what else a measure carries; minus zero is zero. */
function plain({value, reason}: Figure): Figure {
  return value === null ? unavailable(reason ?? "it cannot be computed") : figure(value + 0);
}

function extreme(values: Float64Array, pick: (...numbers: number[]) => number): Figure {
  const there = values.filter((value) => !Number.isNaN(value));
  return there.length ? figure(there.reduce((a, b) => pick(a, b))) : unavailable("no returns");
}
