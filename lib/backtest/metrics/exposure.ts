import {type Figure, figure, type FigureWith, unavailable} from "../../returns/figure.js";
import {mean} from "../../risk/moments.js";
import type {BacktestRecord} from "./record.js";

/**
 * Returns the share of bars in which something was held: the bars of a trade's fills and all between them.
 *
 * @param record its `held` is taken where given, else its trades
 * @returns a fraction in [0, 1]; null without bars
 * @see backtesting.py Exposure Time
 */
export function exposure({time, trades, held}: BacktestRecord): FigureWith<{bars: number}> {
  const bars = time.length;
  const constants = {bars};
  if (!bars) return {...unavailable("no bars"), constants};
  if (held) return {...figure(Array.from(held).filter((value) => value !== 0).length / bars), constants};
  const changes = new Int32Array(bars + 1);
  for (const {entryTime, exitTime} of trades) {
    changes[firstAtOrAfter(time, entryTime)]++;
    changes[Math.min(bars, firstAtOrAfter(time, exitTime) + 1)]--;
  }
  let [open, count] = [0, 0];
  for (let bar = 0; bar < bars; ++bar) {
    open += changes[bar];
    if (open > 0) ++count;
  }
  return {...figure(count / bars), constants};
}

function firstAtOrAfter(time: Float64Array, at: number): number {
  let [low, high] = [0, time.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (time[middle] < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What a turnover was computed with. */
export interface TurnoverConstants {
  traded: number | null;
  averageEquity: number | null;
  /** Of 365.25 days, from the first bar to the last. */
  years: number;
}

/**
 * Returns how often the account's mean value is traded in a year: (bought + sold) / mean equity / years. Half of it is
 * the one-way turnover of funds.
 *
 * @returns null where the value traded is not known, without time, or when the mean equity is not above zero
 */
export function turnover({equity, time, traded}: BacktestRecord): FigureWith<TurnoverConstants> {
  const years = time.length ? (time[time.length - 1] - time[0]) / 86_400_000 / 365.25 : 0;
  const average = mean(equity);
  const constants = {traded: traded ?? null, averageEquity: equity.length ? average : null, years};
  return {...turnoverOf(traded, average, years), constants};
}

function turnoverOf(traded: number | undefined, average: number, years: number): Figure {
  if (traded === undefined) return unavailable("the value traded is not known");
  if (!(years > 0)) return unavailable("all bars are of one moment");
  if (!(average > 0)) return unavailable("the mean equity is not above zero");
  return figure(traded / average / years);
}
