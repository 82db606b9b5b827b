import {expect, it} from "vitest";
import type {Bars} from "../../../../lib/backtest/bars.js";
import {PROFILES} from "../../../../lib/backtest/contract.js";
import {type Costs, proportionalCosts} from "../../../../lib/backtest/costs/costs.js";
import {runEvents} from "../../../../lib/backtest/event/engine.js";
import type {Desk} from "../../../../lib/backtest/event/strategy.js";
import {buyAndHold} from "../../../../lib/backtest/strategies/buy-and-hold.js";
import {STRATEGIES} from "../../../../lib/backtest/strategies/index.js";
import {barsOf, DAY, fillsOf, flatBars, play, script} from "../bars.js";

it("a strategy that throws is stopped and named, with what was done before", () => {
  const run = play(flatBars([10, 10, 12, 12]), {
    0: (desk) => desk.order({symbol: "A", side: "buy", units: 10}),
    2: () => {
      throw new Error("no idea");
    }
  });
  expect(run.stopped).toEqual({strategy: "script", time: 2 * DAY, reason: "no idea"});
  expect([...run.equity]).toEqual([1000, 1000, 1020]);
  expect(run.journal.at(-1)).toEqual({kind: "stopped", strategy: "script", time: 2 * DAY, reason: "no idea"});
});

it("a strategy that orders anew at each fill of the same close is stopped", () => {
  const endless = {
    name: "endless",
    decide: (
      {now}: {now: number},
      desk: {order: (request: {symbol: string; side: "buy"; units: number}) => number}
    ) => {
      if (now === 0) desk.order({symbol: "A", side: "buy", units: 1e-9});
    },
    filled: (
      _: unknown,
      __: unknown,
      desk: {order: (request: {symbol: string; side: "buy"; units: number}) => number}
    ) => {
      desk.order({symbol: "A", side: "buy", units: 1e-9});
    }
  };
  const run = runEvents(endless, {
    bars: [flatBars([10, 10])],
    rules: {...PROFILES.default, fill: "same-close"},
    eventsAtOnce: 1000
  });
  expect(run.stopped).toEqual({strategy: "endless", time: 0, reason: "more than 1000 events at one moment"});
});

it("a strategy is told of its fills before it is asked again", () => {
  const heard: string[] = [];
  const strategy = {
    ...script({0: (desk) => desk.order({symbol: "A", side: "buy", units: 2})}),
    filled: ({units, price}: {units: number; price: number}) => void heard.push(`${units} at ${price}`)
  };
  runEvents(
    {
      ...strategy,
      decide: (past, desk) => (heard.push(`asked ${past.now / DAY}`), strategy.decide(past, desk))
    },
    {bars: [flatBars([10, 11])]}
  );
  expect(heard).toEqual(["asked 0", "2 at 11", "asked 1"]);
});

it("the journal tells each decision and what became of it, in order", () => {
  const run = play(barsOf([[10, 10, 10, 10], [10, 12, 10, 12], [12, 12, 8, 9]]), {0: (desk) => desk.signal("A", 0.5, {bracket: {stop: 9}})}); // prettier-ignore
  expect(run.journal).toEqual([
    {kind: "signal", time: 0, symbol: "A", share: 0.5},
    {kind: "order", time: 0, order: 1, symbol: "A", type: "MKT", tif: "GTC", units: null, share: 0.5},
    {kind: "fill", time: DAY, order: 1, symbol: "A", units: 50, price: 10, commission: 0, rate: 1},
    {kind: "order", time: DAY, order: 2, symbol: "A", type: "STP", tif: "GTC", units: -50, stop: 9, oco: "exits of 1", parent: 1}, // prettier-ignore
    {kind: "elected", time: 2 * DAY, order: 2, symbol: "A", price: 9},
    {kind: "fill", time: 2 * DAY, order: 2, symbol: "A", units: -50, price: 9, commission: 0, rate: 1}
  ]);
});

it("an order is taken back by its number, once", () => {
  const run = play(flatBars([10, 10, 9]), {
    0: (desk) => desk.order({symbol: "A", side: "buy", units: 1, type: "LMT", limit: 9}),
    1: (desk) => {
      expect(desk.waiting("A")).toBe(1);
      desk.cancel(1);
      desk.cancel(1);
    }
  });
  expect(fillsOf(run)).toEqual([]);
  expect(run.journal.filter(({kind}) => kind === "cancelled")).toHaveLength(1);
});

it("a newer signal takes the place of one that waits", () => {
  const halted = new Map([["A", [{bar: 1, kind: "halt", value: 0}, {bar: 3, kind: "resume", value: 0}] as const]]); // prettier-ignore
  const run = play(
    flatBars([10, 10, 10, 10]),
    {0: (desk) => desk.signal("A", 1), 1: (desk) => desk.signal("A", 1), 2: (desk) => desk.signal("A", 0)},
    {actions: halted}
  );
  expect(fillsOf(run)).toEqual([]);
  expect(run.journal.filter(({kind}) => kind === "cancelled")).toEqual([
    {kind: "cancelled", time: 2 * DAY, order: 1, symbol: "A", reason: "a newer signal takes its place"}
  ]);
});

it("a symbol that has no bar yet cannot be ordered", () => {
  const run = play([flatBars([10, 10, 10]), flatBars([5], {symbol: "B", days: [2]})], {
    0: (desk) => desk.signal("B", 1)
  });
  expect(run.journal.at(-1)).toMatchObject({kind: "rejected", symbol: "B", reason: "it has no bar yet"});
});

it("a strategy sees cash, equity and positions as they are at the close", () => {
  const seen: number[][] = [];
  play(flatBars([10, 10, 12]), {
    0: (desk) => desk.order({symbol: "A", side: "buy", units: 10}),
    2: (desk) => void seen.push([desk.cash, desk.equity, desk.position("A")])
  });
  expect(seen).toEqual([[900, 1020, 10]]);
});

it("one bar is too few to trade on", () => {
  const run = runEvents(buyAndHold(), {bars: [flatBars([10])], cash: 500});
  expect([...run.equity]).toEqual([500]);
  expect(run.trades).toEqual([]);
});

const valid = flatBars([10, 10]);
const with_ = (columns: Partial<Bars>): Bars => ({...valid, ...columns});

it.each([
  ["there are no bars", []],
  ["there are no bars of A", [flatBars([])]],
  ["a symbol comes twice", [valid, valid]],
  ["the columns of A differ in length", [with_({open: Float64Array.of(10)})]],
  ["invalid bar 1 of A: time 0", [flatBars([10, 10], {days: [0, 0]})]],
  ["invalid bar 1 of A: time 0", [flatBars([10, 10], {days: [1, 0]})]],
  ["invalid bar 0 of A: open 10, high 10, low 11, close 10", [barsOf([[10, 10, 11, 10]])]],
  ["invalid bar 1 of A: open -1, high -1, low -1, close -1", [flatBars([10, -1])]],
  ["invalid bar 1 of A: open NaN, high NaN, low NaN, close NaN", [flatBars([10, NaN])]],
  ["invalid bar 1 of A: open 0, high 0, low 0, close 0", [flatBars([10, 0])]],
  [
    "invalid bar 1 of A: open 10, high 10, low 10, close NaN",
    [
      barsOf([
        [10, 10, 10, 10],
        [10, 10, 10, NaN]
      ])
    ]
  ],
  ["invalid bar 1 of A: time NaN", [flatBars([10, 10], {days: [0, NaN]})]],
  ["invalid bar 1 of A: time Infinity", [flatBars([10, 10], {days: [0, Infinity]})]],
  ["invalid bar 1 of B: open -1, high -1, low -1, close -1", [valid, flatBars([10, -1], {symbol: "B"})]],
  ["invalid bar 0 of A: volume -1", [barsOf([[10, 10, 10, 10, -1]])]]
])("bars that make no sense are refused: %s", (message, bars) => {
  expect(() => play(bars, {})).toThrow(new RangeError(message));
});

it.each([
  ["invalid margin: 0: above 0, at most 1", {margin: 0}],
  ["invalid volumeShare: 2: above 0, at most 1", {volumeShare: 2}],
  ["invalid wholeEquity: NaN", {wholeEquity: NaN}],
  ["invalid firstDecision: -1", {firstDecision: -1}],
  [
    "exclusive orders are sized at the fill: they close what is held first",
    {exclusive: true, sizing: "close"}
  ]
] as const)("rules that make no sense are refused: %s", (message, rules) => {
  expect(() => play(valid, {}, {rules})).toThrow(new RangeError(message));
});

it.each([
  ["invalid cash: 0", {cash: 0}],
  ["actions of B, which has no bars", {actions: new Map([["B", []]])}],
  ["invalid bar of a split: 3", {actions: new Map([["A", [{bar: 3, kind: "split" as const, value: 2}]]])}],
  ["invalid value of a split: 0", {actions: new Map([["A", [{bar: 1, kind: "split" as const, value: 0}]]])}],
  ["invalid rate of EUR: 0", {rates: [{currency: "EUR", time: Float64Array.of(0), rate: Float64Array.of(0)}]}]
])("what else makes no sense is refused: %s", (message, options) => {
  expect(() => play(valid, {}, options)).toThrow(new RangeError(message));
});

it.each([
  ["no symbol B: there are A", {symbol: "B", side: "buy", units: 1}],
  ["invalid units: 0", {symbol: "A", side: "buy", units: 0}],
  ["invalid units: NaN", {symbol: "A", side: "buy", units: NaN}],
  ["LMT needs limit", {symbol: "A", side: "buy", units: 1, type: "LMT"}],
  ["MKT takes no limit", {symbol: "A", side: "buy", units: 1, limit: 5}],
  ["STP needs stop", {symbol: "A", side: "buy", units: 1, type: "STP"}],
  ["invalid stop: -1", {symbol: "A", side: "buy", units: 1, type: "STP", stop: -1}],
  ["TRAIL and trail do not go together", {symbol: "A", side: "buy", units: 1, type: "TRAIL"}],
  [
    "invalid trail fraction: 1: below 1",
    {symbol: "A", side: "buy", units: 1, type: "TRAIL", trail: {fraction: 1}}
  ],
  [
    "IOC goes with MKT and LMT, not with STP",
    {symbol: "A", side: "buy", units: 1, type: "STP", stop: 5, tif: "IOC"}
  ],
  ["MOC has a time of its own: leave DAY out", {symbol: "A", side: "buy", units: 1, type: "MOC", tif: "DAY"}],
  ["GTD and until go together", {symbol: "A", side: "buy", units: 1, tif: "GTD"}],
  ["invalid bracket stop: 0", {symbol: "A", side: "buy", units: 1, bracket: {stop: 0}}]
] as const)("an order that makes no sense stops its strategy: %s", (reason, request) => {
  expect(play(valid, {0: (desk) => desk.order(request)}).stopped?.reason).toBe(reason);
});

it("sessions are the caller's", () => {
  const bars = flatBars([10, 10, 10, 11]);
  const order = {symbol: "A", side: "buy", units: 1, type: "MOC"} as const;
  const run = play(bars, {0: (desk) => desk.order(order)}, {sessionOf: (time) => Math.floor(time / DAY / 3)});
  expect(fillsOf(run)[0]).toEqual([2, 1, 10]);
});

it.each([
  ["invalid price of a fill: NaN: by the costs, for bar 1 of A", {slipped: () => NaN}],
  ["invalid price of a fill: -1: by the costs, for bar 1 of A", {slipped: () => -1}],
  ["invalid price of a fill: Infinity: by the costs, for bar 1 of A", {slipped: () => Infinity}],
  ["invalid commission: NaN: by the costs, for bar 1 of A", {commission: () => NaN}],
  ["invalid cost of holding A: NaN: by the costs", {holding: () => NaN}],
  ["invalid cost of holding cash: Infinity: by the costs", {financing: () => Infinity}]
])("a cost that is no number is never booked: %s", (message, costs: Partial<Costs>) => {
  for (const deed of [
    (desk: Desk) => desk.signal("A", 1),
    (desk: Desk) => void desk.order({symbol: "A", side: "buy", units: 1})
  ])
    expect(() =>
      play(flatBars([10, 10, 10]), {0: deed}, {costs: {...proportionalCosts(), ...costs}})
    ).toThrow(message);
});

it.each([...STRATEGIES])(
  "%s on one bar, or on prices that stand still, makes nothing of nothing",
  (_, shipped) => {
    const values = Object.fromEntries(shipped.parameters.map((name, i) => [name, i + 1]));
    for (const bars of [flatBars([10]), flatBars([10, 10, 10, 10, 10])])
      for (const rules of Object.values(PROFILES)) {
        const {equity, stopped} = runEvents(shipped.create(values), {bars: [bars], cash: 1000, rules});
        expect([...equity]).toEqual(Array.from(equity, () => 1000));
        expect(stopped).toBeUndefined();
      }
  }
);
