import {Temporal} from "temporal-polyfill";
import {NEW_YORK} from "./calendar.js";

/** When a job runs: at one wall-clock time on some weekdays of a zone. */
export interface Schedule {
  /** IANA zone, e.g. `America/New_York`. */
  zone: string;
  /** Wall-clock time, `HH:MM`. */
  time: string;
  /** ISO weekdays, 1 is Monday; at least one. */
  weekdays: readonly number[];
}

/** 06:30 in New York on the mornings after a session, Tuesday to Saturday: IBKR's daily statement is made by then. */
export const DAILY_PULL: Schedule = {zone: NEW_YORK, time: "06:30", weekdays: [2, 3, 4, 5, 6]};

/** Tries for a statement that is late, an hour apart, before it is said to be missing. */
export const LATE_TRIES = 12;

const HOUR_MS = 3_600_000;

/**
 * Returns the first scheduled time strictly after `now`.
 *
 * Wall-clock time counts, so the instant moves with daylight saving; a time that the change to summer skips
 * is the one as much later, and one that the change to winter repeats is its first.
 */
export function nextPull(now: Date, schedule: Schedule = DAILY_PULL): Date {
  return scheduled(now, schedule, 1);
}

/** Returns the last scheduled time at or before `now`. */
export function previousPull(now: Date, schedule: Schedule = DAILY_PULL): Date {
  return scheduled(now, schedule, -1);
}

/**
 * Returns whether a scheduled time has passed since the last run began, as after a night asleep.
 * @param lastRun when the last finished run began; undefined when there was none, which counts as missed
 */
export function missedPull(lastRun: Date | undefined, now: Date, schedule: Schedule = DAILY_PULL): boolean {
  return !lastRun || lastRun < previousPull(now, schedule);
}

/**
 * Returns when a late statement is asked for again: an hour after the last run, but no later than the next
 * scheduled time; undefined after {@link LATE_TRIES}.
 * @param tries how many runs in a row found it late
 */
export function retryPull(lastRun: Date, tries: number, schedule: Schedule = DAILY_PULL): Date | undefined {
  if (tries > LATE_TRIES) return undefined;
  const inAnHour = new Date(lastRun.getTime() + HOUR_MS);
  const next = nextPull(lastRun, schedule);
  return next < inAnHour ? next : inAnHour;
}

function scheduled(now: Date, {zone, time, weekdays}: Schedule, direction: 1 | -1): Date {
  if (!weekdays.some((day) => day >= 1 && day <= 7)) throw new RangeError("a schedule needs a weekday");
  const wall = Temporal.PlainTime.from(time);
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone).toPlainDate();
  for (let days = 0; ; ++days) {
    const day = today.add({days: days * direction});
    if (!weekdays.includes(day.dayOfWeek)) continue;
    const at = new Date(day.toZonedDateTime({timeZone: zone, plainTime: wall}).epochMilliseconds);
    if (direction === 1 ? at > now : at <= now) return at;
  }
}
