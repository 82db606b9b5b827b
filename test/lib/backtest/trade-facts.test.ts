import {expect, it} from "vitest";
import type {Bars} from "../../../lib/backtest/bars.js";
import {PROFILES} from "../../../lib/backtest/contract.js";
import {parseRate, proportionalCosts} from "../../../lib/backtest/costs/costs.js";
import {runEvents} from "../../../lib/backtest/event/engine.js";
import {momentum} from "../../../lib/backtest/strategies/momentum.js";
import {tradeFacts} from "../../../lib/backtest/trade-facts.js";

const DAY = 86_400_000;

/** Open, high, low, close a row. */
function barsOf(...rows: readonly (readonly [number, number, number, number])[]): Bars {
  const column = (at: number) => Float64Array.from(rows, (row) => row[at]);
  const time = Float64Array.from(rows, (_, i) => (i + 1) * DAY);
  const [open, high, low, close] = [0, 1, 2, 3].map(column);
  return {symbol: "A", currency: "USD", time, open, high, low, close, volume: time.map(() => NaN)};
}

// up at the close of bar 1, down at that of bar 3: bought at the open of bar 2, sold at that of bar 4
const bars = barsOf(
  [100, 100, 100, 100],
  [100, 101, 100, 101],
  [102, 110, 99, 104],
  [104, 104, 100, 103],
  [100, 100, 90, 95],
  [94, 95, 93, 94]
);

it("tradeFacts(trade) names bar and price of both fills, and splits the gain into market, slippage and commission", () => {
  const costs = proportionalCosts({commission: parseRate("0.001"), slippage: parseRate("0.01")});
  const {trades} = runEvents(momentum({lookback: 1}), {bars: [bars], cash: 1000, costs});
  const facts = tradeFacts(trades[0], bars, {rules: PROFILES.default, costs});
  expect(facts.entry).toMatchObject({bar: 2, at: "open", market: 102, decided: 1});
  expect(facts.exit).toMatchObject({bar: 4, at: "open", market: 100, decided: 3});
  expect(facts.bars).toBe(2);
  const {size, commission, pnl} = trades[0];
  expect(facts.gross).toBeCloseTo(-2 * size, 10);
  expect(facts.slippage).toBeCloseTo(size * (1.02 + 1), 10); // a hundredth of 102, and of 100
  expect(facts.gross! - facts.slippage! - commission).toBeCloseTo(pnl, 10);
});

it("tradeFacts(trade) sees the furthest prices while it was held, not those after it was sold", () => {
  const costs = proportionalCosts();
  const {trades} = runEvents(momentum({lookback: 1}), {bars: [bars], cash: 1000, costs});
  const {adverse, favourable} = tradeFacts(trades[0], bars, {rules: PROFILES.default, costs});
  expect(adverse).toBeCloseTo(99 / 102 - 1, 12);
  expect(favourable).toBeCloseTo(110 / 102 - 1, 12);
});

it("tradeFacts(trade) says what a bar earlier, a bar later and the decision's close would have brought", () => {
  const costs = proportionalCosts();
  const {trades} = runEvents(momentum({lookback: 1}), {bars: [bars], cash: 1020, costs});
  expect(trades[0].size).toBe(10);
  const {alternatives} = tradeFacts(trades[0], bars, {rules: PROFILES.default, costs});
  expect(alternatives).toEqual([
    {name: "one bar earlier", pnl: 10 * (104 - 100)},
    {name: "one bar later", pnl: 10 * (94 - 104)},
    {name: "at the decision's close", pnl: 10 * (103 - 101)}
  ]);
});

it("tradeFacts(trade) knows a close at the end of the bars, which nobody decided", () => {
  const rising = barsOf([100, 100, 100, 100], [100, 101, 100, 101], [102, 103, 102, 103]);
  const costs = proportionalCosts();
  const {trades} = runEvents(momentum({lookback: 1}), {bars: [rising], cash: 1000, costs});
  const {exit, alternatives} = tradeFacts(trades[0], rising, {rules: PROFILES.default, costs});
  expect(exit).toMatchObject({bar: 2, at: "close", market: 103, decided: null});
  expect(alternatives[1]).toEqual({name: "one bar later", pnl: null});
});

it("tradeFacts(trade) refuses a trade of other bars", () => {
  const costs = proportionalCosts();
  const {trades} = runEvents(momentum({lookback: 1}), {bars: [bars], cash: 1000, costs});
  const late = {...trades[0], entryTime: 1};
  expect(() => tradeFacts(late, bars, {rules: PROFILES.default, costs})).toThrow(
    new RangeError("no bar of A at 1970-01-01T00:00:00.001Z")
  );
});
