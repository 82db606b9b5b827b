import type {ColumnType} from "../../lib/lake/columns.js";
import {formatCompact, formatDay, formatNumber} from "../format.js";

/** Most decimals that a column of numbers is printed with. */
const MOST_DIGITS = 6;

/** Returns the decimals that some values need, so that a column's points stand below each other. */
export function digitsOf(values: readonly unknown[]): number {
  let digits = 0;
  for (const value of values) {
    if (typeof value !== "number" || !Number.isFinite(value)) continue;
    const places = Math.max(0, MOST_DIGITS + 1 - String(Math.trunc(Math.abs(value))).length);
    const text = value.toFixed(Math.min(MOST_DIGITS, places));
    digits = Math.max(digits, text.includes(".") ? text.split(".")[1].replace(/0+$/, "").length : 0);
  }
  return digits;
}

/** Returns a value as a cell shows it: days ISO, times in UTC, numbers with so many decimals; empty where not given. */
export function printValue(value: unknown, type: ColumnType, digits: number): string {
  if (value === null || value === undefined) return "";
  if (type === "day") return new Date(Number(value)).toISOString().slice(0, 10);
  if (type === "time") return new Date(Number(value)).toISOString().slice(0, 16).replace("T", " ");
  return type === "number" ? formatNumber(Number(value), {digits}) : String(value as string);
}

const DAY_MS = 86_400_000;

/** Returns a range of values, short: "Oct 2016 – Nov 2026", "20 Oct – 3 Nov", "−40.3 – 184K". */
export function printRange(from: number, to: number, type: ColumnType): string {
  if (type === "number") return `${printEdge(from)} – ${printEdge(to)}`;
  const [first, last] = [from, to].map((edge) =>
    new Date(type === "day" ? edge * DAY_MS : edge).toISOString()
  );
  const days = (Date.parse(last) - Date.parse(first)) / DAY_MS;
  const say = (time: string) => {
    if (days > 300) return formatDay(time).replace(/^\d+ /, "");
    const day = formatDay(time, {year: false});
    return type === "time" && days < 3 ? `${day} ${time.slice(11, 16)}` : day;
  };
  return say(first) === say(last) ? say(first) : `${say(first)} – ${say(last)}`;
}

function printEdge(edge: number): string {
  const size = Math.abs(edge);
  if (size >= 10_000) return formatCompact(edge);
  return formatNumber(edge, {digits: size >= 100 || size === 0 ? 0 : size >= 1 ? 1 : 4});
}

/** Returns the time of day, UTC: "14:30". */
export function clock(time: number): string {
  return new Date(time).toISOString().slice(11, 16);
}

/** Returns bytes as a person reads them: "12.3 MB". */
export function printBytes(bytes: number): string {
  const [unit, size] = bytes < 1e6 ? ["kB", 1e3] : bytes < 1e9 ? ["MB", 1e6] : ["GB", 1e9];
  return `${formatNumber(bytes / size, {digits: bytes < 1e4 || bytes >= 1e6 ? 1 : 0})} ${unit}`;
}

/** Returns a count with its word: "1 row", "1,234 rows". */
export function count(n: number, word: string): string {
  return `${formatNumber(n, {digits: 0})} ${word}${n === 1 ? "" : "s"}`;
}
