import type {SweepMetric} from "./sweep-state.js";

/** Three channels, 0 to 255. */
export type Rgb = readonly [number, number, number];

/** The ends of a scale and its middle. */
export interface Scale {
  /** Value of the strongest colour below the middle; the middle itself where there is none below. */
  low: number;
  middle: number;
  high: number;
}

/**
 * Returns the scale of a metric's values: around zero where a sign means something, else from the least to the most.
 * @param values NaN where there is none
 */
export function scaleOf(metric: SweepMetric, values: Float64Array): Scale {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (!(least <= most)) return {low: 0, middle: 0, high: 0};
  if (metric === "trades") return {low: least, middle: least, high: most};
  if (metric === "maxDrawdown") return {low: least, middle: Math.min(0, most), high: Math.min(0, most)};
  const far = Math.max(Math.abs(least), Math.abs(most));
  return {low: -far, middle: 0, high: far};
}

/** Returns the colour of a value on a scale: from the middle's towards that of its end, by the distance. */
export function colorAt(
  value: number,
  {low, middle, high}: Scale,
  {below, at, above}: {below: Rgb; at: Rgb; above: Rgb}
): Rgb {
  const isBelow = value < middle;
  const span = isBelow ? middle - low : high - middle;
  const share = span > 0 ? Math.min(1, Math.abs(value - middle) / span) : 0;
  const end = isBelow ? below : above;
  return [0, 1, 2].map((i) => Math.round(at[i] + (end[i] - at[i]) * share)) as unknown as Rgb; // three channels
}
