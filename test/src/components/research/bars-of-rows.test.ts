import {expect, it} from "vitest";
import {barsOf} from "../../../../src/components/research/bars-of-rows.js";

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
