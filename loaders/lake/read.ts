import type {DuckDBConnection} from "@duckdb/node-api";
import {rowsOf, type Columns, type Rows} from "../../lib/lake/columns.js";
import type {Kind} from "../../lib/lake/dataset.js";
import {keysOf, orderOf} from "../../lib/lake/keys.js";
import {dayNumber} from "../../lib/time/day.js";
import type {AnswerColumn} from "../../lib/lake/query.js";
import {columnsOf, symbolOf} from "./columns.js";
import {literal, parquet} from "./engine.js";
import {fetchColumns} from "./fetch.js";
import {pathOf, type Folder, type Part} from "./manifest.js";
import type {ReadOptions} from "./port.js";
import {MANY_ROWS} from "./stage.js";

/**
 * Returns which parts may hold rows of days.
 * @throws RangeError for what is no day
 */
export function partsOf(parts: readonly Part[], {from, to}: Pick<ReadOptions, "from" | "to">): Part[] {
  for (const day of [from, to]) if (day !== undefined) dayNumber(day);
  return parts.filter(
    (part) => (from === undefined || part.to >= from) && (to === undefined || part.from <= to)
  );
}

/** Returns the conditions of days and symbols, and what they bind by number. */
export function conditionsOf(
  kind: Kind,
  {symbols, from, to}: ReadOptions
): {sql: string[]; values: string[]} {
  const places = symbols?.map((_, i) => `$${i + 1}`);
  return {
    sql: [
      ...(from === undefined ? [] : [`"day" >= date ${literal(from)}`]),
      ...(to === undefined ? [] : [`"day" <= date ${literal(to)}`]),
      ...(places ? [places.length ? `${symbolOf(kind)} in (${places.join(", ")})` : "false"] : [])
    ],
    values: [...(symbols ?? [])]
  };
}

/** Returns rows of parts in the order of their key; @param parts in the order of their partitions */
export async function readRows<K extends Kind>(
  connection: DuckDBConnection,
  kind: K,
  folder: Folder,
  parts: readonly Part[],
  options: ReadOptions
): Promise<Rows<K>> {
  if (!parts.length) return rowsOf(kind, []);
  const {sql, values} = conditionsOf(kind, options);
  const paths = parts.map((part) => pathOf(folder, part));
  const where = sql.length ? `where ${sql.join(" and ")}` : "";
  const rows = parts.reduce((total, part) => total + part.rows, 0);
  const columns = columnsOf(kind);
  const fetched = await fetchColumns(connection, {
    columns,
    source: `${parquet(paths)} ${where}`,
    values,
    isMany: rows >= MANY_ROWS && !options.symbols
  });
  const named = columns.map(({name}, i) => [name, fetched.columns[i]]);
  return inOrder({kind, length: fetched.length, columns: Object.fromEntries(named) as Columns<K>}); // one of each column
}

function inOrder<K extends Kind>(rows: Rows<K>): Rows<K> {
  const places = Int32Array.from({length: rows.length}, (_, i) => i);
  const order = orderOf(keysOf(rows), places);
  if (order === places) return rows;
  const columns = Object.entries<AnswerColumn>(rows.columns).map(([name, values]) => [
    name,
    taken(values, order)
  ]);
  return {...rows, columns: Object.fromEntries(columns) as Columns<K>}; // the same ones
}

function taken(values: AnswerColumn, order: Int32Array): AnswerColumn {
  if (values instanceof Int32Array) return order.map((place) => values[place]);
  if (values instanceof Float64Array) {
    const column = new Float64Array(order.length);
    for (let i = 0; i < order.length; ++i) column[i] = values[order[i]];
    return column;
  }
  return Array.from(order, (place) => values[place]);
}
