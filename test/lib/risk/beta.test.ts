import * as fc from "fast-check";
import {expect, it} from "vitest";
import {beta, capture, grown, jensenAlpha, pairsOf} from "../../../lib/risk/beta.js";

const of = (...values: number[]) => Float64Array.from(values);

it("pairsOf(returns, benchmark) leaves out what either misses", () => {
  expect(pairsOf(of(1, NaN, 3, 4), of(5, 6, NaN, 8))).toEqual({returns: of(1, 4), benchmark: of(5, 8)});
  expect(() => pairsOf(of(1), of())).toThrow(new RangeError("benchmark has 0 rows, returns has 1"));
});

it("beta(pairs) by hand, and of a series with itself", () => {
  expect(beta({returns: of(1, 2, 6), benchmark: of(0, 1, 2)}).value).toBeCloseTo(2.5, 12);
  expect(beta({returns: of(1, 2, 6), benchmark: of(1, 2, 6)}).value).toBeCloseTo(1, 14);
});

it("jensenAlpha(pairs) annualises however short, the riskless return off both", () => {
  const pairs = {returns: of(0.02, 0.04), benchmark: of(0.01, 0.02)};
  expect(jensenAlpha(pairs, {periodsPerYear: 12}).value).toBeCloseTo(0, 12);
  // beta 2: mean 0.03 - 0.005 - 2 x (0.015 - 0.005) = 0.005 a period
  expect(jensenAlpha(pairs, {periodsPerYear: 12, riskFree: 0.005}).value).toBeCloseTo(1.005 ** 12 - 1, 12);
});

it("capture(pairs) compares geometric means of the periods in which the benchmark rose, or fell", () => {
  const pairs = {returns: of(0.1, -0.1, 0.21), benchmark: of(0.05, -0.2, 0.05)};
  expect(capture(pairs, "up", 1).value).toBeCloseTo((Math.sqrt(1.1 * 1.21) - 1) / 0.05, 12);
  expect(capture(pairs, "down", 1).value).toBeCloseTo(0.5, 12);
  expect(capture({returns: of(1), benchmark: of(1)}, "down", 1).reason).toBe(
    "the benchmark has no such day in 1"
  );
});

it("beta(pairs) says why there is none", () => {
  expect(beta({returns: of(1), benchmark: of(1)}).reason).toBe("needs two common returns or more: 1");
  expect(beta({returns: of(1, 2), benchmark: of(3, 3)}).reason).toBe("the benchmark's returns do not vary");
  expect(jensenAlpha({returns: of(1, 2), benchmark: of(3, 3)}, {periodsPerYear: 1}).value).toBe(null);
});

it("beta(pairs) is linear in the returns", () => {
  const rows = fc.array(fc.tuple(fc.integer({min: -99, max: 99}), fc.integer({min: -99, max: 99})), {
    minLength: 2,
    maxLength: 30
  });
  fc.assert(
    fc.property(rows, fc.integer({min: -5, max: 5}), (table, times) => {
      const [returns, benchmark] = [0, 1].map((side) => Float64Array.from(table, (row) => row[side]));
      const plain = beta({returns, benchmark}).value;
      fc.pre(plain !== null);
      const moved = returns.map((r, i) => times * r + 3 * benchmark[i] + 7);
      expect(beta({returns: moved, benchmark}).value).toBeCloseTo(times * (plain ?? NaN) + 3, 9);
    })
  );
});

it("grown(returns) is what one unit becomes, 1 without returns", () => {
  expect(grown(of(0.5, -0.5))).toBe(0.75);
  expect(grown(of())).toBe(1);
});
