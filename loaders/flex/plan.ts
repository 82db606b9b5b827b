import {sessionsBetween} from "../../lib/time/calendar.js";
import {addDays, daysBetween} from "../../lib/time/day.js";

/** Report days, ISO, both included. */
export interface DateRange {
  from: string;
  to: string;
}

/** A statement to download by hand. */
export interface HistoryFile extends DateRange {
  year: number;
  /** What to do in the portal, and then here. */
  sentence: string;
}

/** The longest range that one request may ask for. */
export const MOST_DAYS = 365;

/** Days asked for again at each pull: IBKR still changes them. */
export const OVERLAP_DAYS = 45;

/**
 * Returns the ranges that a daily pull asks for, oldest first, none over 365 days.
 *
 * They end at the last session and begin 45 days before it; in January to March on the first day of the past
 * year, which IBKR restates then (re-booked dividends, withholding). After a pause they begin 45 days before
 * the last day that is here, so that no day is left out; the first pull asks for the past 365 days.
 *
 * @param session the last session whose statement is due, ISO
 * @param today the day in New York, ISO
 * @param heldTo the last report day that is already here, ISO; undefined at the first pull
 */
export function dailyPlan({
  session,
  today,
  heldTo
}: {
  session: string;
  today: string;
  heldTo?: string | undefined;
}): DateRange[] {
  const starts = [addDays(session, -OVERLAP_DAYS)];
  if (heldTo === undefined) starts.push(addDays(session, 1 - MOST_DAYS));
  else if (heldTo < starts[0]) starts.push(addDays(heldTo, -OVERLAP_DAYS));
  if (today.slice(5, 7) <= "03") starts.push(`${Number(today.slice(0, 4)) - 1}-01-01`);
  return split({from: starts.sort()[0], to: session});
}

/** Cuts a range into ranges of 365 days and what remains. */
function split({from, to}: DateRange): DateRange[] {
  const ranges: DateRange[] = [];
  for (let start = from; start <= to; start = addDays(start, MOST_DAYS)) {
    const end = addDays(start, MOST_DAYS - 1);
    ranges.push({from: start, to: end < to ? end : to});
  }
  return ranges;
}

/**
 * Returns the statements to download by hand for what lies before the reach of the daily pull: one for each
 * calendar year, two for a leap year, since the portal gives no more than 365 days at once.
 *
 * @param firstDay the first day that is not here, ISO: at first the day the account was opened
 * @param today ISO
 * @param lastDay the last day that is not here, ISO
 */
export function historyPlan(firstDay: string, today: string, lastDay: string = today): HistoryFile[] {
  const last = minDay(lastDay, addDays(today, -MOST_DAYS));
  const files: HistoryFile[] = [];
  for (let year = Number(firstDay.slice(0, 4)); year <= Number(last.slice(0, 4)); ++year) {
    const from = maxDay(firstDay, `${year}-01-01`);
    const to = minDay(last, `${year}-12-31`);
    const halves = daysBetween(from, to) < MOST_DAYS ? [{from, to}] : halve(year);
    for (const range of from > to ? [] : halves) files.push({year, ...range, sentence: sentence(range)});
  }
  return files;
}

/**
 * Returns the statements to download by hand for the sessions of an account that none covers: before the first, and
 * between them, as far as the daily pull does not reach.
 *
 * @param covered the days that statements cover, in order
 * @param today ISO
 * @param opened the day the account was opened, ISO, where it is known
 */
export function missingHistory(
  covered: readonly DateRange[],
  today: string,
  opened?: string | null
): HistoryFile[] {
  const files: HistoryFile[] = [];
  let next = opened ?? covered.at(0)?.from ?? today;
  for (const {from, to} of covered) {
    files.push(...historyPlan(next, today, addDays(from, -1)));
    next = maxDay(next, addDays(to, 1));
  }
  return files.filter(({from, to}) => sessionsBetween(from, to).length > 0);
}

function halve(year: number): DateRange[] {
  return [
    {from: `${year}-01-01`, to: `${year}-06-30`},
    {from: `${year}-07-01`, to: `${year}-12-31`}
  ];
}

function sentence({from, to}: DateRange): string {
  return `run the query in the portal with Period Custom Date Range ${from} to ${to} and Format XML, then: npx tearsheet import FILE`;
}

function minDay(a: string, b: string): string {
  return a < b ? a : b;
}

function maxDay(a: string, b: string): string {
  return a > b ? a : b;
}
