import type {DuckDBConnection, DuckDBValue, DuckDBVector} from "@duckdb/node-api";
import type {ColumnType} from "../../lib/lake/columns.js";
import type {AnswerColumn} from "../../lib/lake/query.js";
import {toPlain, type Column} from "./columns.js";
import {ask} from "./engine.js";
import {MOST_WORDS} from "./stage.js";

/** What to fetch. */
export interface Selection {
  columns: readonly Column[];
  /** All after FROM, what it binds by number. */
  source: string;
  values?: readonly DuckDBValue[];
  /** Whether many rows are expected: then the words of text columns are numbered first. */
  isMany?: boolean;
  /** How many rows there will be, where that is known. */
  length?: number;
}

/** Returns columns of stored values as they are held in memory. */
export async function fetchColumns(
  connection: DuckDBConnection,
  {columns, source, values = [], isMany = false, length: expected}: Selection
): Promise<{length: number; columns: AnswerColumn[]}> {
  const bound = [...values];
  const plain: string[] = [];
  for (const column of columns) {
    const isText = isMany && column.type === "text";
    plain.push(toPlain(column, isText ? await wordsIn(connection, column.name, source, bound) : null));
  }
  const result = await connection.stream(`select ${plain.join(", ")} from ${source}`, bound);
  const collectors = columns.map(({type}) => COLLECTORS[type](expected));
  let length = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk?.rowCount) break;
    for (const [i, collector] of collectors.entries())
      collector.add(chunk.getColumnVector(i), chunk.rowCount);
    length += chunk.rowCount;
  }
  return {length, columns: collectors.map((collector) => collector.all(length))};
}

/** Returns the words of a text column; null when they are too many to number. */
async function wordsIn(
  connection: DuckDBConnection,
  name: string,
  source: string,
  values: DuckDBValue[]
): Promise<readonly string[] | null> {
  const sql = `select distinct coalesce("${name}", '') from ${source} limit ${MOST_WORDS + 1}`;
  const words = await ask<[string]>(connection, sql, values);
  return words.length > 0 && words.length <= MOST_WORDS ? words.map(([word]) => word) : null;
}

/** Gathers the values of one column, a chunk at a time. */
interface Collector {
  add(vector: DuckDBVector, count: number): void;
  all(length: number): AnswerColumn;
}

/** In arrays as long as is expected, or that grow. */
const COLLECTORS: Readonly<Record<ColumnType, (expected?: number) => Collector>> = {
  text() {
    const texts: string[] = [];
    return {
      add(vector, count) {
        for (let i = 0; i < count; ++i) texts.push(vector.getItem(i) as string); // of toPlain, which has no null
      },
      all: () => texts
    };
  },
  time: (expected) => numbers(Float64Array, expected),
  number: (expected) => numbers(Float64Array, expected),
  day: (expected) => numbers(Int32Array, expected)
};

function numbers(Kind: typeof Float64Array | typeof Int32Array, expected = 0): Collector {
  let column = new Kind(expected);
  let end = 0;
  return {
    add(vector, count) {
      if (end + count > column.length) {
        const longer = new Kind(Math.max(end + count, 2 * column.length));
        longer.set(column);
        column = longer;
      }
      for (let i = 0; i < count; ++i) column[end++] = vector.getItem(i) as number; // of toPlain, which has no null
    },
    all: (length) => (length === column.length ? column : column.slice(0, length))
  };
}
