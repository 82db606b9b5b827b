import {exchangeHolidays} from "../time/calendar.js";
import {dayNumber, dayOf} from "../time/day.js";
import {targetHolidays} from "../time/target.js";
import type {Frequency} from "./dataset.js";

/**
 * Which days have a row: sessions of the New York Stock Exchange, days on which TARGET is open, Monday to Friday, every
 * day, or nobody knows.
 */
export type Calendar = "nyse" | "target" | "weekdays" | "every-day" | "none";

/** Rows that are missing between two that are there: days since 1970. */
export interface Gap {
  /** The first and the last day missing; of weeks and months the first day of them. */
  from: number;
  to: number;
  /** How many days, weeks or months are missing. */
  missing: number;
}

/** Weekdays in a row that may be holidays somewhere: the calendar `weekdays` knows none of them. */
const LONGEST_HOLIDAY = 5;

/**
 * Returns the calendar by which a symbol's days go: a vendor's `nyse` holds only for what trades in New York, anything
 * else has holidays that are not known here.
 *
 * @param timeZone IANA name of the symbol's exchange; empty where days are just days
 */
export function calendarOf(vendor: Calendar, timeZone: string): Calendar {
  return vendor === "nyse" && timeZone !== "" && timeZone !== "America/New_York" ? "weekdays" : vendor;
}

/**
 * Returns the days that should have a row, both ends included, in order; none when `to` is before `from`, and none by
 * the calendar `none`.
 *
 * @param from first day, in days since 1970
 * @param to last day
 */
export function expectedDays(calendar: Calendar, from: number, to: number): Int32Array {
  if (calendar === "none" || to < from) return new Int32Array(0);
  const days = new Int32Array(to - from + 1);
  let count = 0;
  let closed = new Set<number>();
  for (let day = from, end = -Infinity; day <= to; ++day) {
    if (day > end) {
      const year = Number(dayOf(day).slice(0, 4));
      closed = new Set(holidays(calendar, year).map(dayNumber));
      end = dayNumber(`${year}-12-31`);
    }
    if ((calendar === "every-day" || weekdayOf(day) < 5) && !closed.has(day)) days[count++] = day;
  }
  return days.slice(0, count);
}

/**
 * Returns the gaps of a symbol's days: days without a row by the calendar, weeks or months without one at those
 * frequencies. By the calendar `weekdays` a gap has more than five of them, since any may be a holiday somewhere.
 *
 * @param days of the rows, in days since 1970, ascending; a day may stand more than once
 * @returns oldest first; none by the calendar `none`
 */
export function gapsOf(days: Int32Array, by: {calendar: Calendar; frequency: Frequency}): Gap[] {
  return days.length ? gapFinder({...by, from: days[0], to: days.at(-1)!})(days) : [];
}

/** Returns {@link gapsOf} for many symbols whose days all lie from one day to another: the calendar is made once. */
export function gapFinder({
  calendar,
  frequency,
  from,
  to
}: {
  calendar: Calendar;
  frequency: Frequency;
  from: number;
  to: number;
}): (days: Int32Array) => Gap[] {
  if (calendar === "none") return () => [];
  if (frequency === "1w") return (days) => gapsBetween(days, weekOf, mondayOf);
  if (frequency === "1mo") return (days) => gapsBetween(days, monthOf, firstOfMonth);
  const expected = expectedDays(calendar, from, to);
  const shortest = calendar === "weekdays" ? LONGEST_HOLIDAY + 1 : 1;
  return (days) => {
    const gaps: Gap[] = [];
    let next = 0;
    for (let i = 1; i < days.length; ++i) {
      if (days[i] - days[i - 1] <= 1) continue;
      next = firstAfter(expected, days[i - 1], next);
      const end = firstAfter(expected, days[i] - 1, next);
      if (end - next >= shortest)
        gaps.push({from: expected[next], to: expected[end - 1], missing: end - next});
      next = end;
    }
    return gaps;
  };
}

/** Returns the first place from `start` on whose day is later; the places are near, so they are walked. */
function firstAfter(days: Int32Array, day: number, start: number): number {
  if (start === 0) {
    let end = days.length;
    while (start < end) {
      const middle = (start + end) >> 1;
      if (days[middle] > day) end = middle;
      else start = middle + 1;
    }
    return start;
  }
  while (start < days.length && days[start] <= day) ++start;
  return start;
}

function gapsBetween(
  days: Int32Array,
  periodOf: (day: number) => number,
  dayOfPeriod: (period: number) => number
): Gap[] {
  const gaps: Gap[] = [];
  for (let i = 1; i < days.length; ++i) {
    const [before, after] = [periodOf(days[i - 1]), periodOf(days[i])];
    const missing = after - before - 1;
    if (missing > 0) gaps.push({from: dayOfPeriod(before + 1), to: dayOfPeriod(after - 1), missing});
  }
  return gaps;
}

const weekdayOf = (day: number) => (((day + 3) % 7) + 7) % 7; // Monday is 0
const weekOf = (day: number) => Math.floor((day + 3) / 7);
const mondayOf = (week: number) => week * 7 - 3;

function monthOf(day: number): number {
  const iso = dayOf(day);
  return Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7)) - 1;
}

function firstOfMonth(month: number): number {
  const [year, index] = [Math.floor(month / 12), month % 12];
  return dayNumber(`${year}-${String(index + 1).padStart(2, "0")}-01`);
}

function holidays(calendar: Calendar, year: number): string[] {
  return calendar === "nyse" ? exchangeHolidays(year) : calendar === "target" ? targetHolidays(year) : [];
}
