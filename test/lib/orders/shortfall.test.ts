import * as fc from "fast-check";
import {expect, it} from "vitest";
import {type RunFill, shortfallOf} from "../../../lib/orders/shortfall.js";
import {long} from "../../long.js";

const fill = (more: Partial<RunFill> = {}): RunFill => ({
  symbol: "A",
  decidedAt: 1,
  time: 2,
  units: 100,
  price: 50,
  commission: 0,
  rate: 1,
  mid: null,
  ...more
});

it("shortfallOf(run, backtest) is delay, spread and commission: the example of guides/running-a-strategy.md", () => {
  const {trades, total} = shortfallOf([fill({price: 50.05, mid: 50.04, commission: 1})], [fill()]);
  expect(trades).toHaveLength(1);
  for (const sum of [trades[0], total]) {
    expect(sum.delay).toBeCloseTo(4, 9);
    expect(sum.spread).toBeCloseTo(1, 9);
    expect(sum.commission).toBe(1);
    expect(sum.total).toBeCloseTo(6, 9);
    expect(sum.bps).toBeCloseTo(12, 9);
  }
});

it("shortfallOf(run, backtest) counts a sale below the assumed price as lost, and pays in base currency", () => {
  const {total} = shortfallOf([fill({units: -10, price: 49, rate: 1.1})], [fill({units: -10, rate: 1.1})]);
  expect(total.total).toBeCloseTo(11, 9);
});

it("shortfallOf(run, backtest) takes the backtest's commission for as many units", () => {
  const {total} = shortfallOf([fill({units: 50, commission: 3})], [fill({commission: 4})]);
  expect(total.commission).toBe(1);
});

it("shortfallOf(run, backtest) tells what only one of them did, and counts none of it", () => {
  const {trades, unmatched, total} = shortfallOf([fill()], [fill({units: -100}), fill({decidedAt: 7})]);
  expect(trades).toEqual([]);
  expect(total.total).toBe(0);
  expect(total.bps).toBeNaN();
  expect(unmatched.map(({where, units, decidedAt}) => [where, units, decidedAt])).toEqual([
    ["run", 100, 1],
    ["backtest", -100, 1],
    ["backtest", 100, 7]
  ]);
});

it("shortfallOf(run, backtest) sums to the difference of what was paid, however an order was filled in parts", () => {
  const part = fc.record({
    units: fc.integer({min: 1, max: 50}),
    price: fc.integer({min: 1, max: 100}),
    mid: fc.option(fc.integer({min: 1, max: 100}))
  });
  fc.assert(
    fc.property(fc.array(part, {minLength: 1, maxLength: 5}), (parts) => {
      const units = parts.reduce((sum, each) => sum + each.units, 0);
      const paid = parts.reduce((sum, each) => sum + each.units * each.price, 0);
      const {total} = shortfallOf(parts.map(fill), [fill({units})]);
      expect(total.total).toBeCloseTo(paid - 50 * units, 6);
      expect(total.delay + total.spread).toBeCloseTo(total.total, 9);
    }),
    {numRuns: long(500)}
  );
});
