import {expect, it} from "vitest";
import {combineCosts} from "../../../../lib/backtest/costs/combine.js";
import {ownCosts, ownCostsOf} from "../../../../lib/backtest/costs/own.js";
import {flatBars} from "../bars.js";

it("ownCosts(rates) takes them of the value, on either side", () => {
  const costs = combineCosts(
    ownCosts({
      commission: {bySymbol: {A: 2}, otherwise: 4},
      slippage: {bySymbol: {A: 10}, otherwise: -10}
    })
  );
  const [a, b] = [flatBars([100]), flatBars([100], {symbol: "B"})];
  expect(costs.commission(-50, 100, a, 0)).toBeCloseTo(1, 12);
  expect(costs.commission(50, 100, b, 0)).toBeCloseTo(2, 12);
  expect([costs.slipped(1, 100, a, 0, "MKT"), costs.slipped(-1, 100, a, 0, "MKT")]).toEqual([
    expect.closeTo(100.1, 10),
    expect.closeTo(99.9, 10)
  ]);
  expect(costs.slipped(1, 100, b, 0, "MKT")).toBeCloseTo(99.9, 10);
  const wrong = {commission: {bySymbol: {}, otherwise: NaN}, slippage: {bySymbol: {}, otherwise: 0}};
  expect(() => ownCosts(wrong)).toThrow("invalid commission in basis points: NaN");
});

it("ownCosts(rates) without slippage moves no price", () => {
  const part = ownCosts({commission: {bySymbol: {}, otherwise: 3}});
  expect(Object.keys(part)).toEqual(["commission"]);
});

it("ownCostsOf(rates, symbol) says them of one symbol, or of one never traded", () => {
  const rates = {
    commission: {bySymbol: {A: 2}, otherwise: 4},
    slippage: {bySymbol: {A: -10}, otherwise: 30}
  };
  expect(ownCostsOf(rates, "A")).toEqual({
    commission: {of: "value", rate: 0.0002},
    slippage: {of: "value", rate: -0.001}
  });
  expect(ownCostsOf(rates, "constructor")).toEqual({
    commission: {of: "value", rate: 0.0004},
    slippage: {of: "value", rate: 0.003}
  });
  expect(ownCostsOf({commission: rates.commission}, "A")).not.toHaveProperty("slippage");
  expect(() => ownCostsOf({commission: {bySymbol: {B: NaN}, otherwise: 1}}, "A")).toThrow(
    "invalid commission in basis points: NaN"
  );
});
