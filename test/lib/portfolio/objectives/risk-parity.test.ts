import * as fc from "fast-check";
import {expect, it} from "vitest";
import {riskParity} from "../../../../lib/portfolio/objectives/risk-parity.js";
import {distance, generator} from "../sample.js";

const of = (...values: number[]) => Float64Array.from(values);

it("riskParity(problem) of two assets weighs by the inverse of volatility, whatever their correlation", () => {
  for (const correlation of [-0.9, 0, 0.5, 1]) {
    const covariance = of(0.01, 0.02 * correlation, 0.02 * correlation, 0.04);
    const {weights, riskShares, objective, certificate} = riskParity({assets: ["A", "B"], covariance});
    expect(distance(weights, [2 / 3, 1 / 3])).toBeLessThan(1e-12);
    expect(distance(riskShares, [0.5, 0.5])).toBeLessThan(1e-12);
    expect(objective).toBeCloseTo(Math.sqrt((4 * 0.01 + 4 * 0.02 * correlation + 0.04) / 9), 12);
    expect(certificate).toMatchObject({status: "optimal", conflicts: []});
  }
});

it("riskParity(problem) with budgets of uncorrelated assets weighs by root of budget over volatility", () => {
  const {weights} = riskParity({assets: ["A", "B"], covariance: of(0.01, 0, 0, 0.04), budgets: of(9, 1)});
  // 3 / 0.1 and 1 / 0.2
  expect(distance(weights, [30 / 35, 5 / 35])).toBeLessThan(1e-13);
});

it("riskParity(problem) gives every asset its share of the risk, whatever their scales", () => {
  fc.assert(
    fc.property(fc.integer({min: 1, max: 1e6}), fc.integer({min: 1, max: 25}), (seed, n) => {
      const draw = generator(seed);
      const factors = Array.from({length: n}, () => Array.from({length: n + 1}, draw));
      const scales = factors.map(() => 10 ** (6 * draw()));
      const covariance = new Float64Array(n * n);
      for (let i = 0; i < n; ++i)
        for (let j = 0; j < n; ++j)
          covariance[i * n + j] =
            scales[i] * scales[j] * factors[i].reduce((sum, f, k) => sum + f * factors[j][k], 0);
      const budgets = Float64Array.from({length: n}, () => 0.1 + draw() + 0.5);
      const total = budgets.reduce((a, b) => a + b, 0);
      const assets = Array.from({length: n}, (_, i) => `A${i}`);
      const {weights, status, certificate} = riskParity({assets, covariance, budgets});
      expect(status).toBe("optimal");
      expect(certificate.kkt).toBeLessThan(1e-9);
      const marginal = weights.map((_, i) =>
        weights.reduce((sum, w, j) => sum + w * covariance[i * n + j], 0)
      );
      const variance = weights.reduce((sum, w, i) => sum + w * marginal[i], 0);
      const shares = weights.map((w, i) => (w * marginal[i]) / variance);
      expect(
        distance(
          shares,
          budgets.map((budget) => budget / total)
        )
      ).toBeLessThan(1e-8);
      expect(weights.every((w) => w > 0)).toBe(true);
    }),
    {numRuns: 100}
  );
});

it("riskParity(problem) has no answer where some weights above zero have no risk", () => {
  const hedge = of(0.01, -0.02, -0.02, 0.04);
  expect(riskParity({assets: ["A", "B"], covariance: hedge}).status).toBe("unbounded");
});

it("riskParity(problem) of one asset is that asset", () => {
  expect([...riskParity({assets: ["A"], covariance: of(0.04)}).weights]).toEqual([1]);
});

it("riskParity(problem) names an asset that does not vary, and a budget that is none", () => {
  const assets = ["A", "STILL"];
  expect(() => riskParity({assets, covariance: of(0.01, 0, 0, 0)})).toThrow("STILL does not vary");
  const covariance = of(0.01, 0, 0, 0.01);
  expect(() => riskParity({assets, covariance, budgets: of(1, 0)})).toThrow(
    "invalid risk budget of STILL: 0"
  );
  expect(() => riskParity({assets, covariance, budgets: of(1)})).toThrow(
    "risk budget: 1 values for 2 assets"
  );
  expect(() => riskParity({assets: [], covariance: of()})).toThrow("no assets");
  expect(() => riskParity({assets, covariance: of(1, 2, 2, 1)})).toThrow("eigenvalue below zero");
});
