import {dayOf} from "../time/day.js";
import {COLUMNS, emptyColumn, type Columns, type ColumnType, type Rows} from "./columns.js";
import type {Kind} from "./dataset.js";

/** Returns rows of one kind one after the other, as they stand; none of none. */
export function concatRows<K extends Kind>(kind: K, chunks: readonly Rows<K>[]): Rows<K> {
  if (chunks.length === 1) return chunks[0];
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const specs = Object.entries(COLUMNS[kind]) as [keyof Columns<K> & string, {type: ColumnType}][];
  const columns = specs.map(([name, {type}]) => {
    const parts = chunks.map((chunk) => chunk.columns[name] as readonly string[] | Float64Array | Int32Array);
    if (type === "text") return [name, parts.flatMap((part) => [...(part as readonly string[])])]; // as its type says
    const column = emptyColumn(type, length) as Float64Array | Int32Array; // no text
    let start = 0;
    for (const part of parts as (Float64Array | Int32Array)[]) {
      column.set(part, start);
      start += part.length;
    }
    return [name, column];
  });
  return {kind, length, columns: Object.fromEntries(columns) as Columns<K>}; // one of each spec
}

/** Returns the symbol of a row: of a pair of currencies its two codes, `EURUSD`. */
export function symbolAt(rows: Rows, i: number): string {
  const columns = rows.columns as Partial<Record<"symbol" | "series" | "base" | "quote", string[]>>; // of any kind
  return columns.symbol?.[i] ?? columns.series?.[i] ?? `${columns.base?.[i]}${columns.quote?.[i]}`;
}

/** Returns a row by its column names: days ISO, what is not given null. */
export function rowAt(rows: Rows, i: number): Record<string, string | number | null> {
  const specs = Object.entries(COLUMNS[rows.kind]) as [string, {type: ColumnType}][];
  const columns = rows.columns as unknown as Readonly<Record<string, ArrayLike<string | number>>>; // one of each spec
  return Object.fromEntries(
    specs.map(([name, {type}]) => {
      const value = columns[name][i];
      if (value === "" || Number.isNaN(value)) return [name, null];
      return [name, type === "day" ? dayOf(Number(value)) : value];
    })
  );
}
