import {expect, it} from "vitest";
import {priceReturns} from "../../../lib/returns/growth.js";
import {profitFactor} from "../../../lib/risk/profit-factor.js";
import expected from "../../reference/sp500.json" with {type: "json"};
import {close} from "../../reference/sp500.js";

it("profitFactor(gains) is what was won over what was lost", () => {
  expect(profitFactor(Float64Array.of(300, 0, -150, NaN, -50))).toEqual({
    value: 1.5,
    constants: {gains: 300, losses: -200, n: 4}
  });
});

it("profitFactor(gains) has a reason when there is no loss, or nothing at all", () => {
  expect(profitFactor(Float64Array.of(1)).reason).toBe("there is no loss to divide by");
  expect(profitFactor(Float64Array.of()).reason).toBe("no values");
});

it("profitFactor(returns) of the S&P 500 agrees with QuantStats profit_factor", () => {
  expect(profitFactor(priceReturns(close).returns).value).toBeCloseTo(expected.profitFactor, 12);
});
