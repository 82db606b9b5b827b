import * as fc from "fast-check";
import {expect, it} from "vitest";
import {PROFILES} from "../../../../lib/backtest/contract.js";
import {type EventResult, runEvents} from "../../../../lib/backtest/event/engine.js";
import {STRATEGIES} from "../../../../lib/backtest/strategies/index.js";
import type {Parameters} from "../../../../lib/backtest/strategies/parameters.js";
import {long} from "../../../long.js";
import {barsOf, DAY, fillsOf, flatBars} from "../bars.js";

const run = (name: string, parameters: Parameters, prices: readonly number[]): EventResult =>
  runEvents(STRATEGIES.get(name)!.create(parameters), {bars: [flatBars(prices)], cash: 1000});

it("sma-cross is flat until the first crossing, then long above and short below", () => {
  // means of 1 and 2: 8|9, 7|7.5, 10|8.5 crosses above, 12|11, 5|8.5 crosses below, 4|4.5
  const result = run("sma-cross", {fast: 1, slow: 2}, [10, 8, 7, 10, 12, 5, 4, 4]);
  expect(fillsOf(result)).toEqual([
    [4, 1000 / 12, 12],
    [6, -(1000 / 12 + 1000 / 12), 4],
    [7, 1000 / 12, 4]
  ]);
});

it("sma-cross does nothing when the averages meet and part again as they were", () => {
  expect(run("sma-cross", {fast: 1, slow: 2}, [10, 8, 8, 8, 7, 6]).trades).toEqual([]);
});

it("sma-cross needs a crossing, not merely a fast average above the slow one", () => {
  expect(run("sma-cross", {fast: 1, slow: 3}, [1, 2, 3, 4, 5, 6]).trades).toEqual([]);
});

it("buy-and-hold buys for the whole equity at the first fill and stays", () => {
  const result = run("buy-and-hold", {}, [10, 8, 16, 4, 12]);
  expect(fillsOf(result)).toEqual([
    [1, 125, 8],
    [4, -125, 12]
  ]);
  expect([...result.equity]).toEqual([1000, 1000, 2000, 500, 1500]);
});

it("momentum is long while the close is above the one before, else flat", () => {
  const result = run("momentum", {lookback: 2}, [10, 10, 10, 12, 12, 12, 10, 10]);
  expect(fillsOf(result)).toEqual([
    [4, 1000 / 12, 12],
    [6, -1000 / 12, 10]
  ]);
});

it("of several symbols each gets an equal share", () => {
  const bars = [flatBars([10, 10, 20]), flatBars([5, 5, 5], {symbol: "B"})];
  const result = runEvents(STRATEGIES.get("buy-and-hold")!.create({}), {bars, cash: 1000});
  expect(fillsOf(result).slice(0, 2)).toEqual([
    [1, 50, 10],
    [1, 100, 5]
  ]);
  expect(result.equity[2]).toBe(1500);
});

it.each(["sma-cross", "momentum", "buy-and-hold"])(
  "%s on a constant series trades at most once, without gain",
  (name) => {
    const shipped = STRATEGIES.get(name)!;
    const parameters = Object.fromEntries(shipped.parameters.map((parameter, i) => [parameter, 2 + i]));
    const {equity, trades} = run(
      name,
      parameters,
      Array.from({length: 50}, () => 10)
    );
    expect([...equity].every((value) => value === 1000)).toBe(true);
    expect(trades).toHaveLength(name === "buy-and-hold" ? 1 : 0);
  }
);

it.each([
  ["sma-cross", {fast: 10}, "sma-cross needs slow"],
  ["sma-cross", {fast: 30, slow: 10}, "fast is not below slow: 30, 10"],
  [
    "sma-cross",
    {fast: 10, slow: 30, extra: 1},
    "sma-cross has no parameter extra: it has fast, slow, stop, target, trail, hold"
  ],
  ["sma-cross", {fast: 1.5, slow: 30}, "invalid fast: 1.5: a whole number, at least 1"],
  ["momentum", {lookback: 0}, "invalid lookback: 0: a whole number, at least 1"],
  ["momentum", {lookback: NaN}, "invalid lookback: NaN: a whole number, at least 1"],
  ["buy-and-hold", {fast: 1}, "buy-and-hold has no parameter fast: it has none"]
] as const)("%s %j is refused", (name, parameters, message) => {
  expect(() => STRATEGIES.get(name)!.create(parameters)).toThrow(new RangeError(message));
});

const walks = fc.array(
  fc.tuple(fc.integer({min: -3, max: 3}), fc.integer({min: -5, max: 5}), fc.nat(3), fc.nat(3)),
  {minLength: 12, maxLength: 60}
);

/** Bars whose prices often stand still or come back, so that averages tie. */
function walk(steps: readonly (readonly [number, number, number, number])[]) {
  let last = 50;
  return barsOf(
    steps.map(([gap, move, up, down]) => {
      const open = Math.max(last + gap, 10);
      const close = Math.max(open + move, 10);
      last = close;
      return [open, Math.max(open, close) + up, Math.min(open, close) - down, close] as const;
    })
  );
}

it.each([...STRATEGIES])(
  "%s run on bars cut at a day agrees before that day, by every profile",
  (_, {create, parameters}) => {
    const values = fc.tuple(fc.integer({min: 1, max: 4}), fc.integer({min: 5, max: 9}));
    const profiles = fc.constantFrom(...Object.values(PROFILES));
    fc.assert(
      fc.property(walks, values, fc.nat(59), profiles, (steps, [small, large], at, rules) => {
        const bars = walk(steps);
        const day = at % steps.length;
        const chosen = Object.fromEntries(parameters.map((name, i) => [name, i === 0 ? small : large]));
        const whole = runEvents(create(chosen), {bars: [bars], rules});
        const cut = runEvents(create(chosen), {bars: [walk(steps.slice(0, day + 1))], rules});
        const before = ({journal}: EventResult) => journal.filter(({time}) => time < day * DAY);
        expect(cut.equity.slice(0, day)).toEqual(whole.equity.slice(0, day));
        expect(before(cut)).toEqual(before(whole));
      }),
      {numRuns: long(2000)}
    );
  }
);

it.each([...STRATEGIES])("%s begun anew remembers nothing of another run", (_, {create, parameters}) => {
  const chosen = Object.fromEntries(parameters.map((name, i) => [name, 2 + 3 * i]));
  const bars = [walk(Array.from({length: 40}, (__, i) => [(i * 7) % 5, ((i * 3) % 9) - 4, 1, 1] as const))];
  expect(runEvents(create(chosen), {bars})).toEqual(runEvents(create(chosen), {bars}));
});
