import type {Bars} from "../../backtest/bars.js";

/** One bar as it becomes known. */
export interface Bar {
  /** Its close, milliseconds since 1970 UTC. */
  time: number;
  open: number;
  high: number;
  low: number;
  close: number;
  /** Units traded; NaN where not known. */
  volume: number;
}

const COLUMNS = ["time", "open", "high", "low", "close", "volume"] as const;

/** Bars that come one by one. Columns are longer than what is known: `length` says how far they go. */
export class GrowingBars implements Bars {
  readonly symbol: string;
  readonly currency: string;
  time = new Float64Array(256);
  open = new Float64Array(256);
  high = new Float64Array(256);
  low = new Float64Array(256);
  close = new Float64Array(256);
  volume = new Float64Array(256);
  length = 0;

  constructor(symbol: string, currency: string) {
    this.symbol = symbol;
    this.currency = currency;
  }

  /** Adds a bar. @throws RangeError if it does not come after the last one */
  add(bar: Bar): void {
    const last = this.length ? this.time[this.length - 1] : -Infinity;
    if (!(bar.time > last)) throw new RangeError(`bar of ${this.symbol} at ${bar.time} is not after ${last}`);
    for (const name of COLUMNS) {
      if (this.length === this[name].length) {
        const longer = new Float64Array(2 * this.length);
        longer.set(this[name]);
        this[name] = longer;
      }
      this[name][this.length] = bar[name];
    }
    ++this.length;
  }

  /** Returns a bar by its index. */
  at(i: number): Bar {
    const {time, open, high, low, close, volume} = this;
    return {time: time[i], open: open[i], high: high[i], low: low[i], close: close[i], volume: volume[i]};
  }
}
