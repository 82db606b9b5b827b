import * as fc from "fast-check";
import {expect, it} from "vitest";
import {randomWalk} from "../../../bench/backtest/walk.js";
import {sweepPathsByKernel} from "../../../lib/kernels/path-sweep.kernel.js";
import {
  type FillCosts,
  NO_SIGNAL,
  type PathColumns,
  type PathRules,
  sweepPaths
} from "../../../lib/kernels/path-sweep.js";
import {long} from "../../long.js";

const FREE: FillCosts = {slippage: 0, slippagePerUnit: 0, commission: 0, commissionPerUnit: 0};

const walks = fc.record({
  seed: fc.integer({min: 0, max: 1e6}),
  length: fc.integer({min: 1, max: 200}),
  move: fc.constantFrom(0.005, 0.03, 0.6),
  digits: fc.constantFrom(0, 1, 6)
});

const costs = fc.record({
  slippage: fc.constantFrom(0, 0.002),
  slippagePerUnit: fc.constantFrom(0, 0.01),
  commission: fc.constantFrom(0, 0.001, 0.4),
  commissionPerUnit: fc.constantFrom(0, 0.02)
});

const signal = fc.constantFrom(NO_SIGNAL, NO_SIGNAL, NO_SIGNAL, -1, 0, 1);
const away = fc.constantFrom(Infinity, 0.0001, 0.01, 0.05, 0.3, 0.99);
const cell = fc.record({
  row: fc.nat(1),
  stop: away,
  target: away,
  trail: away,
  hold: fc.constantFrom(2 ** 31 - 1, 1, 2, 9)
});

function columnsOf(walk: Parameters<typeof randomWalk>[0], given: FillCosts): PathColumns {
  const bars = randomWalk({price: 60, ...walk});
  const up = (values: Float64Array) => values.map((value) => value + 1);
  const [open, high, low, close] = [up(bars.open), up(bars.high), up(bars.low), up(bars.close)];
  const sold = (price: number) => price * (1 - given.slippage) * (1 - given.commission);
  const bought = (price: number) => price * (1 + given.slippage) * (1 + given.commission);
  return {
    open,
    high,
    low,
    close,
    buy: open.map(bought),
    sell: open.map(sold),
    short: open.map(bought),
    closeBuy: close.map(bought),
    closeSell: close.map(sold)
  };
}

function rulesOf(
  cells: readonly {row: number; stop: number; target: number; trail: number; hold: number}[]
): PathRules {
  return {
    signals: Int32Array.from(cells, ({row}) => row),
    stop: Float64Array.from(cells, ({stop}) => stop),
    target: Float64Array.from(cells, ({target}) => target),
    trail: Float64Array.from(cells, ({trail}) => trail),
    hold: Int32Array.from(cells, ({hold}) => hold)
  };
}

it("sweepPathsByKernel gives what its twin gives, to the bit", () => {
  const rows = fc.array(signal, {minLength: 400, maxLength: 400});
  fc.assert(
    fc.property(walks, costs, rows, fc.array(cell, {maxLength: 12}), (walk, given, drawn, cells) => {
      const columns = columnsOf(walk, given);
      const signals = [0, 200].map((from) => Int8Array.from(drawn.slice(from, from + walk.length)));
      const rules = rulesOf(cells);
      expect(sweepPathsByKernel(columns, given, signals, rules)).toEqual(
        sweepPaths(columns, given, signals, rules)
      );
    }),
    {numRuns: long(3000)}
  );
});

const NEVER = {row: 0, stop: Infinity, target: Infinity, trail: Infinity, hold: 2 ** 31 - 1};

it.each([sweepPaths, sweepPathsByKernel])("%o closes where a hand would, cell by cell", (sweep) => {
  const column = (...values: number[]) => Float64Array.from(values);
  const [open, high, low, close] = [
    column(100, 100, 104, 90),
    column(100, 110, 106, 91),
    column(100, 96, 103, 89),
    column(100, 105, 105, 90)
  ];
  const columns = {
    open,
    high,
    low,
    close,
    buy: open,
    sell: open,
    short: open,
    closeBuy: close,
    closeSell: close
  };
  const long = Int8Array.of(1, NO_SIGNAL, NO_SIGNAL, NO_SIGNAL);
  const {totalReturn, maxDrawdown, trades} = sweep(
    columns,
    FREE,
    [long],
    rulesOf([
      NEVER, // to the end
      {...NEVER, stop: 0.04}, // 96, touched
      {...NEVER, stop: 0.05}, // 95, jumped over: 90
      {...NEVER, target: 0.08}, // 108, touched
      {...NEVER, stop: 0.04, target: 0.08}, // both: the stop
      {...NEVER, trail: 0.1}, // high first: 99 after 110, above the low of 96
      {...NEVER, hold: 1} // at the open of the third
    ])
  );
  const returns = [...totalReturn].map((value) => Math.round(1e9 * value) / 1e9);
  expect(returns).toEqual([-0.1, -0.04, -0.1, 0.08, -0.04, -0.01, 0.04]);
  expect([...maxDrawdown].map((value) => Math.round(1e6 * value) / 1e6)).toEqual([
    -0.142857, // 105 to 90
    -0.04,
    -0.142857,
    0,
    -0.04,
    -0.01,
    -0.009524 // 105 to 104
  ]);
  expect([...trades]).toEqual([1, 1, 1, 1, 1, 1, 1]);
});

it.each([sweepPaths, sweepPathsByKernel])("%o ends a short whose equity is gone", (sweep) => {
  const prices = Float64Array.of(10, 10, 25, 5, 5);
  const [open, high, low, close] = [prices, prices, prices, prices];
  const columns = {
    open,
    high,
    low,
    close,
    buy: open,
    sell: open,
    short: open,
    closeBuy: close,
    closeSell: close
  };
  const short = Int8Array.of(-1, NO_SIGNAL, NO_SIGNAL, 1, NO_SIGNAL);
  const {totalReturn, maxDrawdown, trades} = sweep(
    columns,
    FREE,
    [short],
    rulesOf([NEVER, {...NEVER, stop: 0.5}, {...NEVER, stop: 1.6}])
  );
  expect([...totalReturn]).toEqual([-1.5, -1.5, -1.5]); // the gap is beyond the stop, too
  expect([...maxDrawdown]).toEqual([-1, -1, -1]);
  expect([...trades]).toEqual([1, 1, 1]);
});

it.each([sweepPaths, sweepPathsByKernel])("%o refuses signals that do not go with the bars", (sweep) => {
  const columns = columnsOf({seed: 1, length: 5, move: 0.1}, FREE);
  const run = (signals: Int8Array[]) => () => sweep(columns, FREE, signals, rulesOf([NEVER]));
  expect(run([])).toThrow(new RangeError("there are no signals 0"));
  expect(run([new Int8Array(4)])).toThrow(new RangeError("signals 0 have 4 values for 5 bars"));
  expect(
    sweep(columns, FREE, [new Int8Array(5)], rulesOf([])).totalReturn,
    "no cells for no rules"
  ).toHaveLength(0);
});
