import * as fc from "fast-check";
import {expect, it} from "vitest";
import {factorExposures} from "../../../lib/risk/factor-exposures.js";
import {regress, type Regression} from "../../../lib/risk/regression.js";
import expected from "../../reference/risk.json" with {type: "json"};
import {assets} from "../../reference/risk.js";

const of = (...values: number[]) => Float64Array.from(values);
const fitted = (...given: Parameters<typeof regress>): Regression => {
  const fit = regress(...given);
  if ("reason" in fit) throw new Error(fit.reason);
  return fit;
};

it("regress(y, factors) by hand: 1, 3, 2, 5 on 0, 1, 2, 3", () => {
  const fit = fitted(of(1, NaN, 3, 2, 5, 7), {x: of(0, 8, 1, 2, 3, NaN)});
  // means 1.5 and 2.75; slope 5.5 / 5, constant 2.75 - 1.65; residuals -0.1, 0.8, -1.3, 0.6
  expect(fit.coefficients.map(({value}) => +value.toFixed(12))).toEqual([1.1, 1.1]);
  expect([...fit.residuals].map((e) => +e.toFixed(12))).toEqual([-0.1, 0.8, -1.3, 0.6]);
  expect(fit.rSquared).toBeCloseTo(1 - 2.7 / 8.75, 12);
  expect(fit.residualDeviation).toBeCloseTo(Math.sqrt(1.35), 12);
  expect(fit.coefficients[1].standardError).toBeCloseTo(Math.sqrt(1.35 / 5), 12);
  expect(fit.coefficients[1].t).toBeCloseTo(1.1 / Math.sqrt(0.27), 12);
  expect(fit.constants).toEqual({n: 4, dropped: 2, errors: "ols", lags: null});
});

const factors = {a: assets[3], b: assets[6]};

it("regress(y, factors) agrees with statsmodels OLS", () => {
  const fit = fitted(assets[0], factors);
  const theirs = expected.regression;
  for (const [i, {value, standardError, t, p}] of fit.coefficients.entries()) {
    expect(value).toBeCloseTo(theirs.values[i], 12);
    expect(standardError).toBeCloseTo(theirs.errors[i], 12);
    expect(t).toBeCloseTo(theirs.t[i], 10);
    expect(p).toBeCloseTo(theirs.p[i], 11);
  }
  expect(fit.rSquared).toBeCloseTo(theirs.rSquared, 12);
  expect(fit.adjustedRSquared).toBeCloseTo(theirs.adjusted, 12);
  expect(fit.residualDeviation).toBeCloseTo(theirs.residualDeviation, 14);
  expect(fit.coefficients.map(({factor}) => factor)).toEqual(["constant", "a", "b"]);
});

it.each([
  [4, expected.regression.hac4],
  [0, expected.regression.hac0]
] as const)("regress(y, factors, {errors: hac, lags: %i}) agrees with statsmodels HAC", (lags, theirs) => {
  const fit = fitted(assets[0], factors, {errors: "hac", lags});
  for (const [i, {standardError, t, p}] of fit.coefficients.entries()) {
    expect(standardError).toBeCloseTo(theirs.errors[i], 12);
    expect(t).toBeCloseTo(theirs.t[i], 10);
    expect(p).toBeCloseTo(theirs.p[i], 11);
  }
  expect(fit.constants.lags).toBe(lags);
});

it("regress(y, factors, {errors: hac}) takes four lags of a hundred rows", () => {
  const some = (column: Float64Array) => column.subarray(0, 100);
  expect(fitted(some(assets[0]), {a: some(assets[3])}, {errors: "hac"}).constants.lags).toBe(4);
});

it("regress(y, factors): residuals are orthogonal to each factor and the constant", () => {
  const rows = fc.array(fc.tuple(...[0, 1, 2].map(() => fc.integer({min: -200, max: 200}))), {
    minLength: 5,
    maxLength: 40
  });
  fc.assert(
    fc.property(rows, (table) => {
      const [y, a, b] = [0, 1, 2].map((c) => Float64Array.from(table, (row) => row[c]));
      const fit = regress(y, {a, b});
      fc.pre(!("reason" in fit));
      if ("reason" in fit) return;
      const along = (column: Float64Array) => column.reduce((sum, x, i) => sum + x * fit.residuals[i], 0);
      expect(Math.abs(along(a))).toBeLessThan(1e-7);
      expect(Math.abs(along(b))).toBeLessThan(1e-7);
      expect(Math.abs(fit.residuals.reduce((sum, e) => sum + e, 0))).toBeLessThan(1e-8);
    })
  );
});

it("regress(y, factors) says why there is no fit", () => {
  expect(regress(of(1, 2), {x: of(1, 2)})).toEqual({reason: "needs more than 2 complete rows: 2"});
  expect(regress(of(), {})).toEqual({reason: "needs more than 1 complete rows: 0"});
  expect(regress(of(1, 2, 4, 3), {x: of(5, 5, 5, 5)})).toEqual({
    reason: "x is a combination of the factors before it, or constant"
  });
  expect(regress(of(1, 2, 4, 3), {x: of(1, 2, 3, 5), twice: of(2, 4, 6, 10)})).toEqual({
    reason: "twice is a combination of the factors before it, or constant"
  });
});

it("regress(y, factors) of a y that does not vary has no R^2", () => {
  const fit = fitted(of(0.1, 0.1, 0.1, 0.1), {x: of(1, 2, 3, 5)});
  expect(fit.rSquared).toBe(null);
  expect(fit.coefficients[1].value).toBeCloseTo(0, 14);
});

it("regress(y, factors) names what it cannot use", () => {
  expect(() => regress(of(1, 2), {x: of(1)})).toThrow(new RangeError("x has 1 rows, y has 2"));
  expect(() => regress(of(1, Infinity), {})).toThrow(new RangeError("invalid y[1]: Infinity"));
  expect(() => regress(of(1, 2, 4), {x: of(1, 2, 5)}, {errors: "hac", lags: 3})).toThrow(
    new RangeError("invalid lags: 3: a whole number below the 3 rows")
  );
});

it("factorExposures(holdings, factors) sums value times coefficient, and says what has none", () => {
  const market = of(0.01, -0.02, 0.03, 0.005, -0.01);
  const twice = market.map((r) => 2 * r);
  const {holdings, total, unknown} = factorExposures(
    [
      {symbol: "A", value: 1000, returns: twice},
      {symbol: "B", value: -500, returns: market},
      {symbol: "NEW", value: 500, returns: of(NaN, NaN, NaN, NaN, 0.1)}
    ],
    {market}
  );
  expect(total).toEqual([{factor: "market", exposure: expect.closeTo(1500, 9)}]);
  expect(holdings[2].fit).toEqual({reason: "needs more than 2 complete rows: 1"});
  expect(unknown).toBe(0.25);
  expect(factorExposures([], {market})).toEqual({
    holdings: [],
    total: [{factor: "market", exposure: 0}],
    unknown: 0
  });
});
