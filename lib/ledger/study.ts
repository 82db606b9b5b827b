import {toNumber} from "../money/amount.js";
import {resolveRange, type ResolvedRange} from "../returns/ranges.js";
import {dailyReturns, type DailyReturns, type FlowConvention} from "../returns/time-weighted.js";
import {daysBetween} from "../time/day.js";
import {navSeries, type NavSeries} from "./nav-series.js";
import type {LedgerTables} from "./tables.js";
import type {Scope, ViewContext, ViewQuery} from "./views.js";

/** The value, flows and returns of some accounts over a range: what most views are made of. */
export interface Study {
  ledger: LedgerTables;
  context: ViewContext;
  series: NavSeries;
  /** Columns of `series.days`, in the reporting currency. */
  nav: Float64Array;
  inflow: Float64Array;
  outflow: Float64Array;
  daily: Record<FlowConvention, DailyReturns>;
  convention: FlowConvention;
  /** Base day and last day of the range, as indexes; undefined when no day has a value. */
  span: ResolvedRange | undefined;
  scope: Scope;
}

/** Returns what prepares studies of one ledger, keeping the last values by accounts and currency. */
export function createStudies(ledger: LedgerTables, context: ViewContext): (query: ViewQuery) => Study {
  const kept = new Map<string, Pick<Study, "series" | "nav" | "inflow" | "outflow" | "daily">>();
  return (query) => {
    const key = [...(query.accounts ?? [])].sort().join() + "/" + (query.currency ?? "");
    let values = kept.get(key);
    if (!values) kept.set(key, (values = valuesOf(navSeries(ledger, query.accounts, query.currency))));
    const {days} = values.series;
    const span = days.length ? resolveRange(rangeOf(query, days), days) : undefined;
    const convention = query.convention ?? "start-end";
    return {
      ledger,
      context,
      ...values,
      convention,
      span,
      scope: scopeOf(query, values.series, span, context)
    };
  };
}

function valuesOf(series: NavSeries) {
  const [nav, inflow, outflow] = [series.nav, series.inflow, series.outflow].map((column) =>
    Float64Array.from(column, toNumber)
  );
  const returns = (convention: FlowConvention) =>
    dailyReturns(nav, inflow, outflow, {convention, days: series.days});
  return {series, nav, inflow, outflow, daily: {"start-end": returns("start-end"), ibkr: returns("ibkr")}};
}

function rangeOf({range = "ALL", from, to}: ViewQuery, days: readonly string[]) {
  if (range !== "custom") return range;
  return {first: from ?? days[0], last: to ?? (days.at(-1) as string)};
}

function scopeOf(
  {range = "ALL"}: ViewQuery,
  series: NavSeries,
  span: ResolvedRange | undefined,
  context: ViewContext
): Scope {
  const asOf = series.days.at(-1) ?? null;
  return {
    accounts: series.accounts,
    currency: series.currency,
    from: span?.fromDay ?? null,
    to: span?.toDay ?? null,
    range,
    source: context.mode === "demo" ? "demo" : "Flex",
    asOf,
    ageDays: asOf === null ? null : daysBetween(asOf, context.now.slice(0, 10))
  };
}
