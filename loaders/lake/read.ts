import type {DuckDBConnection} from "@duckdb/node-api";
import {rowsOf, type Columns, type Rows} from "../../lib/lake/columns.js";
import type {Kind} from "../../lib/lake/dataset.js";
import {dayNumber} from "../../lib/time/day.js";
import {columnsOf, symbolOf} from "./columns.js";
import {literal, parquet} from "./engine.js";
import {fetchColumns} from "./fetch.js";
import {pathOf, type Folder, type Part} from "./manifest.js";
import {inOrder} from "./order.js";
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
  const rows = parts.reduce((total, part) => total + part.rows, 0);
  const columns = columnsOf(kind);
  const names = columns.map(({name}) => name);
  const fetched = await fetchColumns(connection, {
    columns,
    source: `${parquet(paths)} ${sql.length ? `where ${sql.join(" and ")}` : ""}`,
    values,
    isMany: rows >= MANY_ROWS && !options.symbols,
    ...(!sql.length && {length: rows})
  });
  const held = new Map(names.map((name, i) => [name, fetched.columns[i]]));
  const ordered = inOrder({kind, length: fetched.length, columns: held}, names);
  const entries = names.map((name, i) => [name, ordered[i]]);
  return {kind, length: fetched.length, columns: Object.fromEntries(entries) as Columns<K>}; // one of each column
}
