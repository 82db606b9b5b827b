import {expect, it} from "vitest";
import {blendLevels, formatBlend, parseBlend} from "../../../lib/returns/blend.js";

const of = (...values: number[]) => Float64Array.from(values);
const DAYS = ["2026-01-30", "2026-01-31", "2026-02-02", "2026-02-03"];
const A = of(100, 110, 110, 121);
const B = of(50, 50, 55, 55);

it("parseBlend(text) reads weights, names and rebalancing; a plain name is a blend of one", () => {
  expect(parseBlend("60% World ex US / 40% Bonds, rebalanced monthly")).toEqual({
    parts: [
      {name: "World ex US", weight: 0.6},
      {name: "Bonds", weight: 0.4}
    ],
    rebalance: "monthly"
  });
  expect(parseBlend("S&P 500")).toEqual({parts: [{name: "S&P 500", weight: 1}], rebalance: "daily"});
  expect(formatBlend(parseBlend("60% A / 40% B"))).toBe("60% A / 40% B, rebalanced daily");
});

it.each([
  ["60% A / 30% B", "the weights of the blend sum to 90 %, not 100 %: 60% A / 30% B"],
  ["60% A / B", "a part of the blend has no weight: B: write 60% A / 40% B"],
  [
    "60% A / 40% B, rebalanced yearly",
    "a blend is rebalanced daily or monthly, not yearly: 60% A / 40% B, rebalanced yearly"
  ]
])("parseBlend(%j) says what is wrong", (text, message) => {
  expect(() => parseBlend(text)).toThrow(new RangeError(message));
});

it("blendLevels(days, prices, daily) is the weights' mean of each day's returns, linked", () => {
  const levels = blendLevels(DAYS, [A, B], parseBlend("50% A / 50% B"));
  // +5 %, +5 %, +5 %
  expect([...levels].map((level) => +level.toFixed(12))).toEqual([1, 1.05, 1.1025, 1.157625]);
});

it("blendLevels(days, prices, monthly) lets the weights drift within a month", () => {
  const levels = blendLevels(DAYS, [A, B], parseBlend("50% A / 50% B, rebalanced monthly"));
  // January +5 %; from its last close on half each: 0.5 x 1 + 0.5 x 1.1, then 0.5 x 1.1 + 0.5 x 1.1
  expect([...levels].map((level) => +level.toFixed(12))).toEqual([1, 1.05, 1.1025, 1.155]);
});

it("a blend of one is its part, and of equal parts that part", () => {
  expect([...blendLevels(DAYS, [A], parseBlend("100% A"))].map((x) => +x.toFixed(12))).toEqual([
    1, 1.1, 1.1, 1.21
  ]);
  expect([...blendLevels(DAYS, [A, A], parseBlend("30% A / 70% A"))].map((x) => +x.toFixed(12))).toEqual([
    1, 1.1, 1.1, 1.21
  ]);
});
