import type {ColumnType} from "../../lib/lake/columns.js";
import type {Answer} from "../../lib/lake/query.js";
import {dayOf} from "../../lib/time/day.js";

type Value = string | number | null;

/** Returns an answer as JSON: `{dataset, columns, rows, matches}`, each row a list of values; what is not given is null. */
export function encodeJson(dataset: string, {columns, length, matches}: Answer): string {
  const read = columns.map(({type}) => READ[type]);
  const rows = Array.from({length}, (_, i) => columns.map(({values}, place) => read[place](values[i])));
  return JSON.stringify({dataset, columns: columns.map(({name, type}) => ({name, type})), rows, matches});
}

/** Returns an answer as CSV (RFC 4180) with a header; what is not given is empty. */
export function encodeCsv({columns, length}: Answer): string {
  const read = columns.map(({type}) => READ[type]);
  const lines = [columns.map(({name}) => name).join(",")];
  for (let i = 0; i < length; ++i)
    lines.push(columns.map(({values}, place) => quote(read[place](values[i]))).join(","));
  return `${lines.join("\r\n")}\r\n`;
}

const READ: Readonly<Record<ColumnType, (value: string | number) => Value>> = {
  text: (value) => value || null,
  day: (value) => dayOf(Number(value)),
  time: (value) => (Number.isNaN(value) ? null : new Date(value).toISOString()),
  number: (value) => (Number.isNaN(value) ? null : value)
};

/** A text that a spreadsheet would run as a formula gets an apostrophe; symbols such as `^GSPC` are none. */
function quote(value: Value): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
