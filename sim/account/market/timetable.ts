/** When things happen in the demo account: every date of its story, as an index into its business days. */

import {
  addBusinessDays,
  addDays,
  addMonths,
  businessDays,
  nthWeekday,
  onOrAfter,
  onOrBefore
} from "./calendar.js";

export interface Timetable {
  /** Business days of the history, oldest first. */
  days: string[];
  /** Today in New York: the day after the last one, or later. */
  today: string;
  /** The calendar year in which the market falls: the one that holds the day 18 months ago. */
  losingYear: number;
  /** First index of the losing year, and of the year after it. */
  losing: number;
  recovery: number;
  migration: number;
  split: number;
  rename: number;
  spinOff: number;
  merger: number;
  /** First days of three option stories. */
  coveredCall: number;
  expiredPut: number;
  indexSpread: number;
  /** The Friday (or day before it) of this week or the next on which the open short-dated options expire. */
  nextExpiry: string;
}

/** Three years of business days that end before the New York date `today`. */
export function timetable(today: string): Timetable {
  const last = onOrBefore(addDays(today, -1));
  const days = businessDays(onOrAfter(addMonths(last, -36)), last);
  const losingYear = Number(addMonths(last, -18).slice(0, 4));
  const at = (part: number): number => Math.round(part * days.length);
  return {
    days,
    today,
    losingYear,
    losing: indexOn(days, `${losingYear}-01-01`),
    recovery: indexOn(days, `${losingYear + 1}-01-01`),
    migration: at(0.22),
    split: at(0.3),
    rename: at(0.37),
    spinOff: at(0.52),
    merger: at(0.61),
    coveredCall: at(0.4),
    expiredPut: at(0.25),
    indexSpread: at(0.66),
    nextExpiry: fridayFrom(today)
  };
}

/** The index of the first business day on or after a date; the length when it lies beyond the last. */
export function indexOn(days: readonly string[], date: string): number {
  const index = days.findIndex((day) => day >= date);
  return index < 0 ? days.length : index;
}

/** The first expiry day (a Friday, or the business day before a Friday that is a holiday) on or after a date. */
export function fridayFrom(date: string): string {
  for (let friday = date; ; friday = addDays(friday, 1)) {
    if (new Date(`${friday}T00:00:00Z`).getUTCDay() !== 5) continue;
    const expiry = onOrBefore(friday);
    if (expiry >= date) return expiry;
  }
}

/** The expiry of the month's standard options: its third Friday, or the business day before it. */
export function monthlyExpiry(year: number, month: number): string {
  return onOrBefore(nthWeekday(year, month, 5, 3));
}

/** The first quarterly expiry that lies after a date by at least some days. */
export function quarterlyExpiry(date: string, daysLeft = 0): string {
  const earliest = addDays(date, daysLeft);
  for (let year = Number(date.slice(0, 4)); ; ++year) {
    for (const month of [3, 6, 9, 12]) {
      const expiry = monthlyExpiry(year, month);
      if (expiry > earliest) return expiry;
    }
  }
}

/** The day an index stands for, also beyond the history's end. */
export function dayAt({days}: Timetable, index: number): string {
  return index < days.length ? days[index] : addBusinessDays(days[days.length - 1], index - days.length + 1);
}
