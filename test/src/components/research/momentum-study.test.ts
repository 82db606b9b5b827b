import {expect, it} from "vitest";
import {barsOf, splitReturns} from "../../../../src/components/research/momentum-study.js";

it("splitReturns(days, equity, split) gives the return that ends on the day to the later part", () => {
  const days = ["2022-12-29", "2022-12-30", "2023-01-02", "2023-01-03"];
  const {early, late} = splitReturns(days, Float64Array.of(100, 110, 121, 242), "2023-01-01");
  expect([...early].map((one) => one.toFixed(6))).toEqual(["0.100000"]);
  expect([...late].map((one) => one.toFixed(6))).toEqual(["0.100000", "1.000000"]);
});

it("splitReturns(days, equity, split) has no later part where all days are before", () => {
  const {early, late} = splitReturns(["2022-01-03", "2022-01-04"], Float64Array.of(1, 2), "2023-01-01");
  expect([[...early], [...late]]).toEqual([[1], []]);
});

it("barsOf(table) cuts the rows of a query into the bars of each symbol", () => {
  const columns: Record<string, (number | bigint | string)[]> = {
    symbol: ["A", "A", "B"],
    ms: [0n, 86_400_000n, 0n],
    open: [1, 2, 3],
    high: [1, 2, 3],
    low: [1, 2, 3],
    close: [1, 2, 3]
  };
  const bars = barsOf({getChild: (name) => ({toArray: () => columns[name]})}, "USD");
  expect(bars.map(({symbol, time, close}) => [symbol, [...time], [...close]])).toEqual([
    ["A", [0, 86_400_000], [1, 2]],
    ["B", [0], [3]]
  ]);
});
