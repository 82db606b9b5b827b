import {toNumber} from "../money/amount.js";
import {growth, priceReturns} from "../returns/growth.js";
import type {DailyReturns} from "../returns/time-weighted.js";
import {alignReturns, type AlignedReturns} from "../risk/benchmark.js";
import {ratesOf} from "./rates.js";
import type {Study} from "./study.js";

/** The benchmark in the reporting currency, on days that have a close and a rate. */
export interface BenchmarkIndex {
  name: string;
  kind: string;
  days: string[];
  daily: DailyReturns;
}

/** Returns the study's benchmark in its currency; why there is none, as a sentence, where it cannot be computed. */
export function benchmarkIndex({
  context: {benchmark},
  series,
  ledger,
  nothing
}: Study): BenchmarkIndex | string {
  if (!benchmark) return "no benchmark yet: it comes with the data lake";
  const {name, kind, currency} = benchmark;
  const to = series.currency;
  if (to === null) return nothing;
  const rates = ratesOf(ledger);
  const good = benchmark.closes.filter(([, close]) => isPrice(close));
  if (!good.length) return `${name} has no closes`;
  const closes = good.flatMap(([day, close]): [string, number][] => {
    const found = rates.find(currency, to, day);
    const converted = found ? close * toNumber(found.rate) : NaN;
    return isPrice(converted) ? [[day, converted]] : [];
  });
  if (!closes.length) return `no rate between ${currency} and ${to}`;
  return {
    name,
    kind,
    days: closes.map(([day]) => day),
    daily: priceReturns(Float64Array.from(closes, ([, close]) => close))
  };
}

function isPrice(value: number): boolean {
  return value > 0 && value < Infinity;
}

/**
 * Returns the benchmark's growth on the given days, from the first of them that it has: there it stands at the
 * portfolio's own level, so that both start together.
 * @param level growth of the portfolio on those days
 * @returns NaN where the benchmark has no close
 */
export function levelsOn(
  {days, daily}: BenchmarkIndex,
  wanted: readonly string[],
  level: Float64Array
): Float64Array {
  const row = new Map(days.map((day, i) => [day, i]));
  const first = wanted.findIndex((day, k) => row.has(day) && Number.isFinite(level[k]));
  if (first < 0) return new Float64Array(wanted.length).fill(NaN);
  const from = row.get(wanted[first]) as number; // it has that day
  const own = growth(daily, {from, start: level[first]});
  return Float64Array.from(wanted, (day, k) => (k < first ? NaN : (own[(row.get(day) ?? -1) - from] ?? NaN)));
}

/** Returns the returns of both on the days of the range that they share. */
export function alignedWith(
  {series, span, daily, convention}: Study,
  index: BenchmarkIndex
): AlignedReturns | null {
  if (!span) return null;
  const days = series.days.slice(span.from, span.to + 1);
  const returns = daily[convention].returns.slice(span.from, span.to + 1);
  returns[0] = NaN;
  const warnings = daily[convention].warnings
    .filter(({index: i}) => i > span.from && i <= span.to)
    .map((warning) => ({...warning, index: warning.index - span.from}));
  return alignReturns({days, daily: {returns, warnings}}, index);
}
