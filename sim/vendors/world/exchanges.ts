/** Where things are traded: their hours, their zones, the days they rest. */

import {weekdayOf, yearOf} from "./days.js";
import * as holidays from "./holidays.js";

export interface Exchange {
  /** Yahoo's code and name of it. */
  code: string;
  name: string;
  zone: string;
  /** Hours of the regular session, as minutes of the local day. */
  open: number;
  close: number;
  rest: holidays.Rest;
  /** Sessions on Saturday and Sunday, too. */
  always?: true;
  /** Whether there is a session on a day, where that does not follow from the days of rest. */
  sessions?: (day: number) => boolean | undefined;
}

const hours = (from: string, to: string) => {
  const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
  return {open: minutes(from), close: minutes(to)};
};
const place = (
  code: string,
  name: string,
  zone: string,
  from: string,
  to: string,
  rest: holidays.Rest
): Exchange => ({
  code,
  name,
  zone,
  ...hours(from, to),
  rest
});

const NEW_YORK = "America/New_York";

export const EXCHANGES = {
  nyse: place("NYQ", "NYSE", NEW_YORK, "09:30", "16:00", holidays.newYork),
  nasdaq: place("NMS", "NasdaqGS", NEW_YORK, "09:30", "16:00", holidays.newYork),
  arca: place("PCX", "NYSEArca", NEW_YORK, "09:30", "16:00", holidays.newYork),
  snp: place("SNP", "SNP", NEW_YORK, "09:30", "16:00", holidays.newYork),
  dji: place("DJI", "DJI", NEW_YORK, "09:30", "16:00", holidays.newYork),
  nim: place("NIM", "Nasdaq GIDS", NEW_YORK, "09:30", "16:00", holidays.newYork),
  wcb: place("WCB", "Chicago Options", NEW_YORK, "09:30", "16:00", holidays.newYork),
  cboe: place("CXI", "Chicago Options", "America/Chicago", "08:30", "15:15", holidays.newYork),
  comex: place("CMX", "COMEX", NEW_YORK, "00:00", "17:00", holidays.chicago),
  nymex: place("NYM", "NY Mercantile", NEW_YORK, "00:00", "17:00", holidays.chicago),
  cbot: place("CBT", "CBOT", NEW_YORK, "00:00", "17:00", holidays.chicago),
  ice: place("NYB", "ICE Futures", NEW_YORK, "00:00", "17:00", holidays.chicago),
  toronto: place("TOR", "Toronto", "America/Toronto", "09:30", "16:00", holidays.newYork),
  frankfurt: place("GER", "XETRA", "Europe/Berlin", "09:00", "17:30", holidays.frankfurt),
  zurich: place("ZRH", "Swiss", "Europe/Zurich", "09:00", "17:30", holidays.frankfurt),
  stoxx: place("ZRH", "Zurich", "Europe/Berlin", "09:00", "17:50", holidays.target),
  paris: place("PAR", "Paris", "Europe/Paris", "09:00", "17:30", holidays.target),
  london: place("LSE", "LSE", "Europe/London", "08:00", "16:30", holidays.london),
  ftse: place("FGI", "FTSE Index", "Europe/London", "08:00", "16:30", holidays.london),
  tokyo: place("JPX", "Tokyo", "Asia/Tokyo", "09:00", "15:30", holidays.tokyo),
  osaka: place("OSA", "Osaka", "Asia/Tokyo", "09:00", "15:30", holidays.tokyo),
  hongKong: place("HKG", "HKSE", "Asia/Hong_Kong", "09:30", "16:00", holidays.hongKong),
  shanghai: place("SHH", "Shanghai", "Asia/Shanghai", "09:30", "15:00", holidays.shanghai),
  seoul: place("KSC", "KSE", "Asia/Seoul", "09:00", "15:30", holidays.hongKong),
  taipei: place("TAI", "Taiwan", "Asia/Taipei", "09:00", "13:30", holidays.hongKong),
  mumbai: place("BSE", "BSE", "Asia/Kolkata", "09:15", "15:30", holidays.mumbai),
  singapore: place("SES", "SES", "Asia/Singapore", "09:00", "17:00", holidays.hongKong),
  mexico: place("MEX", "Mexico", "America/Mexico_City", "08:30", "15:00", holidays.newYearAndChristmas),
  sydney: place("ASX", "ASX", "Australia/Sydney", "10:00", "16:00", holidays.sydney),
  saoPaulo: place("SAO", "São Paulo", "America/Sao_Paulo", "10:00", "17:00", holidays.saoPaulo),
  currencies: place("CCY", "CCY", "Europe/London", "00:00", "23:59", holidays.newYearAndChristmas),
  crypto: {...place("CCC", "CCC", "UTC", "00:00", "23:59", holidays.never), always: true},
  bonds: place("", "", NEW_YORK, "09:00", "17:00", holidays.bonds),
  target: place("", "", "Europe/Berlin", "09:00", "16:00", holidays.target)
} as const satisfies Record<string, Exchange>;
export type ExchangeName = keyof typeof EXCHANGES;

const rests = new Map<holidays.Rest, Map<number, Set<number>>>();

export function isSession({rest, always, sessions}: Exchange, day: number): boolean {
  const told = always ?? sessions?.(day);
  if (told !== undefined) return told;
  if (weekdayOf(day) % 6 === 0) return false;
  const byYear = rests.get(rest) ?? new Map<number, Set<number>>();
  rests.set(rest, byYear);
  const year = yearOf(day);
  const known = byYear.get(year) ?? new Set(rest(year));
  byYear.set(year, known);
  return !known.has(day);
}

const clocks = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

/** Seconds that a zone's clocks are ahead of UTC at an instant's hour. */
export function offsetAt(zone: string, seconds: number): number {
  const hour = Math.floor(seconds / 3600);
  const key = `${zone}${hour}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    const clock =
      clocks.get(zone) ??
      new Intl.DateTimeFormat("en-US", {
        timeZone: zone,
        hourCycle: "h23",
        year: "numeric",
        month: "numeric",
        day: "numeric",
        hour: "numeric",
        minute: "numeric"
      });
    clocks.set(zone, clock);
    const [month, day, year, hours, minutes] = clock
      .format(hour * 3_600_000)
      .match(/\d+/g)!
      .map(Number);
    offset = Date.UTC(year, month - 1, day, hours, minutes) / 1000 - hour * 3600;
    offsets.set(key, offset);
  }
  return offset;
}

/** Seconds since 1970 UTC of a local time (minutes of the day) at an exchange. */
export function instant({zone}: Exchange, day: number, minutes: number): number {
  const local = day * 86_400 + minutes * 60;
  const guess = local - offsetAt(zone, local);
  return local - offsetAt(zone, guess);
}

/** The local day of an instant. */
export function localDay({zone}: Exchange, seconds: number): number {
  return Math.floor((seconds + offsetAt(zone, seconds)) / 86_400);
}

/** The last day whose session is over at an instant. */
export function lastSession(exchange: Exchange, seconds: number): number {
  let day = localDay(exchange, seconds);
  while (!isSession(exchange, day) || instant(exchange, day, exchange.close) > seconds) --day;
  return day;
}

/** A short name of a zone's time: `EST`. */
export function zoneName({zone}: Exchange, seconds: number): string {
  const format = new Intl.DateTimeFormat("en-US", {timeZone: zone, timeZoneName: "short"});
  return format.formatToParts(seconds * 1000).find(({type}) => type === "timeZoneName")!.value;
}
