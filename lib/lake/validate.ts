import {compareText} from "../order.js";
import type {LakeProblem} from "./catalog.js";
import {type Column, columnsOf} from "./column.js";
import type {Columns, Rows} from "./columns.js";
import {withoutCopies} from "./check-copies.js";
import {checkRows} from "./check-rows.js";
import {checkRuns} from "./check-runs.js";
import type {Frequency, Kind} from "./dataset.js";
import {type Finding, listed} from "./finding.js";
import type {Calendar} from "./gaps.js";
import {allPlaces, compareKeys, keysOf, orderOf, type Keys} from "./keys.js";

export interface ValidateOptions<K extends Kind = Kind> {
  /** By which days are counted missing. */
  calendar: Calendar;
  frequency: Frequency;
  /** The last day that a row may be of, ISO. Actions may be announced for later ones. */
  today: string;
  /**
   * Rows of the symbols that the lake holds already, in the order of their key, of the days before the new ones and of
   * the same days. They are right and not judged; jumps, units and gaps are judged against them.
   */
  previous?: Rows<K>;
  /** Dividends and splits of the symbols, in any order: they explain jumps. */
  actions?: Rows<"actions">;
}

export interface Validated<K extends Kind = Kind> {
  /** Rows that go into the lake, in the order of their key; the very input when all of it does. */
  good: Rows<K>;
  /** Rows that cannot be used: one for each problem that is `quarantined`, in the order of these. */
  quarantined: Rows<K>;
  /** How many rows were left out because they equal another one: good, quarantined and these are the input. */
  copies: number;
  /** By symbol and day. */
  problems: LakeProblem[];
}

/**
 * Checks rows of a dataset. What cannot be is set aside: a value that is no number, a day to come, a time not of its day,
 * a price that is not positive (futures' and yields' may be), a negative volume, a high that is not the highest, rows that
 * contradict each other, values in another unit than their neighbours'. What is odd and may be is kept: rows out of order
 * (which are sorted), equal copies, gaps, jumps that no action explains, prices that stand still. Both are listed.
 *
 * @param rows of one dataset and any number of symbols, in any order; the result does not hang on it
 */
export function validate<K extends Kind>(rows: Rows<K>, options: ValidateOptions<K>): Validated<K> {
  const keys = keysOf(rows);
  const faults = checkRows(rows, keys, options);
  const sound = placesBut(allPlaces(rows.length), faults);
  const ordered = orderOf(keys, sound);
  const {kept, equal, findings} = withoutCopies(rows, keys, ordered);
  const odd = checkRuns(rows, keys, kept, options);
  const good = placesBut(kept, odd);
  const all = [...faults, ...(ordered === sound ? [] : [unordered(keys, rows, sound)]), ...findings, ...odd];
  all.sort((a, b) => compareProblems(a.problem, b.problem));
  return {
    good: good.length === rows.length && ordered === sound ? rows : pickRows(rows, good),
    quarantined: pickRows(rows, Int32Array.from(rowsOut(all))),
    copies: equal,
    problems: all.map(({problem}) => problem)
  };
}

function compareProblems(a: LakeProblem, b: LakeProblem): number {
  return compareText(a.symbol, b.symbol) || compareText(a.day ?? "", b.day ?? "");
}

/** The rows that findings keep out, in their order. */
function rowsOut(findings: readonly Finding[]): number[] {
  return findings.flatMap(({row}) => (row === null ? [] : [row]));
}

function placesBut(places: Int32Array, findings: readonly Finding[]): Int32Array {
  const out = new Set(rowsOut(findings));
  return out.size ? places.filter((row) => !out.has(row)) : places;
}

/** The first row that comes before the one it follows, told once for all of them. */
function unordered(keys: Keys, {columns}: Rows, places: Int32Array): Finding {
  const k = places.findIndex((row, n) => n > 0 && compareKeys(keys, places[n - 1], row) > 0);
  const row = places[k];
  const what = `row ${row + 1} and perhaps later ones came out of order`;
  return listed({code: "unordered", symbol: keys.names[row], day: columns.day[row], what}, "sorted");
}

/** Returns the rows at some places, in the order of these. */
function pickRows<K extends Kind>(rows: Rows<K>, places: Int32Array): Rows<K> {
  const {length} = places;
  const picked = Array.from(columnsOf(rows), ([name, column]) => [name, pickValues(column, places)]);
  return {kind: rows.kind, length, columns: Object.fromEntries(picked) as Columns<K>}; // of the same names
}

/** A loop for each type: `from` with a function takes ten times as long. */
function pickValues(column: Column, places: Int32Array): Column {
  if (Array.isArray(column)) return Array.from({length: places.length}, (_, k) => column[places[k]]);
  const picked =
    column instanceof Int32Array ? new Int32Array(places.length) : new Float64Array(places.length);
  for (let k = 0; k < places.length; ++k) picked[k] = column[places[k]];
  return picked;
}
