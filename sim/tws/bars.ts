/** Which bars a request for history means. */

import {addDays, addMonths, isBusinessDay, newYorkDate} from "../account/market/calendar.js";
import type {Listing} from "./listing.js";
import type {Bar, Market} from "./market.js";
import {atWall} from "./wire/time.js";

const SECONDS: Readonly<Record<string, number>> = {
  sec: 1,
  secs: 1,
  min: 60,
  mins: 60,
  hour: 3600,
  hours: 3600
};
const SIZES =
  "1 sec,5 secs,10 secs,15 secs,30 secs,1 min,2 mins,3 mins,5 mins,10 mins,15 mins,20 mins,30 mins,1 hour,2 hours,3 hours,4 hours,8 hours,1 day,1 week,1 month".split(
    ","
  );
const OTHER_NAMES: Readonly<Record<string, string>> = {"1W": "1 week", "1M": "1 month", "1D": "1 day"};

/** A bar's length: seconds within a day, or the calendar's. */
export type BarSize = number | "day" | "week" | "month";

export function parseBarSize(text: string): BarSize | undefined {
  const name = OTHER_NAMES[text] ?? text;
  if (!SIZES.includes(name)) return undefined;
  const [count, unit] = name.split(" ");
  if (unit === "day" || unit === "week" || unit === "month") return unit;
  return Number(count) * SECONDS[unit];
}

export interface Duration {
  count: number;
  unit: "S" | "D" | "W" | "M" | "Y";
}

export function parseDuration(text: string): Duration | undefined {
  const match = /^(\d+) ([SDWMY])$/.exec(text);
  return match ? {count: Number(match[1]), unit: match[2] as Duration["unit"]} : undefined; // one of the five
}

/** New York's wall clock on a day as an instant. */
function at(day: string, seconds: number): Date {
  return atWall(Date.parse(`${day}T00:00:00Z`) + seconds * 1000, "America/New_York");
}

const REGULAR = [9.5 * 3600, 16 * 3600] as const;
const EXTENDED = [4 * 3600, 20 * 3600] as const;

/** Days that a duration reaches back to, with the day of its end; oldest first. */
function daysOf({count, unit}: Duration, end: Date): string[] {
  const last = newYorkDate(end);
  const from =
    unit === "S"
      ? addDays(last, -10 - Math.ceil(count / 3600)) // the last seconds in which there was a session
      : unit === "W"
        ? addDays(last, -7 * count)
        : unit === "M"
          ? addMonths(last, -count)
          : unit === "Y"
            ? addMonths(last, -12 * count)
            : addDays(last, -2 * count - 10);
  const days = [];
  for (let day = from; day <= last; day = addDays(day, 1)) if (isBusinessDay(day)) days.push(day);
  return days;
}

/** Bars of a listing up to an instant, oldest first; the last one may still grow. */
export function barsOf(
  market: Market,
  listing: Listing,
  {size, duration, regular, end}: {size: BarSize; duration: Duration; regular: boolean; end: Date}
): Bar[] {
  const [open, close] = regular ? REGULAR : EXTENDED;
  const make = (day: string, from: number, to: number): Bar | undefined => {
    const [start, stop] = [at(day, from), at(day, to)];
    return start < end ? market.bar(listing, start, stop < end ? stop : end) : undefined;
  };
  const days = daysOf(duration, end);
  if (typeof size !== "number") {
    const daily = days.flatMap((day) => make(day, open, close) ?? []);
    const counted = duration.unit === "D" ? daily.slice(-duration.count) : daily;
    return size === "day" ? counted : grouped(counted, size);
  }
  const started = days.filter((day) => at(day, open) < end);
  const perSession = Math.ceil((close - open) / size);
  const most = duration.unit === "S" ? Math.ceil(duration.count / size) : Infinity;
  const sessions = started.slice(
    -(duration.unit === "D" ? duration.count : most === Infinity ? started.length : most / perSession + 2)
  );
  const spans = sessions.flatMap((day) =>
    Array.from({length: perSession}, (_, i) => ({day, from: open + i * size})).filter(
      ({from}) => at(day, from) < end
    )
  );
  return spans.slice(-most).flatMap(({day, from}) => make(day, from, Math.min(from + size, close)) ?? []);
}

/** Days joined to weeks or months; each bar keeps the start of its first day. */
function grouped(days: readonly Bar[], size: "week" | "month"): Bar[] {
  const keyOf = ({start}: Bar): string => {
    const day = newYorkDate(start);
    return size === "month" ? day.slice(0, 7) : String(Math.floor((Date.parse(day) / 86_400_000 + 3) / 7));
  };
  const groups = new Map<string, Bar[]>();
  for (const one of days) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return [...groups.values()].map((group) => ({
    start: group[0].start,
    open: group[0].open,
    high: Math.max(...group.map(({high}) => high)),
    low: Math.min(...group.map(({low}) => low)),
    close: group.at(-1)!.close, // a group has a member
    volume: group.reduce((sum, {volume}) => sum + volume, 0),
    average: group.reduce((sum, {average}) => sum + average, 0) / group.length,
    count: group.reduce((sum, {count}) => sum + count, 0)
  }));
}
