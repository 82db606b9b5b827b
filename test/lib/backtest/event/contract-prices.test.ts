/** The examples of guides/execution-contract.md, rules 6 to 10. Fills are [day, units, price]. */
import {expect, it} from "vitest";
import type {OrderRequest} from "../../../../lib/backtest/event/order.js";
import type {Desk} from "../../../../lib/backtest/event/strategy.js";
import {barsOf, DAY, endsOf, fillsOf, flatBars, play, type Row} from "../bars.js";

const market = (side: "buy" | "sell", units: number) => ({symbol: "A", side, units}) as const;
/** A bar that stays where it is. */
const at = (price: number): Row => [price, price, price, price];

it("rule 6: a stop that the open has passed fills at the open, else at its price", () => {
  const deeds = {
    0: (desk: Desk) => desk.order(market("buy", 1)),
    1: (desk: Desk) => desk.order({...market("sell", 1), type: "STP", stop: 95})
  };
  expect(fillsOf(play(barsOf([at(98), at(98), [92, 96, 90, 94]]), deeds))[1]).toEqual([2, -1, 92]);
  expect(fillsOf(play(barsOf([at(98), at(98), [98, 99, 94, 96]]), deeds))[1]).toEqual([2, -1, 95]);
});

it("rule 6: a limit that the open betters fills at the open, else when it is touched", () => {
  const deeds = {
    0: (desk: Desk) => desk.order({...market("buy", 1), type: "LMT", limit: 95})
  };
  expect(fillsOf(play(barsOf([at(98), [92, 96, 90, 94]]), deeds))[0]).toEqual([1, 1, 92]);
  expect(fillsOf(play(barsOf([at(98), [98, 99, 95, 96]]), deeds))[0]).toEqual([1, 1, 95]);
  expect(fillsOf(play(barsOf([at(98), [98, 99, 95.01, 96]]), deeds))).toEqual([]);
});

it.each([
  ["pessimistic", -5],
  ["optimistic", 5],
  ["nearer-extreme", -5]
] as const)("rule 7: of a stop and a target in one bar, %s: %d", (path, gain) => {
  const bars = barsOf([at(100), [100, 106, 94, 101]]); // both extremes are as near: low first
  const deeds = {0: (desk: Desk) => desk.signal("A", 0.1, {bracket: {stop: 95, target: 105}})};
  const run = play(bars, deeds, {rules: {path}});
  expect(run.trades.map(({pnl}) => pnl)).toEqual([gain]);
});

it("rule 7: the nearer extreme is first", () => {
  const deeds = {0: (desk: Desk) => desk.signal("A", 0.1, {bracket: {stop: 95, target: 105}})};
  const run = play(barsOf([at(100), [100, 105.5, 94, 101]]), deeds, {rules: {path: "nearer-extreme"}});
  expect(run.trades.map(({pnl}) => pnl)).toEqual([5]);
});

it("rule 7: an entry within the bar whose target may or may not have been met after it stays", () => {
  const entry = {...market("buy", 1), type: "LMT", limit: 98, bracket: {stop: 95, target: 105}} as const;
  const deeds = {0: (desk: Desk) => desk.order(entry)};
  const bars = barsOf([at(100), [100, 106, 97, 104]]);
  expect(fillsOf(play(bars, deeds, {rules: {end: "leave"}}))).toEqual([[1, 1, 98]]);
  expect(fillsOf(play(bars, deeds, {rules: {end: "leave", path: "optimistic"}}))).toEqual([
    [1, 1, 98],
    [1, -1, 105]
  ]);
});

it("rule 7: what is certain whichever way was walked happens in the bar", () => {
  const below = {...market("buy", 1), type: "LMT", limit: 95, bracket: {stop: 92}} as const;
  const above = {...market("buy", 1), type: "STP", stop: 105, bracket: {target: 108}} as const;
  const run = (order: typeof below | typeof above, row: Row) =>
    fillsOf(play(barsOf([at(100), row]), {0: (desk) => desk.order(order)}, {rules: {end: "leave"}}));
  expect(run(below, [100, 101, 90, 98])).toEqual([
    [1, 1, 95],
    [1, -1, 92]
  ]);
  expect(run(above, [100, 110, 99, 101])).toEqual([
    [1, 1, 105],
    [1, -1, 108]
  ]);
});

it("rule 8: TRAIL follows the best price, by an amount or a fraction", () => {
  const trailing = (trail: {amount: number} | {fraction: number}) => ({
    0: (desk: Desk) => desk.order(market("buy", 1)),
    1: (desk: Desk) => desk.order({...market("sell", 1), type: "TRAIL", trail})
  });
  const bars = barsOf([at(100), at(100), [102, 104, 102, 103], [103, 103, 99, 99]]);
  expect(fillsOf(play(bars, trailing({amount: 3})))[1]).toEqual([3, -1, 101]);
  expect(fillsOf(play(bars, trailing({fraction: 1 / 32})))[1]).toEqual([3, -1, 100.75]);
});

it("rule 8: TRAIL to buy follows the lowest price", () => {
  const bars = barsOf([at(100), [97, 97, 96, 97], [97, 100, 97, 100]]);
  const run = play(bars, {0: (desk) => desk.order({...market("buy", 1), type: "TRAIL", trail: {amount: 2}})});
  expect(fillsOf(run)[0]).toEqual([2, 1, 98]);
});

it("rule 8: STP LMT never fills beyond its limit", () => {
  const order = {...market("buy", 1), type: "STP LMT", stop: 105, limit: 106} as const;
  const run = (row: Row) =>
    fillsOf(play(barsOf([at(100), row, at(104)]), {0: (desk) => desk.order(order)}))[0];
  expect(run([100, 107, 99, 107])).toEqual([1, 1, 105]);
  expect(run([105.5, 107, 105.2, 107])).toEqual([1, 1, 105.5]);
  expect(run([108, 109, 107, 108])).toEqual([2, 1, 104]);
});

it("rule 8: MOO and LOO fill at the next session's open, MOC and LOC at its close", () => {
  const hours = [0, 0.5, 1, 1.5, 2]; // sessions of two bars; decided at the close of day 0's first
  const bars = barsOf([[10, 10, 10, 10], [11, 12, 11, 12], [13, 14, 13, 14], [15, 16, 15, 16], [17, 18, 17, 18]], {days: hours}); // prettier-ignore
  const run = (order: Partial<OrderRequest>) => {
    const result = play(
      bars,
      {0: (desk) => desk.order({...market("buy", 1), ...order})},
      {rules: {end: "leave"}}
    );
    return [fillsOf(result), endsOf(result)];
  };
  expect(run({type: "MOO"})).toEqual([[[1, 1, 13]], []]);
  expect(run({type: "LOO", limit: 13})).toEqual([[[1, 1, 13]], []]);
  expect(run({type: "LOO", limit: 12, side: "sell"})).toEqual([[[1, -1, 13]], []]);
  expect(run({type: "LOO", limit: 12})).toEqual([[], [[1, "cancelled", "the open is not at its limit: 13"]]]);
  expect(run({type: "MOC"})).toEqual([[[0.5, 1, 12]], []]);
  expect(run({type: "LOC", limit: 12})).toEqual([[[0.5, 1, 12]], []]);
  expect(run({type: "LOC", limit: 11})).toEqual([
    [],
    [[0.5, "cancelled", "the close is not at its limit: 12"]]
  ]);
});

it.each([
  ["IOC", [[1, 50, 10]], [[1, "cancelled", "it was not filled at once"]]],
  ["FOK", [], [[1, "cancelled", "the volume is too little: 50"]]],
  ["GTC", [[1, 50, 10], [2, 30, 10]], []], // prettier-ignore
  ["DAY", [[1, 50, 10]], [[1, "expired", "its session is over"]]]
] as const)("rule 9: %s, where the volume is less than the order", (tif, fills, ends) => {
  const rows: Row[] = [10, 10, 10].map((price) => [price, price, price, price, 50]);
  const rules = {volumeShare: 1, end: "leave"} as const;
  const run = play(barsOf(rows), {0: (desk) => desk.order({...market("buy", 80), tif})}, {rules});
  expect(fillsOf(run)).toEqual(fills);
  expect(endsOf(run)).toEqual(ends);
});

it("rule 9: GTD works on bars that are not after its time", () => {
  const order = {...market("buy", 1), type: "LMT", limit: 9, tif: "GTD", until: 2 * DAY} as const;
  const run = (prices: number[]) =>
    play(flatBars(prices), {0: (desk) => desk.order(order)}, {rules: {end: "leave"}});
  expect(fillsOf(run([10, 10, 9, 9]))).toEqual([[2, 1, 9]]);
  expect(endsOf(run([10, 10, 10, 9]))).toEqual([[3, "expired", "its time is over"]]);
});

it("rule 10: a bracket's exits work in the bar of their entry, and one takes the other away", () => {
  const entry = {...market("buy", 10), bracket: {stop: 95, target: 105}};
  const run = play(
    barsOf([at(100), [100, 101, 94, 96], [96, 110, 96, 110]]),
    {0: (desk) => desk.order(entry)},
    {cash: 2000}
  );
  expect(fillsOf(run)).toEqual([
    [1, 10, 100],
    [1, -10, 95]
  ]);
  expect(endsOf(run)).toEqual([[1, "cancelled", "order 2 of its group filled"]]);
});

it("rule 10: what one order of a group fills is taken off the others", () => {
  const rows: Row[] = [[10, 10, 10, 10, 9], [10, 11, 10, 11, 6], [10, 10, 9, 9, 9]]; // prettier-ignore
  const run = play(
    barsOf(rows),
    {
      0: (desk) => {
        desk.order({...market("buy", 9), type: "STP", stop: 11, oco: "in"});
        desk.order({...market("buy", 9), type: "LMT", limit: 9, oco: "in"});
      }
    },
    {rules: {volumeShare: 1, end: "leave"}}
  );
  expect(fillsOf(run)).toEqual([
    [1, 6, 11],
    [2, 3, 10]
  ]);
});

it("rule 10: exits go when what they close is closed by another order", () => {
  const run = play(flatBars([10, 10, 10, 10]), {
    0: (desk) => desk.order({...market("buy", 5), bracket: {stop: 5, target: 20}}),
    1: (desk) => desk.order(market("sell", 5))
  });
  expect(endsOf(run)).toEqual([
    [2, "cancelled", "nothing is held to close"],
    [2, "cancelled", "nothing is held to close"]
  ]);
});

it("rule 10: exits grow with each part of their entry that fills", () => {
  const rows: Row[] = [[10, 10, 10, 10, 6], [10, 10, 10, 10, 6], [10, 10, 10, 10, 4], [9, 9, 7, 7, 50]]; // prettier-ignore
  const entry = {...market("buy", 10), bracket: {stop: 8}};
  const run = play(barsOf(rows), {0: (desk) => desk.order(entry)}, {rules: {volumeShare: 1, end: "leave"}});
  expect(fillsOf(run)).toEqual([
    [1, 6, 10],
    [2, 4, 10],
    [3, -10, 8]
  ]);
});

it("rule 10: an order that only reduces is cut to what is held, and is done", () => {
  const run = play(flatBars([10, 10, 10, 10]), {
    0: (desk) => desk.order(market("buy", 30)),
    1: (desk) => desk.order({...market("sell", 50), reduceOnly: true})
  });
  expect(fillsOf(run)).toEqual([
    [1, 30, 10],
    [2, -30, 10]
  ]);
  expect(endsOf(run)).toEqual([]);
});
