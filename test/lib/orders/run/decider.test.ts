import {expect, it} from "vitest";
import {PROFILES} from "../../../../lib/backtest/contract.js";
import type {Strategy} from "../../../../lib/backtest/event/strategy.js";
import {type AccountView, Decider, type Happening} from "../../../../lib/orders/run/decider.js";
import {GrowingBars} from "../../../../lib/orders/run/growing-bars.js";

const RULES = {...PROFILES.default, sizing: "close", wholeUnits: true} as const;
const DAY = 86_400_000;
const bar = (day: number, price: number) => ({
  time: day * DAY,
  open: price,
  high: price,
  low: price,
  close: price,
  volume: NaN
});
const bars = (day: number, price: number, view: Partial<AccountView> = {}): Happening => ({
  kind: "bars",
  time: day * DAY,
  bars: [bar(day, price)],
  view: {equity: 1000, units: [0], rates: [1], ...view}
});
const decider = (strategy: Strategy) =>
  new Decider(strategy, {symbols: [{symbol: "A", currency: "USD"}], rules: RULES});
/** Wants to hold half of the equity at each close. */
const half: Strategy = {name: "half", decide: (_, desk) => desk.signal("A", 0.5)};

it("a share of the equity becomes whole units at the close of the decision", () => {
  const {orders} = decider(half).live(bars(1, 12));
  expect(orders).toMatchObject([{id: 1, type: "MKT", side: 1, units: 41}]);
});

it("a share that is on its way or held is no order again; one that was given up is", () => {
  const run = decider(half);
  expect(run.live(bars(1, 10)).orders).toHaveLength(1);
  expect(run.live(bars(2, 10)).orders).toEqual([]);
  run.live({kind: "fill", time: 3 * DAY, order: 1, units: 50, price: 10, commission: 0});
  expect(run.live(bars(3, 20, {units: [50], equity: 1500})).orders).toEqual([]);
  const other = decider(half);
  other.live(bars(1, 10));
  other.live({kind: "over", order: 1});
  expect(other.live(bars(2, 10)).orders).toHaveLength(1);
});

it("a newer signal takes back the order of the older one", () => {
  let share = 0.5;
  const run = decider({name: "turn", decide: (_, desk) => desk.signal("A", share)});
  run.live(bars(1, 10));
  share = -0.5;
  expect(run.live(bars(2, 10))).toMatchObject({cancels: [1], orders: [{id: 2, side: -1, units: 50}]});
});

it("a strategy that is told of a fill may order at once, and sees what it holds then", () => {
  const seen: number[] = [];
  const run = decider({
    name: "stop",
    decide(past, desk) {
      if (past.series[0].length === 1) desk.order({symbol: "A", side: "buy", units: 10});
    },
    filled(fill, _, desk) {
      seen.push(desk.position("A"), desk.cash);
      if (fill.units > 0)
        desk.order({symbol: "A", side: "sell", units: fill.units, type: "STP", stop: fill.price - 1});
    }
  });
  run.live(bars(1, 10));
  const {orders} = run.live({kind: "fill", time: DAY, order: 1, units: 10, price: 11, commission: 1});
  expect(orders).toMatchObject([{type: "STP", side: -1, units: 10, stop: 10}]);
  expect(seen).toEqual([10, 889]);
});

it("less than a unit is refused, and says so", () => {
  expect(decider(half).live(bars(1, 600))).toMatchObject({
    orders: [],
    refusals: [expect.stringMatching(/^A: /)]
  });
});

it("orders that are sized at their fill cannot be sent", () => {
  const symbols = [{symbol: "A", currency: "USD"}];
  expect(() => new Decider(half, {symbols, rules: PROFILES.default})).toThrow(
    new RangeError("orders that are sent are sized at their decision")
  );
});

it("GrowingBars keeps every bar as it grows, and refuses one that does not come later", () => {
  const growing = new GrowingBars("A", "USD");
  for (let day = 0; day < 1000; ++day) growing.add(bar(day, day + 1));
  expect(growing.length).toBe(1000);
  expect([growing.at(0).close, growing.at(255).close, growing.at(256).close, growing.at(999).close]).toEqual([
    1, 256, 257, 1000
  ]);
  expect(() => growing.add(bar(999, 1))).toThrow(RangeError);
});
