import {toNumber} from "../money/amount.js";
import {resolveRange, type ResolvedRange} from "../returns/ranges.js";
import {dailyReturns, type DailyReturns, type FlowConvention} from "../returns/time-weighted.js";
import {dayAt} from "../time/calendar.js";
import {daysBetween} from "../time/day.js";
import {lakeSources} from "./lake/lake-use.js";
import {navSeries, type NavSeries} from "./nav-series.js";
import type {LedgerTables} from "./tables.js";
import type {Scope, ViewContext, ViewQuery} from "./views.js";

/** The value, flows and returns of some accounts over a range: what most views are made of. */
export interface Study {
  ledger: LedgerTables;
  context: ViewContext;
  query: ViewQuery;
  series: NavSeries;
  /** Columns of `series.days`, in the reporting currency; NaN where unknown. */
  nav: Float64Array;
  inflow: Float64Array;
  outflow: Float64Array;
  daily: Record<FlowConvention, DailyReturns>;
  convention: FlowConvention;
  /** Base day and last day of the range, as indexes of days with a value; undefined when there is none. */
  span: ResolvedRange | undefined;
  /** Why there is no span, as a sentence. */
  nothing: string;
  scope: Scope;
  /** The day it is in New York, where exchanges keep their hours. */
  today: string;
}

const NO_NAV = "no net asset value: tick Net Asset Value (NAV) in Base in the Flex query";

/** Returns what prepares studies of one ledger, keeping the last values by accounts and currency. */
export function createStudies(ledger: LedgerTables, context: ViewContext): (query: ViewQuery) => Study {
  const kept = new Map<string, Pick<Study, "series" | "nav" | "inflow" | "outflow" | "daily">>();
  const today = dayAt(new Date(context.now));
  return (query) => {
    const key = [...(query.accounts ?? [])].sort().join() + "/" + (query.currency ?? "");
    let values = kept.get(key);
    if (!values) kept.set(key, (values = valuesOf(navSeries(ledger, query.accounts, query.currency))));
    const {series} = values;
    const span = spanOf(query, series);
    return {
      ledger,
      context,
      query,
      ...values,
      convention: query.convention ?? "start-end",
      span,
      nothing: series.days.length
        ? `no net asset value up to ${query.to}: the first is of ${series.days[0]}`
        : (series.problems[0] ?? NO_NAV),
      scope: scopeOf(query, series, span, {mode: context.mode, today, ledger}),
      today
    };
  };
}

function valuesOf(series: NavSeries) {
  const [nav, inflow, outflow] = [series.nav, series.inflow, series.outflow].map((column) =>
    Float64Array.from(column, (amount) => (amount === null ? NaN : toNumber(amount)))
  );
  const {days} = series;
  const daily = {
    "start-end": dailyReturns(nav, inflow, outflow, {convention: "start-end", days}),
    ibkr: fromFirstCapital(
      nav,
      (values) => dailyReturns(values, inflow, outflow, {convention: "ibkr", days}),
      days
    )
  };
  return {series, nav, inflow, outflow, daily};
}

/**
 * Returns the returns of IBKR's convention from the first close with capital on: the day on which the first money
 * comes in has none, for it counts at that day's end.
 */
function fromFirstCapital(
  nav: Float64Array,
  returns: (nav: Float64Array) => DailyReturns,
  days: readonly string[]
): DailyReturns {
  const first = nav.findIndex((value) => value > 0 || value < 0);
  if (first < 1) return returns(nav);
  const daily = returns(nav.map((value, i) => (i < first ? NaN : value)));
  const message = `${days[first]}: the first money came in during that day, which has no return by IBKR's convention`;
  return {
    ...daily,
    warnings: [{index: first, code: "no-capital", breaks: false, message}, ...daily.warnings]
  };
}

function spanOf({range = "ALL", from, to}: ViewQuery, series: NavSeries): ResolvedRange | undefined {
  const indexes = series.nav.flatMap((value, i) => (value === null ? [] : [i]));
  if (!indexes.length) return undefined;
  const days = indexes.map((i) => series.days[i]);
  const last = to ?? maximum(from, days[days.length - 1]);
  const found = resolveRange(
    range === "custom" ? {first: from ?? minimum(days[0], last), last} : range,
    days
  );
  return found && {...found, from: indexes[found.from], to: indexes[found.to]};
}

function maximum(a: string | undefined, b: string): string {
  return a !== undefined && a > b ? a : b;
}

function minimum(a: string, b: string): string {
  return a < b ? a : b;
}

function scopeOf(
  {range = "ALL"}: ViewQuery,
  series: NavSeries,
  span: ResolvedRange | undefined,
  {mode, today, ledger}: Pick<ViewContext, "mode"> & Pick<Study, "today" | "ledger">
): Scope {
  const asOf = series.days.at(-1) ?? null;
  const lake = lakeSources(ledger, series, {from: span?.fromDay ?? null, to: span?.toDay ?? null});
  return {
    accounts: series.accounts,
    currency: series.currency,
    from: span?.fromDay ?? null,
    to: span?.toDay ?? null,
    range,
    source: mode === "demo" ? "demo" : "Flex",
    asOf,
    ageDays: asOf === null ? null : daysBetween(asOf, today),
    ...(lake.length && {lake})
  };
}
