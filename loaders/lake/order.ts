import type {Rows} from "../../lib/lake/columns.js";
import type {Kind} from "../../lib/lake/dataset.js";
import {keysOf, orderOf} from "../../lib/lake/keys.js";
import type {AnswerColumn} from "../../lib/lake/query.js";

/** Columns of rows by name, those of the key among them. */
export interface Unordered {
  kind: Kind;
  length: number;
  columns: ReadonlyMap<string, AnswerColumn>;
}

/** Returns some of the columns with the rows in the order of their key, or from its end. */
export function inOrder(
  {kind, length, columns}: Unordered,
  names: readonly string[],
  direction: "asc" | "desc" = "asc"
): AnswerColumn[] {
  const rows = {kind, length, columns: Object.fromEntries(columns)} as unknown as Rows; // with all that a key is of
  const places = Int32Array.from({length}, (_, i) => i);
  const order = orderOf(keysOf(rows), places);
  const wanted = names.map((name) => columns.get(name)!); // the caller fetched them
  if (direction === "asc") return order === places ? wanted : taken(wanted, order);
  return taken(wanted, order.toReversed());
}

/** Rows of a symbol stand together in each part: long runs of rows are copied at once. */
function taken(columns: readonly AnswerColumn[], order: Int32Array): AnswerColumn[] {
  const starts: number[] = [];
  for (let i = 0; i < order.length; ++i) if (i === 0 || order[i] !== order[i - 1] + 1) starts.push(i);
  return columns.map((values) => {
    if (values instanceof Float64Array || values instanceof Int32Array) {
      const column =
        values instanceof Float64Array ? new Float64Array(order.length) : new Int32Array(order.length);
      for (const [run, start] of starts.entries()) {
        const [first, length] = [order[start], (starts[run + 1] ?? order.length) - start];
        if (length === 1) column[start] = values[first];
        else column.set(values.subarray(first, first + length), start);
      }
      return column;
    }
    const texts: string[] = [];
    for (const place of order) texts.push(values[place]);
    return texts;
  });
}
