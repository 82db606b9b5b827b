import type {Rows} from "./columns.js";

/** A column of rows, as it is held. */
export type Column = string[] | Float64Array | Int32Array;

/** Returns the columns of rows by name, whatever their kind, in order. */
export function columnsOf(rows: Rows): ReadonlyMap<string, Column> {
  return new Map(Object.entries(rows.columns) as [string, Column][]); // `Held` of columns.ts
}

/** Returns a column of numbers, days or times; undefined where the kind has none of that name. */
export function numbersOf(rows: Rows, name: string): Float64Array | Int32Array | undefined {
  const column = columnsOf(rows).get(name);
  return Array.isArray(column) ? undefined : column;
}

/** Returns a column of texts; undefined where the kind has none of that name. */
export function textsOf(rows: Rows, name: string): readonly string[] | undefined {
  const column = columnsOf(rows).get(name);
  return Array.isArray(column) ? column : undefined;
}
