/** Small inputs of tasks, as JSON would bring them. */

const DAY_MS = 86_400_000;

/** Returns that do not repeat, made without chance. */
export const returnsOf = (rows: number, step: number): number[] =>
  Array.from({length: rows}, (_, t) => 0.0004 + 0.01 * Math.sin(step * (t + 1) ** 1.5));

export const history = {
  assets: ["A", "B", "C"],
  returns: [returnsOf(300, 1.1), returnsOf(300, 2.3), returnsOf(300, 0.7)]
};

const pricesOf = (returns: readonly number[]): number[] => {
  let price = 100;
  return [100, ...returns.map((value) => (price *= 1 + value))];
};

export const prices = {
  assets: history.assets,
  dates: Array.from({length: 301}, (_, t) => new Date(t * DAY_MS).toISOString().slice(0, 10)),
  prices: history.returns.map(pricesOf)
};

const close = prices.prices[0];
export const bars = {
  symbol: "A",
  time: close.map((_, t) => t * DAY_MS),
  open: close,
  high: close.map((price) => price * 1.01),
  low: close.map((price) => price * 0.99),
  close,
  volume: close.map(() => 1000)
};
