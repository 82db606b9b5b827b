import type {NavSeries} from "../nav-series.js";
import type {GroupDays} from "./attribution-view.js";
import type {Group} from "./groups.js";
import {GAIN_PARTS, type HoldingSteps} from "./steps.js";
import {toFloat} from "./float.js";

/**
 * Returns a group day by day: its value, what came in and left, its gain and return, and where the marks are from.
 * A day whose marks are not known has none of these.
 */
export function groupDays(
  {key, steps}: Group,
  {sources}: HoldingSteps,
  {days}: NavSeries,
  {from, to}: {from: number; to: number}
): GroupDays {
  const accounts = [...new Set(steps.map(({account}) => account))];
  const known = days.map((_, i) => accounts.map((account) => sources.get(account)?.[i]));
  const column = () => new Float64Array(days.length);
  const [value, inflow, outflow, gain, capital] = [column(), column(), column(), column(), column()];
  const spans = new Set<number>();
  for (const step of steps) {
    if (step.from === from) value[from] += toFloat(step.start);
    value[step.to] += toFloat(step.end);
    inflow[step.to] += toFloat(step.inflow);
    outflow[step.to] += toFloat(step.outflow);
    gain[step.to] += toFloat(GAIN_PARTS.reduce((sum, part) => sum + step[part], 0n));
    capital[step.to] += step.atStart + step.added;
    if (step.from !== step.to - 1) spans.add(step.to);
  }
  const shown = (column: Float64Array, isThere: (i: number) => boolean) =>
    Array.from(column.slice(from, to + 1), (amount, k) => (isThere(from + k) ? amount : null));
  const marked = (i: number) => !known[i].includes(undefined);
  const moved = (i: number) => i > from && marked(i) && !spans.has(i);
  return {
    key,
    days: days.slice(from, to + 1),
    value: shown(value, marked),
    inflow: shown(inflow, moved),
    outflow: shown(outflow, moved),
    gain: shown(gain, moved),
    return: shown(
      gain.map((amount, i) => amount / capital[i]),
      (i) => moved(i) && capital[i] > 0
    ),
    source: known
      .slice(from, to + 1)
      .map((of) => (of.includes(undefined) ? null : [...new Set(of)].join(", ")))
  };
}
