import {expect, it} from "vitest";
import {priceReturns} from "../../../lib/returns/growth.js";
import {sortino} from "../../../lib/risk/sortino.js";
import expected from "../../reference/sp500.json" with {type: "json"};
import {close} from "../../reference/sp500.js";

const of = (...values: number[]) => Float64Array.from(values);

it("sortino(returns) divides the shortfalls by all returns, its constants beside it", () => {
  // mean 0.01, shortfall sqrt(0.02^2 / 4) = 0.01
  expect(sortino(of(0.01, 0.03, NaN, -0.02, 0.02))).toEqual({
    value: expect.closeTo(Math.sqrt(252), 12),
    constants: {periodsPerYear: 252, target: 0, denominator: "n", n: 4}
  });
});

it("sortino(returns, {target}) measures from the return asked for", () => {
  // mean 0 above 0.02, one shortfall of 0.01 in two
  expect(sortino(of(0.01, 0.03), {target: 0.02}).value).toBeCloseTo(0, 12);
});

it("sortino(returns) has a reason below two returns, and when nothing fell short", () => {
  expect(sortino(of(-0.1)).reason).toBe("needs two returns or more: 1");
  expect(sortino(of(0.1, 0)).reason).toBe("no return is below the target");
});

it("sortino(returns) of the S&P 500 agrees with empyrical sortino_ratio", () => {
  const {returns} = priceReturns(close);
  expect(sortino(returns).value).toBeCloseTo(expected.sortino, 12);
  expect(sortino(returns, {target: 0.0002}).value).toBeCloseTo(expected.sortinoTarget, 12);
});
