import {compareText} from "../order.js";
import {numbersOf, textsOf} from "./column.js";
import {symbolColumn, type Rows} from "./columns.js";

/** What tells two rows of a kind apart, by column: `KEYS` of `columns.ts`, the symbol in one. */
export interface Keys {
  /** Whose row it is; a pair of currencies is its two codes, `EURUSD`. */
  names: readonly string[];
  /** When: milliseconds or days, one kind of them in all rows. */
  when: Float64Array | Int32Array;
  /** What tells rows of one moment apart; null where nothing does. */
  ties: readonly string[] | null;
}

/** Returns the keys of rows, in their order. */
export function keysOf(rows: Rows): Keys {
  const {kind, columns} = rows;
  const names = textsOf(rows, symbolColumn(kind))!; // every kind has it
  const quotes = textsOf(rows, "quote");
  return {
    names: quotes ? names.map((base, i) => base + quotes[i]) : names,
    when: numbersOf(rows, "time") ?? columns.day,
    ties: textsOf(rows, "id") ?? textsOf(rows, "type") ?? null
  };
}

/** Returns the places of all rows, in order. */
export function allPlaces(length: number): Int32Array {
  const places = new Int32Array(length);
  for (let i = 0; i < length; ++i) places[i] = i;
  return places;
}

/** Returns the order of two rows, for `sort`. */
export function compareKeys({names, when, ties}: Keys, i: number, j: number): number {
  return (
    (names[i] === names[j] ? 0 : compareText(names[i], names[j])) ||
    when[i] - when[j] ||
    (ties ? compareText(ties[i], ties[j]) : 0)
  );
}

/**
 * Returns the places of rows in the order of their keys; equal keys stay in theirs.
 *
 * @param places of the rows to order, ascending; not changed
 * @returns `places` itself when they are in order already
 */
export function orderOf(keys: Keys, places: Int32Array): Int32Array {
  if (isOrdered(keys, places)) return places;
  const groups = new Map<string, number[]>();
  for (const i of places) {
    const group = groups.get(keys.names[i]);
    if (group) group.push(i);
    else groups.set(keys.names[i], [i]);
  }
  const ordered = new Int32Array(places.length);
  let end = 0;
  for (const [, group] of [...groups].sort(([a], [b]) => compareText(a, b))) {
    const own = Int32Array.from(group);
    ordered.set(isOrdered(keys, own) ? own : byTime(keys, own), end);
    end += own.length;
  }
  return ordered;
}

/** Yields the ends of the runs of one symbol in places that are in order: `[start, end)` each. */
export function* runsOf({names}: Keys, places: Int32Array): Generator<[start: number, end: number]> {
  for (let start = 0, end = 1; start < places.length; start = end, ++end) {
    const name = names[places[start]];
    while (end < places.length && names[places[end]] === name) ++end;
    yield [start, end];
  }
}

/** Sorts the times alone, as numbers, and looks each row's up in them: many times faster than comparing rows. */
function byTime(keys: Keys, places: Int32Array): Int32Array {
  const times = new Float64Array(places.length);
  for (let k = 0; k < places.length; ++k) times[k] = keys.when[places[k]];
  times.sort();
  const taken = new Int32Array(places.length); // rows of the time that begins there
  const ordered = new Int32Array(places.length);
  for (const i of places) {
    const start = lowerBound(times, keys.when[i]);
    ordered[start + taken[start]++] = i;
  }
  for (let start = 0; keys.ties && start < ordered.length; start += taken[start]) {
    if (taken[start] > 1)
      ordered.subarray(start, start + taken[start]).sort((i, j) => compareKeys(keys, i, j) || i - j);
  }
  return ordered;
}

function lowerBound(values: Float64Array, value: number): number {
  let [start, end] = [0, values.length];
  while (start < end) {
    const middle = (start + end) >> 1;
    if (values[middle] < value) start = middle + 1;
    else end = middle;
  }
  return start;
}

function isOrdered(keys: Keys, places: Int32Array): boolean {
  for (let k = 1; k < places.length; ++k) if (compareKeys(keys, places[k - 1], places[k]) > 0) return false;
  return true;
}
