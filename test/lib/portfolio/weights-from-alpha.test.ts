import {describe, expect, it} from "vitest";
import {blendSignals} from "../../../lib/portfolio/blend.js";
import {optimize} from "../../../lib/portfolio/solver/optimize.js";
import {
  alphaFromScores,
  factorCovariance,
  weightsFromAlpha
} from "../../../lib/portfolio/weights-from-alpha.js";
import {long} from "../../long.js";
import {distance, generator} from "./sample.js";
import {randomProblem} from "./solver/problems.js";
import {prove} from "./solver/proof.js";

const of = (...values: number[]) => Float64Array.from(values);
const two = {
  assets: ["SAFE", "BOLD"],
  risk: {covariance: of(0.04, 0, 0, 0.09)},
  riskAversion: 2
};

describe("by hand", () => {
  it("weightsFromAlpha(problem) without limits is S^-1 alpha / risk aversion", () => {
    const {weights, excluded} = weightsFromAlpha({...two, alpha: of(0.02, -0.09), limits: {}});
    expect(distance(weights, [0.25, -0.5])).toBeLessThan(1e-14);
    expect(excluded).toEqual([]);
  });

  it("weightsFromAlpha(problem) does not hold what has no alpha, long or short", () => {
    const {weights, excluded} = weightsFromAlpha({
      ...two,
      alpha: of(0.02, NaN),
      limits: {lower: -1, upper: 1}
    });
    expect(distance(weights, [0.25, 0])).toBeLessThan(1e-14);
    expect(excluded).toEqual(["BOLD"]);
  });

  it("weightsFromAlpha(problem) names a least weight of what has no alpha as a conflict", () => {
    const {status, certificate} = weightsFromAlpha({
      ...two,
      alpha: of(0.02, NaN),
      limits: {sum: 1, lower: of(0, 0.1), upper: 1}
    });
    expect(status).toBe("infeasible");
    expect(certificate.conflicts).toEqual(["BOLD is 0 or less", "BOLD is 0.1 or more"]);
  });

  it("alphaFromScores(scores, volatility, ic) is ic x volatility x score", () => {
    expect([...alphaFromScores(of(1, -2, NaN), of(0.2, 0.3, 0.1), 0.05)]).toEqual([
      expect.closeTo(0.01, 15),
      expect.closeTo(-0.03, 15),
      NaN
    ]);
  });

  it("factorCovariance(risk) is B F B' and each asset's own", () => {
    const risk = {loadings: of(1, 0, 2, 1), factors: of(0.04, 0.01, 0.01, 0.09), specific: of(0.1, 0.2)};
    // (2, 1) F (2, 1)' = 4 x 0.04 + 4 x 0.01 + 0.09; (1, 0) F (2, 1)' = 0.08 + 0.01
    expect(distance(factorCovariance(risk, ["A", "B"]), [0.14, 0.09, 0.09, 0.49])).toBeLessThan(1e-16);
  });
});

it("weightsFromAlpha(problem) of a factor model is optimize of its covariance, proven", () => {
  const draw = generator(3);
  for (let seed = 0; seed < long(60); ++seed) {
    const {problem} = randomProblem(seed, [4, 12]);
    const n = problem.assets.length;
    const risk = {
      loadings: Float64Array.from({length: 3 * n}, draw),
      factors: of(0.04, 0, 0, 0, 0.02, 0.01, 0, 0.01, 0.03),
      specific: Float64Array.from({length: n}, () => 0.6 + draw())
    };
    const {expected, ...rest} = problem;
    const found = weightsFromAlpha({...rest, riskAversion: 3, alpha: expected!, risk});
    const whole = {...problem, riskAversion: 3, covariance: factorCovariance(risk, problem.assets)};
    const {weights} = optimize(whole);
    expect(distance(found.weights, weights)).toBe(0);
    const {primal, dual, gap} = prove(whole, found);
    expect(Math.max(primal, dual, gap)).toBeLessThanOrEqual(1e-8);
  }
});

it("weightsFromAlpha(problem) takes blended signals, and holds more of what scores higher", () => {
  const assets = ["A", "B", "C", "D"];
  const {scores} = blendSignals([
    {name: "value", values: of(1, 2, 3, 4), weight: 1},
    {name: "momentum", values: of(0.1, 0.3, 0.2, 0.4), weight: 2}
  ]);
  const alpha = alphaFromScores(scores, of(0.2, 0.2, 0.2, 0.2), 0.05);
  const covariance = Float64Array.from({length: 16}, (_, k) => (k % 5 ? 0.01 : 0.04));
  const {weights, status} = weightsFromAlpha({
    assets,
    alpha,
    risk: {covariance},
    riskAversion: 1,
    limits: {sum: 1, lower: 0, upper: 1}
  });
  expect(status).toBe("optimal");
  expect([...weights].toSorted((a, b) => a - b)).toEqual([weights[0], weights[2], weights[1], weights[3]]);
});

it("weightsFromAlpha(problem) names what it cannot use", () => {
  expect(() => weightsFromAlpha({...two, alpha: of(1), limits: {}})).toThrow("alpha: 1 values for 2 assets");
  expect(() => weightsFromAlpha({...two, alpha: of(NaN, NaN), limits: {}})).toThrow("no asset has an alpha");
  expect(() => weightsFromAlpha({...two, alpha: of(Infinity, 0), limits: {}})).toThrow(
    "invalid expected return of SAFE: Infinity"
  );
  const negative = {risk: {covariance: of(1, 2, 2, 1)}};
  expect(() => weightsFromAlpha({...two, ...negative, alpha: of(1, 1), limits: {}})).toThrow(
    "covariance has an eigenvalue below zero: -1.00"
  );
  expect(() => alphaFromScores(of(1), of(1, 2), 0.1)).toThrow("1 scores for 2 volatilities");
  expect(() => alphaFromScores(of(1), of(1), 1.1)).toThrow("invalid information coefficient: 1.1");
  expect(() => alphaFromScores(of(1), of(-1), 0.1)).toThrow("invalid volatility 0: -1");
  const risk = {loadings: of(1, 2), factors: of(1), specific: of(1, -1)};
  expect(() => factorCovariance(risk, ["A", "B"])).toThrow("invalid specific variance of B: -1");
  expect(() => factorCovariance({...risk, loadings: of(1)}, ["A", "B"])).toThrow(
    "loadings: 1 values, not 2 assets x 1 factors"
  );
  expect(() => factorCovariance({...risk, factors: of(1, 2)}, ["A", "B"])).toThrow("no square matrix");
});
