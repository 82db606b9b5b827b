import type {DailyReturns, Span} from "./time-weighted.js";

/**
 * Returns the value, day by day, of an amount that earned the returns: the cumulative index, net of flows.
 *
 * @param daily returns of days; a day without a return keeps the value
 * @param options.from index of the base day, where the value is `start`; default 0
 * @param options.to index of the last day; default the last
 * @param options.start value on the base day
 * @returns shape (to - from + 1), oldest first; NaN from a day that breaks the chain on; empty when there is no day
 */
export function growth(
  daily: DailyReturns,
  {from = 0, to = daily.returns.length - 1, start = 100}: Span & {start?: number} = {}
): Float64Array {
  const index = new Float64Array(Math.max(0, to - from + 1)).fill(NaN);
  const broken = daily.warnings.find((warning) => warning.breaks && warning.index > from)?.index ?? Infinity;
  for (let i = from, value = start; i <= Math.min(to, broken - 1); ++i) {
    if (i > from && !Number.isNaN(daily.returns[i])) value *= 1 + daily.returns[i];
    index[i - from] = value;
  }
  return index;
}

/**
 * Returns the simple returns of a price or an index: r = p / p_before - 1.
 *
 * @param prices oldest first; shape (n), all > 0, NaN = no price that day
 * @returns the same length; NaN on the first price and where there is none: the next return spans the gap
 * @throws RangeError if a price is not positive
 */
export function priceReturns(prices: Float64Array): DailyReturns {
  const returns = new Float64Array(prices.length).fill(NaN);
  let before = NaN;
  for (let i = 0; i < prices.length; ++i) {
    const price = prices[i];
    if (Number.isNaN(price)) continue;
    if (!(price > 0 && price < Infinity)) throw new RangeError(`invalid prices[${i}]: ${price}`);
    returns[i] = price / before - 1;
    before = price;
  }
  return {returns, warnings: []};
}
