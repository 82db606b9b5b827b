import {expect, it} from "vitest";
import {worstDrawdown} from "../../../lib/returns/drawdown.js";
import {priceReturns} from "../../../lib/returns/growth.js";
import {annualize, chain} from "../../../lib/returns/time-weighted.js";
import {calmar} from "../../../lib/risk/calmar.js";
import expected from "../../reference/sp500.json" with {type: "json"};
import {close} from "../../reference/sp500.js";

it("calmar(annual, drawdown) is a year's return over the worst fall", () => {
  expect(calmar({value: 0.1}, {value: -0.2})).toEqual({value: 0.5, constants: {daysPerYear: 365.25}});
  expect(calmar({value: -0.1}, {value: -0.2}).value).toBe(-0.5);
});

it("calmar(annual, drawdown) has the reason of what it lacks", () => {
  expect(calmar(annualize(0.1, 90), {value: -0.2}).reason).toBe(
    "not annualised: 90 days are less than a year"
  );
  expect(calmar({value: 0.1}, {value: null, reason: "no returns"}).reason).toBe("no returns");
  expect(calmar({value: 0.1}, {value: 0}).reason).toBe("there was no drawdown to divide by");
});

it("calmar(annual, drawdown) of the S&P 500 agrees with pandas over empyrical", () => {
  const daily = priceReturns(close);
  const annual = annualize(chain(daily).value as number, expected.days);
  expect(calmar(annual, worstDrawdown(daily.returns)).value).toBeCloseTo(
    expected.annual / -expected.maxDrawdown,
    12
  );
});
