import {expect, it} from "vitest";
import {priceReturns} from "../../../lib/returns/growth.js";
import {volatility} from "../../../lib/risk/volatility.js";
import expected from "../../reference/sp500.json" with {type: "json"};
import {close} from "../../reference/sp500.js";

const of = (...values: number[]) => Float64Array.from(values);

it("volatility(returns) is the sample deviation times the root of 252, its constants beside it", () => {
  expect(volatility(of(0.01, NaN, 0.03))).toEqual({
    value: expect.closeTo(Math.sqrt(0.0002 * 252), 12),
    constants: {periodsPerYear: 252, ddof: 1, n: 2}
  });
});

it("volatility(returns, {periodsPerYear, ddof}) takes other constants", () => {
  expect(volatility(of(0.01, 0.03), {periodsPerYear: 12, ddof: 0}).value).toBeCloseTo(
    0.01 * Math.sqrt(12),
    12
  );
});

it("volatility(returns) is zero when the returns do not vary", () => {
  expect(volatility(of(0.1, 0.1, 0.1)).value).toBe(0);
});

it("volatility(returns) has a reason below two returns", () => {
  expect(volatility(of(0.1)).reason).toBe("needs two returns or more: 1");
  expect(volatility(of(0.1), {ddof: 0}).value).toBeNull();
});

it("volatility(returns) of the S&P 500 agrees with empyrical annual_volatility", () => {
  const measured = volatility(priceReturns(close).returns);
  expect(measured.constants.n).toBe(expected.n);
  expect(measured.value).toBeCloseTo(expected.volatility, 12);
});
