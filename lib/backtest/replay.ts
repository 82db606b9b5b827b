import {type BarAction, type Bars, sliceBars} from "./bars.js";
import {PROFILES} from "./contract.js";
import {type EventOptions, type EventResult, runEvents} from "./event/engine.js";
import type {JournalRecord} from "./event/journal.js";
import type {Strategy} from "./event/strategy.js";

/** Where a run on fewer bars parts from the run on all of them. */
export interface Disagreement {
  /** When they part, milliseconds since 1970 UTC. */
  time: number;
  /** Time of the last bar that the shorter run was given; null when two runs on all bars part. */
  cut: number | null;
  /** What happened then with all bars, and with fewer; null for nothing. */
  whole: JournalRecord | null;
  short: JournalRecord | null;
  /** The same for a person. */
  sentence: string;
}

/**
 * Looks for look-ahead: runs a strategy on all bars and again on bars cut at a time, and again at another; up to each cut
 * both must have done the same. A strategy that reads what is not known yet does something else where it is not there.
 *
 * @param create makes the strategy anew for one run. It is given the bars of that run alone: what it prepares from them may
 * know too much, which is found; bars that it has from elsewhere are known to each run alike, and hide what it sees
 * @param cuts how many at most, evenly spread; one bar's look-ahead at a time that is not among them is not found
 * @returns the earliest disagreement of the cuts tried; undefined when there is none
 * @throws RangeError as the engine does
 */
export function replayTruncated(
  create: (bars: readonly Bars[]) => Strategy,
  options: EventOptions,
  {cuts = 100}: {cuts?: number} = {}
): Disagreement | undefined {
  if (!(Number.isSafeInteger(cuts) && cuts > 0)) throw new RangeError(`invalid cuts: ${cuts}`);
  // what is held is left at the end, so that the end of the shorter run does nothing more
  const rules = {...(options.rules ?? PROFILES.default), end: "leave" as const};
  const run = (given: EventOptions) => runEvents(create(given.bars), {...given, rules});
  const whole = run(options);
  const again = parting(whole, run(options), whole.journal.length);
  if (again) return {...again, cut: null, sentence: sentenceOf(again, null)};
  for (const cut of spread(cutsOf(whole, options), cuts)) {
    const later = whole.journal.findIndex(({time}) => time > cut);
    const known = later < 0 ? whole.journal.length : later;
    const found = parting(whole, run(cutAt(options, cut)), known);
    if (found) return {...found, cut, sentence: sentenceOf(found, cut)};
  }
  return undefined;
}

type Parting = Pick<Disagreement, "time" | "whole" | "short">;

/** Returns the first of so many records that another run does not have. */
function parting(
  {journal}: EventResult,
  {journal: other}: EventResult,
  records: number
): Parting | undefined {
  for (let i = 0; i < records; ++i) {
    const [whole, short] = [journal[i], other[i] ?? null];
    if (!short || !isSame(whole, short))
      return {time: Math.min(whole.time, short?.time ?? Infinity), whole, short};
  }
  return undefined;
}

function isSame(a: JournalRecord, b: JournalRecord): boolean {
  const [first, second] = [Object.entries(a), new Map<string, unknown>(Object.entries(b))];
  return first.length === second.size && first.every(([name, value]) => Object.is(value, second.get(name)));
}

/**
 * Returns the times that bars can be cut at: each symbol has a bar by then, and something is left to cut. Where an order
 * waits for the last bar of a session, which the calendar tells and a cut would move, sessions are cut whole.
 */
function cutsOf({time, journal}: EventResult, {bars, sessionOf}: EventOptions): number[] {
  const first = Math.max(...bars.map((each) => each.time[0]));
  const asksForClose = journal.some((each) => each.kind === "order" && /^[ML]OC$/.test(each.type));
  const session = sessionOf ?? ((at: number) => Math.floor(at / 86_400_000));
  return Array.from(time.subarray(0, -1)).filter(
    (at, i) => at >= first && !(asksForClose && session(at) === session(time[i + 1]))
  );
}

/** Returns so many of the values at most, evenly spread; one is the one in the middle. */
function spread(values: readonly number[], most: number): number[] {
  if (values.length <= most) return [...values];
  return Array.from({length: most}, (_, i) => values[Math.floor(((i + 0.5) * values.length) / most)]);
}

/** Returns what was known at a time: bars, actions and rates up to it. */
function cutAt(
  {bars, actions, rates, base = bars[0].currency, ...rest}: EventOptions,
  cut: number
): EventOptions {
  const lengths = bars.map(({time}) => time.findLastIndex((at) => at <= cut) + 1);
  const happened = ({symbol, time}: Bars, length: number): BarAction[] =>
    (actions?.get(symbol) ?? []).filter(
      // what comes after the last bar has come when another symbol had a bar since
      ({bar}) => bar < length || (length === time.length && time[length - 1] < cut)
    );
  return {
    ...rest,
    base,
    bars: bars.map((each, k) => sliceBars(each, 0, lengths[k])),
    ...(actions && {actions: new Map(bars.map((each, k) => [each.symbol, happened(each, lengths[k])]))}),
    ...(rates && {
      rates: rates.map(({currency, time, rate}) => {
        const length = time.findLastIndex((at) => at <= cut) + 1;
        return {currency, time: time.slice(0, length), rate: rate.slice(0, length)};
      })
    })
  };
}

function sentenceOf({time, whole, short}: Parting, cut: number | null): string {
  const at = new Date(time).toISOString();
  const [all, fewer] = [told(whole), told(short)];
  return cut === null
    ? `two runs on the same bars part at ${at}: ${all}, then ${fewer}: it keeps something between runs, or leaves it to chance`
    : `at ${at} it knew more than it could: ${all} with all bars, ${fewer} with bars up to ${new Date(cut).toISOString()}`;
}

function told(record: JournalRecord | null): string {
  if (!record) return "nothing";
  const {kind, time: _, ...rest} = record;
  const values = Object.entries(rest).filter(([, value]) => value !== null);
  return `${kind} (${values.map(([name, value]) => `${name} ${value}`).join(", ")})`;
}
