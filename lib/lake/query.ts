import {COLUMNS, type ColumnType} from "./columns.js";
import type {DatasetId, Kind, Layer} from "./dataset.js";
import {dayNumber, isDay} from "../time/day.js";

/** What a query may compare with. */
export const OPERATORS = ["=", "!=", "<", "<=", ">", ">="] as const;
export type Operator = (typeof OPERATORS)[number];

/** A condition on a column: `close>100`. */
export interface Filter {
  column: string;
  operator: Operator;
  /** Text for text columns, an ISO day for days, ISO or milliseconds for times, else a number. */
  value: string;
}

/** A question about the rows of one dataset. */
export interface LakeQuery {
  layer: Layer;
  id: DatasetId;
  /** In the order wanted; all of the kind's when empty. */
  columns: readonly string[];
  /** All when empty. */
  symbols: readonly string[];
  /** Days, ISO, included. */
  from?: string;
  to?: string;
  filters: readonly Filter[];
  /** `asc`: the first rows in the order of the key; `desc`: the last ones, from the end. */
  order: "asc" | "desc";
  limit: number;
}

/** Columns of an answer, by name, in the order asked for. */
export interface Answer {
  columns: readonly {name: string; type: ColumnType; values: AnswerColumn}[];
  length: number;
  /** Rows that match, shown or not. */
  matches: number;
}

export type AnswerColumn = readonly string[] | Float64Array | Int32Array;

const FILTER = /^\s*(\w+)\s*(!=|<=|>=|=|<|>)\s*(.*?)\s*$/s;

/**
 * Reads conditions with semicolons between: `close>100;currency=USD`. Nothing of them is ever SQL.
 * @throws RangeError, saying which one is not understood
 */
export function parseFilters(text: string): Filter[] {
  return text
    .split(";")
    .filter((part) => part.trim() !== "")
    .map((part) => {
      const [, column, operator, value] = FILTER.exec(part) ?? [];
      if (column === undefined) {
        throw new RangeError(
          `invalid filter: ${part.trim()}: write column, one of ${OPERATORS.join(" ")}, value`
        );
      }
      return {column, operator: operator as Operator, value}; // one of the pattern's
    });
}

/**
 * Returns the sentence on what a question asks that its kind of rows does not have; null where it asks for nothing odd.
 */
export function queryProblem(
  kind: Kind,
  {columns, filters}: Pick<LakeQuery, "columns" | "filters">
): string | null {
  const specs = specsOf(kind);
  const strange = [...columns, ...filters.map(({column}) => column)].find((name) => !specs.has(name));
  if (strange !== undefined)
    return `no such column: ${strange}: ${kind} have ${[...specs.keys()].join(", ")}`;
  if (new Set(columns).size !== columns.length) return "a column is asked for twice";
  for (const filter of filters) {
    const type = specs.get(filter.column)!; // looked up above
    if (type !== "text" && Number.isNaN(readValue(type, filter.value)))
      return `invalid value of ${filter.column}: ${filter.value}: write ${WRITE[type]}`;
  }
  return null;
}

const WRITE = {number: "a number", day: "an ISO day", time: "ISO 8601 or milliseconds"};

function specsOf(kind: Kind): Map<string, ColumnType> {
  return new Map(Object.entries(COLUMNS[kind]).map(([name, {type}]) => [name, type]));
}

/** Returns what a condition compares with, as a column of its type is held; NaN where the text is none. */
export function readValue(type: Exclude<ColumnType, "text">, value: string): number {
  if (value.trim() === "") return NaN;
  if (type === "day") return isDay(value) ? dayNumber(value) : NaN;
  const plain = Number(value);
  return type === "time" && Number.isNaN(plain) ? Date.parse(value) : plain;
}
