import {dayNumber} from "../time/day.js";
import {gapFindings, stalePrices} from "./check-days.js";
import {priceJumps, seriesJumps} from "./check-jumps.js";
import {type Misfit, misfitFindings, misfitsOf} from "./check-scale.js";
import {numbersOf, textsOf} from "./column.js";
import type {Rows} from "./columns.js";
import {isIntraday, type Frequency} from "./dataset.js";
import {eventsOf} from "./events.js";
import type {Finding} from "./finding.js";
import {type Calendar, gapFinder} from "./gaps.js";
import {allPlaces, keysOf, runsOf, type Keys} from "./keys.js";
import {changesOf, picked, type Run} from "./run.js";

interface RunOptions {
  calendar: Calendar;
  frequency: Frequency;
  today: string;
  previous?: Rows;
  actions?: Rows<"actions">;
}

/** The column that is judged from row to row, of the kinds that have one. */
const VALUE = {bars: "close", trades: "price", series: "value", fx: "rate"} as const;

/**
 * Looks at each symbol's rows as they follow each other: units, gaps, jumps, prices that stand still. Quotes and actions
 * have nothing of these.
 *
 * @param places of the rows to look at, in the order of their keys, each key once
 */
export function checkRuns(rows: Rows, keys: Keys, places: Int32Array, options: RunOptions): Finding[] {
  const {kind} = rows;
  if (kind === "quotes" || kind === "actions" || !places.length) return [];
  const {calendar, frequency, today} = options;
  const from = earliestDay(rows, options.previous);
  const gapsOf = gapFinder({calendar, frequency, from, to: dayNumber(today)});
  const findings: Finding[][] = [];
  for (const run of runs(rows, keys, places, VALUE[kind], options)) {
    const changes = changesOf(run);
    const misfits = misfitsOf(run, changes, {isSeries: kind === "series"});
    const rest = misfits.length ? without(run, misfits) : run;
    findings.push(misfitFindings(run, misfits), gapFindings(rest, gapsOf(rest.days)));
    if (kind === "series") findings.push(seriesJumps(rest));
    else findings.push(priceJumps(rest, rest === run ? changes : changesOf(rest), kind));
    if (kind === "fx" || (kind === "bars" && !isIntraday(frequency))) findings.push(stalePrices(rest, kind));
  }
  return findings.flat();
}

/** Yields each symbol's rows, those before them that are held first. */
function* runs(
  rows: Rows,
  keys: Keys,
  places: Int32Array,
  what: string,
  {today, previous, actions}: RunOptions
): Generator<Run> {
  const splits = actions && eventsOf(actions, "split", today);
  const dividends = actions && eventsOf(actions, "dividend", today);
  const before = heldBefore(previous);
  const currencies = textsOf(rows, "currency");
  for (const [start, end] of runsOf(keys, places)) {
    const own = places.subarray(start, end);
    const symbol = keys.names[own[0]];
    const held = before(symbol, keys.when[own[0]]);
    const column = (name: string) => {
      const [ours, theirs] = [numbersOf(rows, name), previous && numbersOf(previous, name)];
      return ours && joined(theirs, held, ours, own);
    };
    const currency = currencies?.[own[0]] ?? "";
    yield {
      symbol,
      what,
      days: Int32Array.from(column("day")!), // every kind has it
      values: column(what)!, // this kind's
      volumes: column("volume") ?? null,
      held: held.length,
      own,
      splits: splits?.get(symbol) ?? [],
      dividends: (dividends?.get(symbol) ?? []).filter(
        (dividend) => !dividend.currency || !currency || dividend.currency === currency
      )
    };
  }
}

/** Returns where the held rows of a symbol are, up to a moment; none where nothing is held. */
function heldBefore(previous: Rows | undefined): (symbol: string, when: number) => Int32Array {
  if (!previous) return () => new Int32Array(0);
  const keys = keysOf(previous);
  const all = allPlaces(previous.length);
  const held = new Map(
    Array.from(runsOf(keys, all), ([start, end]) => [keys.names[start], all.subarray(start, end)])
  );
  return (symbol, when) => (held.get(symbol) ?? new Int32Array(0)).filter((i) => keys.when[i] <= when);
}

function joined(
  held: ArrayLike<number> | undefined,
  before: Int32Array,
  column: ArrayLike<number>,
  own: Int32Array
): Float64Array {
  const values = new Float64Array(before.length + own.length);
  if (held) for (let k = 0; k < before.length; ++k) values[k] = held[before[k]];
  for (let k = 0; k < own.length; ++k) values[before.length + k] = column[own[k]];
  return values;
}

function without(run: Run, misfits: readonly Misfit[]): Run {
  const odd = new Set(misfits.map(({place}) => place));
  return picked(
    run,
    Int32Array.from(run.values.keys()).filter((place) => !odd.has(place))
  );
}

function earliestDay(rows: Rows, previous: Rows | undefined): number {
  let earliest = Infinity;
  for (const {columns} of previous ? [rows, previous] : [rows])
    for (const day of columns.day) earliest = Math.min(earliest, day);
  return earliest;
}
