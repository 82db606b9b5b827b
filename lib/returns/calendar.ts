import {addDays, weekday} from "../time/day.js";
import type {Figure} from "./figure.js";
import {chain, type DailyReturns, type Span} from "./time-weighted.js";

/** The return of a calendar month or year, or of the part of it that the series covers. */
export interface CalendarReturn extends Figure {
  /** `2024-03` or `2024`. */
  period: string;
  /** First and last day that count, ISO dates. */
  first: string;
  last: string;
  /** True when the base day lies inside the period, or a weekday of it is still to come. */
  partial: boolean;
}

/**
 * Returns the linked return of each calendar month.
 *
 * @param days ISO dates of the returns, oldest first; shape (n)
 * @param daily returns of those days; a return that spans a gap counts in the month where it ends
 * @param span base day and last day; the whole series by default
 * @returns one entry a month that has a day, oldest first; value null with the reason where the chain breaks
 */
export function monthlyReturns(
  days: readonly string[],
  daily: DailyReturns,
  span: Span = {}
): CalendarReturn[] {
  return linkedBy(7, days, daily, span);
}

/** Returns the linked return of each calendar year; as `monthlyReturns`. A part of a year is not annualised. */
export function yearlyReturns(
  days: readonly string[],
  daily: DailyReturns,
  span: Span = {}
): CalendarReturn[] {
  return linkedBy(4, days, daily, span);
}

function linkedBy(
  length: number,
  days: readonly string[],
  daily: DailyReturns,
  {from = 0, to = days.length - 1}: Span
): CalendarReturn[] {
  const periods: CalendarReturn[] = [];
  for (let i = from + 1, start = from; i <= to; ++i) {
    const period = days[i].slice(0, length);
    if (i < to && days[i + 1].slice(0, length) === period) continue;
    const [first, last] = [days[start + 1], days[i]];
    const partial = days[start].startsWith(period) || (i === to && nextWeekday(last).startsWith(period));
    periods.push({period, first, last, partial, ...chain(daily, {from: start, to: i})});
    start = i;
  }
  return periods;
}

function nextWeekday(day: string): string {
  return addDays(day, Math.max(1, 8 - weekday(day) - (weekday(day) < 5 ? 7 : 0)));
}
