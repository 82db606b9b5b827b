import {type Column, columnsOf} from "./column.js";
import type {Rows} from "./columns.js";
import {type Finding, listed, setAside} from "./finding.js";
import {compareKeys, type Keys} from "./keys.js";

/** What became of rows with the same key. */
export interface Copies {
  /** Places of the rows that stay, in their order. */
  kept: Int32Array;
  /** How many rows were left out because they equal one that stays. */
  equal: number;
  findings: Finding[];
}

/** Leaves one of equal rows, and none of those that have the same key and say different things. */
export function withoutCopies(rows: Rows, keys: Keys, places: Int32Array): Copies {
  const columns = columnsOf(rows);
  const {day} = rows.columns;
  const kept = new Int32Array(places.length);
  const findings: Finding[] = [];
  const copies = new Map<string, {first: number; count: number}>();
  let [count, equal] = [0, 0];
  for (let start = 0, end = 1; start < places.length; start = end, ++end) {
    const first = places[start];
    const symbol = keys.names[first];
    while (end < places.length && compareKeys(keys, first, places[end]) === 0) ++end;
    const same = places.subarray(start, end);
    const what = same.length > 1 ? contradiction(columns, same) : null;
    if (what === null) {
      kept[count++] = first;
      equal += same.length - 1;
      if (same.length > 1) {
        const before = copies.get(symbol) ?? {first, count: 0};
        copies.set(symbol, {...before, count: before.count + same.length - 1});
      }
      continue;
    }
    for (const i of same) {
      const found = {code: "duplicate", symbol, day: day[first], what} as const;
      findings.push(setAside(i, found, "pull that day again"));
    }
  }
  for (const [symbol, {first, count: of}] of copies) {
    const what = `${of === 1 ? "a row" : `this row and others, ${of} in all,`} came again, equal`;
    findings.push(listed({code: "duplicate", symbol, day: day[first], what}, "one of each is kept"));
  }
  return {kept: kept.slice(0, count), equal, findings};
}

/** The first column in which rows of one key differ, with two of its values; null when all are equal. */
function contradiction(columns: ReadonlyMap<string, Column>, same: Int32Array): string | null {
  for (const [name, column] of columns) {
    const value = column[same[0]];
    const other = same.find((i) => !Object.is(column[i], value));
    if (other !== undefined) return `came more than once, with ${name} ${value} and ${column[other]}`;
  }
  return null;
}
