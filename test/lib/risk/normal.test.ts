import {expect, it} from "vitest";
import {normalDensity, normalProbability, normalQuantile} from "../../../lib/risk/normal.js";
import expected from "../../reference/risk.json" with {type: "json"};
import {nearRelative} from "../../reference/risk.js";

it("normalDensity(0) is one over the root of two pi", () => {
  expect(normalDensity(0)).toBeCloseTo(0.3989422804014327, 15);
  expect(normalDensity(-2)).toBe(normalDensity(2));
});

it("normalProbability(x) agrees with scipy to 1e-13 relative from -9 to 9", () => {
  for (const [x, probability] of expected.normal.probability) {
    expect(nearRelative(normalProbability(x), probability, 1e-13), `at ${x}`).toBe(true);
  }
});

it("normalProbability(x) is a half at 0, and 0 and 1 far out", () => {
  expect(normalProbability(0)).toBe(0.5);
  expect(normalProbability(-Infinity)).toBe(0);
  expect(normalProbability(Infinity)).toBe(1);
  expect(normalProbability(NaN)).toBeNaN();
});

it("normalQuantile(p) agrees with scipy to 1e-14 relative", () => {
  for (const [p, quantile] of expected.normal.quantile) {
    expect(Math.abs(normalQuantile(p) - quantile), `at ${p}`).toBeLessThanOrEqual(1e-14 * Math.abs(quantile));
  }
});

it("normalQuantile(p) is infinite at the ends and NaN outside", () => {
  expect(normalQuantile(0)).toBe(-Infinity);
  expect(normalQuantile(1)).toBe(Infinity);
  expect(normalQuantile(-0.1)).toBeNaN();
  expect(normalQuantile(NaN)).toBeNaN();
});
