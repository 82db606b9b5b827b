import {expect, it} from "vitest";
import {priceReturns} from "../../../lib/returns/growth.js";
import {rolling} from "../../../lib/returns/rolling.js";
import {sharpe} from "../../../lib/risk/sharpe.js";
import {volatility} from "../../../lib/risk/volatility.js";
import expected from "../../reference/sp500.json" with {type: "json"};
import {close} from "../../reference/sp500.js";

it("rolling(returns, window, measure) ends each window on its own row", () => {
  const largest = (window: Float64Array) => ({value: Math.max(...window)});
  expect([...rolling(Float64Array.of(1, 3, 2, 0), 2, largest)]).toEqual([NaN, 3, 3, 2]);
});

it("rolling(returns, window, measure) is NaN where the measure has no value", () => {
  expect([...rolling(Float64Array.of(0.1, 0.1, 0.2), 2, sharpe)]).toEqual([NaN, NaN, expect.any(Number)]);
});

it("rolling(returns, window, measure) names a wrong window", () => {
  expect(() => rolling(Float64Array.of(1), 0, sharpe)).toThrow(new RangeError("invalid window: 0"));
});

it("rolling(returns, 63, volatility) of the S&P 500 agrees with pandas", () => {
  const found = rolling(priceReturns(close).returns.slice(1), 63, (window) => volatility(window));
  const [before, ...theirs] = expected.rollingVolatility;
  expect(before).toBe(-1); // the script's mark for NaN
  expect(found[61]).toBeNaN();
  [62, 1000, found.length - 1].forEach((i, k) => expect(found[i]).toBeCloseTo(theirs[k], 12));
});
