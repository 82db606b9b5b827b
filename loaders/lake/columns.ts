import {DOUBLE, ENUM, INTEGER, VARCHAR, type DuckDBType} from "@duckdb/node-api";
import {COLUMNS, KEYS, symbolColumn, type ColumnType} from "../../lib/lake/columns.js";
import type {Kind} from "../../lib/lake/dataset.js";
import {literal} from "./engine.js";

export interface Column {
  name: string;
  type: ColumnType;
}

/** Returns the columns of a kind, in order. */
export function columnsOf(kind: Kind): Column[] {
  return Object.entries(COLUMNS[kind]).map(([name, {type}]) => ({name, type}));
}

/** Returns the columns of a kind as SQL selects them, in order. */
export function selectionOf(kind: Kind): string {
  return columnsOf(kind)
    .map(({name}) => `"${name}"`)
    .join(", ");
}

/** Returns the same in the types of a part, into which DuckDB reads times no more finely than they are. */
export function storedSelection(kind: Kind, of = ""): string {
  return columnsOf(kind)
    .map(({name, type}) => `${of}"${name}"::${STORED[type]} as "${name}"`)
    .join(", ");
}

/** Returns the key of a kind as SQL writes it: what rows are one by, and sorted by. */
export function keyOf(kind: Kind): string {
  return KEYS[kind].map((name) => `"${name}"`).join(", ");
}

/** Returns what makes the rows of two tables one: `a."symbol" = b."symbol" and …`. */
export function sameKey(kind: Kind, a: string, b: string): string {
  return KEYS[kind].map((name) => `${a}."${name}" = ${b}."${name}"`).join(" and ");
}

/** Types of the columns of a part. */
export const STORED: Readonly<Record<ColumnType, string>> = {
  text: "varchar",
  time: "timestamp_ms",
  day: "date",
  number: "double"
};

/** Types of values as they come from, and go to, columns of JavaScript: none of them is ever null. */
export function plainType(type: ColumnType, words: readonly string[] | null): DuckDBType {
  if (type === "text") return words ? ENUM(words) : VARCHAR;
  return type === "day" ? INTEGER : DOUBLE;
}

/** Returns what makes a stored value of a plain one; what is not given is null. */
export function toStored({name, type}: Column): string {
  const expressions: Readonly<Record<ColumnType, string>> = {
    text: `nullif("${name}"::varchar, '')`,
    time: `epoch_ms("${name}"::bigint)::timestamp_ms`,
    day: `date '1970-01-01' + "${name}"`,
    number: `nullif("${name}", 'nan'::double)`
  };
  return `${expressions[type]} as "${name}"`;
}

/**
 * Returns what makes a plain value of a stored one: "" or NaN where it is null.
 *
 * @param words all texts that there are, when they are few: a number each is read faster than a text each
 */
export function toPlain({name, type}: Column, words: readonly string[] | null): string {
  const text = `coalesce("${name}", '')`;
  const expressions: Readonly<Record<ColumnType, string>> = {
    text: words ? `${text}::${enumOf(words)}` : text,
    time: `epoch_ms("${name}")::double`,
    day: `("${name}" - date '1970-01-01')::integer`,
    number: `coalesce("${name}", 'nan'::double)`
  };
  return `${expressions[type]} as "${name}"`;
}

/** Returns the type of a column that holds nothing but some words. */
export function enumOf(words: readonly string[]): string {
  return `enum(${words.map(literal).join(", ")})`;
}

/** Returns whose row it is: the symbol, the series, or the two codes of a pair of currencies. */
export function symbolOf(kind: Kind, of = ""): string {
  return kind === "fx" ? `${of}"base" || ${of}"quote"` : `${of}"${symbolColumn(kind)}"`;
}
