import {addDays, dayNumber} from "../time/day.js";

/** The buttons of the range bar, in order. */
export const RANGES = ["1D", "1W", "MTD", "3M", "YTD", "1Y", "3Y", "5Y", "ALL"] as const;

/** A button of the range bar, or the first and last day that count. */
export type Range = (typeof RANGES)[number] | {first: string; last: string};

/** A range found in the days that have a value. */
export interface ResolvedRange {
  /** Index of the base day, whose closing value the range starts from: the last value before the first day. */
  from: number;
  /** Index of the last day. */
  to: number;
  /** ISO dates of the two. */
  fromDay: string;
  toDay: string;
  /** True when the values begin after the day that was asked for. */
  clipped: boolean;
}

/**
 * Returns where a range begins and ends in the days that have a value. The base is the last value on or before the
 * day before the range: December 31 for YTD, the same day of the month three months ago for 3M.
 *
 * @param range a name of the range bar, counted back from the last value, or the first and last day that count
 * @param days ISO dates that have a value, oldest first
 * @returns undefined when no day with a value lies on or before the range's last day
 * @throws RangeError if a date is invalid or the first day is after the last
 */
export function resolveRange(range: Range, days: readonly string[]): ResolvedRange | undefined {
  if (typeof range !== "string" && dayNumber(range.first) > dayNumber(range.last)) {
    throw new RangeError(`the range begins ${range.first}, after its end ${range.last}`);
  }
  const to = typeof range === "string" ? days.length - 1 : days.findLastIndex((day) => day <= range.last);
  if (to < 0) return undefined;
  const base = range === "ALL" ? days[0] : baseDay(range, days[to]);
  const found = days.findLastIndex((day) => day <= base);
  const from = Math.max(0, found);
  return {from, to, fromDay: days[from], toDay: days[to], clipped: found < 0};
}

const MONTHS = {"3M": 3, "1Y": 12, "3Y": 36, "5Y": 60};

function baseDay(range: Exclude<Range, "ALL">, last: string): string {
  if (typeof range !== "string") return addDays(range.first, -1);
  switch (range) {
    case "1D":
      return addDays(last, -1);
    case "1W":
      return addDays(last, -7);
    case "MTD":
      return addDays(`${last.slice(0, 7)}-01`, -1);
    case "YTD":
      return addDays(`${last.slice(0, 4)}-01-01`, -1);
    case "3M":
    case "1Y":
    case "3Y":
    case "5Y":
      return addMonths(last, -MONTHS[range]);
  }
}

/** Returns the ISO date that many months later, or the last of that month when it is shorter: 05-31 less 3 is 02-28. */
function addMonths(day: string, months: number): string {
  const [year, month, date] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}
