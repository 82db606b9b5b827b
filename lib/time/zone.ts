const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();
const ofDay = new Map<string, Map<number, number>>();

/** Returns whether a text names a time zone, IANA. */
export function isZone(text: string): boolean {
  try {
    return formatOf(text) !== undefined;
  } catch {
    return false;
  }
}

/**
 * Returns how far a zone's clocks are ahead of UTC at a moment, in milliseconds.
 * @param at milliseconds since 1970 UTC
 * @param zone IANA name
 * @throws RangeError if there is no such zone
 */
export function zoneOffset(at: number, zone: string): number {
  const day = Math.floor(at / DAY_MS);
  const offset = midnightOffset(day, zone);
  return offset === midnightOffset(day + 1, zone) ? offset : exactOffset(at, zone);
}

/** Returns the day that it is in a zone at a moment (milliseconds since 1970 UTC), as days since 1970. */
export function dayInZone(at: number, zone: string): number {
  return Math.floor((at + zoneOffset(at, zone)) / DAY_MS);
}

/**
 * Returns the moment at which a zone's clocks show a time of a day, in milliseconds since 1970 UTC. A time that a change
 * of clocks leaves out is taken as the hour after it, one that comes twice as its first.
 *
 * @param day days since 1970
 * @param minutes of that day; 1440 is the midnight that ends it
 */
export function momentInZone(day: number, minutes: number, zone: string): number {
  const local = day * DAY_MS + minutes * 60_000;
  const early = local - zoneOffset(local - DAY_MS, zone);
  const late = local - zoneOffset(local + DAY_MS, zone);
  return (
    [Math.min(early, late), Math.max(early, late)].find((at) => at + zoneOffset(at, zone) === local) ?? early
  );
}

/** A zone's offset at the start of a UTC day is asked for with every bar, and for each symbol again. */
function midnightOffset(day: number, zone: string): number {
  const known = ofDay.get(zone) ?? new Map<number, number>();
  ofDay.set(zone, known);
  const offset = known.get(day) ?? exactOffset(day * DAY_MS, zone);
  known.set(day, offset);
  return offset;
}

function exactOffset(at: number, zone: string): number {
  const format = formats.get(zone) ?? formatOf(zone);
  formats.set(zone, format);
  const parts = new Map(format.formatToParts(at).map(({type, value}) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type)!; // asked for in formatOf
  const local = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second")
  );
  return local - Math.floor(at / 1000) * 1000;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric"
  });
}
