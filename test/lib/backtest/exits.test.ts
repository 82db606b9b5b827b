import {expect, it} from "vitest";
import type {Bars} from "../../../lib/backtest/bars.js";
import {runEvents} from "../../../lib/backtest/event/engine.js";
import {bracketOf, exitsOf} from "../../../lib/backtest/exits.js";
import {STRATEGIES} from "../../../lib/backtest/strategies/index.js";
import {generatePositions} from "../../../lib/backtest/vector/positions.js";
import {runVector} from "../../../lib/backtest/vector/run.js";
import {barsOf, DAY, endsOf, fillsOf, play, type Row} from "./bars.js";

const BASE: readonly Row[] = [
  [100, 101, 99, 100],
  [100, 101, 99, 100]
];

/** Fills of a strategy by both engines: day, units, price; 1,000 in cash, no costs. */
function fillsBy(name: string, parameters: Record<string, number>, bars: Bars) {
  const event = runEvents(STRATEGIES.get(name)!.create(parameters), {bars: [bars], cash: 1000});
  const vector = runVector(bars, generatePositions(bars, name, parameters), {
    cash: 1000,
    exits: exitsOf(parameters)
  });
  expect(vector.trades).toEqual(event.trades);
  return fillsOf(event);
}

it("a ledger of twelve bars: a trailing stop, a stop passed by a gap, stop and target in one bar", () => {
  const bars = barsOf([
    ...BASE,
    [100, 105, 100, 104], // 2: above the high of 0 and 1, 101: buys at the next open
    [110, 112, 108, 111], // 3: bought 1000/110 at 110; best 112, trail 10 %: 100.8
    [112, 120, 110, 118], // 4: best 120: trail at 108
    [117, 119, 107, 115], // 5: sold at 108: -2 a unit, 981.818… left; the channel is 108 to 120: no breakout
    [114, 115, 106, 106.5], // 6: below the low of 4 and 5, 107: sells short at the next open; stop 5 %: 111.825
    [106, 107, 104, 105], // 7: sold short at 106
    [120, 121, 118, 119], // 8: the open has passed the stop: bought back at 120; above the channel: 115
    [125, 143, 112, 120], // 9: bought at 125 with stop 113.05, target 142.8: both within: stopped
    [120, 121, 119, 120], // 10
    [120, 121, 119, 120] // 11
  ]);
  const parameters = {lookback: 2, trail: 1000, stop: 500, target: 2000};
  const first = 1000 / 110;
  const second = (1000 - 2 * first) / 106;
  const third = (106 * second - 14 * second) / 125;
  const expected = [
    [3, first, 110],
    [5, -first, 108],
    [7, -second, 106],
    [8, second, 120],
    [9, third, 125],
    [9, -third, 113.05]
  ];
  const fills = fillsBy("breakout", parameters, bars);
  expect(fills.map(([day]) => day)).toEqual(expected.map(([day]) => day));
  for (const [i, [, units, price]] of fills.entries()) {
    expect(units).toBeCloseTo(expected[i][1], 9);
    expect(price).toBeCloseTo(expected[i][2], 9);
  }
});

it("a target that the open has passed fills at the open, better than its price", () => {
  const bars = barsOf([...BASE, [100, 105, 100, 104], [104, 106, 103, 105], [118, 119, 117, 118]]);
  // target 5 % above 104: 109.2
  expect(fillsBy("breakout", {lookback: 2, trail: 2000, target: 500}, bars)).toEqual([
    [3, 1000 / 104, 104],
    [4, -1000 / 104, 118]
  ]);
});

it("what was held for so many closes is closed at the next open, and waits for the next breakout", () => {
  const bars = barsOf([
    ...BASE,
    [100, 105, 100, 104],
    [104, 108, 103, 107], // the first close that it is held at, a breakout too
    [107, 108, 106, 107], // the second
    [106, 107, 105, 106],
    [106, 112, 106, 110], // above 108: again
    [111, 112, 110, 111]
  ]);
  const fills = fillsBy("breakout", {lookback: 2, trail: 5000, hold: 2}, bars);
  expect(fills.map(([day, , price]) => [day, price])).toEqual([
    [3, 104],
    [5, 106],
    [7, 111],
    [7, 111] // the end
  ]);
});

it("an entry whose open has passed its stop is closed at that open", () => {
  const bars = barsOf([...BASE, [100, 105, 100, 104], [90, 102, 89, 100], [100, 101, 99, 100]]);
  expect(fillsBy("breakout", {lookback: 2, trail: 2000, stop: 500}, bars)).toEqual([
    [3, 1000 / 90, 90],
    [3, -1000 / 90, 90]
  ]);
});

it("sma-cross stopped out is flat until the next crossing", () => {
  const row = (price: number): Row => [price, price, price, price];
  // means of 1 and 2: crosses above at 10, bought at 12, stop 5 % below 10 never; trail 10 % of 14: 12.6
  const bars = barsOf([10, 8, 7, 10, 12, 14, 12, 13, 14, 9, 9].map(row));
  const fills = fillsBy("sma-cross", {fast: 1, slow: 2, trail: 1000}, bars);
  expect(fills.map(([day, units, price]) => [day, Math.sign(units), price])).toEqual([
    [4, 1, 12],
    [6, -1, 12], // stopped; the averages cross below at this close
    [7, -1, 13],
    [8, 1, 14], // the crossing above at 7 turns it round: bought back and bought
    [9, -1, 9], // stopped by the gap; crosses below
    [10, -1, 9],
    [10, 1, 9]
  ]);
});

it("exitsOf(parameters) reads basis points and closes, and refuses a distance of the whole price", () => {
  expect(exitsOf({fast: 5, slow: 20, stop: 250, hold: 3})).toEqual({stop: 0.025, hold: 3});
  expect(exitsOf({})).toEqual({});
  for (const name of ["stop", "target", "trail"])
    expect(() => exitsOf({[name]: 10_000})).toThrow(
      new RangeError(`invalid ${name}: 10000: basis points, below 10000`)
    );
  expect(exitsOf({hold: 10_000})).toEqual({hold: 10_000});
});

it("bracketOf(exits, side, close) stands on both sides of the close that decided", () => {
  expect(bracketOf({stop: 0.25, target: 0.5}, 1, 100)).toEqual({stop: 75, target: 150});
  expect(bracketOf({stop: 0.25, target: 0.5, trail: 0.1}, -1, 100)).toEqual({
    stop: 125,
    target: 50,
    trail: {fraction: 0.1}
  });
  expect(bracketOf({hold: 3}, 1, 100)).toBeUndefined();
});

it("a bracket's trailing stop begins at the price that its entry fills at, and takes the others with it", () => {
  const bars = barsOf([
    [100, 100, 100, 100],
    [100, 104, 99, 103],
    [103, 103, 102, 103]
  ]);
  const bought = play(bars, {
    0: (desk) => desk.signal("A", 1, {bracket: {stop: 80, target: 120, trail: {amount: 3}}})
  });
  expect(fillsOf(bought)).toEqual([
    [1, 10, 100],
    [1, -10, 101]
  ]);
  expect(endsOf(bought).map(([day, kind]) => [day, kind])).toEqual([
    [1, "cancelled"],
    [1, "cancelled"]
  ]);
  expect(
    play(bars, {0: (desk) => desk.signal("A", 1, {bracket: {trail: {fraction: 1}}})}).stopped
  ).toMatchObject({time: 0 * DAY, reason: "invalid trail fraction: 1: below 1"});
});

it("an order to hold nothing, its units fixed at the close, opens nothing when an exit came before", () => {
  const bars = barsOf([
    [100, 100, 100, 100],
    [100, 101, 99, 100],
    [80, 80, 80, 80],
    [80, 80, 80, 80]
  ]);
  const result = play(
    bars,
    {0: (desk) => desk.signal("A", 0.5, {bracket: {stop: 90}}), 1: (desk) => desk.signal("A", 0)},
    {rules: {sizing: "close", margin: 0.5}}
  );
  expect(fillsOf(result)).toEqual([
    [1, 5, 100],
    [2, -5, 80]
  ]);
});
