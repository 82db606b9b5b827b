import * as fc from "fast-check";
import {expect, it} from "vitest";
import {deviation, mean, present} from "../../../lib/risk/moments.js";

const of = (...values: number[]) => Float64Array.from(values);

it("mean(values) and deviation(values, ddof) of 2, 4, 4, 4, 5, 5, 7, 9 are 5, 2 and the root of 32/7", () => {
  const values = of(2, 4, 4, 4, 5, 5, 7, 9);
  expect(mean(values)).toBe(5);
  expect(deviation(values, 0)).toBe(2);
  expect(deviation(values, 1)).toBeCloseTo(Math.sqrt(32 / 7), 12);
});

it("mean(values) and deviation(values, ddof) are NaN when there are too few", () => {
  expect(mean(of())).toBeNaN();
  expect(deviation(of(1), 1)).toBeNaN();
});

it("deviation(values, ddof) of a constant is exactly zero in spite of float rounding", () => {
  fc.assert(
    fc.property(fc.double({min: -1, max: 1, noNaN: true}), fc.integer({min: 2, max: 3000}), (value, n) => {
      expect(deviation(new Float64Array(n).fill(value), 1)).toBe(0);
    })
  );
});

it("present(values) leaves out what is missing, and refuses what is infinite", () => {
  expect(present(of(NaN, 1, NaN, 2))).toEqual(of(1, 2));
  expect(() => present(of(1, -Infinity))).toThrow(new RangeError("invalid returns[1]: -Infinity"));
});

it("deviation(values) of returns that are one number but for their rounding is zero", () => {
  const value = Float64Array.from({length: 40}, (_, i) => 1000 * 1.01 ** i);
  const returns = value.slice(1).map((v, i) => v / value[i] - 1);
  expect(new Set(returns).size).toBeGreaterThan(1);
  expect(deviation(returns, 1)).toBe(0);
  expect(deviation(Float64Array.of(0.01, 0.01 + 1e-14), 1)).toBeGreaterThan(0);
});
