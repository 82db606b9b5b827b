/** Days as whole numbers since 1970-01-01, and grids of them. */

export const dayOf = (iso: string): number => Math.round(Date.parse(`${iso}T00:00:00Z`) / 86_400_000);
export const isoOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);
/** 0 is Sunday. */
export const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7;
export const yearOf = (day: number): number => new Date(day * 86_400_000).getUTCFullYear();

/** Where every series of the world begins, if not later. */
export const FIRST = dayOf("2014-01-01");

/** The last day of a month (`2014-12`), or the day itself when the text has one. */
export function anchorDay(text: string): number {
  if (text.length === 10) return dayOf(text);
  const [year, month] = text.split("-").map(Number);
  return Math.round(Date.UTC(year, month, 0) / 86_400_000);
}

/** Days on which a path of the world has a value, oldest first. */
export interface Grid {
  days: Int32Array;
  /** Steps a year. */
  perYear: number;
}

const grid = (perYear: number, days: number[]): Grid => ({days: Int32Array.from(days), perYear});
const range = (last: number): number[] => Array.from({length: last - FIRST + 1}, (_, i) => FIRST + i);

/** Grids up to a day: each is the beginning of the one up to a later day. */
export function gridsUpTo(last: number) {
  const all = range(last);
  const weekly = (weekday: number): Grid =>
    grid(
      52,
      all.filter((day) => weekdayOf(day) === weekday)
    );
  const months = all.filter((day) => isoOf(day).endsWith("-01"));
  return {
    everyDay: grid(365, all),
    weekdays: grid(
      261,
      all.filter((day) => weekdayOf(day) % 6 !== 0)
    ),
    wednesdays: weekly(3),
    thursdays: weekly(4),
    fridays: weekly(5),
    saturdays: weekly(6),
    months: grid(12, months),
    quarters: grid(
      4,
      months.filter((day) => [0, 3, 6, 9].includes(new Date(day * 86_400_000).getUTCMonth()))
    )
  };
}
export type Grids = ReturnType<typeof gridsUpTo>;

/** The last index whose day is not after a day; -1 when all are. */
export function indexAt(days: ArrayLike<number>, day: number): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle] <= day) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
