import {dayNumber} from "../time/day.js";
import {isoDay, lastIndex, monthsBefore, type Daily} from "./days.js";
import type {Every, Instrument} from "./instrument.js";
import type {Found} from "./reader.js";
import type {MarketRow, RowFigure} from "./views.js";

/** How much older than the day it stands for an earlier value may be: a week-end, a holiday, a late release. */
export const GAP_DAYS = 7;

/** Calendar days after which a last value is stale: its rhythm, and the delay with which it is published. */
export const STALE_DAYS: Readonly<Record<Every, number>> = {day: 5, week: 20, month: 100, quarter: 220};

const PERIOD_DAYS: Readonly<Record<Every, number>> = {day: 1, week: 7, month: 28, quarter: 90};
const PUBLISHED: Readonly<Record<Every, string>> = {
  day: "daily",
  week: "weekly",
  month: "monthly",
  quarter: "quarterly"
};

const SPARK_VALUES = 30;
const PERCENTILE_MONTHS = 120;

/**
 * Returns a line of a panel.
 *
 * Changes are against the last value at or before the day a week, a month, or (of the year) before the first of
 * January of the last value's day; `change1d` against the value before. None where that value is more than a week
 * older, or the series is published less often than the horizon is long. The percentile is of the values in the ten
 * years that end with the last value, itself included, and needs a year of them.
 *
 * @param today ISO
 */
export function marketRow(row: Instrument, {series, reason}: Found, today: string): MarketRow {
  const {id, label, unit, changeUnit} = row;
  if (!series) {
    return {
      id,
      label,
      value: null,
      unit,
      asOf: null,
      source: row.provider,
      change1d: null,
      change1w: null,
      change1m: null,
      changeYtd: null,
      changeUnit,
      percentile10y: null,
      sparkline: [],
      ageDays: null,
      stale: false,
      reason,
      missing: {}
    };
  }
  const {days, values} = series;
  const at = days.length - 1;
  const ageDays = dayNumber(today) - days[at];
  const missing: Partial<Record<RowFigure, string>> = {};
  const figure = (name: RowFigure, value: number | string): number | null => {
    if (typeof value === "number") return value;
    missing[name] = value;
    return null;
  };
  return {
    id,
    label,
    value: values[at],
    unit,
    asOf: isoDay(days[at]),
    source: series.source,
    change1d: figure("change1d", changeSince(row, series, "day")),
    change1w: figure("change1w", changeSince(row, series, "week")),
    change1m: figure("change1m", changeSince(row, series, "month")),
    changeYtd: figure("changeYtd", changeSince(row, series, "year")),
    changeUnit,
    percentile10y: figure("percentile10y", percentile(series)),
    sparkline: sparkline(series),
    ageDays,
    stale: ageDays > STALE_DAYS[row.every],
    reason: null,
    missing
  };
}

type Horizon = "day" | "week" | "month" | "year";

const HORIZON_DAYS: Readonly<Record<Horizon, number>> = {day: 1, week: 7, month: 28, year: 365};

/** The change over a horizon in the row's change unit, or why there is none. */
function changeSince(row: Instrument, {days, values}: Daily, horizon: Horizon): number | string {
  if (PERIOD_DAYS[row.every] > HORIZON_DAYS[horizon]) return `published ${PUBLISHED[row.every]}`;
  const at = days.length - 1;
  const then = targetDay(days[at], horizon, row.every);
  const i = lastIndex(days, then);
  if (i < 0) return `no value at or before ${isoDay(then)}: pull from an earlier day`;
  if (then - days[i] > GAP_DAYS) return `no value from ${isoDay(then - GAP_DAYS)} to ${isoDay(then)}`;
  const change = changeBetween(row, values[i], values[at]);
  return Number.isFinite(change) ? change : `no fraction of ${values[i]}`;
}

function targetDay(last: number, horizon: Horizon, every: Every): number {
  switch (horizon) {
    case "day":
      return last - 1;
    case "week":
      return last - 7;
    case "month":
      return monthsBefore(last, 1);
    case "year": {
      // A period is dated by its first day: the last one of a year by its last month's, or quarter's, first.
      const newYear = dayNumber(`${isoDay(last).slice(0, 4)}-01-01`);
      return every === "month" || every === "quarter"
        ? monthsBefore(newYear, every === "month" ? 1 : 3)
        : newYear - 1;
    }
  }
}

/**
 * Returns the change of a row from one value to another in its change unit: basis points of a rate in percent or in
 * basis points, a fraction of the value before (NaN if that is not above zero), or the difference.
 */
export function changeBetween({unit, changeUnit}: Instrument, before: number, after: number): number {
  if (changeUnit === "bp") return (after - before) * (unit === "percent" ? 100 : 1);
  if (changeUnit === "absolute") return after - before;
  return before > 0 ? after / before - 1 : NaN;
}

function percentile({days, values}: Daily): number | string {
  const at = days.length - 1;
  const from = lastIndex(days, monthsBefore(days[at], PERCENTILE_MONTHS)) + 1;
  if (days[from] > monthsBefore(days[at], 12)) {
    return `less than a year of values: they begin ${isoDay(days[from])}`;
  }
  let below = 0;
  for (let i = from; i <= at; ++i) if (values[i] <= values[at]) ++below;
  return below / (at - from + 1);
}

/** Returns the last thirty days that have a value, oldest first. */
export function sparkline({days, values}: Daily): [date: string, value: number][] {
  const from = Math.max(0, days.length - SPARK_VALUES);
  return Array.from(days.subarray(from), (day, i) => [isoDay(day), values[from + i]]);
}
