import {dayOf} from "../time/day.js";

const DAY_MS = 86_400_000;

/** Values by day: days since 1970-01-01, ascending, each once, and as many values. */
export interface Daily {
  days: Int32Array;
  values: Float64Array;
}

/** Returns the index of the last of ascending days that is at or before a day; -1 if all are after it. */
export function lastIndex(days: Int32Array, day: number): number {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (days[middle] <= day) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Returns what was known on a day: the values whose day is not after it. Shares the memory of what it is given. */
export function upTo({days, values}: Daily, day: number): Daily {
  const length = lastIndex(days, day) + 1;
  return {days: days.subarray(0, length), values: values.subarray(0, length)};
}

/** Returns the same day of the month so many months earlier, or the month's last day where it is shorter. */
export function monthsBefore(day: number, months: number): number {
  const date = new Date(day * DAY_MS);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() - months];
  const same = Date.UTC(year, month, date.getUTCDate()) / DAY_MS;
  return Math.min(same, Date.UTC(year, month + 1, 0) / DAY_MS);
}

const ISO = new Map<number, string>();

/** Returns the ISO day of a day number: `dayOf`, each day printed once, since all series share their days. */
export function isoDay(day: number): string {
  let iso = ISO.get(day);
  if (iso === undefined) ISO.set(day, (iso = dayOf(day)));
  return iso;
}

/**
 * Returns a value for each day that all series have, where the combination is finite.
 *
 * @param combine gets one value a series, in their order, in an array that it must not keep
 */
export function joinDays(
  series: readonly Daily[],
  combine: (values: Float64Array) => number
): {days: Int32Array; values: Float64Array} {
  const at = new Int32Array(series.length);
  const row = new Float64Array(series.length);
  const first = series[0]?.days ?? new Int32Array();
  const days = new Int32Array(first.length);
  const values = new Float64Array(first.length);
  let length = 0;
  for (let i = 0; i < first.length; ++i) {
    const day = first[i];
    let all = true;
    for (let j = 0; j < series.length; ++j) {
      const other = series[j];
      while (other.days[at[j]] < day) ++at[j];
      all &&= other.days[at[j]] === day;
      row[j] = other.values[at[j]];
    }
    const value = all ? combine(row) : NaN;
    if (!Number.isFinite(value)) continue;
    days[length] = day;
    values[length++] = value;
  }
  return {days: days.subarray(0, length), values: values.subarray(0, length)};
}
