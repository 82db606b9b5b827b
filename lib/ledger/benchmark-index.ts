import {toNumber} from "../money/amount.js";
import {blendLevels, formatBlend, parseBlend, type Blend} from "../returns/blend.js";
import {growth, priceReturns} from "../returns/growth.js";
import type {DailyReturns} from "../returns/time-weighted.js";
import {alignReturns, type AlignedReturns} from "../risk/benchmark.js";
import {ratesOf} from "./rates.js";
import type {Study} from "./study.js";
import type {Benchmark, ViewContext} from "./views.js";

/** The benchmark in the reporting currency, on days that have a close and a rate. */
export interface BenchmarkIndex {
  name: string;
  kind: string;
  currency: string;
  days: string[];
  daily: DailyReturns;
}

/** Returns the person's own benchmarks. */
export function benchmarksOf({benchmark, benchmarks = []}: ViewContext): Benchmark[] {
  const known = benchmark && !benchmarks.some(({name}) => name === benchmark.name) ? [benchmark] : [];
  return [...known, ...benchmarks];
}

/** Returns the names that may be asked for: of the person's own benchmarks, and of what the lake has closes of. */
export function benchmarkNames(context: ViewContext): string[] {
  return [...new Set([...benchmarksOf(context).map(({name}) => name), ...(context.lake?.names ?? [])])];
}

/**
 * Returns the names that a text asks for, of one benchmark or of the parts of a blend; none where it is no blend.
 * @param spec name or blend
 */
export function namesIn(spec: string): string[] {
  try {
    return [...new Set([spec, ...parseBlend(spec).parts.map(({name}) => name)])];
  } catch (error) {
    if (error instanceof RangeError) return [spec];
    throw error;
  }
}

/**
 * Returns a benchmark in the study's currency; why there is none, as a sentence, where it cannot be computed.
 * @param asked name or blend; what the person chose, else the context's benchmark, when absent
 */
export function benchmarkIndex(study: Study, asked?: string): BenchmarkIndex | string {
  const {context} = study;
  const spec = asked ?? context.benchmarkChoice ?? context.benchmark?.name;
  if (spec === undefined) return "no benchmark yet: add one by tearsheet benchmark add";
  const known = [...benchmarksOf(context), ...(context.lake?.benchmarks ?? [])];
  const whole = known.find(({name}) => name === spec);
  if (whole) return singleIndex(study, whole);
  let blend: Blend;
  try {
    blend = parseBlend(spec);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return error.message;
  }
  const parts = blend.parts.map(({name}) => known.find((other) => other.name === name) ?? name);
  const missing = parts.find((part) => typeof part === "string");
  if (missing !== undefined) {
    const names = known.map(({name}) => name).join(", ");
    return `no benchmark ${missing}: ${names ? `there are ${names}` : "add one by tearsheet benchmark add"}`;
  }
  return blendIndex(study, blend, parts as Benchmark[]); // none is a name
}

function singleIndex(study: Study, benchmark: Benchmark): BenchmarkIndex | string {
  const closes = closesIn(study, benchmark);
  if (typeof closes === "string") return closes;
  const {name, kind, currency} = benchmark;
  return {
    name,
    kind,
    currency,
    days: closes.map(([day]) => day),
    daily: priceReturns(Float64Array.from(closes, ([, close]) => close))
  };
}

/** A blend, in the study's currency, on the days that every part has. */
function blendIndex(study: Study, blend: Blend, parts: readonly Benchmark[]): BenchmarkIndex | string {
  const each = parts.map((part) => closesIn(study, part));
  const failed = each.find((closes) => typeof closes === "string");
  if (typeof failed === "string") return failed;
  const maps = (each as [string, number][][]).map((closes) => new Map(closes)); // none failed
  const days = [...maps[0].keys()].filter((day) => maps.every((map) => map.has(day)));
  const name = formatBlend(blend);
  if (!days.length) return `the parts of ${name} have no day in common`;
  const prices = maps.map((map) => Float64Array.from(days, (day) => map.get(day) as number)); // every part has it
  const kinds = new Set(parts.map(({kind}) => kind));
  const [kind] = kinds;
  return {
    name,
    kind: kinds.size === 1 ? kind : "blend of price and total returns",
    currency: study.series.currency ?? "",
    days,
    daily: priceReturns(blendLevels(days, prices, blend))
  };
}

/** Closes in the study's currency. */
function closesIn({series, ledger, nothing}: Study, benchmark: Benchmark): [string, number][] | string {
  const {name, currency} = benchmark;
  const to = series.currency;
  if (to === null) return nothing;
  if (currency === "") {
    const points = benchmark.closes.filter(([, close]) => isPrice(close));
    return points.length ? points.map(([day, close]) => [day, close]) : `${name} has no closes`;
  }
  const rates = ratesOf(ledger);
  const good = benchmark.closes.filter(([, close]) => isPrice(close));
  if (!good.length) return `${name} has no closes`;
  const closes = good.flatMap(([day, close]): [string, number][] => {
    const found = rates.find(currency, to, day);
    const converted = found ? close * toNumber(found.rate) : NaN;
    return isPrice(converted) ? [[day, converted]] : [];
  });
  return closes.length ? closes : `no rate between ${currency} and ${to}`;
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
