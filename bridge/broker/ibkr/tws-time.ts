import {dayNumber, isDay} from "../../../lib/time/day.js";
import {momentInZone} from "../../../lib/time/zone.js";
import {zoneOf} from "./zones.js";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const QUARTER_MS = 15 * MINUTE_MS;
/** The greatest difference of a zone's clock to UTC. */
const MOST_OFFSET_MS = 14 * 60 * MINUTE_MS;

const TIME = /^(\d{4})(\d{2})(\d{2})(-| +)(\d{2}):(\d{2}):(\d{2})(?: +(.+))?$/;

/** Milliseconds that a clock would show if it were in UTC; null for a text that is no time. */
function readWall(text: string): {wall: number; isUtc: boolean; zone: string | undefined} | null {
  const match = TIME.exec(text.trim());
  if (!match) return null;
  const [, year, month, date, mark, hour, minute, second, zone] = match;
  const day = `${year}-${month}-${date}`;
  if (!isDay(day) || +hour > 23 || +minute > 59 || +second > 59) return null;
  const wall = dayNumber(day) * DAY_MS + ((+hour * 60 + +minute) * 60 + +second) * 1000;
  return {wall, isUtc: mark === "-", zone};
}

/**
 * Returns the moment that a text of TWS's tells, milliseconds since 1970 UTC; null when it cannot be read. Three forms are
 * about: `20261120 10:00:00 US/Eastern`, `20261120-15:00:00` (UTC) and `20261120  10:00:00` (TWS's own zone).
 *
 * @param ownOffset of TWS's zone to UTC, milliseconds; null when it is not known
 */
export function momentOf(text: string | undefined, ownOffset: number | null): number | null {
  const read = readWall(text ?? "");
  if (!read) return null;
  const {wall, isUtc, zone} = read;
  if (isUtc) return wall;
  if (zone === undefined) return ownOffset === null ? null : wall - ownOffset;
  const known = zoneOf(zone);
  if (known === null) return ownOffset === null ? null : wall - ownOffset;
  const day = Math.floor(wall / DAY_MS);
  const seconds = (wall % DAY_MS) / 1000;
  return momentInZone(day, Math.floor(seconds / 60), known) + (seconds % 60) * 1000;
}

/**
 * Returns the offset of TWS's zone to UTC from what its clock showed when it was connected, milliseconds: its names of
 * zones say less than its clock. Null when that clock is not a zone's distance from ours.
 *
 * @param text as in `20261122 10:00:00 EST`
 * @param at our time then, milliseconds since 1970 UTC
 */
export function offsetOf(text: string, at: number): number | null {
  const read = readWall(text);
  if (!read) return null;
  const offset = Math.round((read.wall - at) / QUARTER_MS) * QUARTER_MS;
  return Math.abs(offset) <= MOST_OFFSET_MS ? offset : null;
}

/** Returns the beginning of a moment's day on a clock so far from UTC, milliseconds since 1970 UTC. */
export const midnightBefore = (at: number, offset: number): number =>
  Math.floor((at + offset) / DAY_MS) * DAY_MS - offset;

/** Returns a moment as TWS reads it in any zone: `20261120-15:00:00`. */
export const toTws = (at: number): string =>
  new Date(at).toISOString().slice(0, 19).replaceAll("-", "").replace("T", "-");
