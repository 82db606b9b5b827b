import * as fc from "fast-check";
import {expect, it} from "vitest";
import {randomWalk} from "../../../../bench/backtest/walk.js";
import type {Bars} from "../../../../lib/backtest/bars.js";
import {metricsOf} from "../../../../lib/backtest/metrics/metrics.js";
import {exitsOf} from "../../../../lib/backtest/exits.js";
import {combinationOf, planSweep, type SweepRequest} from "../../../../lib/backtest/sweep/plan.js";
import {runSweepTask} from "../../../../lib/backtest/sweep/run.js";
import {generatePositions} from "../../../../lib/backtest/vector/positions.js";
import {runVector} from "../../../../lib/backtest/vector/run.js";
import {long} from "../../../long.js";
import {flatBars} from "../bars.js";

const FIGURES = ["totalReturn", "sharpe", "maxDrawdown", "trades"] as const;

const requests = fc.record({
  walk: fc.record({
    seed: fc.integer({min: 0, max: 1e6}),
    length: fc.integer({min: 1, max: 250}),
    move: fc.constantFrom(0.005, 0.02, 0.4),
    digits: fc.constantFrom(1, 8)
  }),
  rate: fc.constantFrom(
    {of: "value" as const, rate: 0},
    {of: "value" as const, rate: 0.001},
    {of: "value" as const, rate: -0.0004},
    {of: "unit" as const, rate: 0.004}
  )
});

const AXES = [
  ["sma-cross", {fast: [1, 2, 5, 9], slow: [3, 10, 40, 300]}],
  ["momentum", {lookback: [1, 4, 20, 300]}],
  ["breakout", {lookback: [1, 4, 20, 300], trail: [1, 300, 2000]}],
  ["breakout", {lookback: [3], trail: [1000, 9000], stop: [100, 800], target: [100, 3000], hold: [1, 7]}],
  ["sma-cross", {fast: [1, 4], slow: [3, 20], stop: [200], target: [900]}],
  ["sma-cross", {fast: [2], slow: [5], trail: [50, 700], hold: [3, 30]}]
] as const;

/** Prices of a walk, kept above a tenth. */
function barsOf(walk: Parameters<typeof randomWalk>[0]): Bars {
  const bars = randomWalk(walk);
  const up = (values: Float64Array) => values.map((value) => value + 1);
  return {...bars, open: up(bars.open), high: up(bars.high), low: up(bars.low), close: up(bars.close)};
}

it.each(AXES)("every cell of a sweep of %s by %j is what the vector engine gives", (strategy, parameters) => {
  fc.assert(
    fc.property(requests, fc.boolean(), ({walk, rate}, withKernel) => {
      const bars = barsOf(walk);
      const costs = {commission: rate, slippage: rate};
      const plan = planSweep({strategy, assets: [bars], parameters, costsOf: () => costs});
      for (const task of plan.tasks) {
        const tile = runSweepTask(task, {withKernel});
        for (let i = 0; i < tile.trades.length; ++i) {
          const chosen = combinationOf(plan, task.from + i);
          if (chosen.fast >= chosen.slow) {
            for (const figure of FIGURES) expect(tile[figure][i]).toBeNaN();
            continue;
          }
          const result = runVector(bars, generatePositions(bars, strategy, chosen), {
            cash: 1000,
            costs,
            exits: exitsOf(chosen)
          });
          const metrics = metricsOf({...result, cash: 1000});
          for (const figure of FIGURES) {
            const value = metrics[figure].value;
            if (value === null) expect(tile[figure][i], figure).toBeNaN();
            else
              expect(
                Math.abs(tile[figure][i] - value),
                `${figure} ${JSON.stringify(chosen)}`
              ).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(value)));
          }
        }
      }
    }),
    {numRuns: long(200)}
  );
});

it("planSweep(request) runs through the last parameter first, and marks what the strategy refuses", () => {
  const assets = [randomWalk({seed: 1, length: 60}), randomWalk({seed: 2, length: 90, symbol: "B"})];
  const plan = planSweep({strategy: "sma-cross", assets, parameters: {slow: [4, 3, 9], fast: [2, 5]}});
  expect(plan).toMatchObject({
    combinations: 6,
    names: ["fast", "slow"],
    axes: [
      [2, 5],
      [4, 3, 9]
    ],
    symbols: ["WALK", "B"]
  });
  expect(Array.from({length: 6}, (_, i) => Object.values(combinationOf(plan, i)))).toEqual([
    [2, 4],
    [2, 3],
    [2, 9],
    [5, 4],
    [5, 3],
    [5, 9]
  ]);
  expect(plan.tasks.map(({asset, from}) => [asset, from])).toEqual([
    [0, 0],
    [1, 0]
  ]);
  const {totalReturn} = runSweepTask(plan.tasks[0]);
  expect([...totalReturn].map(Number.isNaN)).toEqual([false, false, false, true, true, false]);
});

it("planSweep(request) cuts many combinations into tasks that say the same as one would", () => {
  const bars = randomWalk({seed: 4, length: 300});
  const axis = (from: number, count: number) => Array.from({length: count}, (_, i) => from + i);
  const plan = planSweep({
    strategy: "sma-cross",
    assets: [bars],
    parameters: {fast: axis(1, 60), slow: axis(61, 100)}
  });
  expect(plan.tasks.map(({from, values}) => [from, values[0].length])).toEqual([
    [0, 4096],
    [4096, 1904]
  ]);
  const [one] = planSweep({
    strategy: "sma-cross",
    assets: [bars],
    parameters: {fast: [60], slow: [160]}
  }).tasks;
  expect(runSweepTask(plan.tasks[1]).totalReturn.at(-1)).toBe(runSweepTask(one).totalReturn[0]);
});

it("a constant series and a single bar trade nothing, and have no Sharpe ratio", () => {
  for (const prices of [Array.from({length: 50}, () => 5), [5]]) {
    const {tasks} = planSweep({
      strategy: "sma-cross",
      assets: [flatBars(prices)],
      parameters: {fast: [2], slow: [4]}
    });
    const {totalReturn, sharpe, maxDrawdown, trades} = runSweepTask(tasks[0]);
    expect([totalReturn[0], sharpe[0], maxDrawdown[0], trades[0]]).toEqual([0, NaN, 0, 0]);
  }
});

it("the Sharpe ratio of intraday bars is of their own returns, as many more a year as a day has bars", () => {
  const bars = randomWalk({seed: 6, length: 400});
  const hours = {
    ...bars,
    time: bars.time.map((_, i) => Date.UTC(2024, 0, 1) + (Math.floor(i / 8) * 24 + (i % 8)) * 3.6e6)
  };
  const [task] = planSweep({strategy: "momentum", assets: [hours], parameters: {lookback: [5]}}).tasks;
  expect(task.periodsPerYear).toBe(365 * 8);
  const [own] = planSweep({
    strategy: "momentum",
    assets: [hours],
    parameters: {lookback: [5]},
    frequency: 2016
  }).tasks;
  expect(own.periodsPerYear).toBe(2016);
});

const walk = randomWalk({seed: 1, length: 10});
const many = (count: number) => Array.from({length: count}, (_, i) => i + 1);
const base: SweepRequest = {strategy: "sma-cross", assets: [walk], parameters: {fast: [1], slow: [2]}};

it.each<[Partial<SweepRequest>, string]>([
  [{strategy: "buy-and-hold"}, "buy-and-hold cannot be swept: there are sma-cross, momentum, breakout"],
  [{parameters: {fast: [1]}}, "sma-cross needs values of slow"],
  [{parameters: {fast: [1], slow: []}}, "sma-cross needs values of slow"],
  [
    {parameters: {fast: [1], slow: [2], lookback: [1]}},
    "sma-cross has no parameter lookback: it has fast, slow, stop, target, trail, hold"
  ],
  [{parameters: {fast: [0.5], slow: [2]}}, "invalid fast: 0.5: a whole number, at least 1"],
  [{parameters: {fast: [NaN], slow: [2]}}, "invalid fast: NaN: a whole number, at least 1"],
  [{parameters: {fast: [3, 3], slow: [9]}}, "fast has 3 twice"],
  [
    {parameters: {fast: [3], slow: [9], stop: [100, 10_000]}},
    "invalid stop: 10000: basis points, below 10000"
  ],
  [{strategy: "breakout", parameters: {lookback: [3]}}, "breakout needs values of trail"],
  [
    {parameters: {fast: many(1000), slow: many(1000)}},
    "1000000 combinations are too many: at most 250000, take larger steps"
  ],
  [{assets: []}, "there are no bars"],
  [
    {assets: [{...walk, close: walk.close.with(3, NaN)}]},
    `invalid bar 3 of WALK: open ${walk.open[3]}, high ${walk.high[3]}, low ${walk.low[3]}, close NaN`
  ],
  [
    {costsOf: () => ({commission: {of: "unit" as const, rate: 1e4}})},
    `invalid sell[0]: ${walk.open[0] - 1e4}`
  ],
  [{frequency: 0}, "invalid frequency: 0: it is the returns in a year"]
])("planSweep(%j) is refused", (part, message) => {
  expect(() => planSweep({...base, ...part})).toThrow(new RangeError(message));
});

it("planSweep(request) refuses more than a million backtests, and more than 200000 bars of an asset", () => {
  const assets = many(10).map((i) => ({...walk, symbol: `S${i}`}));
  expect(() => planSweep({...base, assets, parameters: {fast: many(500), slow: many(500)}})).toThrow(
    new RangeError("250000 combinations of 10 assets are 2500000 backtests: at most 1000000")
  );
  expect(() => planSweep({...base, assets: [randomWalk({seed: 1, length: 200_001, move: 0})]})).toThrow(
    new RangeError("WALK has 200001 bars: at most 200000, take longer bars")
  );
});
