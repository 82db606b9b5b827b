/** The ways in which TWS writes a time. */

const formats = new Map<string, Intl.DateTimeFormat>();

function parts(at: Date, timeZone: string): Record<string, string> {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit"
    });
    formats.set(timeZone, format);
  }
  return Object.fromEntries(format.formatToParts(at).map(({type, value}) => [type, value]));
}

/** `20261122 10:00:00`, on the clock of a zone. */
export function zoned(at: Date, timeZone: string): string {
  const {year, month, day, hour, minute, second} = parts(at, timeZone);
  return `${year}${month}${day} ${hour}:${minute}:${second}`;
}

/** `20261122 10:00:00 US/Eastern`. */
export const eastern = (at: Date): string => `${zoned(at, "America/New_York")} US/Eastern`;

/** `20261122`, on the clock of a zone. */
export const dayIn = (at: Date, timeZone: string): string => zoned(at, timeZone).slice(0, 8);

const ZONES: Readonly<Record<string, string>> = {
  "US/Eastern": "America/New_York",
  EST: "America/New_York",
  EDT: "America/New_York",
  "US/Central": "America/Chicago",
  GMT: "UTC",
  JST: "Asia/Tokyo",
  MET: "Europe/Berlin"
};

/** A known zone under IBKR's name or the tz database's. */
export const zoneOf = (name: string): string => ZONES[name] ?? name;

/**
 * Reads `20261122 10:00:00 ZONE`, `20261122-10:00:00` (UTC) or `20261122`; without a zone, New York.
 * Undefined when it is none of these.
 */
export function parseTime(text: string): Date | undefined {
  const match = /^(\d{4})(\d{2})(\d{2})(?:(-| +)(\d{1,2}):(\d{2})(?::(\d{2}))?(?: +(\S+))?)?$/.exec(
    text.trim()
  );
  if (!match) return undefined;
  const [, year, month, day, mark, hour = "0", minute = "0", second = "0", zone] = match;
  const wall = Date.UTC(+year, +month - 1, +day, +hour, +minute, +second);
  if (Number.isNaN(wall)) return undefined;
  if (mark === "-") return new Date(wall);
  try {
    return atWall(wall, zoneOf(zone ?? "US/Eastern"));
  } catch {
    return undefined; // no such zone
  }
}

/** The instant at which a zone's clock shows a time that is given as if it were UTC. */
export function atWall(wall: number, timeZone: string): Date {
  let instant = wall;
  for (let i = 0; i < 2; ++i) instant += wall - shown(new Date(instant), timeZone);
  return new Date(instant);
}

function shown(at: Date, timeZone: string): number {
  const {year, month, day, hour, minute, second} = parts(at, timeZone);
  return Date.UTC(+year, +month - 1, +day, +hour, +minute, +second);
}
