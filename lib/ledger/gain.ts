import type {Amount} from "../money/amount.js";
import type {NavSeries} from "./nav-series.js";

/** What was gained, net of flows; null with the reason where it is not known. */
export interface Gain {
  gain: Amount | null;
  flows: Amount | null;
  reason: string;
}

/**
 * Returns the gain between the ends of two days: value less value before less what flowed in between.
 * @param from index of the base day
 * @param to index of the last day
 */
export function gainBetween(
  {days, nav, inflow, outflow, reasons}: NavSeries,
  from: number,
  to: number
): Gain {
  let flows: Amount | null = 0n;
  let reason = "";
  for (let i = from + 1; i <= to && flows !== null; ++i) {
    const [into, out] = [inflow[i], outflow[i]];
    if (into === null || out === null) reason = reasons[i] ?? `a flow of ${days[i]} is not known`;
    flows = into === null || out === null ? null : flows + into - out;
  }
  const unknown = [to, from].find((i) => nav[i] === null);
  if (unknown !== undefined) reason = reasons[unknown] ?? `no value on ${days[unknown]}`;
  const [start, end] = [nav[from], nav[to]];
  const gain = start === null || end === null || flows === null ? null : end - start - flows;
  return {gain, flows, reason};
}

/** Returns the index of the last day before the given one that has a value; -1 if there is none. */
export function knownBefore({nav}: NavSeries, index: number): number {
  let i = index - 1;
  while (i >= 0 && nav[i] === null) --i;
  return i;
}
