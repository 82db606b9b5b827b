import * as fc from "fast-check";
import {expect, it} from "vitest";
import {annualGrowth} from "../../../lib/returns/annual.js";
import {priceReturns} from "../../../lib/returns/growth.js";
import {percentile} from "../../../lib/risk/moments.js";
import {omega} from "../../../lib/risk/omega.js";
import {stability} from "../../../lib/risk/stability.js";
import {tailRatio} from "../../../lib/risk/tail-ratio.js";
import {expectancy, kelly, systemQuality} from "../../../lib/risk/trades.js";
import {close} from "../../reference/sp500.js";

const of = (...values: number[]) => Float64Array.from(values);
const SERIES = [omega, tailRatio, stability];

it("omega(returns) is what lies above the threshold over what lies below", () => {
  expect(omega(of(0.03, NaN, -0.01, 0.01, -0.01))).toEqual({
    value: expect.closeTo(2, 12),
    constants: {threshold: 0, n: 4}
  });
  expect(omega(of(0.03, -0.01), {threshold: 0.01}).value).toBeCloseTo(1, 12);
  expect(omega(of(0.03, 0.01)).reason).toBe("no return is below the threshold");
});

it("tailRatio(returns) is the size of the 95th percentile over that of the 5th", () => {
  const returns = Float64Array.from({length: 21}, (_, i) => i - 5); // -5 to 15: places 19 and 1
  expect(tailRatio(returns).value).toBeCloseTo(14 / 4, 12);
  expect(tailRatio(of(0, 0, 0, 1)).reason).toBe("the lower percentile is 0");
});

it("percentile(sorted, share) interpolates between neighbours", () => {
  expect(percentile(of(10, 20, 40), 0.75)).toBe(30);
  expect(percentile(of(10, 20, 40), 0)).toBe(10);
  expect(percentile(of(10, 20, 40), 1)).toBe(40);
  expect(percentile(of(), 0.5)).toBeNaN();
});

it("stability(returns) of growth that alternates, by hand", () => {
  // cumulative log returns 1, 1, 2 of log 2: correlation with 0, 1, 2 is 1 / sqrt(2 x 2/3)
  expect(stability(of(1, 0, 1)).value).toBeCloseTo(0.75, 12);
  expect(stability(of(0.5, -1, 0.5)).reason).toBe("everything was lost: there is no log return");
  expect(stability(of(0.5, 0.1)).reason).toBe("needs three returns or more: 2");
});

it("a series that does not vary has no ratio: never 1, never infinity", () => {
  for (const measure of SERIES) {
    for (const value of [0, 0.01, -0.01, 0.1]) {
      expect(measure(of(value, value, value, value)), measure.name).toMatchObject({
        value: null,
        reason: "the returns do not vary"
      });
    }
    expect(measure(of()).value).toBe(null);
    expect(measure(of(0.1, NaN)).value).toBe(null);
    expect(() => measure(of(Infinity))).toThrow(RangeError);
  }
});

it("stability(returns) and omega(returns) of the S&P 500 lie in their ranges", () => {
  const {returns} = priceReturns(close);
  expect(stability(returns).value).toBeGreaterThan(0);
  expect(stability(returns).value).toBeLessThan(1);
  expect(omega(returns).value).toBeGreaterThan(1);
});

it("expectancy(gains), systemQuality(gains) and kelly(gains) by hand", () => {
  const gains = of(30, -10, NaN, 50, -30); // mean 10, deviations 20, -20, 40, -40
  expect(expectancy(gains)).toEqual({value: 10, constants: {n: 4}});
  expect(systemQuality(gains).value).toBeCloseTo((2 * 10) / Math.sqrt(4000 / 3), 12);
  expect(kelly(gains)).toEqual({
    value: expect.closeTo(0.5 - 0.5 / (40 / 20), 12),
    constants: {n: 4, winRate: 0.5, averageWin: 40, averageLoss: 20}
  });
});

it("kelly(gains, {zeros: false}) leaves a gain of zero out of the count", () => {
  expect(kelly(of(1, 0, -1)).value).toBeCloseTo(1 / 3 - 2 / 3, 12);
  expect(kelly(of(1, 0, -1), {zeros: false}).value).toBe(0);
});

it("measures of trades say why there is none", () => {
  expect(expectancy(of()).reason).toBe("no trades");
  expect(systemQuality(of(5)).reason).toBe("needs two trades or more: 1");
  expect(systemQuality(of(5, 5)).reason).toBe("the gains do not vary");
  expect(kelly(of()).reason).toBe("no trades");
  expect(kelly(of(-1, -2)).reason).toBe("there is no win");
  expect(kelly(of(1, 2)).reason).toBe("there is no loss");
});

it("annualGrowth(returns) counts a missing return as a period without gain, as empyrical does", () => {
  // empyrical's own case: mixed returns of nine days, the first missing, 1.9135925 at 252 a year
  const mixed = of(NaN, 0.01, 0.1, -0.04, 0.02, 0.03, 0.02, 0.01, -0.1);
  expect(annualGrowth(mixed, 252).value).toBeCloseTo(1.9135925373194231, 10);
  expect(annualGrowth(of(1, -0.5), 2).value).toBeCloseTo(0, 12);
  expect(annualGrowth(of(), 252).reason).toBe("no returns");
  expect(annualGrowth(of(-1.5), 252).reason).toBe("more than everything was lost");
  expect(annualGrowth(of(-1, 0.5), 252).value).toBe(-1);
});

it("omega(returns) and kelly(gains) do not depend on the unit, omega not on the order", () => {
  const draws = fc.array(fc.integer({min: -400, max: 400}), {minLength: 2, maxLength: 40});
  fc.assert(
    fc.property(draws, (values) => {
      const plain = Float64Array.from(values, (v) => v / 4096);
      const scaled = plain.map((r) => 8 * r);
      expect(omega(scaled).value).toBe(omega(plain).value);
      expect(kelly(scaled).value).toBe(kelly(plain).value);
      const turned = omega(plain.toReversed()).value;
      if (turned !== null) expect(turned).toBeCloseTo(omega(plain).value ?? NaN, 9);
    })
  );
});
