/** Where things are traded: their hours, their zones, the days they rest. */

import {dayOf, weekdayOf, yearOf} from "./days.js";

export interface Exchange {
  /** Yahoo's code and name of it. */
  code: string;
  name: string;
  zone: string;
  /** Hours of the regular session, as minutes of the local day. */
  open: number;
  close: number;
  rest: Rest;
  /** Sessions on Saturday and Sunday, too. */
  always?: true;
  /** Whether there is a session on a day, where that does not follow from the days of rest. */
  sessions?: (day: number) => boolean | undefined;
}

/** Days of a year on which there is no session though it be a weekday. */
type Rest = (year: number) => number[];

/** Western Easter Sunday (anonymous Gregorian algorithm). */
function easter(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return date(year, Math.floor(n / 31), (n % 31) + 1);
}

const date = (year: number, month: number, day: number): number =>
  Math.round(Date.UTC(year, month - 1, day) / 86_400_000);

/** The n-th weekday (0 is Sunday) of a month; -1 is the last. */
function nth(year: number, month: number, weekday: number, n: number): number {
  if (n > 0) {
    const first = date(year, month, 1);
    return first + ((weekday - weekdayOf(first) + 7) % 7) + 7 * (n - 1);
  }
  const last = date(year, month + 1, 0);
  return last - ((weekdayOf(last) - weekday + 7) % 7);
}

const american = (day: number): number => day + ({0: 1, 6: -1}[weekdayOf(day)] ?? 0);
const british = (day: number): number => day + ({0: 1, 6: 2}[weekdayOf(day)] ?? 0);
const mondays = (day: number): number => day + (weekdayOf(day) === 0 ? 1 : 0);
const days = (from: number, count: number): number[] => Array.from({length: count}, (_, i) => from + i);

const MOURNING = [dayOf("2018-12-05"), dayOf("2025-01-09")];

const newYork: Rest = (year) => [
  ...(weekdayOf(date(year, 1, 1)) === 6 ? [] : [american(date(year, 1, 1))]),
  nth(year, 1, 1, 3),
  nth(year, 2, 1, 3),
  easter(year) - 2,
  nth(year, 5, 1, -1),
  ...(year >= 2022 ? [american(date(year, 6, 19))] : []),
  american(date(year, 7, 4)),
  nth(year, 9, 1, 1),
  nth(year, 11, 4, 4),
  american(date(year, 12, 25)),
  ...MOURNING.filter((day) => yearOf(day) === year)
];

/** The bond market, as the Treasury publishes yields: Columbus Day and Veterans Day rest, too. */
const bonds: Rest = (year) => [
  ...newYork(year).filter((day) => !MOURNING.includes(day)),
  nth(year, 10, 1, 2),
  mondays(date(year, 11, 11))
];

/** Futures of CME: only the days on which nearly all rests. */
const chicago: Rest = (year) => [
  ...(weekdayOf(date(year, 1, 1)) === 6 ? [] : [american(date(year, 1, 1))]),
  easter(year) - 2,
  american(date(year, 12, 25))
];

/** Days on which the Eurosystem's payments rest; the ECB publishes no rates. */
const target: Rest = (year) => [
  date(year, 1, 1),
  easter(year) - 2,
  easter(year) + 1,
  date(year, 5, 1),
  date(year, 12, 25),
  date(year, 12, 26)
];

const frankfurt: Rest = (year) => [...target(year), date(year, 12, 24), date(year, 12, 31)];

const london: Rest = (year) => [
  british(date(year, 1, 1)),
  easter(year) - 2,
  easter(year) + 1,
  nth(year, 5, 1, 1),
  nth(year, 5, 1, -1),
  nth(year, 8, 1, -1),
  ...boxing(year)
];

function boxing(year: number): number[] {
  const christmas = date(year, 12, 25);
  const shift = {0: 1, 6: 2, 5: 0}[weekdayOf(christmas)] ?? 0;
  const second = {5: 2, 6: 1, 0: 1}[weekdayOf(christmas)] ?? 0;
  return [christmas + shift, christmas + 1 + Math.max(shift, second)];
}

const tokyo: Rest = (year) => [
  ...days(date(year, 1, 1), 3),
  nth(year, 1, 1, 2),
  mondays(date(year, 2, 11)),
  ...(year >= 2020 ? [mondays(date(year, 2, 23))] : []),
  mondays(date(year, 3, 20)),
  mondays(date(year, 4, 29)),
  ...days(date(year, 5, 3), 3),
  nth(year, 7, 1, 3),
  ...(year >= 2016 ? [mondays(date(year, 8, 11))] : []),
  nth(year, 9, 1, 3),
  mondays(date(year, 9, 23)),
  nth(year, 10, 1, 2),
  mondays(date(year, 11, 3)),
  mondays(date(year, 11, 23)),
  date(year, 12, 31)
];

const LUNAR_NEW_YEARS = (
  "2014-01-31 2015-02-19 2016-02-08 2017-01-28 2018-02-16 2019-02-05 2020-01-25 2021-02-12 2022-02-01 " +
  "2023-01-22 2024-02-10 2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13 2030-02-03 2031-01-23"
)
  .split(" ")
  .map(dayOf);

const lunar = (year: number): number[] => LUNAR_NEW_YEARS.filter((day) => yearOf(day) === year);

const shanghai: Rest = (year) => [
  date(year, 1, 1),
  ...lunar(year).flatMap((day) => days(day - 1, 7)),
  date(year, 4, 5),
  ...days(date(year, 5, 1), 3),
  ...days(date(year, 10, 1), 7)
];

const hongKong: Rest = (year) => [
  mondays(date(year, 1, 1)),
  ...lunar(year).flatMap((day) => days(day, 3)),
  date(year, 4, 5),
  easter(year) - 2,
  easter(year) + 1,
  date(year, 5, 1),
  date(year, 7, 1),
  date(year, 10, 1),
  date(year, 12, 25),
  date(year, 12, 26)
];

const mumbai: Rest = (year) => [
  date(year, 1, 26),
  easter(year) - 2,
  date(year, 4, 14),
  date(year, 5, 1),
  date(year, 8, 15),
  date(year, 10, 2),
  date(year, 12, 25)
];

const sydney: Rest = (year) => [
  mondays(date(year, 1, 1)),
  mondays(date(year, 1, 26)),
  easter(year) - 2,
  easter(year) + 1,
  date(year, 4, 25),
  nth(year, 6, 1, 2),
  ...boxing(year)
];

const saoPaulo: Rest = (year) => [
  date(year, 1, 1),
  easter(year) - 48,
  easter(year) - 47,
  easter(year) - 2,
  date(year, 4, 21),
  date(year, 5, 1),
  easter(year) + 60,
  date(year, 9, 7),
  date(year, 10, 12),
  date(year, 11, 2),
  date(year, 11, 15),
  date(year, 12, 24),
  date(year, 12, 25),
  date(year, 12, 31)
];

const newYearAndChristmas: Rest = (year) => [date(year, 1, 1), date(year, 12, 25)];
const never: Rest = () => [];

const hours = (from: string, to: string) => {
  const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
  return {open: minutes(from), close: minutes(to)};
};
const place = (code: string, name: string, zone: string, from: string, to: string, rest: Rest): Exchange => ({
  code,
  name,
  zone,
  ...hours(from, to),
  rest
});

const NEW_YORK = "America/New_York";

export const EXCHANGES = {
  nyse: place("NYQ", "NYSE", NEW_YORK, "09:30", "16:00", newYork),
  nasdaq: place("NMS", "NasdaqGS", NEW_YORK, "09:30", "16:00", newYork),
  arca: place("PCX", "NYSEArca", NEW_YORK, "09:30", "16:00", newYork),
  snp: place("SNP", "SNP", NEW_YORK, "09:30", "16:00", newYork),
  dji: place("DJI", "DJI", NEW_YORK, "09:30", "16:00", newYork),
  nim: place("NIM", "Nasdaq GIDS", NEW_YORK, "09:30", "16:00", newYork),
  wcb: place("WCB", "Chicago Options", NEW_YORK, "09:30", "16:00", newYork),
  cboe: place("CXI", "Chicago Options", "America/Chicago", "08:30", "15:15", newYork),
  comex: place("CMX", "COMEX", NEW_YORK, "00:00", "17:00", chicago),
  nymex: place("NYM", "NY Mercantile", NEW_YORK, "00:00", "17:00", chicago),
  cbot: place("CBT", "CBOT", NEW_YORK, "00:00", "17:00", chicago),
  ice: place("NYB", "ICE Futures", NEW_YORK, "00:00", "17:00", chicago),
  toronto: place("TOR", "Toronto", "America/Toronto", "09:30", "16:00", newYork),
  frankfurt: place("GER", "XETRA", "Europe/Berlin", "09:00", "17:30", frankfurt),
  zurich: place("ZRH", "Swiss", "Europe/Zurich", "09:00", "17:30", frankfurt),
  stoxx: place("ZRH", "Zurich", "Europe/Berlin", "09:00", "17:50", target),
  paris: place("PAR", "Paris", "Europe/Paris", "09:00", "17:30", target),
  london: place("LSE", "LSE", "Europe/London", "08:00", "16:30", london),
  ftse: place("FGI", "FTSE Index", "Europe/London", "08:00", "16:30", london),
  tokyo: place("JPX", "Tokyo", "Asia/Tokyo", "09:00", "15:30", tokyo),
  osaka: place("OSA", "Osaka", "Asia/Tokyo", "09:00", "15:30", tokyo),
  hongKong: place("HKG", "HKSE", "Asia/Hong_Kong", "09:30", "16:00", hongKong),
  shanghai: place("SHH", "Shanghai", "Asia/Shanghai", "09:30", "15:00", shanghai),
  seoul: place("KSC", "KSE", "Asia/Seoul", "09:00", "15:30", hongKong),
  taipei: place("TAI", "Taiwan", "Asia/Taipei", "09:00", "13:30", hongKong),
  mumbai: place("BSE", "BSE", "Asia/Kolkata", "09:15", "15:30", mumbai),
  singapore: place("SES", "SES", "Asia/Singapore", "09:00", "17:00", hongKong),
  mexico: place("MEX", "Mexico", "America/Mexico_City", "08:30", "15:00", newYearAndChristmas),
  sydney: place("ASX", "ASX", "Australia/Sydney", "10:00", "16:00", sydney),
  saoPaulo: place("SAO", "São Paulo", "America/Sao_Paulo", "10:00", "17:00", saoPaulo),
  currencies: place("CCY", "CCY", "Europe/London", "00:00", "23:59", newYearAndChristmas),
  crypto: {...place("CCC", "CCC", "UTC", "00:00", "23:59", never), always: true},
  bonds: place("", "", NEW_YORK, "09:00", "17:00", bonds),
  target: place("", "", "Europe/Berlin", "09:00", "16:00", target)
} as const satisfies Record<string, Exchange>;
export type ExchangeName = keyof typeof EXCHANGES;

const rests = new Map<Rest, Map<number, Set<number>>>();

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
