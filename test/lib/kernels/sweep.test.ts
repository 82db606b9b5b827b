import * as fc from "fast-check";
import {expect, it} from "vitest";
import {randomWalk} from "../../../bench/backtest/walk.js";
import {hasKernel, kernelOf, loadKernel} from "../../../lib/kernels/kernel.js";
import {sweepCrossingsByKernel, sweepRisesByKernel} from "../../../lib/kernels/sweep.kernel.js";
import {type SweepColumns, sweepCrossings, sweepRises} from "../../../lib/kernels/sweep.js";
import {BYTES} from "../../../lib/kernels/sweep.wasm.js";
import {long} from "../../long.js";

const walks = fc.record({
  seed: fc.integer({min: 0, max: 1e6}),
  length: fc.integer({min: 1, max: 300}),
  move: fc.constantFrom(0.005, 0.03, 0.6),
  digits: fc.constantFrom(0, 1, 6)
});

const windows = fc.array(fc.tuple(fc.integer({min: 1, max: 70}), fc.integer({min: 1, max: 320})), {
  maxLength: 30
});

function columnsOf(walk: {seed: number; length: number; move: number; digits: number}): SweepColumns {
  const {open, close} = randomWalk({price: 60, ...walk});
  const times = (values: Float64Array, by: number) => values.map((value) => Math.max(value, 0.5) * by);
  return {
    close: times(close, 1),
    buy: times(open, 1.002),
    sell: times(open, 0.998),
    short: times(open, 1.0005),
    closeBuy: times(close, 1.002),
    closeSell: times(close, 0.998)
  };
}

it("sweepCrossingsByKernel gives what its twin gives, to the bit", () => {
  fc.assert(
    fc.property(walks, windows, fc.boolean(), (walk, chosen, isShort) => {
      const columns = columnsOf(walk);
      const pairs = {
        fast: Int32Array.from(chosen, ([fast]) => fast),
        slow: Int32Array.from(chosen, ([, slow]) => slow)
      };
      expect(sweepCrossingsByKernel(columns, pairs, {isShort})).toEqual(
        sweepCrossings(columns, pairs, {isShort})
      );
    }),
    {numRuns: long(3000)}
  );
});

it("sweepRisesByKernel gives what its twin gives, to the bit", () => {
  fc.assert(
    fc.property(walks, fc.array(fc.integer({min: 1, max: 320}), {maxLength: 20}), (walk, chosen) => {
      const columns = columnsOf(walk);
      const lookbacks = Int32Array.from(chosen);
      expect(sweepRisesByKernel(columns, lookbacks)).toEqual(sweepRises(columns, lookbacks));
    }),
    {numRuns: long(2000)}
  );
});

const flat = (n: number) => columnsOf({seed: 1, length: n, move: 0, digits: 6});
const pair = (fast: number, slow: number) => ({fast: Int32Array.of(fast), slow: Int32Array.of(slow)});
const nothing = {
  totalReturn: Float64Array.of(0),
  ratio: Float64Array.of(NaN),
  maxDrawdown: Float64Array.of(0),
  trades: Float64Array.of(0)
};

it.each([sweepCrossings, sweepCrossingsByKernel])(
  "%o leaves a constant series, one row, and windows longer than the series alone",
  (sweep) => {
    for (const isShort of [true, false]) {
      expect(sweep(flat(100), pair(3, 10), {isShort})).toEqual(nothing);
      expect(sweep(flat(1), pair(1, 2), {isShort})).toEqual(nothing);
      expect(sweep(columnsOf({seed: 3, length: 80, move: 0.1, digits: 6}), pair(5, 500), {isShort})).toEqual(
        nothing
      );
    }
  }
);

it.each([sweepCrossings, sweepCrossingsByKernel])("%o gives no cells for no pairs", (sweep) => {
  const none = {fast: new Int32Array(), slow: new Int32Array()};
  expect(sweep(flat(10), none, {isShort: true}).totalReturn).toHaveLength(0);
});

it.each([sweepCrossings, sweepCrossingsByKernel])(
  "%o refuses what is no price, and columns that differ",
  (sweep) => {
    const columns = flat(10);
    const run = (given: SweepColumns) => () => sweep(given, pair(1, 2), {isShort: true});
    expect(run({...columns, close: columns.close.with(4, NaN)})).toThrow(
      new RangeError("invalid close[4]: NaN")
    );
    expect(run({...columns, sell: columns.sell.with(0, 0)})).toThrow(new RangeError("invalid sell[0]: 0"));
    expect(run({...columns, buy: new Float64Array(9)})).toThrow(
      new RangeError("buy has 9 values for 10 bars")
    );
    expect(run({...columns, close: new Float64Array()})).toThrow(new RangeError("there are no bars"));
  }
);

it("kernelOf gives one kernel a module, loadKernel makes it beforehand", async () => {
  await loadKernel(BYTES);
  expect(kernelOf(BYTES)).toBe(kernelOf(BYTES));
  expect(hasKernel(BYTES)).toBe(true);
  expect(hasKernel(btoa("no module"))).toBe(false);
});
