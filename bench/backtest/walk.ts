import type {Bars} from "../../lib/backtest/bars.js";

/** Returns numbers from 0 to below 1 that are the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What a walk is like. */
export interface WalkOptions {
  symbol?: string;
  seed: number;
  /** Bars. */
  length: number;
  /** Largest move of a bar, and of the gap before it, as a fraction. */
  move?: number;
  /** Digits that prices have after the point; all when not given. */
  digits?: number;
  price?: number;
}

/** Returns daily bars of a random walk with gaps. */
export function randomWalk({
  symbol = "WALK",
  seed,
  length,
  move = 0.02,
  digits,
  price = 100
}: WalkOptions): Bars {
  const random = seeded(seed);
  const round = (value: number) => (digits === undefined ? value : Number(value.toFixed(digits)));
  const column = () => new Float64Array(length);
  const bars = {
    symbol,
    currency: "USD",
    time: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column()
  };
  const step = (size: number) => 1 + (2 * random() - 1) * size;
  for (let i = 0, last = price; i < length; ++i) {
    const open = round(last * step(move / 2));
    const close = round(open * step(move));
    bars.time[i] = i * 86_400_000;
    bars.open[i] = open;
    bars.close[i] = last = close;
    bars.high[i] = Math.max(open, close, round(Math.max(open, close) * (1 + random() * move)));
    bars.low[i] = Math.min(open, close, round(Math.min(open, close) * (1 - random() * move)));
    bars.volume[i] = Math.floor(1e6 * random());
  }
  return bars;
}
