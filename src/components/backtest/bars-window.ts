import {type Bars, sliceBars} from "../../lib/backtest/bars.js";
import type {CatalogEntry} from "../../lib/lake/catalog.js";
import {parseDatasetId} from "../../lib/lake/dataset.js";

const DAY_MS = 86_400_000;

/** Returns the dataset that a page begins with: daily bars with the most rows of each symbol; undefined of none. */
export function startingDataset(datasets: readonly CatalogEntry[]): CatalogEntry | undefined {
  const depth = ({rows, symbols, dataset}: CatalogEntry) =>
    (parseDatasetId(dataset).frequency === "1d" ? 1 : 1e-6) * (rows / Math.max(1, symbols));
  return datasets.toSorted((a, b) => depth(b) - depth(a))[0];
}

/**
 * Returns the bars of some days, both included, and what is to be said of them.
 * @throws RangeError when fewer than two are left
 */
export function cutBars(
  bars: Bars,
  {start, end}: {start: string | null; end: string | null}
): {bars: Bars; notes: string[]} {
  const {time} = bars;
  const from = start === null ? 0 : lowerBound(time, Date.parse(start));
  const to = end === null ? time.length : lowerBound(time, Date.parse(end) + DAY_MS);
  if (to - from < 2) {
    const day = (at: number) => new Date(at).toISOString().slice(0, 10);
    throw new RangeError(
      `${bars.symbol} has ${Math.max(0, to - from)} bars in the window: its days are ${day(time[0])} to ${day(time[time.length - 1])}`
    );
  }
  return {
    bars: sliceBars(bars, from, to),
    notes: to - from < 252 ? [`${to - from} bars are few: yearly figures rest on little.`] : []
  };
}

/** Index of the first time that is not before another. */
function lowerBound(times: Float64Array, at: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Returns the last bar of each UTC day, as indexes: what a chart over days is drawn of. */
export function lastOfDays(time: Float64Array): number[] {
  const day = (i: number) => Math.floor(time[i] / DAY_MS);
  const rows: number[] = [];
  for (let i = 0; i < time.length; ++i) if (i + 1 === time.length || day(i + 1) > day(i)) rows.push(i);
  return rows;
}

/** Returns a time's UTC day, ISO. */
export function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
