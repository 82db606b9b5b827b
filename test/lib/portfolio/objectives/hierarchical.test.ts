import {expect, it} from "vitest";
import {hierarchicalRiskParity} from "../../../../lib/portfolio/objectives/hierarchical.js";
import {distance, generator} from "../sample.js";

const of = (...values: number[]) => Float64Array.from(values);

it("hierarchicalRiskParity(covariance) of two assets weighs by the inverse of variance", () => {
  expect(distance(hierarchicalRiskParity(["A", "B"], of(0.01, 0.005, 0.005, 0.04)), [0.8, 0.2])).toBeLessThan(
    1e-15
  );
});

it("hierarchicalRiskParity(covariance) halves what stands together, by hand", () => {
  // A and C move together, B is alone: leaves B | A, C (B is older than the pair), halves (B) and (A, C)
  const covariance = of(0.04, 0, 0.036, 0, 0.04, 0, 0.036, 0, 0.04);
  // A and C, half each, have variance 0.038; B gets 0.038 / 0.078 of all
  const b = 0.038 / 0.078;
  expect(
    distance(hierarchicalRiskParity(["A", "B", "C"], covariance), [(1 - b) / 2, b, (1 - b) / 2])
  ).toBeLessThan(1e-15);
});

it("hierarchicalRiskParity(covariance) has weights above zero that sum to one, in the order of the assets", () => {
  for (let n = 1; n <= 30; ++n) {
    const draw = generator(n);
    const factors = Array.from({length: n}, () => Array.from({length: 4}, draw));
    const covariance = Float64Array.from({length: n * n}, (_, k) => {
      const [i, j] = [Math.floor(k / n), k % n];
      return factors[i].reduce((sum, f, l) => sum + f * factors[j][l], i === j ? 0.1 : 0);
    });
    const names = Array.from({length: n}, (_, i) => `A${i}`);
    const weights = hierarchicalRiskParity(names, covariance);
    expect(weights.every((weight) => weight > 0)).toBe(true);
    expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 13);
  }
});

it("hierarchicalRiskParity(covariance) names an asset that does not vary", () => {
  expect(() => hierarchicalRiskParity(["A", "STILL"], of(0.01, 0, 0, 0))).toThrow("STILL does not vary");
  expect(() => hierarchicalRiskParity([], of())).toThrow("no assets");
});
