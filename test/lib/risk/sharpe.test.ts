import * as fc from "fast-check";
import {expect, it} from "vitest";
import {priceReturns} from "../../../lib/returns/growth.js";
import {sharpe} from "../../../lib/risk/sharpe.js";
import expected from "../../reference/sp500.json" with {type: "json"};
import {close} from "../../reference/sp500.js";

const of = (...values: number[]) => Float64Array.from(values);

it("sharpe(returns) is mean over deviation times the root of 252, its constants beside it", () => {
  // mean 0.02, deviation 0.01 x sqrt(2)
  expect(sharpe(of(0.01, NaN, 0.03))).toEqual({
    value: expect.closeTo(Math.sqrt(2 * 252), 12),
    constants: {periodsPerYear: 252, riskFree: 0, ddof: 1, n: 2}
  });
});

it("sharpe(returns, {riskFree}) takes the riskless return of a period off the mean", () => {
  expect(sharpe(of(0.01, 0.03), {riskFree: 0.02}).value).toBeCloseTo(0, 12);
});

it("sharpe(returns) has a reason below two returns, and when they do not vary", () => {
  expect(sharpe(of()).reason).toBe("needs two returns or more: 0");
  expect(sharpe(of(0.1, 0.1, 0.1)).reason).toBe("the returns do not vary");
});

it("sharpe(returns) of the S&P 500 agrees with empyrical sharpe_ratio", () => {
  const {returns} = priceReturns(close);
  expect(sharpe(returns).value).toBeCloseTo(expected.sharpe, 12);
  expect(sharpe(returns, {riskFree: 0.0001}).value).toBeCloseTo(expected.sharpeRiskFree, 12);
});

it("sharpe(returns) does not depend on leverage", () => {
  const returns = fc.array(fc.integer({min: -999, max: 999}), {minLength: 2, maxLength: 60});
  fc.assert(
    fc.property(returns, (values) => {
      const ratio = sharpe(Float64Array.from(values, (bps) => bps / 1e4)).value;
      const levered = sharpe(Float64Array.from(values, (bps) => 4 * (bps / 1e4))).value;
      expect(levered).toBe(ratio); // times a power of two is exact
    })
  );
});
