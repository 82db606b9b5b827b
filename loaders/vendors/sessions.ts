import type {Frequency} from "../../lib/lake/dataset.js";
import {dayNumber, dayOf} from "../../lib/time/day.js";
import {momentInZone} from "../../lib/time/zone.js";

/**
 * When the main exchange of a zone usually closes. Half days are not told apart, so that a bar has the same time
 * whenever it is fetched; the latest hour that a zone has had stands here, since nothing may be known before its time.
 */
const CLOSES: ReadonlyMap<string, string> = new Map([
  ["America/New_York", "16:00"],
  ["America/Chicago", "15:15"],
  ["America/Toronto", "16:00"],
  ["America/Mexico_City", "15:00"],
  ["America/Sao_Paulo", "18:00"],
  ["Europe/London", "16:30"],
  ["Europe/Dublin", "16:30"],
  ["Europe/Lisbon", "16:30"],
  ["Europe/Amsterdam", "17:30"],
  ["Europe/Berlin", "17:30"],
  ["Europe/Brussels", "17:30"],
  ["Europe/Madrid", "17:30"],
  ["Europe/Paris", "17:30"],
  ["Europe/Rome", "17:30"],
  ["Europe/Stockholm", "17:30"],
  ["Europe/Vienna", "17:30"],
  ["Europe/Zurich", "17:30"],
  ["Europe/Copenhagen", "17:00"],
  ["Europe/Oslo", "16:30"],
  ["Europe/Warsaw", "17:00"],
  ["Europe/Budapest", "17:00"],
  ["Europe/Helsinki", "18:30"],
  ["Africa/Johannesburg", "17:00"],
  ["Asia/Jerusalem", "17:30"],
  ["Asia/Kolkata", "15:30"],
  ["Asia/Singapore", "17:00"],
  ["Asia/Hong_Kong", "16:00"],
  ["Asia/Shanghai", "15:00"],
  ["Asia/Taipei", "13:30"],
  ["Asia/Seoul", "15:30"],
  ["Asia/Tokyo", "15:30"],
  ["Australia/Sydney", "16:00"]
]);

/** How a symbol is traded, as far as the close of its day goes. */
export type Trading = "session" | "future" | "round-the-clock" | "every-day";

/** US futures end their day at this hour in New York. */
const FUTURES_CLOSE = 17 * 60;
const MIDNIGHT = 24 * 60;

/**
 * Returns when the session of a day closes, milliseconds since 1970 UTC: the usual close of the zone, 17:00 in New York
 * for futures, the midnight that ends the day for what trades round the clock and for a zone whose hours are not known.
 *
 * @param day days since 1970, at the exchange
 */
export function closeOf(day: number, zone: string, trading: Trading): number {
  if (trading === "future") return momentInZone(day, FUTURES_CLOSE, "America/New_York");
  const clock = trading === "session" ? CLOSES.get(zone) : undefined;
  const minutes = clock ? Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)) : MIDNIGHT;
  return momentInZone(day, minutes, zone || "UTC");
}

/**
 * Returns the last day of the day, week or month that begins on a day, days since 1970: a Friday where there are no
 * sessions at weekends.
 *
 * @param day the first of the period: a Monday, or a Sunday where the vendor's weeks begin so
 */
export function lastDayOf(day: number, frequency: Frequency, trading: Trading): number {
  if (frequency === "1d") return day;
  const [year, month] = dayOf(day).split("-").map(Number);
  const last = frequency === "1w" ? day + 6 : Date.UTC(year, month, 0) / 86_400_000;
  return trading === "every-day" ? last : Math.min(last, mondayOf(last) + 4);
}

/** Returns the first day of the week (a Monday) or month that a day (ISO) is in; the day itself at other frequencies. */
export function firstDayOf(day: string, frequency: Frequency): number {
  if (frequency === "1w") return mondayOf(dayNumber(day));
  return dayNumber(frequency === "1mo" ? `${day.slice(0, 7)}-01` : day);
}

function mondayOf(day: number): number {
  return day - ((((day + 3) % 7) + 7) % 7);
}

/** Milliseconds of the bars of a day; undefined for days, weeks and months, and for single events. */
export const LENGTH_MS: Readonly<Partial<Record<Frequency, number>>> = {
  "1s": 1000,
  "1m": 60_000,
  "5m": 300_000,
  "15m": 900_000,
  "30m": 1_800_000,
  "1h": 3_600_000,
  "4h": 14_400_000
};
