import {expect, it} from "vitest";
import {priceReturns} from "../../../lib/returns/growth.js";
import {winRate} from "../../../lib/risk/win-rate.js";
import expected from "../../reference/sp500.json" with {type: "json"};
import {close} from "../../reference/sp500.js";

it("winRate(values) is the share above zero; a zero is no win, a missing value does not count", () => {
  expect(winRate(Float64Array.of(5, 0, -3, NaN, 2))).toEqual({value: 0.5, constants: {wins: 2, n: 4}});
});

it("winRate(values) has a reason when there is none", () => {
  expect(winRate(Float64Array.of()).reason).toBe("no values");
});

it("winRate(returns) of the S&P 500 agrees with pandas", () => {
  expect(winRate(priceReturns(close).returns).value).toBeCloseTo(expected.winRate, 12);
});
