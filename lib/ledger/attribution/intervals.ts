import type {Study} from "../study.js";

/** The range from one known value to the next: what returns are of. */
export interface Intervals {
  /** Indexes of days of the series with a known value: the base day, then the end of each interval; shape (n + 1). */
  ends: number[];
  /** The accounts' return and invested capital of each interval; shape (n). NaN where there is none. */
  returns: Float64Array;
  invested: Float64Array;
  /** Gain of each interval, net of flows. */
  gains: Float64Array;
  /** Returns the interval that holds all days after `from` up to `to`; -1 where none does. */
  find(from: number, to: number): number;
}

/** Returns the intervals of a study's range. */
export function intervalsOf({series, span, nav, inflow, outflow, daily, convention}: Study): Intervals {
  const ends: number[] = [];
  for (let i = span?.from ?? 0; i <= (span?.to ?? -1); ++i) if (!Number.isNaN(nav[i])) ends.push(i);
  const n = Math.max(0, ends.length - 1);
  const [returns, invested, gains] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  const intervalOf = new Int32Array(series.days.length).fill(-1);
  for (let k = 0; k < n; ++k) {
    let [into, out] = [0, 0];
    for (let i = ends[k] + 1; i <= ends[k + 1]; ++i) {
      intervalOf[i] = k;
      into += inflow[i];
      out += outflow[i];
    }
    returns[k] = daily[convention].returns[ends[k + 1]];
    invested[k] = nav[ends[k]] + (convention === "ibkr" ? 0 : into);
    gains[k] = nav[ends[k + 1]] - nav[ends[k]] - into + out;
  }
  return {
    ends,
    returns,
    invested,
    gains,
    find(from, to) {
      const k = intervalOf[to];
      return k >= 0 && from >= ends[k] ? k : -1;
    }
  };
}
