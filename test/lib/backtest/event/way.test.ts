/** What walking a bar both ways must leave as it was, and what happens within one bar alone. */
import {expect, it} from "vitest";
import type {Desk} from "../../../../lib/backtest/event/strategy.js";
import {barsOf, endsOf, fillsOf, play, type Row} from "../bars.js";

const at = (price: number): Row => [price, price, price, price, 100];
const buy = {symbol: "A", side: "buy", units: 1} as const;
const sell = {symbol: "A", side: "sell", units: 1} as const;

it("a trailing stop follows the way within one bar", () => {
  const run = play(barsOf([at(100), at(100), [100, 104, 100, 100]]), {
    0: (desk) => desk.order(buy),
    1: (desk) => desk.order({...sell, type: "TRAIL", trail: {amount: 3}})
  });
  expect(fillsOf(run)[1]).toEqual([2, -1, 101]);
});

it("the way that was tried and left takes no volume from the one that counts", () => {
  const order = {...buy, type: "LMT", limit: 98, bracket: {target: 105}} as const;
  const bars = barsOf([at(100), [100, 106, 97, 104, 2]]); // low first buys and sells, high first buys alone
  const run = play(bars, {0: (desk) => desk.order(order)}, {rules: {volumeShare: 1, end: "leave"}});
  expect(fillsOf(run)).toEqual([[1, 1, 98]]);
});

it("orders are numbered by the way that counts alone", () => {
  const order = {...buy, type: "LMT", limit: 98, bracket: {stop: 96, target: 105}} as const;
  const {journal} = play(
    barsOf([at(100), [100, 106, 97, 104]]),
    {0: (desk) => desk.order(order)},
    {rules: {end: "leave"}}
  );
  expect(journal.flatMap((each) => (each.kind === "order" ? [each.order] : []))).toEqual([1, 2, 3]);
});

it("a share that is held stays held when a fill was only tried", () => {
  // low first elects the stop at 95 and sells at 104, which is better than staying; high first stays
  const order = {...sell, type: "STP LMT", stop: 95, limit: 104} as const;
  const run = play(
    barsOf([at(100), at(100), [100, 106, 94, 101], at(101)]),
    {
      0: (desk) => desk.signal("A", 1),
      1: (desk) => desk.order(order),
      2: (desk: Desk) => desk.signal("A", 1)
    },
    {rules: {end: "leave"}}
  );
  expect(fillsOf(run)).toEqual([[1, 10, 100]]);
  expect(endsOf(run)).toEqual([[3, "cancelled", "the bars are over"]]); // the STP LMT alone
});

it("of a stop and a limit at one price the stop is met first", () => {
  const run = play(
    barsOf([at(100), at(100), [100, 105, 100, 104]]),
    {
      0: (desk) => desk.order({...sell, units: 1}),
      1: (desk) => {
        desk.order({...sell, type: "LMT", limit: 103, oco: "one"});
        desk.order({...buy, type: "STP", stop: 103, oco: "one"});
      }
    },
    {rules: {end: "leave"}}
  );
  expect(fillsOf(run)[1]).toEqual([2, 1, 103]);
});
