/** A day's bar taken apart: paths of minutes from its open to its close, inside its range. */

import {chance} from "./world/chance.js";
import type {Exchange} from "./world/exchanges.js";
import type {Bar} from "./world/known.js";

export interface Part extends Bar {
  /** Seconds of the local day at which it begins, exchange time. */
  second: number;
}

/**
 * Parts of a session, oldest first.
 * @param step seconds, at most a day
 * @param fromOpen whether parts are counted from the session's open; else from midnight
 */
export function partsOf(
  symbol: string,
  bar: Bar,
  {open, close}: Exchange,
  {step, decimals, fromOpen = false}: {step: number; decimals: number; fromOpen?: boolean}
): Part[] {
  const minutes = close - open + (close % 60 === 59 ? 1 : 0); // a day that goes on until midnight
  const path = minutePath(symbol, bar, minutes, decimals);
  const unit = Math.min(step, 60);
  const parts = new Map<number, Part>();
  for (let second = 0; second < minutes * 60; second += unit) {
    const local = open * 60 + second;
    const start = local - ((fromOpen ? second : local) % step);
    const [from, to] = [priceAt(path, second, decimals), priceAt(path, second + unit, decimals)];
    const part = parts.get(start);
    const volume = (bar.volume * unit) / (minutes * 60);
    if (!part) {
      const [high, low] = [Math.max(from, to), Math.min(from, to)];
      parts.set(start, {day: bar.day, second: start, open: from, high, low, close: to, volume});
    } else {
      part.high = Math.max(part.high, to);
      part.low = Math.min(part.low, to);
      part.close = to;
      part.volume += volume;
    }
  }
  return [...parts.values()];
}

function priceAt(path: readonly number[], second: number, decimals: number): number {
  const at = Math.floor(second / 60);
  if (second % 60 === 0) return path[at];
  return Number((path[at] + ((second % 60) / 60) * (path[at + 1] - path[at])).toFixed(decimals));
}

function minutePath(symbol: string, bar: Bar, minutes: number, decimals: number): number[] {
  const {day, open, high, low, close} = bar;
  const random = chance(`${symbol} ${day}`);
  const steps = Array.from({length: minutes}, () => random.normal());
  const sum = steps.reduce((total, z) => total + z, 0);
  const wide = (high - low) / (1.6 * Math.sqrt(minutes));
  const path = [open];
  let walked = 0;
  steps.forEach((z, i) => {
    walked += z;
    const share = (i + 1) / minutes;
    const price = open + share * (close - open) + wide * (walked - share * sum);
    path.push(Number(Math.min(high, Math.max(low, price)).toFixed(decimals)));
  });
  path[minutes] = close;
  return path;
}
