import {Temporal} from "temporal-polyfill";
import {addDays, dayNumber, dayOf, weekday} from "./day.js";

/** The zone in which US exchanges keep their hours and IBKR its report days. */
export const NEW_YORK = "America/New_York";

/** Hour in New York after which a session's day is over (early closes are not told apart). */
const CLOSE_HOUR = 16;

/** Days the New York Stock Exchange stayed shut outside its rules, 1998 to 2026. */
const SPECIAL_CLOSINGS = new Set([
  "2001-09-11", // attacks on New York and Washington
  "2001-09-12",
  "2001-09-13",
  "2001-09-14",
  "2004-06-11", // mourning for President Reagan
  "2007-01-02", // mourning for President Ford
  "2012-10-29", // hurricane Sandy
  "2012-10-30",
  "2018-12-05", // mourning for President Bush
  "2025-01-09" // mourning for President Carter
]);

/**
 * Returns the weekdays of a year on which the New York Stock Exchange does not trade, in order.
 *
 * By its Rule 7.2 as it stands since 1998 (Juneteenth since 2022): a holiday on a Sunday is kept on Monday,
 * one on a Saturday on Friday, but New Year's Day on a Saturday is not kept at all, since that Friday ends a
 * year. Days of mourning and disaster up to 2026 are included; later ones cannot be known.
 *
 * @see https://www.nyse.com/markets/hours-calendars
 */
export function exchangeHolidays(year: number): string[] {
  const newYear = `${year}-01-01`;
  const holidays = [
    weekday(newYear) === 6 ? "" : observed(newYear),
    nth(year, 1, 3, 1), // Martin Luther King, Jr. Day
    nth(year, 2, 3, 1), // Washington's Birthday
    addDays(easterSunday(year), -2), // Good Friday
    addDays(nth(year, 6, 1, 1), -7), // Memorial Day: the last Monday of May
    year >= 2022 ? observed(`${year}-06-19`) : "", // Juneteenth
    observed(`${year}-07-04`),
    nth(year, 9, 1, 1), // Labor Day
    nth(year, 11, 4, 4), // Thanksgiving
    observed(`${year}-12-25`)
  ];
  const special = [...SPECIAL_CLOSINGS].filter((day) => day.startsWith(`${year}-`));
  return [...holidays, ...special].filter((day) => day !== "" && weekday(day) < 6).sort();
}

const holidaysOf = new Map<string, ReadonlySet<string>>();

/** Returns whether the US exchanges hold a session on a day (ISO), by {@link exchangeHolidays}. */
export function isSession(day: string): boolean {
  if (weekday(day) >= 6) return false;
  const year = day.slice(0, 4);
  let holidays = holidaysOf.get(year);
  if (!holidays) holidaysOf.set(year, (holidays = new Set(exchangeHolidays(Number(year)))));
  return !holidays.has(day);
}

/** Returns the sessions from one day to another, both included, in order; none if `to` is before `from`. */
export function sessionsBetween(from: string, to: string): string[] {
  const sessions: string[] = [];
  for (let number = dayNumber(from), last = dayNumber(to); number <= last; ++number) {
    const day = dayOf(number);
    if (isSession(day)) sessions.push(day);
  }
  return sessions;
}

/** Returns the latest session strictly before a day (ISO). */
export function sessionBefore(day: string): string {
  let before = addDays(day, -1);
  while (!isSession(before)) before = addDays(before, -1);
  return before;
}

/** Returns the last session that is over: today's from 16:00 in New York, else the one before today. */
export function lastSession(now: Date): string {
  const local = inZone(now, NEW_YORK);
  const today = local.toPlainDate().toString();
  return local.hour >= CLOSE_HOUR && isSession(today) ? today : sessionBefore(today);
}

/** Returns the day it is in a zone, New York if none is named, as ISO. */
export function dayAt(now: Date, zone: string = NEW_YORK): string {
  return inZone(now, zone).toPlainDate().toString();
}

function inZone(now: Date, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone);
}

/** The day a fixed holiday is kept: the nearest weekday. */
function observed(day: string): string {
  const shift = {6: -1, 7: 1}[weekday(day)] ?? 0;
  return addDays(day, shift);
}

/** The nth given weekday of a month. */
function nth(year: number, month: number, n: number, day: number): string {
  const first = `${year}-${String(month).padStart(2, "0")}-01`;
  return addDays(first, ((day - weekday(first) + 7) % 7) + 7 * (n - 1));
}

/**
 * Returns Easter Sunday of a year in the Gregorian calendar, ISO.
 * @see Anonymous, Nature 13 (1876) 487, in the form of Meeus, "Astronomical Algorithms", chapter 8
 */
export function easterSunday(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  const day = ((h + l - 7 * m + 114) % 31) + 1;
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}
