import * as fc from "fast-check";
import {expect, it} from "vitest";
import {excessKurtosis, skewness} from "../../../lib/risk/shape.js";
import expected from "../../reference/risk.json" with {type: "json"};
import {assets} from "../../reference/risk.js";

const of = (...values: number[]) => Float64Array.from(values);

it("skewness(returns) and excessKurtosis(returns) by hand", () => {
  // 0, 0, 3: mean 1, m2 = 2, m3 = 2, m4 = 6
  expect(skewness(of(0, NaN, 0, 3))).toEqual({
    value: expect.closeTo(1 / Math.SQRT2, 12),
    constants: {biased: true, n: 3}
  });
  expect(excessKurtosis(of(0, 0, 3)).value).toBeCloseTo(6 / 4 - 3, 12);
});

it("skewness and excessKurtosis agree with scipy, of the sample and corrected", () => {
  for (const {asset, ...shape} of expected.shapes) {
    expect(skewness(assets[asset]).value).toBeCloseTo(shape.skewness, 11);
    expect(skewness(assets[asset], {biased: false}).value).toBeCloseTo(shape.skewnessCorrected, 11);
    expect(excessKurtosis(assets[asset]).value).toBeCloseTo(shape.kurtosis, 11);
    expect(excessKurtosis(assets[asset], {biased: false}).value).toBeCloseTo(shape.kurtosisCorrected, 11);
  }
});

it("skewness turns its sign with the returns, excessKurtosis does not", () => {
  const draws = fc.array(fc.integer({min: -500, max: 500}), {minLength: 4, maxLength: 40});
  fc.assert(
    fc.property(draws, (values) => {
      const returns = Float64Array.from(values);
      const turned = returns.map((r) => -r);
      const [a, b] = [skewness(returns).value, skewness(turned).value];
      fc.pre(a !== null && b !== null);
      expect(b).toBeCloseTo(-(a ?? 0), 9);
      expect(excessKurtosis(turned).value).toBeCloseTo(excessKurtosis(returns).value ?? NaN, 9);
    })
  );
});

it("skewness(returns) and excessKurtosis(returns) say why there is none", () => {
  expect(skewness(of(2, 2, 2)).reason).toBe("the returns do not vary");
  expect(excessKurtosis(of(2, 2, 2)).reason).toBe("the returns do not vary");
  expect(skewness(of(2)).value).toBe(null);
  expect(skewness(of(1, 2), {biased: false}).reason).toBe("too few returns (at most 3 are needed): 2");
  expect(excessKurtosis(of(1, 2, 4), {biased: false}).reason).toBe(
    "too few returns (at most 4 are needed): 3"
  );
});
