/** The days that exchanges rest, by rules of their own. */

import {dayOf, weekdayOf, yearOf} from "./days.js";

/** Days of a year on which there is no session though it be a weekday. */
export type Rest = (year: number) => number[];

/** Western Easter Sunday (anonymous Gregorian algorithm). */
function easter(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return date(year, Math.floor(n / 31), (n % 31) + 1);
}

const date = (year: number, month: number, day: number): number =>
  Math.round(Date.UTC(year, month - 1, day) / 86_400_000);

/** The n-th weekday (0 is Sunday) of a month; -1 is the last. */
function nth(year: number, month: number, weekday: number, n: number): number {
  if (n > 0) {
    const first = date(year, month, 1);
    return first + ((weekday - weekdayOf(first) + 7) % 7) + 7 * (n - 1);
  }
  const last = date(year, month + 1, 0);
  return last - ((weekdayOf(last) - weekday + 7) % 7);
}

const american = (day: number): number => day + ({0: 1, 6: -1}[weekdayOf(day)] ?? 0);
const british = (day: number): number => day + ({0: 1, 6: 2}[weekdayOf(day)] ?? 0);
const mondays = (day: number): number => day + (weekdayOf(day) === 0 ? 1 : 0);
const days = (from: number, count: number): number[] => Array.from({length: count}, (_, i) => from + i);

const MOURNING = [dayOf("2018-12-05"), dayOf("2025-01-09")];

export const newYork: Rest = (year) => [
  ...(weekdayOf(date(year, 1, 1)) === 6 ? [] : [american(date(year, 1, 1))]),
  nth(year, 1, 1, 3),
  nth(year, 2, 1, 3),
  easter(year) - 2,
  nth(year, 5, 1, -1),
  ...(year >= 2022 ? [american(date(year, 6, 19))] : []),
  american(date(year, 7, 4)),
  nth(year, 9, 1, 1),
  nth(year, 11, 4, 4),
  american(date(year, 12, 25)),
  ...MOURNING.filter((day) => yearOf(day) === year)
];

/** The bond market, as the Treasury publishes yields: Columbus Day and Veterans Day rest, too. */
export const bonds: Rest = (year) => [
  ...newYork(year).filter((day) => !MOURNING.includes(day)),
  nth(year, 10, 1, 2),
  mondays(date(year, 11, 11))
];

/** Futures of CME: only the days on which nearly all rests. */
export const chicago: Rest = (year) => [
  ...(weekdayOf(date(year, 1, 1)) === 6 ? [] : [american(date(year, 1, 1))]),
  easter(year) - 2,
  american(date(year, 12, 25))
];

/** Days on which the Eurosystem's payments rest; the ECB publishes no rates. */
export const target: Rest = (year) => [
  date(year, 1, 1),
  easter(year) - 2,
  easter(year) + 1,
  date(year, 5, 1),
  date(year, 12, 25),
  date(year, 12, 26)
];

export const frankfurt: Rest = (year) => [...target(year), date(year, 12, 24), date(year, 12, 31)];

export const london: Rest = (year) => [
  british(date(year, 1, 1)),
  easter(year) - 2,
  easter(year) + 1,
  nth(year, 5, 1, 1),
  nth(year, 5, 1, -1),
  nth(year, 8, 1, -1),
  ...boxing(year)
];

function boxing(year: number): number[] {
  const christmas = date(year, 12, 25);
  const shift = {0: 1, 6: 2, 5: 0}[weekdayOf(christmas)] ?? 0;
  const second = {5: 2, 6: 1, 0: 1}[weekdayOf(christmas)] ?? 0;
  return [christmas + shift, christmas + 1 + Math.max(shift, second)];
}

export const tokyo: Rest = (year) => [
  ...days(date(year, 1, 1), 3),
  nth(year, 1, 1, 2),
  mondays(date(year, 2, 11)),
  ...(year >= 2020 ? [mondays(date(year, 2, 23))] : []),
  mondays(date(year, 3, 20)),
  mondays(date(year, 4, 29)),
  ...days(date(year, 5, 3), 3),
  nth(year, 7, 1, 3),
  ...(year >= 2016 ? [mondays(date(year, 8, 11))] : []),
  nth(year, 9, 1, 3),
  mondays(date(year, 9, 23)),
  nth(year, 10, 1, 2),
  mondays(date(year, 11, 3)),
  mondays(date(year, 11, 23)),
  date(year, 12, 31)
];

const LUNAR_NEW_YEARS = (
  "2014-01-31 2015-02-19 2016-02-08 2017-01-28 2018-02-16 2019-02-05 2020-01-25 2021-02-12 2022-02-01 " +
  "2023-01-22 2024-02-10 2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13 2030-02-03 2031-01-23"
)
  .split(" ")
  .map(dayOf);

const lunar = (year: number): number[] => LUNAR_NEW_YEARS.filter((day) => yearOf(day) === year);

export const shanghai: Rest = (year) => [
  date(year, 1, 1),
  ...lunar(year).flatMap((day) => days(day - 1, 7)),
  date(year, 4, 5),
  ...days(date(year, 5, 1), 3),
  ...days(date(year, 10, 1), 7)
];

export const hongKong: Rest = (year) => [
  mondays(date(year, 1, 1)),
  ...lunar(year).flatMap((day) => days(day, 3)),
  date(year, 4, 5),
  easter(year) - 2,
  easter(year) + 1,
  date(year, 5, 1),
  date(year, 7, 1),
  date(year, 10, 1),
  date(year, 12, 25),
  date(year, 12, 26)
];

export const mumbai: Rest = (year) => [
  date(year, 1, 26),
  easter(year) - 2,
  date(year, 4, 14),
  date(year, 5, 1),
  date(year, 8, 15),
  date(year, 10, 2),
  date(year, 12, 25)
];

export const sydney: Rest = (year) => [
  mondays(date(year, 1, 1)),
  mondays(date(year, 1, 26)),
  easter(year) - 2,
  easter(year) + 1,
  date(year, 4, 25),
  nth(year, 6, 1, 2),
  ...boxing(year)
];

export const saoPaulo: Rest = (year) => [
  date(year, 1, 1),
  easter(year) - 48,
  easter(year) - 47,
  easter(year) - 2,
  date(year, 4, 21),
  date(year, 5, 1),
  easter(year) + 60,
  date(year, 9, 7),
  date(year, 10, 12),
  date(year, 11, 2),
  date(year, 11, 15),
  date(year, 12, 24),
  date(year, 12, 25),
  date(year, 12, 31)
];

export const newYearAndChristmas: Rest = (year) => [date(year, 1, 1), date(year, 12, 25)];
export const never: Rest = () => [];
