import * as fc from "fast-check";
import {expect, it} from "vitest";
import {
  cornishFisherConditionalValueAtRisk,
  cornishFisherValueAtRisk,
  historicalConditionalValueAtRisk,
  historicalValueAtRisk,
  lowestMean,
  normalConditionalValueAtRisk,
  normalValueAtRisk,
  percentileReturn,
  tailCount
} from "../../../lib/risk/value-at-risk.js";
import expected from "../../reference/risk.json" with {type: "json"};
import {assets} from "../../reference/risk.js";

const of = (...values: number[]) => Float64Array.from(values);
const ALL = [
  historicalValueAtRisk,
  historicalConditionalValueAtRisk,
  percentileReturn,
  lowestMean,
  normalValueAtRisk,
  normalConditionalValueAtRisk,
  cornishFisherValueAtRisk,
  cornishFisherConditionalValueAtRisk
];

it("historicalValueAtRisk(returns) is the loss of the worst that is still in the tail", () => {
  const returns = of(5, -4, NaN, 1, -3, 2, -2, 3, -1, 4, 0); // ten returns
  expect(historicalValueAtRisk(returns, {tail: 0.2})).toEqual({value: 3, constants: {tail: 0.2, n: 10}});
  expect(historicalValueAtRisk(returns, {tail: 0.25}).value).toBe(2); // the third: ceil(2.5)
  expect(historicalValueAtRisk(returns, {tail: 0.01}).value).toBe(4);
});

it("historicalConditionalValueAtRisk(returns) counts the last of the tail in part", () => {
  const returns = of(-4, -3, -2, -1, 0, 1, 2, 3, 4, 5);
  expect(historicalConditionalValueAtRisk(returns, {tail: 0.2}).value).toBeCloseTo(3.5, 12);
  expect(historicalConditionalValueAtRisk(returns, {tail: 0.25}).value).toBeCloseTo(
    (4 + 3 + 2 / 2) / 2.5,
    12
  );
});

it("percentileReturn(returns) and lowestMean(returns) are returns, negative when money was lost", () => {
  const returns = of(-4, -3, -2, -1, 0, 1, 2, 3, 4, 5);
  expect(percentileReturn(returns, {tail: 0.25}).value).toBeCloseTo(-1.75, 12); // place 2.25
  expect(lowestMean(returns, {tail: 0.25}).value).toBe(-3); // int(9 x 0.25) + 1 = 3 of them
});

it("normalValueAtRisk(returns) and its mean beyond, by hand", () => {
  const returns = of(-0.01, 0.01); // mean 0, deviation 0.01 x sqrt 2
  const deviation = 0.01 * Math.SQRT2;
  expect(normalValueAtRisk(returns).value).toBeCloseTo(1.6448536269514722 * deviation, 14);
  expect(normalConditionalValueAtRisk(returns).value).toBeCloseTo(2.0627128075074257 * deviation, 14);
});

it("cornishFisherValueAtRisk(returns) without skewness and kurtosis is the normal one", () => {
  const returns = of(-1, 1, 0, 0, 0, 0); // m2 = m4 = 1/3: kurtosis 3, none in excess
  expect(cornishFisherValueAtRisk(returns).value).toBeCloseTo(normalValueAtRisk(returns).value ?? NaN, 12);
  expect(cornishFisherConditionalValueAtRisk(returns).value).toBeCloseTo(
    normalConditionalValueAtRisk(returns).value ?? NaN,
    12
  );
});

it("VaR and CVaR agree with numpy, scipy and skfolio", () => {
  let expanded = 0;
  for (const {count, tail, ...one} of expected.tails) {
    const returns = assets[0].subarray(0, count);
    const say = `${count} returns, tail ${tail}`;
    expect(percentileReturn(returns, {tail}).value, say).toBeCloseTo(one.percentile, 14);
    if (one.valueAtRisk !== undefined) {
      expect(historicalValueAtRisk(returns, {tail}).value, say).toBeCloseTo(one.valueAtRisk, 14);
      const beyond = historicalConditionalValueAtRisk(returns, {tail}).value;
      expect(beyond, say).toBeCloseTo(one.conditionalValueAtRisk, 14);
    }
    if (one.normal === undefined) continue;
    expect(normalValueAtRisk(returns, {tail}).value, say).toBeCloseTo(one.normal, 14);
    expect(normalConditionalValueAtRisk(returns, {tail}).value, say).toBeCloseTo(one.normalConditional, 14);
    const fourth = cornishFisherValueAtRisk(returns, {tail});
    if (fourth.value === null) {
      expect(fourth.reason, say).toMatch(/^the expansion is no distribution at skewness/);
      continue;
    }
    ++expanded;
    expect(fourth.value, say).toBeCloseTo(one.cornishFisher, 13);
    // the reference integrates numerically, and from 12 deviations below only
    const beyond = cornishFisherConditionalValueAtRisk(returns, {tail}).value;
    expect(beyond, say).toBeCloseTo(one.cornishFisherConditional, 12);
  }
  expect(expanded).toBeGreaterThan(8);
});

it("cornishFisherValueAtRisk(returns) says where the expansion is no distribution", () => {
  const returns = of(...Array.from({length: 60}, (_, i) => i % 2), 40); // far to the right, skewness 7.5
  expect(cornishFisherValueAtRisk(returns, {tail: 0.25}).reason).toMatch(
    /^the expansion is no distribution at skewness 7\.\d\d and excess kurtosis 5\d\.\d\d$/
  );
});

it("tailCount(n, tail) does not let rounding add a return", () => {
  expect(tailCount(100, 0.07)).toEqual({k: 7.000000000000001, last: 6});
  expect(tailCount(20, 0.05)).toEqual({k: 1, last: 0});
  expect(tailCount(0, 0.05).last).toBe(0);
});

it("a VaR needs returns, and moments two of them", () => {
  for (const measure of ALL) expect(measure(of()).value, measure.name).toBe(null);
  expect(historicalValueAtRisk(of(NaN)).reason).toBe("no returns");
  expect(normalValueAtRisk(of(0.1)).reason).toBe("needs two returns or more: 1");
  expect(cornishFisherValueAtRisk(of(0.1)).reason).toBe("needs two returns or more: 1");
  expect(cornishFisherValueAtRisk(of(0.1, 0.1, 0.1)).reason).toBe("the returns do not vary");
});

it("a tail is a share between 0 and 1, a return is finite", () => {
  for (const measure of ALL) {
    for (const tail of [0, 1, -0.1, 5, NaN]) expect(() => measure(of(1, 2), {tail})).toThrow(RangeError);
    expect(() => measure(of(1, -Infinity)), measure.name).toThrow(
      new RangeError("invalid returns[1]: -Infinity")
    );
  }
});

const draws = fc.array(fc.integer({min: -900, max: 900}), {minLength: 2, maxLength: 60});
const tails = fc.constantFrom(0.01, 0.05, 0.1, 0.3);

it("historical CVaR is subadditive, and at least VaR", () => {
  const pairs = fc.array(fc.tuple(fc.integer({min: -900, max: 900}), fc.integer({min: -900, max: 900})), {
    minLength: 1,
    maxLength: 60
  });
  fc.assert(
    fc.property(pairs, tails, (rows, tail) => {
      const [a, b] = [0, 1].map((side) => Float64Array.from(rows, (row) => row[side]));
      const risk = (returns: Float64Array) => historicalConditionalValueAtRisk(returns, {tail}).value ?? NaN;
      expect(risk(a.map((r, i) => r + b[i]))).toBeLessThanOrEqual(risk(a) + risk(b) + 1e-9);
      expect(risk(a)).toBeGreaterThanOrEqual((historicalValueAtRisk(a, {tail}).value ?? NaN) - 1e-9);
    })
  );
});

it("every VaR and CVaR scales with the returns, moves with what is added, and does not depend on their order", () => {
  fc.assert(
    fc.property(draws, tails, fc.integer({min: -50, max: 50}), (values, tail, shift) => {
      const returns = Float64Array.from(values);
      for (const measure of ALL) {
        const plain = measure(returns, {tail}).value;
        if (plain === null) continue;
        const sign = measure === percentileReturn || measure === lowestMean ? 1 : -1;
        const tolerance = 9;
        expect(
          measure(
            returns.map((r) => 4 * r),
            {tail}
          ).value
        ).toBeCloseTo(4 * plain, tolerance);
        expect(
          measure(
            returns.map((r) => r + shift),
            {tail}
          ).value
        ).toBeCloseTo(plain + sign * shift, tolerance - 2);
        expect(measure(returns.toReversed(), {tail}).value).toBeCloseTo(plain, tolerance);
      }
    })
  );
});
