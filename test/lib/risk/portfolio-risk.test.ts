import * as fc from "fast-check";
import {expect, it} from "vitest";
import {historicalRisk, normalRisk, type SplitRisk} from "../../../lib/risk/portfolio-risk.js";
import {
  historicalConditionalValueAtRisk,
  historicalValueAtRisk,
  normalConditionalValueAtRisk,
  normalValueAtRisk
} from "../../../lib/risk/value-at-risk.js";
import {covarianceOf} from "../../../lib/risk/beta.js";
import {mean} from "../../../lib/risk/moments.js";
import {assets} from "../../reference/risk.js";

const of = (...values: number[]) => Float64Array.from(values);
const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
const means = Float64Array.from(assets, mean);
const covariance = Float64Array.from(assets.flatMap((a) => assets.map((b) => covarianceOf(a, b))));
const gains = (holdings: Float64Array) =>
  Float64Array.from(assets[0], (_, t) =>
    assets.reduce((total, column, a) => total + holdings[a] * column[t], 0)
  );

it("normalRisk(holdings) of two assets, by hand", () => {
  // deviations 0.1 and 0.2, no correlation: 300 and 200 vary by sqrt(30^2 + 40^2) = 50
  const risk = normalRisk(of(300, 200), {
    mean: of(0.01, 0),
    covariance: of(0.01, 0, 0, 0.04),
    measure: "var",
    tail: 0.05
  });
  const z = 1.6448536269514722;
  expect(risk.value).toBeCloseTo(50 * z - 3, 10);
  expect(risk.component[0]).toBeCloseTo((900 / 50) * z - 3, 10);
  expect(risk.component[1]).toBeCloseTo((1600 / 50) * z, 10);
  expect(risk.marginal[1]).toBeCloseTo((8 / 50) * z, 12);
  expect(risk.constants).toEqual({measure: "var", tail: 0.05, n: 2});
});

it("historicalRisk(holdings) splits the loss of the day that VaR is", () => {
  const history = [of(-0.1, 0.02, 0.01, NaN), of(0.05, -0.2, 0.1, 0.3)];
  // gains 100 x a + 50 x b: -7.5, -8, 6; the last period misses one
  const risk = historicalRisk(of(100, 50), {history, measure: "var", tail: 0.5});
  expect(risk.value).toBeCloseTo(7.5, 12);
  expect([...risk.component].map((part) => +part.toFixed(12))).toEqual([10, -2.5]);
  expect([...risk.marginal]).toEqual([0.1, -0.05]);
  expect(risk.constants.n).toBe(3);
  const beyond = historicalRisk(of(100, 50), {history, measure: "cvar", tail: 0.5});
  expect(beyond.value).toBeCloseTo((8 + 7.5 / 2) / 1.5, 12);
});

it("historicalRisk(holdings) misses no period for an asset that is not held", () => {
  const history = [of(-0.1, 0.02), of(NaN, NaN)];
  expect(historicalRisk(of(10, 0), {history, measure: "var"})).toMatchObject({
    value: 1,
    constants: {n: 2},
    component: of(1, 0)
  });
});

const held = fc
  .array(fc.integer({min: -1000, max: 1000}), {minLength: 8, maxLength: 8})
  .map((w) => Float64Array.from(w));
const tails = fc.constantFrom(0.01, 0.05, 0.2);
const measures = fc.constantFrom("var" as const, "cvar" as const);
const both = (holdings: Float64Array, measure: "var" | "cvar", tail: number): SplitRisk[] => [
  normalRisk(holdings, {mean: means, covariance, measure, tail}),
  historicalRisk(holdings, {history: assets, measure, tail})
];

it("components sum to the loss, to 1e-12 of the largest", () => {
  fc.assert(
    fc.property(held, measures, tails, (holdings, measure, tail) => {
      for (const {value, component} of both(holdings, measure, tail)) {
        fc.pre(value !== null);
        const scale = component.reduce((most, part) => Math.max(most, Math.abs(part)), 1e-300);
        expect(Math.abs(sum(component) - (value ?? NaN))).toBeLessThanOrEqual(1e-12 * 8 * scale);
      }
    })
  );
});

it("the loss is that of the portfolio's gains, by the one-series functions", () => {
  fc.assert(
    fc.property(held, tails, (holdings, tail) => {
      const series = gains(holdings);
      const expected = {
        var: [normalValueAtRisk(series, {tail}), historicalValueAtRisk(series, {tail})],
        cvar: [normalConditionalValueAtRisk(series, {tail}), historicalConditionalValueAtRisk(series, {tail})]
      };
      for (const measure of ["var", "cvar"] as const) {
        for (const [i, risk] of both(holdings, measure, tail).entries()) {
          if (risk.value !== null) expect(risk.value).toBeCloseTo(expected[measure][i].value ?? NaN, 9);
        }
      }
    })
  );
});

it("marginal is what a little more of an asset adds (Euler)", () => {
  const holdings = of(500, 300, -200, 400, 100, 250, 50, -150);
  const h = 1e-4;
  for (const measure of ["var", "cvar"] as const) {
    const at = (change: number, asset: number) =>
      both(
        holdings.map((w, a) => (a === asset ? w + change : w)),
        measure,
        0.07
      ).map(({value}) => value ?? NaN);
    for (const [i, {marginal}] of both(holdings, measure, 0.07).entries()) {
      for (let asset = 0; asset < 8; ++asset) {
        expect((at(h, asset)[i] - at(-h, asset)[i]) / (2 * h)).toBeCloseTo(marginal[asset], 7);
      }
    }
  }
});

it("the loss of a multiple is the multiple of the loss, its marginal the same", () => {
  fc.assert(
    fc.property(held, measures, (holdings, measure) => {
      const [plain, fourfold] = [holdings, holdings.map((w) => 4 * w)].map((w) => both(w, measure, 0.05));
      for (const [i, risk] of plain.entries()) {
        if (risk.value === null) continue;
        expect(fourfold[i].value).toBeCloseTo(4 * risk.value, 9);
        for (let a = 0; a < 8; ++a) expect(fourfold[i].marginal[a]).toBeCloseTo(risk.marginal[a], 11);
      }
    })
  );
});

it("normal CVaR and historical CVaR are subadditive over portfolios", () => {
  fc.assert(
    fc.property(held, held, tails, (a, b, tail) => {
      const together = both(
        a.map((w, i) => w + b[i]),
        "cvar",
        tail
      );
      const [alone, other] = [both(a, "cvar", tail), both(b, "cvar", tail)];
      for (const [i, risk] of together.entries()) {
        if (risk.value === null || alone[i].value === null || other[i].value === null) continue;
        expect(risk.value).toBeLessThanOrEqual(alone[i].value + other[i].value + 1e-9);
      }
    })
  );
});

it("a portfolio that does not vary, a covariance that is none, and no history have a reason, and NaN parts", () => {
  const flat = normalRisk(of(0, 0), {mean: of(0, 0), covariance: of(1, 0, 0, 1), measure: "var"});
  expect(flat.reason).toBe("nothing that is held varies");
  expect([...flat.component, ...flat.marginal]).toEqual([NaN, NaN, NaN, NaN]);
  const wrong = normalRisk(of(1, -1), {mean: of(0, 0), covariance: of(1, 2, 2, 1), measure: "cvar"});
  expect(wrong.reason).toBe("the covariance has a negative eigenvalue: the variance would be -2");
  expect(historicalRisk(of(1), {history: [of(NaN)], measure: "var"}).reason).toBe(
    "no period in which all that is held has a return"
  );
  expect(historicalRisk(of(1), {history: [of(-0.5)], measure: "cvar"}).value).toBe(0.5);
});

it("shapes and numbers are checked", () => {
  const normal = {mean: of(0), covariance: of(1), measure: "var"} as const;
  expect(() => normalRisk(of(1, 2), normal)).toThrow(new RangeError("mean has 1 values, not 2"));
  expect(() => normalRisk(of(NaN), normal)).toThrow(new RangeError("invalid holdings[0]: NaN"));
  expect(() => normalRisk(of(1), {...normal, tail: 1})).toThrow(RangeError);
  expect(() => historicalRisk(of(1), {history: [], measure: "var"})).toThrow(
    new RangeError("history has 0 columns, not 1")
  );
  expect(() => historicalRisk(of(1, 1), {history: [of(1, 2), of(1)], measure: "var"})).toThrow(
    new RangeError("history[1] has 1 rows, history[0] has 2")
  );
  expect(() => historicalRisk(of(1), {history: [of(0, Infinity)], measure: "var"})).toThrow(
    new RangeError("invalid history[0][1]: Infinity")
  );
});
