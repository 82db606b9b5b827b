import {joinDays, lastIndex, monthsBefore, type Daily} from "./days.js";
import {dollarIndex} from "./dxy.js";
import type {Recipe} from "./instrument.js";

/**
 * Makes the series of a computed row out of its inputs, on the days that all of them have: a value is never set
 * against one of another day.
 *
 * `less`: the first less all others. `ratio`: the first over the second. `dxy`: `dollarIndex` of euro fixings in USD,
 * JPY, GBP, CAD, SEK, CHF. `yoy`: percent against the same month a year before. `change`: less the month before; both
 * of monthly series, and without a value where the earlier month has none.
 */
export const RECIPES: Readonly<Record<Exclude<Recipe["by"], "forward">, (of: readonly Daily[]) => Daily>> = {
  less: (of) => joinDays(of, less),
  ratio: (of) => joinDays(of, (row) => row[0] / row[1]),
  dxy: (of) => joinDays(of, ([USD, JPY, GBP, CAD, SEK, CHF]) => dollarIndex({USD, JPY, GBP, CAD, SEK, CHF})),
  yoy: ([series]) => againstMonths(series, 12, (value, before) => 100 * (value / before - 1)),
  change: ([series]) => againstMonths(series, 1, (value, before) => value - before)
};

function less(row: Float64Array): number {
  let rest = row[0];
  for (let i = 1; i < row.length; ++i) rest -= row[i];
  return rest;
}

function againstMonths(
  series: Daily,
  months: number,
  combine: (value: number, before: number) => number
): Daily {
  const {days, values} = series;
  return joinDays([series, {days, values: values.map((_, i) => earlier(days[i]))}], (row) =>
    combine(row[0], row[1])
  );

  function earlier(day: number): number {
    const before = monthsBefore(day, months);
    const i = lastIndex(days, before);
    return i >= 0 && days[i] === before ? values[i] : NaN;
  }
}
