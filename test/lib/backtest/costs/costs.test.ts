import {expect, it} from "vitest";
import {parseRate, proportionalCosts} from "../../../../lib/backtest/costs/costs.js";
import {flatBars} from "../bars.js";

const bars = flatBars([50]);

it.each([
  ["0.001", "value", 0.001],
  ["5bps", "value", 0.0005],
  ["5 bps", "value", 0.0005],
  ["0.005/share", "unit", 0.005],
  [".5/SHARE", "unit", 0.5],
  ["1e-4", "value", 1e-4],
  ["0", "value", 0]
])("parseRate(%s) is of %s, %d", (text, of, rate) => {
  expect(parseRate(text)).toEqual({of, rate});
});

it.each(["", "-0.001", "0.1%", "5/trade", "1,5", "NaN", "."])("parseRate(%s) is refused", (text) => {
  expect(() => parseRate(text)).toThrow(`invalid cost: ${text}: write 0.001, 5bps or 0.005/share`);
});

it("a fraction that takes the whole value is refused", () => {
  expect(() => parseRate("1")).toThrow("invalid cost: 1: a fraction of the value is below 1");
  expect(parseRate("1/share").rate).toBe(1);
});

it("a commission is a fraction of the value, or money for each unit, on both sides", () => {
  const ofValue = proportionalCosts({commission: parseRate("0.001")});
  const ofUnit = proportionalCosts({commission: parseRate("0.005/share")});
  for (const units of [200, -200]) {
    expect(ofValue.commission(units, 50, bars, 0)).toBe(10);
    expect(ofUnit.commission(units, 50, bars, 0)).toBe(1);
  }
});

it("slippage raises what is bought and lowers what is sold, never below zero", () => {
  const ofValue = proportionalCosts({slippage: parseRate("0.01")});
  expect([ofValue.slipped(1, 50, bars, 0, "MKT"), ofValue.slipped(-1, 50, bars, 0, "MKT")]).toEqual([
    50.5, 49.5
  ]);
  const ofUnit = proportionalCosts({slippage: parseRate("0.25/share")});
  expect([ofUnit.slipped(3, 50, bars, 0, "MKT"), ofUnit.slipped(-3, 0.1, bars, 0, "MKT")]).toEqual([
    50.25, 0
  ]);
});

it("without costs a fill has the market's price and no commission", () => {
  const none = proportionalCosts();
  expect([none.slipped(5, 50, bars, 0, "MKT"), none.commission(5, 50, bars, 0)]).toEqual([50, 0]);
});
