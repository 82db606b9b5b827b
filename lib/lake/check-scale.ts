import {type Finding, setAside} from "./finding.js";
import {changesOf, picked, type Run} from "./run.js";

/** Pence for pounds; thousands, millions, billions for one: powers of ten that units differ by. */
const POWERS = [2, 3, 6, 9];

/** A step is one of units when what remains of it is below a quarter. */
const REST = Math.log(1.25);

/** How many changes on either side of a step are looked at, and how many must be there at all in a series. */
const AROUND = 5;
const FEWEST = 3;

/** A row whose value is in another unit than its neighbours'. */
export interface Misfit {
  /** Place in the run. */
  place: number;
  /** Power of ten that it is off by: 2 for pence among pounds. */
  power: number;
}

/**
 * Returns the rows of a run whose values are 100, 1000, a million or a billion times the others', or that part of them: a
 * step of that size, give or take a quarter, while the changes around it stay far below. What is held already is right;
 * where nothing is, the unit that most rows have is, the earlier one when as many have it. A lasting step counts, too:
 * prices never move so, and a split of that size stands among the actions.
 *
 * @param changes of the run, see `changesOf`
 * @returns by place; never rows that are held
 */
export function misfitsOf(run: Run, changes: Float64Array, {isSeries}: {isSeries: boolean}): Misfit[] {
  if (!changes.some((change) => stepOf(change) !== 0)) return [];
  const misfits: Misfit[] = [];
  let places = Int32Array.from(run.values, (_, k) => k);
  for (;;) {
    const levels = levelsOf(misfits.length ? changesOf(picked(run, places)) : changes, isSeries);
    if (!levels) break;
    const level = mainLevel(levels, places.filter((k) => k < run.held).length);
    const isMisfit = (k: number) => places[k] >= run.held && levels[k] !== level;
    const found = Array.from(places.keys()).filter(isMisfit);
    if (!found.length) break;
    misfits.push(...found.map((k) => ({place: places[k], power: levels[k] - level})));
    places = places.filter((_, k) => !isMisfit(k));
  }
  return misfits.sort((a, b) => a.place - b.place);
}

/** Returns the findings of misfits, one a row. */
export function misfitFindings(
  {symbol, what, days, values, held, own}: Run,
  misfits: readonly Misfit[]
): Finding[] {
  return misfits.map(({place, power}) => {
    const size = `10^${Math.abs(power)}`;
    const off = power > 0 ? `${size} times those around it` : `a ${size}th of those around it`;
    const found = {
      code: "mixed-units",
      symbol,
      day: days[place],
      what: `${what} ${values[place]} is about ${off}, in another unit`
    } as const;
    const advice = "look at the vendor's unit; if it is a split, add it to the actions, and pull again";
    return setAside(own[place - held], found, advice);
  });
}

/** Returns the power of ten that each row stands at; null where there is no step. */
function levelsOf(changes: Float64Array, isSeries: boolean): Int32Array | null {
  const steps = Int32Array.from(changes, stepOf);
  for (const [k, step] of steps.entries()) if (step !== 0 && !isCalm(k)) steps[k] = 0;
  if (!steps.some((step) => step !== 0)) return null;
  for (let k = 1; k < steps.length; ++k) steps[k] += steps[k - 1];
  return steps;

  /** Whether the changes around a step are far smaller than it: in a wild series it would be one of many. */
  function isCalm(k: number): boolean {
    const limit = (Math.abs(stepOf(changes[k])) * Math.LN10) / 4;
    let seen = 0;
    for (const way of [-1, 1]) {
      for (let i = k + way, left = AROUND; left > 0 && i > 0 && i < changes.length; i += way) {
        if (Number.isNaN(changes[i]) || stepOf(changes[i]) !== 0) continue;
        if (Math.abs(changes[i]) > limit) return false;
        --left;
        ++seen;
      }
    }
    return !isSeries || seen >= FEWEST;
  }
}

function stepOf(change: number): number {
  const size = Math.abs(change);
  if (!(size > Math.LN10)) return 0;
  const power = POWERS.find((p) => Math.abs(size - p * Math.LN10) < REST) ?? 0;
  return change < 0 ? -power : power;
}

function mainLevel(levels: Int32Array, held: number): number {
  const counts = new Map<number, number>();
  for (const level of held ? levels.subarray(0, held) : levels)
    counts.set(level, (counts.get(level) ?? 0) + 1);
  return [...counts].reduce((most, next) => (next[1] > most[1] ? next : most))[0]; // the earlier of equals
}
