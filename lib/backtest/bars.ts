/**
 * Bars of one symbol by column, oldest first, all columns of equal length. A bar is the time from its open to its
 * close, [open, close), and is known at its close, which `time` is.
 */
export interface Bars {
  symbol: string;
  /** ISO code of the prices. */
  currency: string;
  /** Close of each bar, milliseconds since 1970 UTC, rising. */
  time: Float64Array;
  /** Prices as traded, or adjusted as a whole: never mixed. */
  open: Float64Array;
  high: Float64Array;
  low: Float64Array;
  close: Float64Array;
  /** Units traded; NaN where not known. */
  volume: Float64Array;
}

/** Returns the bars from one index to before another, as copies; both are cut to what there is. */
export function sliceBars(bars: Bars, from: number, to: number): Bars {
  const cut = (column: Float64Array) => column.slice(Math.max(from, 0), Math.max(to, 0));
  const {time, open, high, low, close, volume} = bars;
  return {
    ...bars,
    time: cut(time),
    open: cut(open),
    high: cut(high),
    low: cut(low),
    close: cut(close),
    volume: cut(volume)
  };
}

/** What a symbol does beside trading, as it becomes known. */
export interface BarAction {
  /** Index of the first bar that trades without it (the ex-date's). */
  bar: number;
  kind: "split" | "dividend" | "delisting" | "halt" | "resume";
  /**
   * Split: new shares for one old. Dividend: cash a share. Delisting: last price paid out a share, 0 when worthless. Halt,
   * from the bar's open to the open of the one that resumes: 0.
   */
  value: number;
}
