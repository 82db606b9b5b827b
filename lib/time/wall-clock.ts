import {NEW_YORK} from "./calendar.js";

/**
 * Returns a moment as two clocks show it, the person's and New York's, where IBKR makes its statements:
 * `Tue 24 Nov, 12:30 (06:30 in New York)`; the day is told again where it is another one there.
 *
 * @param at ISO 8601
 * @param zone the person's, IANA
 */
export function twoClocks(at: string, zone: string): string {
  const here = wallClock(at, zone);
  const there = wallClock(at, NEW_YORK);
  if (here.day !== there.day) return `${here.day}, ${here.time} (${there.day}, ${there.time} in New York)`;
  if (here.time === there.time) return `${here.day}, ${here.time} in New York`;
  return `${here.day}, ${here.time} (${there.time} in New York)`;
}

function wallClock(at: string, timeZone: string): {day: string; time: string} {
  const format = new Intl.DateTimeFormat("en", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23"
  });
  const parts = new Map(format.formatToParts(new Date(at)).map(({type, value}) => [type, value]));
  const text = (...names: Intl.DateTimeFormatPartTypes[]) => names.map((name) => parts.get(name) ?? "");
  return {day: text("weekday", "day", "month").join(" "), time: text("hour", "minute").join(":")};
}
