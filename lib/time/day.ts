const ISO_DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAY_MS = 86_400_000;

/**
 * Returns the days from 1970-01-01 to a day.
 * @param day ISO `yyyy-mm-dd`
 * @throws RangeError if it is no day of the calendar
 */
export function dayNumber(day: string): number {
  const number = numberOf(day);
  if (number === undefined) throw new RangeError(`invalid day: ${day}`);
  return number;
}

/** Tells whether a text is a day of the calendar, ISO `yyyy-mm-dd`. */
export function isDay(text: string): boolean {
  return numberOf(text) !== undefined;
}

function numberOf(day: string): number | undefined {
  const match = ISO_DAY.exec(day);
  const number = match ? Date.UTC(+match[1], +match[2] - 1, +match[3]) / DAY_MS : NaN;
  return Number.isNaN(number) || dayOf(number) !== day ? undefined : number;
}

/** Returns the ISO day that lies so many days after 1970-01-01. */
export function dayOf(number: number): string {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}

/** Returns the ISO day that lies `days` after (or, negative, before) a day. */
export function addDays(day: string, days: number): string {
  return dayOf(dayNumber(day) + days);
}

/** Returns the days from one day to another: 0 on the same day, negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

/** Returns the ISO weekday of a day: 1 is Monday, 7 is Sunday. */
export function weekday(day: string): number {
  return ((((dayNumber(day) + 3) % 7) + 7) % 7) + 1;
}
