/** Which comes first in a date with slashes: the month or the day. */
export type DateOrder = "mdy" | "dmy";

/** What a file's dates with slashes have told so far: those seen that can be read in one way only, or in two. */
export interface SlashDates {
  order?: DateOrder | undefined;
}

/** Why a text is no date: it is none at all, its day and month cannot be told apart, or it contradicts the order of the file. */
export type DateFault = "unreadable" | "ambiguous" | "contradicts";

export type DateReading = {value: string} | {fault: DateFault};

const COMPACT = /^(\d{4})(\d\d)(\d\d)/;
const DASHED = /^(\d{4})-(\d\d)-(\d\d)/;
/** Four digits are a year unless they are two and the hour of a time that follows without a separator: `09/04/21114604`. */
const YEAR = String.raw`(\d{4}(?=$|[;, T]|\d{6}|\d\d:)|\d\d)`;
const SLASHED = new RegExp(String.raw`^(\d\d?)/(\d\d?)/${YEAR}`);
const NAMED = new RegExp(String.raw`^(\d\d?)-([A-Za-z]{3})-${YEAR}`);
const TIME =
  /^(?:[;, T]|, )?(\d\d):?(\d\d):?(\d\d)(?:\.\d+)?(?: ?([A-Za-z][A-Za-z0-9/_+-]*|[+-]\d\d:?\d\d|Z))?$/;
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Two-digit years below this are of the 2000s: accounts are older than bonds mature late. */
const PIVOT = 80;

/**
 * Reads a date or a time in any form that a Flex query can be set to: yyyyMMdd, yyyy-MM-dd, MM/dd/yyyy, MM/dd/yy,
 * dd/MM/yyyy, dd/MM/yy, dd-MMM-yy; then, perhaps, `;` `,` `, ` a space, `T` or nothing, HHmmss or HH:mm:ss and a zone.
 *
 * Where slashes leave open which is the day, `seen.order` tells; it is set by the first date that can be read in
 * one way only. A two-digit year is one of 1980 to 2079.
 *
 * @param text as printed, without white space around
 * @param seen the order of dates with slashes in this file; changed by a date that tells it
 * @returns `yyyy-mm-dd`, or `yyyy-mm-ddThh:mm:ss` with the zone as printed after a space
 */
export function readFlexDate(text: string, seen: SlashDates): DateReading {
  let match: RegExpExecArray | null;
  let year: string;
  let month: number;
  let day: number;
  if ((match = COMPACT.exec(text)) || (match = DASHED.exec(text))) {
    [year, month, day] = [match[1], Number(match[2]), Number(match[3])];
  } else if ((match = NAMED.exec(text))) {
    [year, month, day] = [match[3], MONTHS.indexOf(match[2].toLowerCase()) + 1, Number(match[1])];
  } else if ((match = SLASHED.exec(text))) {
    const [first, second] = [Number(match[1]), Number(match[2])];
    const order = slashOrder(first, second);
    if (order && seen.order && order !== seen.order) return {fault: "contradicts"};
    if (order) seen.order = order;
    else if (!seen.order && first !== second) return {fault: "ambiguous"};
    [year, month, day] = seen.order === "dmy" ? [match[3], second, first] : [match[3], first, second];
  } else return {fault: "unreadable"};

  const full = year.length === 4 ? Number(year) : Number(year) + (Number(year) < PIVOT ? 2000 : 1900);
  if (!exists(full, month, day)) return {fault: "unreadable"};
  const date = `${String(full).padStart(4, "0")}-${two(month)}-${two(day)}`;
  const rest = text.slice(match[0].length);
  if (!rest) return {value: date};
  const time = TIME.exec(rest);
  if (!time || Number(time[1]) > 23 || Number(time[2]) > 59 || Number(time[3]) > 60)
    return {fault: "unreadable"};
  return {value: `${date}T${time[1]}:${time[2]}:${time[3]}${time[4] ? ` ${time[4]}` : ""}`};
}

/** Returns HHmmss or HH:mm:ss as `hh:mm:ss`; undefined if it is neither. */
export function readFlexClock(text: string): string | undefined {
  const time = /^(\d\d):?(\d\d):?(\d\d)/.exec(text);
  return time && Number(time[1]) < 24 && Number(time[2]) < 60
    ? `${time[1]}:${time[2]}:${time[3]}`
    : undefined;
}

/** Returns the one order in which both numbers can be a day and a month; undefined if both can or none. */
function slashOrder(first: number, second: number): DateOrder | undefined {
  if (first > 12 && second <= 12) return "dmy";
  if (second > 12 && first <= 12) return "mdy";
  return undefined;
}

function exists(year: number, month: number, day: number): boolean {
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= DAYS[month - 1])) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month !== 2 || day < 29 || leap;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
