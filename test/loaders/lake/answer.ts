/** How a question is answered from rows, one by one: what the lake's own answers are compared with. */
import {COLUMNS, type ColumnType, type Rows} from "../../../lib/lake/columns.js";
import type {Kind} from "../../../lib/lake/dataset.js";
import {
  readValue,
  type Answer,
  type AnswerColumn,
  type Filter,
  type LakeQuery,
  type Operator
} from "../../../lib/lake/query.js";

/**
 * Returns the rows that match a question, at most `limit` of them; days and symbols of it are the caller's to have read.
 * A number that is not given matches nothing but `!=`.
 *
 * @param rows of the dataset asked for, in the order of their key
 */
export function answerQuery<K extends Kind>(
  rows: Rows<K>,
  {columns, filters, order, limit}: Pick<LakeQuery, "columns" | "filters" | "order" | "limit">
): Answer {
  const specs = specsOf(rows.kind);
  const held = rows.columns as Readonly<Record<string, AnswerColumn>>; // one of each column of the kind
  const names = columns.length ? columns : [...specs.keys()];
  const all = matching(
    rows.length,
    filters.map((filter) => test(held[filter.column], specs.get(filter.column)!, filter))
  );
  const picked = all ?? Int32Array.from({length: rows.length}, (_, i) => i);
  const shown =
    order === "asc" ? picked.subarray(0, limit) : picked.slice(Math.max(0, picked.length - limit)).reverse();
  const isWhole = !all && order === "asc" && shown.length === rows.length;
  return {
    columns: names.map((name) => ({
      name,
      type: specs.get(name)!, // queryProblem has looked
      values: isWhole ? held[name] : pick(held[name], shown)
    })),
    length: shown.length,
    matches: picked.length
  };
}

function specsOf(kind: Kind): Map<string, ColumnType> {
  return new Map(Object.entries(COLUMNS[kind]).map(([name, {type}]) => [name, type]));
}

/** Returns the places of the rows that pass every test; null where there is no test. */
function matching(length: number, tests: readonly ((i: number) => boolean)[]): Int32Array | null {
  if (!tests.length) return null;
  const places = new Int32Array(length);
  let count = 0;
  for (let i = 0; i < length; ++i) if (tests.every((passes) => passes(i))) places[count++] = i;
  return places.subarray(0, count);
}

function test(column: AnswerColumn, type: ColumnType, {operator, value}: Filter): (i: number) => boolean {
  const wanted = type === "text" ? value : readValue(type, value);
  const compare = COMPARE[operator];
  return (i) => compare(column[i], wanted);
}

type Comparable = string | number;

const COMPARE: Readonly<Record<Operator, (a: Comparable, b: Comparable) => boolean>> = {
  "=": (a, b) => a === b,
  "!=": (a, b) => a !== b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b
};

function pick(column: AnswerColumn, places: Int32Array): AnswerColumn {
  if (column instanceof Float64Array) return Float64Array.from(places, (i) => column[i]);
  if (column instanceof Int32Array) return places.map((i) => column[i]);
  return Array.from(places, (i) => (column as readonly string[])[i]); // the one kind left
}
