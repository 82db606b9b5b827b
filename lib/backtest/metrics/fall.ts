import {drawdowns, type DrawdownSpell} from "../../returns/drawdown.js";
import {type Figure, figure, unavailable} from "../../returns/figure.js";
import {mean} from "../../risk/moments.js";
import type {BacktestRecord} from "./record.js";

const DAY_MS = 86_400_000;

/** The falls of an account's value from its peaks. */
export interface Falls {
  /** The deepest first. */
  spells: readonly DrawdownSpell[];
  /** Days of each, from the peak to the bar that is as high again, or to the last. */
  days: Float64Array;
}

/**
 * Returns the falls of the account's value over all bars. A debt counts as the loss of everything.
 * @param options.start whether the value before the first bar is a peak too
 */
export function fallsOf({time, equity, cash}: BacktestRecord, {start}: {start: boolean}): Falls {
  const before = start ? 1 : 0;
  const curve = new Float64Array(equity.length + before).fill(cash);
  curve.set(
    equity.map((value) => Math.max(value, 0)),
    before
  );
  const at = (row: number) => time[Math.max(0, row - before)];
  const spells = drawdowns(curve);
  const end = curve.length - 1;
  return {
    spells,
    days: Float64Array.from(spells, ({peak, recovery}) => (at(recovery ?? end) - at(peak)) / DAY_MS)
  };
}

const NO_BARS = unavailable("no bars");
const NO_FALL = unavailable("there was no drawdown");

/** Returns the deepest fall, a fraction in [-1, 0]; null without bars. */
export function deepest({spells}: Falls, bars: number): Figure {
  return bars ? figure(spells.length ? spells[0].depth : 0) : NO_BARS;
}

/** Returns the mean depth of the falls; null when there was none. */
export function averageDepth({spells}: Falls): Figure {
  return spells.length ? figure(mean(Float64Array.from(spells, ({depth}) => depth))) : NO_FALL;
}

/** Returns the days of the longest fall, 0 when there was none; null without bars. */
export function longest({days}: Falls, bars: number): Figure {
  return bars ? figure(days.reduce((most, value) => Math.max(most, value), 0)) : NO_BARS;
}

/** Returns the mean days of the falls; null when there was none. */
export function averageDays({days}: Falls): Figure {
  return days.length ? figure(mean(days)) : NO_FALL;
}
