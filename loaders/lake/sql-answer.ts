import {DuckDBTypeId, type DuckDBResultReader, type Json} from "@duckdb/node-api";
import type {Answer} from "../../lib/lake/query.js";
import {dayNumber, isDay} from "../../lib/time/day.js";

type AnsweredColumn = Answer["columns"][number];
type Held = Pick<AnsweredColumn, "type" | "values">;

const NUMBERS = new Set([
  DuckDBTypeId.TINYINT,
  DuckDBTypeId.SMALLINT,
  DuckDBTypeId.INTEGER,
  DuckDBTypeId.BIGINT,
  DuckDBTypeId.HUGEINT,
  DuckDBTypeId.UTINYINT,
  DuckDBTypeId.USMALLINT,
  DuckDBTypeId.UINTEGER,
  DuckDBTypeId.UBIGINT,
  DuckDBTypeId.UHUGEINT,
  DuckDBTypeId.FLOAT,
  DuckDBTypeId.DOUBLE
]);
const TIMES = new Set([
  DuckDBTypeId.TIMESTAMP,
  DuckDBTypeId.TIMESTAMP_S,
  DuckDBTypeId.TIMESTAMP_MS,
  DuckDBTypeId.TIMESTAMP_NS
]);

/**
 * Returns the result of a SELECT as columns of the four types that the lake knows. What a column of numbers or days
 * cannot hold as it is (decimals, whole numbers beyond 2^53, days that are not given, lists, …) is text.
 */
export function answerOfResult(reader: DuckDBResultReader, limit: number): Answer {
  const all = reader.getColumnsJson();
  const columns = reader.deduplicatedColumnNames().map((name, i): AnsweredColumn => {
    const values = all[i].slice(0, limit);
    return {name, ...(heldAs(reader.columnTypeId(i), values) ?? {type: "text", values: values.map(textOf)})};
  });
  const length = Math.min(reader.currentRowCount, limit);
  return {columns, length, matches: length};
}

function heldAs(id: DuckDBTypeId, values: readonly Json[]): Held | null {
  if (NUMBERS.has(id)) return numbers(id, values);
  if (TIMES.has(id)) {
    const times = values.map((value) =>
      value === null ? NaN : Date.parse(`${textOf(value).replace(" ", "T")}Z`)
    );
    return {type: "time", values: Float64Array.from(times)};
  }
  if (id !== DuckDBTypeId.DATE || !values.every((value) => isDay(textOf(value)))) return null;
  return {type: "day", values: Int32Array.from(values, (value) => dayNumber(textOf(value)))};
}

function numbers(id: DuckDBTypeId, values: readonly Json[]): Held | null {
  const isReal = id === DuckDBTypeId.DOUBLE || id === DuckDBTypeId.FLOAT;
  const held = Float64Array.from(values, (value) => (value === null ? NaN : Number(value)));
  const isExact = isReal || held.every((value) => Number.isNaN(value) || Number.isSafeInteger(value));
  return isExact ? {type: "number", values: held} : null;
}

function textOf(value: Json): string {
  if (value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
