/** Twenty bars worked out by hand: shares of the equity, slippage and commission a quarter a unit each. */
import {expect, it} from "vitest";
import type {BarAction} from "../../../../lib/backtest/bars.js";
import {PROFILES} from "../../../../lib/backtest/contract.js";
import {parseRate, proportionalCosts} from "../../../../lib/backtest/costs/costs.js";
import {runEvents} from "../../../../lib/backtest/event/engine.js";
import {generatePositions} from "../../../../lib/backtest/vector/positions.js";
import {runVector} from "../../../../lib/backtest/vector/run.js";
import {barsOf, DAY, flatBars, script} from "../bars.js";

/** Open, close, share decided at the close, cash after the bar, units after it. A unit costs a quarter more to buy, brings a quarter less, and a quarter goes as commission. */
const LEDGER = [
  // open, close, decided, cash, units
  [9, 9, 1, 1000, 0],
  [9.5, 10, NaN, 0, 100], //                   1000 / (9.75 + 0.25)
  [10, 11, NaN, 0, 100],
  [11, 12, 1, 0, 100], //                      held already
  [12, 12, -1, 0, 100],
  [12.5, 12, NaN, 2352, -96], //               100 x 12 = 1200; 1200 / (12.25 + 0.25) short, each brings 12
  [12, 11, NaN, 2352, -96],
  [11, 10.5, -0.5, 2352, -96],
  [10, 10, NaN, 2074.8, -69.6], //             2352 - 960 = 1392, half is 696: 264 / 10 = 26.4 bought for 10.5 each
  [10, 9, 0, 2074.8, -69.6],
  [9.25, 9, NaN, 1396.2, 0], //                69.6 x 9.75 = 678.6
  [9, 9, 0, 1396.2, 0], //                     nothing to close
  [9, 9.5, 0.5, 1396.2, 0],
  [9.5, 10, NaN, 698.1, 69.81], //             698.1 / 10
  [10, 10, 1, 698.1, 69.81],
  [9.5, 11, NaN, 0, 139.62], //                698.1 are missing to the whole: 698.1 / 10 more
  [11, 12, NaN, 0, 139.62],
  [10, 8, -1, 0, 139.62],
  [8, 7, NaN, 2028.853125, -130.89375], //     139.62 x 7.5 = 1047.15; 1047.15 / 8 short, each brings 7.5
  [7, 6, 1, 1178.04375, 0] //                  too late to buy; closed: 130.89375 x 6.5 = 850.809375
] as const;

/** Side, size, entry, exit, gain less a quarter a unit at each end. */
const TRADES = [
  ["long", 100, 9.75, 12.25, 250 - 50],
  ["short", 26.4, 12.25, 10.25, 52.8 - 13.2],
  ["short", 69.6, 12.25, 9.5, 191.4 - 34.8],
  ["long", 69.81, 9.75, 7.75, -139.62 - 34.905],
  ["long", 69.81, 9.75, 7.75, -139.62 - 34.905],
  ["short", 130.89375, 7.75, 6.25, 196.340625 - 65.446875]
] as const;

const bars = barsOf(
  LEDGER.map(([open, close]) => [open, Math.max(open, close), Math.min(open, close), close])
);
const positions = Float64Array.from(LEDGER, ([, , decided]) => decided);
const costs = {commission: parseRate("0.25/share"), slippage: parseRate("0.25/share")};

const engines = {
  vector: () => runVector(bars, positions, {cash: 1000, costs}),
  event: () => {
    const deeds = Object.fromEntries(
      [...positions.entries()].flatMap(([day, share]) =>
        Number.isNaN(share)
          ? []
          : [[day, (desk: Parameters<Parameters<typeof script>[0][number]>[0]) => desk.signal("A", share)]]
      )
    );
    return runEvents(script(deeds), {bars: [bars], cash: 1000, costs: proportionalCosts(costs)});
  }
};

it.each(Object.entries(engines))(
  "the %s engine leaves the equity of twenty bars worked out by hand",
  (_, run) => {
    const {equity, held} = run();
    for (const [day, [, close, , cash, units]] of LEDGER.entries())
      expect(equity[day], `day ${day}`).toBeCloseTo(cash + units * close, 9);
    expect([...held]).toEqual([0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1]);
  }
);

it.each(Object.entries(engines))("the %s engine lists the trades worked out by hand", (_, run) => {
  const {trades} = run();
  expect(trades).toHaveLength(TRADES.length);
  for (const [i, [side, size, entry, exit, pnl]] of TRADES.entries()) {
    expect(trades[i].side).toBe(side);
    expect(trades[i].size).toBeCloseTo(size, 9);
    expect(trades[i].entryPrice).toBe(entry);
    expect(trades[i].exitPrice).toBe(exit);
    expect(trades[i].pnl).toBeCloseTo(pnl, 9);
    expect(trades[i].commission).toBeCloseTo(size / 2, 9);
    expect(trades[i].returnPercent).toBeCloseTo((100 * pnl) / (size * entry), 9);
  }
  expect(trades[0]).toMatchObject({entryTime: DAY, exitTime: 5 * DAY});
});

const flat = flatBars([10, 11, 12]);
const none = new Float64Array(3).fill(NaN);
const action = (kind: BarAction["kind"]) => new Map([["A", [{bar: 1, kind, value: 1}]]]);

it.each([
  [
    {rules: {...PROFILES.default, volumeShare: 0.1}},
    "the vector engine does not know a cap by the volume (rule 11): choose the event engine"
  ],
  [
    {actions: action("split")},
    "the vector engine does not know a split of A (rule 14): choose the event engine"
  ],
  [
    {actions: action("dividend")},
    "the vector engine does not know a dividend of A (rule 15): choose the event engine"
  ],
  [
    {actions: action("halt")},
    "the vector engine does not know a halt of A (rule 13): choose the event engine"
  ],
  [{rules: {...PROFILES.default, margin: 0}}, "invalid margin: 0: above 0, at most 1"],
  [{rules: {...PROFILES.default, wholeEquity: NaN}}, "invalid wholeEquity: NaN"],
  [{rules: {...PROFILES.default, firstDecision: -1}}, "invalid firstDecision: -1"],
  [
    {rules: {...PROFILES["lean-daily"], exclusive: true}},
    "exclusive orders are sized at the fill: they close what is held first"
  ],
  [{cash: NaN}, "invalid cash: NaN"]
])("runVector(bars, positions, %j) is refused", (options, message) => {
  expect(() => runVector(flat, none, options)).toThrow(new RangeError(message));
});

it("runVector(bars, positions) refuses columns that do not go with their bars, and shares without an end", () => {
  expect(() => runVector(flat, new Float64Array(2))).toThrow(new RangeError("A has 2 positions for 3 bars"));
  expect(() => runVector([flat], [])).toThrow(
    new RangeError("there are 0 columns of positions for 1 symbols")
  );
  expect(() => runVector(flat, Float64Array.of(0, -Infinity, 0))).toThrow(
    new RangeError("invalid position 1 of A: -Infinity")
  );
  expect(() => runVector([flat, flatBars([1, 1, 1], {symbol: "B", currency: "EUR"})], [none, none])).toThrow(
    new RangeError("the vector engine does not know EUR of B beside USD (rule 17): choose the event engine")
  );
});

it("runVector(bars, positions) ends with the debt that a short leaves, or with nothing, by the rules", () => {
  const rising = flatBars([10, 10, 25, 30]);
  const short = Float64Array.of(-1, NaN, NaN, NaN);
  expect([...runVector(rising, short, {cash: 100}).equity]).toEqual([100, 100, -50, -50]);
  const zero = runVector(rising, short, {cash: 100, rules: {...PROFILES.default, ruin: "zero"}});
  expect([...zero.equity]).toEqual([100, 100, 0, 0]);
  expect(zero.trades).toHaveLength(1);
});

it("runVector(one bar, a decision) trades nothing", () => {
  const {equity, trades} = runVector(flatBars([10]), Float64Array.of(1), {cash: 100});
  expect({equity: [...equity], trades}).toEqual({equity: [100], trades: []});
});

it("generatePositions(bars, strategy) decides at the close of a crossing, and says which strategies it has", () => {
  const bars = flatBars([10, 8, 7, 10, 12, 5, 4, 4]);
  expect([...generatePositions(bars, "sma-cross", {fast: 1, slow: 2})]).toEqual([
    NaN,
    NaN,
    NaN,
    1,
    NaN,
    -1,
    NaN,
    NaN
  ]);
  expect([...generatePositions(bars, "momentum", {lookback: 1})]).toEqual([0, 0, 0, 1, 1, 0, 0, 0]);
  expect(() => generatePositions(bars, "magic")).toThrow(
    new RangeError(
      "the vector engine has no strategy magic: it has sma-cross, buy-and-hold, momentum, breakout"
    )
  );
  expect(() => generatePositions(bars, "sma-cross", {fast: 3, slow: 2})).toThrow(
    new RangeError("fast is not below slow: 3, 2")
  );
});
