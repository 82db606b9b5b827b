import {addDays, isDay, weekday} from "../../time/day.js";

const MONTHS = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december"
];

/**
 * Reads the period line of a statement: `January 1, 2025 - December 31, 2025`, `September 18, 2026` or `March 2026`.
 * @returns its first and last day, ISO; undefined if it is no period in English
 */
export function readPeriod(text: string): {from: string; to: string} | undefined {
  const [first, last, more] = text.split(/\s+-\s+/);
  if (more !== undefined) return undefined;
  const from = dayOf(first);
  const to = last === undefined ? from : dayOf(last);
  if (from && to) return {from, to};
  return last === undefined ? monthOf(first) : undefined;
}

function dayOf(text: string): string | undefined {
  const match = /^([A-Za-z]+) (\d{1,2}),? (\d{4})$/.exec(text.trim());
  const day = match && iso(match[3], match[1], match[2]);
  return day && isDay(day) ? day : undefined;
}

function monthOf(text: string): {from: string; to: string} | undefined {
  const match = /^([A-Za-z]+),? (\d{4})$/.exec(text.trim());
  const from = match && iso(match[2], match[1], "1");
  if (!from || !isDay(from)) return undefined;
  return {from, to: addDays(`${addDays(from, 31).slice(0, 8)}01`, -1)};
}

function iso(year: string, month: string, day: string): string {
  const number = MONTHS.indexOf(month.toLowerCase()) + 1;
  return `${year}-${String(number).padStart(2, "0")}-${day.padStart(2, "0")}`;
}

/** Returns the day on which IBKR reports what is dated so: a weekend's is Monday's. */
export function reportDay(day: string): string {
  return weekday(day) > 5 ? addDays(day, 8 - weekday(day)) : day;
}
