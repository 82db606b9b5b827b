/** Daily bars made up, the same each time: what a lake of 500 shares over forty years holds. */
import {expectedDays} from "../lib/lake/gaps.js";
import type {Rows} from "../lib/lake/columns.js";
import {dayNumber} from "../lib/time/day.js";

const DAY_MS = 86_400_000;
const CLOSE_MS = 21 * 3_600_000;

/** The last session. */
export const LAST_DAY = "2025-12-31";

/** Returns bars in the order of their key, each symbol on the same days up to the end of 2025. */
export function sampleBars(symbols: number, each: number): Rows<"bars"> {
  const days = expectedDays("nyse", dayNumber(LAST_DAY) - 2 * each, dayNumber(LAST_DAY)).slice(-each);
  const length = symbols * each;
  const number = () => new Float64Array(length);
  const columns = {
    symbol: Array.from({length}, (_, i) => nameOf(Math.floor(i / each))),
    time: number(),
    day: new Int32Array(length),
    open: number(),
    high: number(),
    low: number(),
    close: number(),
    volume: number(),
    vwap: number(),
    trades: number(),
    currency: Array.from({length}, () => "USD")
  };
  const next = numbers();
  for (let i = 0, price = 0; i < length; ++i) {
    if (i % each === 0) price = 20 + 200 * next();
    const open = cents(price * (1 + 0.004 * (next() - 0.5)));
    const close = cents(price * (1 + 0.03 * (next() - 0.499)));
    columns.day[i] = days[i % each];
    columns.time[i] = columns.day[i] * DAY_MS + CLOSE_MS;
    columns.open[i] = open;
    columns.close[i] = close;
    columns.high[i] = cents(Math.max(open, close) * (1 + 0.01 * next()));
    columns.low[i] = cents(Math.min(open, close) * (1 - 0.01 * next()));
    columns.volume[i] = Math.round(1e5 + 1e6 * next());
    columns.vwap[i] = cents((open + close) / 2);
    columns.trades[i] = Math.round(100 + 5000 * next());
    price = Math.min(Math.max(close, 5), 5000);
  }
  return {kind: "bars", length, columns};
}

const NAMES = Array.from({length: 1000}, (_, n) => `SYM${String(n).padStart(3, "0")}`);

/** Returns the name of the nth symbol, in the order of the names. */
export const nameOf = (n: number): string => NAMES[n];

const cents = (price: number) => Math.max(Math.round(price * 100), 1) / 100;

/** Numbers in [0, 1), the same each time (Park and Miller's minimal generator). */
function numbers(seed = 7): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
