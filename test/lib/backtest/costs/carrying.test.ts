import * as fc from "fast-check";
import {expect, it} from "vitest";
import {borrowCost} from "../../../../lib/backtest/costs/borrow.js";
import {financingCost, IBKR_USD_FINANCING} from "../../../../lib/backtest/costs/financing.js";
import {flatBars} from "../bars.js";

const bars = flatBars([50]);

it("borrowCost(rate) takes a rate a year of what is short, by days, and nothing of what is long", () => {
  const {holding} = borrowCost({rate: 0.036});
  expect(holding!(-100, 50, bars, 0, 2)).toBeCloseTo(1, 12); // 5,000 x 3.6 % x 2 / 360
  expect(holding!(100, 50, bars, 0, 2)).toBe(0);
  expect(borrowCost({rate: 0.0365, yearDays: 365}).holding!(-100, 50, bars, 0, 2)).toBeCloseTo(1, 12);
});

it("financingCost(5.32 %) is what IBKR's example takes for 600,000 that are owed", () => {
  // IBKR, Interest Charged Examples: 100,000 x 6.82 % / 360 + 500,000 x 6.32 % / 360 = 18.94 + 87.78
  const {financing} = financingCost(0.0532);
  expect(financing!(-600_000, 1)).toBeCloseTo(106.72, 2);
  expect(financing!(-100_000, 1)).toBeCloseTo(18.94, 2);
});

it("financingCost(benchmark) pays the benchmark less a half percent on what is held beyond the first 10,000", () => {
  const {financing} = financingCost(0.041);
  expect(financing!(10_000, 1)).toBe(0);
  expect(financing!(110_000, 1)).toBeCloseTo((-100_000 * 0.036) / 360, 12);
});

it("financingCost(benchmark) of a benchmark below zero still takes its spread, and gives nothing", () => {
  const {financing} = financingCost(-0.005);
  expect(financing!(-36_000, 1)).toBeCloseTo(1.5, 12);
  expect(financing!(1e6, 1)).toBe(0);
});

it("financing of longer times is that of each day, and of no cash is nothing", () => {
  const {financing} = financingCost(0.03);
  expect(financing!(0, 3)).toBe(0);
  fc.assert(
    fc.property(fc.integer({min: -300_000_000, max: 300_000_000}), fc.nat(30), (cash, days) => {
      expect(financing!(cash, days)).toBeCloseTo(days * financing!(cash, 1), 5);
    })
  );
});

it("twice as much owed costs at most twice as much, where rates fall with size", () => {
  const {owed} = IBKR_USD_FINANCING;
  expect(owed.slice(0, 4).map(({spread}) => spread)).toEqual([0.015, 0.01, 0.0075, 0.005]);
  const {financing} = financingCost(0.03);
  fc.assert(
    fc.property(fc.integer({min: 1, max: 100_000_000}), (half) => {
      expect(financing!(-2 * half, 1)).toBeLessThanOrEqual(2 * financing!(-half, 1) + 1e-9);
    })
  );
});

it("rates that make no sense are refused", () => {
  expect(() => borrowCost({rate: -0.01})).toThrow("invalid rate of borrowed shares: -0.01: zero or more");
  expect(() => borrowCost({rate: 0.01, yearDays: 0})).toThrow("invalid yearDays: 0");
  expect(() => financingCost(NaN)).toThrow("invalid benchmark: NaN");
  const owed = [{upTo: Infinity, spread: -1}];
  expect(() => financingCost(0, {...IBKR_USD_FINANCING, owed})).toThrow("invalid spread of what is owed: -1");
});
