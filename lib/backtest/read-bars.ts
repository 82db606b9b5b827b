import {parse} from "csv-parse/browser/esm/sync";
import type {Bars} from "./bars.js";

/** Bars from a file, and what was odd in it. */
export interface BarFile {
  bars: Bars;
  /** Sentences on what was left out. */
  warnings: string[];
}

/** A file of bars that cannot be used; its message says where and why. */
export class BarFileError extends Error {
  override readonly name = "BarFileError";
}

const TIMES = ["date", "time", "datetime", "timestamp"];
const PRICES = ["open", "high", "low", "close"] as const;
/** What stands in a cell in the place of a number that is missing. */
export const EMPTY = /^(|nan|null|none|na|n\/a|-)$/i;
/** A line of the file, its cells without space around. */
export interface Row {
  line: number;
  cells: string[];
}

/** Where in a row the columns are. */
interface Columns {
  times: number[];
  /** In the order of {@link PRICES}. */
  prices: number[];
  /** -1 when there is none. */
  volume: number;
  count: number;
}

/**
 * Reads bars from CSV: columns, in any case and order, date, time, datetime, timestamp or an unnamed first one (date and
 * time may be two), open, high, low, close and perhaps volume; others are not looked at. Commas, semicolons or tabs stand
 * between. Times are ISO (UTC unless they say otherwise), yyyymmdd, or seconds or milliseconds since 1970; the stamp of a
 * row is the time of its bar. A row without any price is a missing bar: it is left out, with a warning.
 *
 * @throws BarFileError if a column is missing, a row cannot be read, times do not rise, a price is not above zero, low and
 * high do not hold open and close, a volume is below zero, or no bar is left
 */
export function readBars(
  csv: string,
  {symbol = "ASSET", currency = "USD"}: {symbol?: string; currency?: string} = {}
): BarFile {
  const [header, ...rows] = rowsOf(csv);
  const columns = columnsOf(header?.cells ?? []);
  const isMissing = ({cells}: Row) => columns.prices.every((at) => EMPTY.test(cells[at]));
  const wrong = rows.find(({cells}) => cells.length !== columns.count);
  if (wrong) throw fault(wrong, `${wrong.cells.length} columns, but ${columns.count} names`);
  const present = rows.filter((row) => !isMissing(row));
  if (!present.length)
    throw new BarFileError("there are no bars: the file needs rows of time, open, high, low, close");
  const column = () => new Float64Array(present.length);
  const [time, open, high, low, close, volume] = [column(), column(), column(), column(), column(), column()];
  const prices = [open, high, low, close];
  for (const [i, row] of present.entries()) {
    time[i] = timeOf(row, columns.times);
    for (const [p, name] of PRICES.entries()) prices[p][i] = priceOf(row, name, columns.prices[p]);
    volume[i] = columns.volume < 0 ? NaN : volumeOf(row, columns.volume);
    if (!(low[i] <= Math.min(open[i], close[i]) && Math.max(open[i], close[i]) <= high[i]))
      throw fault(row, `low ${low[i]} and high ${high[i]} do not hold open ${open[i]} and close ${close[i]}`);
    if (i > 0 && !(time[i] > time[i - 1]))
      throw fault(row, orderFault(time[i], time[i - 1], present[i - 1].line));
  }
  const lines = rows.filter(isMissing).map(({line}) => line);
  const warnings = lines.length ? [`no price in line ${lines.join(", ")}: left out`] : [];
  return {bars: {symbol, currency, time, open, high, low, close, volume}, warnings};
}

/**
 * Returns the lines of a CSV with commas, semicolons or tabs, whichever the first line has most of.
 * @throws BarFileError if quotes are left open
 */
export function rowsOf(csv: string): Row[] {
  const first = csv.slice(0, csv.search(/[\r\n]|$/));
  const delimiter = [",", ";", "\t"].reduce((most, each) =>
    first.split(each).length > first.split(most).length ? each : most
  );
  const options = {
    bom: true,
    delimiter,
    trim: true,
    skip_empty_lines: true,
    relax_column_count: true,
    info: true
  };
  try {
    const records = parse(csv, options) as unknown as {record: string[]; info: {lines: number}}[]; // by option info
    return records.map(({record, info}) => ({line: info.lines, cells: record}));
  } catch (error) {
    throw new BarFileError(`the file is no CSV: ${(error as Error).message}`, {cause: error}); // csv-parse throws errors only
  }
}

function columnsOf(header: readonly string[]): Columns {
  const names = header.map((name) => name.toLowerCase());
  const twice = [...TIMES, ...PRICES, "volume"].find(
    (name) => names.indexOf(name) !== names.lastIndexOf(name)
  );
  if (twice !== undefined) throw new BarFileError(`two columns are named ${twice}`);
  const named = TIMES.map((name) => names.indexOf(name)).filter((at) => at >= 0);
  const isSplit = names.includes("date") && names.includes("time");
  const times = isSplit ? named.slice(0, 2) : named.length ? named.slice(0, 1) : names[0] === "" ? [0] : [];
  if (!times.length)
    throw new BarFileError(
      `missing column: date, time, datetime or timestamp: there are ${header.join(", ")}`
    );
  for (const name of PRICES)
    if (!names.includes(name))
      throw new BarFileError(`missing column: ${name}: there are ${header.join(", ")}`);
  return {
    times,
    prices: PRICES.map((name) => names.indexOf(name)),
    volume: names.indexOf("volume"),
    count: header.length
  };
}

function timeOf(row: Row, columns: readonly number[]): number {
  const text = columns.map((at) => row.cells[at]).join(" ");
  const time = parseTime(text);
  if (Number.isNaN(time))
    throw fault(
      row,
      `time ${text || "is empty"}: write 2025-01-31, 2025-01-31 15:30, 20250131 or seconds since 1970`
    );
  return time;
}

const STAMP =
  /^(\d{4})([-/]?)(\d{2})\2(\d{2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?$/i;

/** Returns milliseconds since 1970 UTC; NaN when the text is no time. */
export function parseTime(text: string): number {
  const match = STAMP.exec(text);
  if (!match)
    return /^\d{9,10}(\.\d+)?$/.test(text)
      ? Number(text) * 1000
      : /^\d{12,13}$/.test(text)
        ? Number(text)
        : NaN;
  const [, year, , month, day, hour = "0", minute = "0", second = "0", fraction = "0", zone = "Z"] = match;
  const date = Date.UTC(+year, +month - 1, +day);
  if (new Date(date).getUTCDate() !== +day || +hour > 23 || +minute > 59 || +second > 59) return NaN;
  const offset = /^[+-]/.test(zone) ? Number(`${zone[0]}1`) * (+zone.slice(1, 3) * 60 + +zone.slice(-2)) : 0;
  return date + ((+hour * 60 + +minute - offset) * 60 + +second + +`0.${fraction}`) * 1000;
}

function priceOf(row: Row, name: string, at: number): number {
  const text = row.cells[at];
  const price = text === "" ? NaN : Number(text);
  if (!(price > 0 && price < Infinity))
    throw fault(row, `${name} ${text || "is empty"}: a price is a number above zero`);
  return price;
}

function volumeOf(row: Row, at: number): number {
  const text = row.cells[at];
  if (EMPTY.test(text)) return NaN;
  const volume = Number(text);
  if (!(volume >= 0 && volume < Infinity)) throw fault(row, `volume ${text}: it is a number, zero or more`);
  return volume;
}

function orderFault(time: number, before: number, line: number): string {
  const show = (at: number) => new Date(at).toISOString();
  return time === before
    ? `time ${show(time)} is that of line ${line} again: keep one of them`
    : `time ${show(time)} is before ${show(before)} of line ${line}: sort the rows by time`;
}

function fault({line}: Row, what: string): BarFileError {
  return new BarFileError(`line ${line}: ${what}`);
}
