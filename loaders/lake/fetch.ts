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
}

/** Returns columns of stored values as they are held in memory. */
export async function fetchColumns(
  connection: DuckDBConnection,
  {columns, source, values = [], isMany = false}: Selection
): Promise<{length: number; columns: AnswerColumn[]}> {
  const bound = [...values];
  const plain: string[] = [];
  for (const column of columns) {
    const isText = isMany && column.type === "text";
    plain.push(toPlain(column, isText ? await wordsIn(connection, column.name, source, bound) : null));
  }
  const result = await connection.stream(`select ${plain.join(", ")} from ${source}`, bound);
  const collectors = columns.map(({type}) => COLLECTORS[type]());
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

const COLLECTORS: Readonly<Record<ColumnType, () => Collector>> = {
  text() {
    const texts: string[] = [];
    return {
      add(vector, count) {
        for (let i = 0; i < count; ++i) texts.push(vector.getItem(i) as string); // of toPlain, which has no null
      },
      all: () => texts
    };
  },
  time: () => numbers(Float64Array),
  number: () => numbers(Float64Array),
  day: () => numbers(Int32Array)
};

function numbers(Kind: typeof Float64Array | typeof Int32Array): Collector {
  const pieces: (Float64Array | Int32Array)[] = [];
  return {
    add(vector, count) {
      const piece = new Kind(count);
      for (let i = 0; i < count; ++i) piece[i] = vector.getItem(i) as number; // of toPlain, which has no null
      pieces.push(piece);
    },
    all(length) {
      const column = new Kind(length);
      let start = 0;
      for (const piece of pieces) {
        column.set(piece, start);
        start += piece.length;
      }
      return column;
    }
  };
}
