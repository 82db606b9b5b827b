import {compareText} from "../order.js";
import {dayOf} from "../time/day.js";
import type {LakeProblem} from "./catalog.js";
import {type Column, columnsOf} from "./column.js";
import type {Columns, Rows} from "./columns.js";
import {withoutCopies} from "./check-copies.js";
import {faultProblems, rowFaults} from "./check-rows.js";
import {checkRuns} from "./check-runs.js";
import type {Frequency, Kind} from "./dataset.js";
import type {Calendar} from "./gaps.js";
import {compareKeys, keysOf, orderOf, type Keys} from "./keys.js";

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
  /** Rows that cannot be used, in the order in which they came; a problem names each. */
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
  const faults = rowFaults(rows, options);
  const problems = faultProblems(rows, keys, faults);
  const bad = new Set(faults.filter(({fault}) => fault.state === "quarantined").map(({row}) => row));
  const sound = placesBut(rows.length, bad);
  const ordered = orderOf(keys, sound);
  if (ordered !== sound) problems.push(unordered(keys, rows, sound));
  const copies = withoutCopies(rows, keys, ordered);
  problems.push(...copies.problems);
  for (const row of copies.contradictory) bad.add(row);
  const found = checkRuns(rows, keys, copies.kept, options);
  problems.push(...found.problems);
  const misfits = new Set(found.misfits);
  for (const row of misfits) bad.add(row);
  const good = misfits.size ? copies.kept.filter((row) => !misfits.has(row)) : copies.kept;
  const isWhole = good.length === rows.length && ordered === sound;
  return {
    good: isWhole ? rows : pickRows(rows, good),
    quarantined: pickRows(rows, Int32Array.from(bad).sort()),
    copies: copies.equal,
    problems: problems.sort(
      (a, b) => compareText(a.symbol, b.symbol) || compareText(a.day ?? "", b.day ?? "")
    )
  };
}

function placesBut(length: number, bad: ReadonlySet<number>): Int32Array {
  const places = new Int32Array(length - bad.size);
  for (let row = 0, count = 0; row < length; ++row) if (!bad.has(row)) places[count++] = row;
  return places;
}

/** The first row that comes before the one it follows, told once for all of them. */
function unordered(keys: Keys, {columns}: Rows, places: Int32Array): LakeProblem {
  const k = places.findIndex((row, n) => n > 0 && compareKeys(keys, places[n - 1], row) > 0);
  const row = places[k];
  const day = dayOf(columns.day[row]);
  const sentence = `${keys.names[row]} ${day}: row ${row + 1} and perhaps later ones came out of order: sorted`;
  return {code: "unordered", symbol: keys.names[row], day, sentence, state: "kept"};
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
