import {readFlexDate} from "../../time/flex-date.js";
import {dayNumber, dayOf, isDay} from "../../time/day.js";

const MONTHS = "january february march april may june july august september october november december".split(
  " "
);
const PERIOD =
  /^\s*([A-Za-z]+ \d{1,2},? \d{4}|[\d/-]+)\s+(?:to|-|–)\s+([A-Za-z]+ \d{1,2},? \d{4}|[\d/-]+)\s*(?:\(.*\))?\s*$/;
const LONG = /^([A-Za-z]+) (\d{1,2}),? (\d{4})$/;

/**
 * Reads a day in any of a report's forms: `20250131`, `202501` (the month's last day), `01/31/2025`, `01/31/25`, month
 * first.
 * @returns ISO; undefined for what is no day
 */
export function readReportDay(text: string): string | undefined {
  const month = /^(\d{4})(\d\d)$/.exec(text);
  if (month) return lastDay(Number(month[1]), Number(month[2]));
  const reading = readFlexDate(text, {order: "mdy"});
  return "value" in reading && reading.value.length === 10 ? reading.value : undefined;
}

/** Reads `January 1, 2025 to December 31, 2025 (Daily)`; undefined for what is no period. */
export function readReportPeriod(text: string): {from: string; to: string} | undefined {
  const match = PERIOD.exec(text);
  const [from, to] = match ? [readLong(match[1]), readLong(match[2])] : [];
  return from && to && from <= to ? {from, to} : undefined;
}

function readLong(text: string): string | undefined {
  const match = LONG.exec(text);
  if (!match) return readReportDay(text);
  const month = MONTHS.indexOf(match[1].toLowerCase()) + 1;
  const day = `${match[3]}-${String(month).padStart(2, "0")}-${match[2].padStart(2, "0")}`;
  return isDay(day) ? day : undefined;
}

function lastDay(year: number, month: number): string | undefined {
  if (month < 1 || month > 12) return undefined;
  const next = month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, "0")}-01`;
  return isDay(next) ? dayOf(dayNumber(next) - 1) : undefined;
}
