import {dayOf} from "../time/day.js";
import type {LakeProblem} from "./catalog.js";
import {columnsOf} from "./column.js";
import type {Rows} from "./columns.js";
import {compareKeys, type Keys} from "./keys.js";

/** What became of rows with the same key. */
export interface Copies {
  /** Places that stay, in their order. */
  kept: Int32Array;
  /** Rows that contradict another of their key: none of them can be used. */
  contradictory: number[];
  /** How many rows were equal to one that stays. */
  equal: number;
  problems: LakeProblem[];
}

/** Leaves one of equal rows, and none of those that have the same key and say different things. */
export function withoutCopies(rows: Rows, keys: Keys, places: Int32Array): Copies {
  const columns = columnsOf(rows);
  const kept = new Int32Array(places.length);
  const contradictory: number[] = [];
  const problems: LakeProblem[] = [];
  const copies = new Map<string, {first: number; count: number}>();
  let count = 0;
  for (let start = 0, end = 1; start < places.length; start = end, ++end) {
    const first = places[start];
    while (end < places.length && compareKeys(keys, first, places[end]) === 0) ++end;
    if (end - start === 1) {
      kept[count++] = first;
      continue;
    }
    const same = places.subarray(start, end);
    const other = differing(same);
    if (other) {
      contradictory.push(...same);
      problems.push(contradiction(first, other));
    } else {
      kept[count++] = first;
      const found = copies.get(keys.names[first]);
      if (found) found.count += same.length - 1;
      else copies.set(keys.names[first], {first, count: same.length - 1});
    }
  }
  for (const [symbol, {first, count: of}] of copies) {
    const day = dayOf(rows.columns.day[first]);
    const sentence = `${symbol} ${day}${of > 1 ? ` and ${of - 1} more` : ""}: came more than once, and equal: one of each is kept`;
    problems.push({code: "duplicate", symbol, day, sentence, state: "kept"});
  }
  const equal = places.length - count - contradictory.length;
  return {kept: kept.slice(0, count), contradictory, equal, problems};

  /** The first column that differs in rows of one key, and its values in two of them; null when all are equal. */
  function differing(same: Int32Array): {name: string; values: [unknown, unknown]} | null {
    for (const [name, column] of columns) {
      const value = column[same[0]];
      const other = same.find((i) => !Object.is(column[i], value));
      if (other !== undefined) return {name, values: [value, column[other]]};
    }
    return null;
  }

  function contradiction(
    first: number,
    {name, values}: {name: string; values: [unknown, unknown]}
  ): LakeProblem {
    const [symbol, day] = [keys.names[first], dayOf(rows.columns.day[first])];
    const sentence = `${symbol} ${day}: came more than once, with ${name} ${String(values[0])} and ${String(values[1])}: all set aside: pull that day again`;
    return {code: "duplicate", symbol, day, sentence, state: "quarantined"};
  }
}
