/** Days as ISO texts, and which of them the New York exchange is open. */

const DAY_MS = 86_400_000;

const utc = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const iso = (time: number): string => new Date(time).toISOString().slice(0, 10);

const NEW_YORK = new Intl.DateTimeFormat("en-CA", {timeZone: "America/New_York", dateStyle: "short"});

/** The calendar date in New York at an instant. */
export function newYorkDate(now: Date): string {
  return NEW_YORK.format(now);
}

export function addDays(day: string, count: number): string {
  return iso(utc(day) + count * DAY_MS);
}

/** Calendar days from one day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((utc(to) - utc(from)) / DAY_MS);
}

/** 0 is Sunday. */
export function weekday(day: string): number {
  return new Date(utc(day)).getUTCDay();
}

/** The same day of the month some years or months away, kept inside its month. */
export function addMonths(day: string, count: number): string {
  const [year, month, date] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + count, 0)).getUTCDate();
  return iso(Date.UTC(year, month - 1 + count, Math.min(date, last)));
}

/** The n-th given weekday of a month (1 is the first; -1 the last). */
export function nthWeekday(year: number, month: number, day: number, n: number): string {
  if (n < 0) {
    const last = iso(Date.UTC(year, month, 0));
    return addDays(last, -((weekday(last) - day + 7) % 7));
  }
  const first = iso(Date.UTC(year, month - 1, 1));
  return addDays(first, ((day - weekday(first) + 7) % 7) + 7 * (n - 1));
}

/** Western Easter (anonymous Gregorian algorithm). */
function easter(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return iso(Date.UTC(year, Math.floor(n / 31) - 1, (n % 31) + 1));
}

/** A fixed holiday is kept on Friday or Monday when it falls on a weekend. */
function observed(day: string): string {
  return addDays(day, {0: 1, 6: -1}[weekday(day)] ?? 0);
}

const holidays = new Map<number, Set<string>>();

function holidaysOf(year: number): Set<string> {
  let days = holidays.get(year);
  if (!days) {
    const newYear = `${year}-01-01`;
    days = new Set([
      weekday(newYear) === 6 ? newYear : observed(newYear), // a Saturday's New Year is not kept on Friday
      nthWeekday(year, 1, 1, 3),
      nthWeekday(year, 2, 1, 3),
      addDays(easter(year), -2),
      nthWeekday(year, 5, 1, -1),
      observed(`${year}-06-19`),
      observed(`${year}-07-04`),
      nthWeekday(year, 9, 1, 1),
      nthWeekday(year, 11, 4, 4),
      observed(`${year}-12-25`)
    ]);
    holidays.set(year, days);
  }
  return days;
}

export function isBusinessDay(day: string): boolean {
  const date = weekday(day);
  return date !== 0 && date !== 6 && !holidaysOf(Number(day.slice(0, 4))).has(day);
}

/** The first business day on or after a day. */
export function onOrAfter(day: string): string {
  while (!isBusinessDay(day)) day = addDays(day, 1);
  return day;
}

/** The last business day on or before a day. */
export function onOrBefore(day: string): string {
  while (!isBusinessDay(day)) day = addDays(day, -1);
  return day;
}

/** The business day some business days later (or, negative, earlier). */
export function addBusinessDays(day: string, count: number): string {
  const step = Math.sign(count);
  for (let left = Math.abs(count); left > 0;) {
    day = addDays(day, step);
    if (isBusinessDay(day)) --left;
  }
  return day;
}

export function businessDays(from: string, to: string): string[] {
  const days = [];
  for (let day = from; day <= to; day = addDays(day, 1)) if (isBusinessDay(day)) days.push(day);
  return days;
}
