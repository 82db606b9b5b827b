/** An input for each task, small and invented: what page and Node must compute alike. */
import type {TaskName} from "../lib/tasks/index.js";

const ROWS = 260;
const DAY_MS = 86_400_000;

/** Numbers in [-1, 1) by a recurrence of whole numbers, so that every runtime has the same. */
function noise(seed: number): number[] {
  let state = seed;
  return Array.from({length: ROWS}, () => {
    state = (state * 48_271) % 2_147_483_647;
    return (2 * state) / 2_147_483_647 - 1;
  });
}

const returns = [7, 77, 777].map((seed) => noise(seed).map((value) => 0.0004 + 0.02 * value));
const closes = returns.map((column) => {
  let price = 100;
  return [100, ...column.map((value) => (price *= 1 + value))];
});
const history = {assets: ["North", "South", "East"], returns};
const prices = {
  assets: history.assets,
  dates: closes[0].map((_, t) => new Date(t * DAY_MS).toISOString().slice(0, 10)),
  prices: closes
};
const bars = closes.map((close, i) => ({
  symbol: history.assets[i],
  time: close.map((_, t) => t * DAY_MS),
  open: close.map((price, t) => (t === 0 ? price : close[t - 1])),
  high: close.map((price, t) => Math.max(price, close[Math.max(t - 1, 0)]) * 1.004),
  low: close.map((price, t) => Math.min(price, close[Math.max(t - 1, 0)]) * 0.996),
  close,
  volume: close.map((_, t) => 10_000 + 13 * t)
}));
const values = [6000, 3000, -1000];
const cross = {bars: [bars[0]], strategy: "sma-cross", parameters: {fast: 5, slow: 20}};
const costs = {commission: "1bps", spread: "4bps"};

export const TASK_INPUTS: Readonly<Record<TaskName, object>> = {
  backtest: {...cross, costs},
  ladder: {...cross, costs},
  sweep: {bars, strategy: "sma-cross", parameters: {fast: [3, 5, 8], slow: [13, 21]}},
  optimize: {prices, options: {objective: "max-sharpe", covariance: "ledoit-wolf"}},
  frontier: {prices, points: 5},
  monteCarlo: {history, values: [6000, 3000, 1000], paths: 6000, periods: 20, points: 4, model: "student-t"},
  factorAnalysis: {history, values, factors: {market: noise(5).map((value) => 0.01 * value)}},
  stressTest: {
    base: "EUR",
    holdings: [
      {symbol: "North", value: 6000, currency: "USD", class: "STK"},
      {
        symbol: "North put",
        value: 300,
        currency: "USD",
        class: "OPT",
        option: {
          right: "put",
          style: "american",
          underlying: "North",
          underlyingClass: "STK",
          underlyingPrice: 100,
          on: "spot",
          strike: 95,
          years: 0.25,
          mark: 3,
          rate: 0.03
        }
      }
    ]
  },
  correlation: {history},
  risk: {history, values}
};
