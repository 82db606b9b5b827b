/** Random walks that pass through levels that are known. */

import {standardNormals} from "./chance.js";
import {anchorDay, dayOf, type Grid, indexAt, isoOf, yearOf} from "./days.js";

export interface Walk {
  /** Seeds its chance. */
  name: string;
  /** `2014-12 2059, 2020-03-23 2237`: a month stands for its last day. */
  anchors: string;
  /** Whether anchors, volatility and drift count as logarithms (the usual) or as they are. */
  scale?: "log" | "level";
  /** Own standard deviation a year. */
  volatility: number;
  /** Share of yesterday's distance from the line between anchors that is left today; 1 for a price. */
  stays?: number;
  /** Changes of others on the same grid, and how much of them it follows. */
  follows?: readonly (readonly [changes: Float64Array, load: number])[];
  /** Change a year after the last anchor. */
  drift?: number;
  /** Scales its own noise, step by step. */
  stress?: Float64Array;
}

interface Anchor {
  day: number;
  value: number;
}

/** Values on a grid: prefixes do not change when the grid grows. */
export function walk(grid: Grid, spec: Walk): Float64Array {
  const {name, scale = "log", volatility, stays = 1, follows = [], stress} = spec;
  const {days, perYear} = grid;
  const n = days.length;
  const into = scale === "log" ? Math.log : (x: number) => x;
  const outOf = scale === "log" ? Math.exp : (x: number) => x;

  const noise = standardNormals(name, n);
  const step = volatility / Math.sqrt(perYear);
  for (let i = 0, distance = 0; i < n; ++i) {
    let change = step * noise[i] * (stress?.[i] ?? 1);
    for (const [changes, load] of follows) change += load * changes[i];
    noise[i] = distance = stays * distance + change;
  }

  const anchors = parse(spec, into, days[n - 1]);
  const values = new Float64Array(n);
  let from = {at: 0, value: anchors[0].value, noise: noise[0]};
  for (const {day, value} of anchors) {
    const at = indexAt(days, day);
    const to = {at, value, noise: at < 0 ? noise[0] : noise[at]};
    const length = at - from.at;
    for (let i = from.at + 1; i <= at; ++i) {
      const share = (i - from.at) / length;
      const line = from.value + share * (to.value - from.value);
      values[i] = outOf(line + noise[i] - (from.noise + share * (to.noise - from.noise)));
    }
    if (at <= 0) values[0] = outOf(value);
    from = at < 0 ? {at: 0, value, noise: noise[0]} : to;
  }
  return values;
}

/** The anchors, and one at each year's end after the last. */
function parse({anchors, drift = 0}: Walk, into: (x: number) => number, last: number): Anchor[] {
  const parsed = anchors.split(",").map((text): Anchor => {
    const [when, value] = text.trim().split(" ");
    return {day: anchorDay(when), value: into(Number(value))};
  });
  const {day, value} = parsed.at(-1)!;
  for (let year = yearOf(day); ; ++year) {
    const end = dayOf(`${year}-12-31`);
    if (end <= day) continue;
    parsed.push({day: end, value: value + (drift * (end - day)) / 365.25});
    if (end >= last) return parsed;
  }
}

/** Logarithmic changes of levels, step by step; the first is zero. */
export function logChanges(levels: Float64Array): Float64Array {
  return levels.map((level, i) => (i ? Math.log(level / levels[i - 1]) : 0));
}

/** Changes of levels, step by step; the first is zero. */
export function changes(levels: Float64Array): Float64Array {
  return levels.map((level, i) => (i ? level - levels[i - 1] : 0));
}

/** Anchors at the ends of the years 2013 to 2026. */
export function yearEnds(...values: number[]): string {
  return values.map((value, i) => `${2013 + i}-12 ${value}`).join(", ");
}

/** A step function of a grid: `2015-12-17 0.5` counts from that day on. */
export function steps(grid: Grid, text: string): Float64Array {
  const parsed = text.split(",").map((one) => one.trim().split(" "));
  const days = parsed.map(([day]) => dayOf(day));
  return Float64Array.from(grid.days, (day) => {
    const at = indexAt(days, day);
    if (at < 0) throw new RangeError(`no step at or before ${isoOf(day)}`);
    return Number(parsed[at][1]);
  });
}

export const rounded = (value: number, decimals: number): number => Number(value.toFixed(decimals)) + 0; // no -0
