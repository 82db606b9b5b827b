import {type Figure, figure, unavailable} from "../returns/figure.js";
import {chain, type DailyReturns} from "../returns/time-weighted.js";
import {daysBetween} from "../time/day.js";
import {beta, capture, grown, jensenAlpha, STILL} from "./beta.js";
import {deviation, mean} from "./moments.js";

/** Returns of dated days. */
export interface DatedReturns {
  /** ISO dates, oldest first; shape (n). */
  days: readonly string[];
  daily: DailyReturns;
}

/** A portfolio and its benchmark on the same dates. */
export interface AlignedReturns {
  /** The day from whose close both start; undefined when no date is common. */
  base: string | undefined;
  /** ISO dates on which both have a return, oldest first; shape (n). */
  days: string[];
  portfolio: Float64Array;
  benchmark: Float64Array;
}

/**
 * Returns both series between the dates that they share: a return spans the days that only one of them has, so that
 * nothing earned on the other's holidays is lost.
 *
 * @param portfolio returns with their days; the first day is its base
 * @param benchmark as the portfolio
 * @returns pairs of linked returns; a pair that misses either one is left out of both
 */
export function alignReturns(portfolio: DatedReturns, benchmark: DatedReturns): AlignedReturns {
  const row = new Map(benchmark.days.map((day, i) => [day, i]));
  const common = portfolio.days.flatMap((day, i) =>
    row.has(day) ? [{day, i, j: row.get(day) as number}] : []
  );
  const pairs = common.slice(1).flatMap(({day, i, j}, k) => {
    const a = chain(portfolio.daily, {from: common[k].i, to: i}).value;
    const b = chain(benchmark.daily, {from: common[k].j, to: j}).value;
    return a === null || b === null ? [] : [{day, a, b, since: common[k].day}];
  });
  return {
    base: pairs[0]?.since,
    days: pairs.map(({day}) => day),
    portfolio: Float64Array.from(pairs, ({a}) => a),
    benchmark: Float64Array.from(pairs, ({b}) => b)
  };
}

/** How a portfolio did beside its benchmark, on the same dates. */
export interface BenchmarkComparison {
  /** Linked return of the portfolio less that of the benchmark, over the period, not annualised. */
  excessReturn: Figure;
  /** cov(p, b) / var(b). */
  beta: Figure;
  /** Jensen's: (1 + mean(p - rf - beta (b - rf)))^periodsPerYear - 1; null below one year. */
  alpha: Figure;
  /** Pearson's. */
  correlation: Figure;
  /** std(p - b) x sqrt(periodsPerYear). */
  trackingError: Figure;
  /** mean(p - b) / std(p - b) x sqrt(periodsPerYear). */
  informationRatio: Figure;
  /** Geometric mean return per year of the portfolio over that of the benchmark, on days when the benchmark rose. */
  upCapture: Figure;
  /** The same on days when it fell. */
  downCapture: Figure;
  constants: BenchmarkConstants;
}

/** What a comparison was computed with. */
export interface BenchmarkConstants {
  periodsPerYear: number;
  /** Return of the riskless asset per period, as a fraction. */
  riskFree: number;
  ddof: 1;
  /** Pairs of returns, and the dates between which they lie; null when there is none. */
  n: number;
  from: string | null;
  to: string | null;
}

/**
 * Returns the measures of a portfolio beside its benchmark.
 *
 * @param aligned returns on the same dates, as from `alignReturns`
 * @param options.riskFree return of the riskless asset per period (not per year); only alpha depends on it
 * @returns each measure; null with a reason where the pairs are too few or do not vary
 * @see Jensen (1968), Journal of Finance 23(2); empyrical alpha, beta, up_capture, down_capture
 */
export function compareWithBenchmark(
  aligned: AlignedReturns,
  {periodsPerYear = 252, riskFree = 0}: {periodsPerYear?: number; riskFree?: number} = {}
): BenchmarkComparison {
  const {base, days, portfolio, benchmark} = aligned;
  const n = days.length;
  const to = days.at(-1);
  const constants = {periodsPerYear, riskFree, ddof: 1, n, from: base ?? null, to: to ?? null} as const;
  const pairs = {returns: portfolio, benchmark};
  const slope = beta(pairs);
  const few = n < 2 ? slope : undefined;
  const year = Math.sqrt(periodsPerYear);
  const active = portfolio.map((p, i) => p - benchmark[i]);
  const [spreadP, spreadB, spreadA] = [portfolio, benchmark, active].map((column) => deviation(column, 1));
  const ofDays = base && to ? daysBetween(base, to) : 0;
  return {
    excessReturn: n ? figure(grown(portfolio) - grown(benchmark)) : unavailable("no common returns"),
    beta: slope,
    alpha:
      few ??
      (ofDays < 365
        ? unavailable(`not annualised: ${ofDays} days are less than a year`)
        : jensenAlpha(pairs, {periodsPerYear, riskFree})),
    correlation:
      few ??
      figure(
        spreadB && spreadP && slope.value !== null ? (slope.value * spreadB) / spreadP : NaN,
        spreadB ? "the portfolio's returns do not vary" : STILL
      ),
    trackingError: few ?? figure(spreadA * year),
    informationRatio:
      few ??
      figure(
        spreadA ? (mean(active) / spreadA) * year : NaN,
        "the difference to the benchmark does not vary"
      ),
    upCapture: capture(pairs, "up", periodsPerYear),
    downCapture: capture(pairs, "down", periodsPerYear),
    constants
  };
}
