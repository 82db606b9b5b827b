import {addDays, dayNumber, dayOf} from "../time/day.js";
import type {Frequency} from "./dataset.js";
import {expectedDays, type Calendar} from "./gaps.js";

/** Days, ISO, both included. */
export interface DayRange {
  from: string;
  to: string;
}

/**
 * Returns how many rows are late: the days (weeks, months) after the last one that are over by its calendar and have no
 * row. Today's is not late before tomorrow. Null by the calendar `none`, and where there is no row.
 *
 * @param last day of the last row, ISO
 * @param today ISO
 */
export function staleDays(
  last: string | null,
  {calendar, frequency, today}: {calendar: Calendar; frequency: Frequency; today: string}
): number | null {
  if (last === null || calendar === "none") return null;
  if (frequency === "1w") return Math.max(0, weekOf(today) - weekOf(last) - 1);
  if (frequency === "1mo") return Math.max(0, monthOf(today) - monthOf(last) - 1);
  return expectedDays(calendar, dayNumber(last) + 1, dayNumber(today) - 1).length;
}

/**
 * Returns the days to ask a vendor for: what is wanted and not held, beginning `overlapDays` before the end of what is
 * held, since a vendor may have changed its last rows. When days before those held are wanted, all wanted days are asked
 * for. Null when nothing that is wanted can be new: no day with a row by the calendar lies after those held.
 *
 * @param held days that a vendor was asked for and answered, whether or not they have rows; null when none
 * @param wanted ISO; `to` after `today` means today
 * @throws RangeError if `wanted` ends before it begins
 */
export function nextRange(
  held: DayRange | null,
  wanted: DayRange,
  {overlapDays, calendar, today}: {overlapDays: number; calendar: Calendar; today: string}
): DayRange | null {
  if (dayNumber(wanted.to) < dayNumber(wanted.from)) {
    throw new RangeError(`invalid days: ${wanted.from} to ${wanted.to}: they end before they begin`);
  }
  const to = wanted.to < today ? wanted.to : today;
  if (to < wanted.from) return null;
  if (!held || wanted.from < held.from) return {from: wanted.from, to};
  const later = [dayNumber(held.to) + 1, dayNumber(to)] as const;
  const isNew = calendar === "none" ? later[0] <= later[1] : expectedDays(calendar, ...later).length > 0;
  if (!isNew) return null;
  const overlap = addDays(held.to, -overlapDays);
  return {from: overlap > wanted.from ? overlap : wanted.from, to};
}

const weekOf = (day: string) => Math.floor((dayNumber(day) + 3) / 7);

function monthOf(day: string): number {
  const iso = dayOf(dayNumber(day));
  return Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7));
}
