import {describe, expect, it} from "vitest";
import {
  blackLitterman,
  impliedReturns,
  impliedRiskAversion,
  type View
} from "../../../lib/portfolio/black-litterman.js";
import {compoundReturns} from "../../../lib/portfolio/expected-returns.js";
import {minimizeVolatility} from "../../../lib/portfolio/objectives/min-volatility.js";
import {isPositiveSemidefinite, sampleCovariance} from "../../../lib/risk/covariance/index.js";
import {assets, current, distance, reference, returns} from "./sample.js";

const of = (...values: number[]) => Float64Array.from(values);
const covariance = sampleCovariance(returns).values.map((value) => value * 252);
const prior = impliedReturns(covariance, current, {riskAversion: 2.5, riskFree: 0.02});
const picks = [
  {assets: {A0: 1}, expected: 0.1},
  {assets: {A3: 1, A5: -1}, expected: 0.03},
  {assets: {A7: 0.5, A8: 0.5, A9: -1}, expected: -0.01}
];
const sure = (...confidences: number[]): View[] =>
  picks.map((view, k) => ({...view, confidence: confidences[k]}));

describe("by hand", () => {
  const two = {assets: ["A", "B"], covariance: of(0.04, 0, 0, 0.09), expected: of(0.05, 0.08)};

  it("impliedReturns(covariance, market) is risk aversion x S w", () => {
    expect(
      distance(impliedReturns(two.covariance, of(3, 1), {riskAversion: 2, riskFree: 0.01}), [0.07, 0.055])
    ).toBeLessThan(1e-15);
  });

  it("impliedRiskAversion(returns) is excess return over variance", () => {
    // mean 0.01, variance 0.0002: (2.52 - 0.02) / 0.0504
    expect(impliedRiskAversion(of(0, 0.02), {riskFree: 0.02})).toBeCloseTo(2.5 / 0.0504, 10);
    expect(() => impliedRiskAversion(of(0.01, 0.01))).toThrow("do not vary");
    expect(() => impliedRiskAversion(of(0.01))).toThrow("fewer than two");
  });

  it("blackLitterman(prior, views) meets a view half way when nothing is said of its confidence", () => {
    const {expected} = blackLitterman(two, [{assets: {A: 1}, expected: 0.15}]);
    expect(distance(expected, [0.1, 0.08])).toBeLessThan(1e-15);
  });

  it("blackLitterman(prior, views) believes a view by its confidence", () => {
    const at = (confidence: number) =>
      blackLitterman(two, [{assets: {A: 1}, expected: 0.15, confidence}]).expected[0];
    expect(at(0.25)).toBeCloseTo(0.075, 14);
    expect(at(1)).toBeCloseTo(0.15, 14);
    // as in PyPortfolioOpt none is a variance of 1e6, not quite nothing
    expect(at(0)).toBeCloseTo(0.05, 9);
  });

  it("blackLitterman(prior, views) without views is the prior, less sure of its means", () => {
    const posterior = blackLitterman({...two, tau: 0.1}, []);
    expect([...posterior.expected]).toEqual([0.05, 0.08]);
    expect(distance(posterior.covariance, [0.044, 0, 0, 0.099])).toBeLessThan(1e-16);
  });

  it("blackLitterman(prior, views) counts a certain view that is said twice once", () => {
    const view = {assets: {A: 1}, expected: 0.15, confidence: 1};
    expect(distance(blackLitterman(two, [view, view]).expected, [0.15, 0.08])).toBeLessThan(1e-14);
  });
});

it.each([
  ["default", picks],
  ["idzorek", sure(0.2, 0.7, 1)],
  ["unsure", sure(0, 0.5, 0.9)]
] as const)("blackLitterman(prior, views) is PyPortfolioOpt's, omega %s, to 1e-13", (name, views) => {
  const theirs = reference.blackLitterman[name];
  const {expected, covariance: posterior} = blackLitterman({assets, covariance, expected: prior}, views);
  expect(distance(prior, theirs.prior)).toBeLessThan(1e-13);
  expect(distance(expected, theirs.returns)).toBeLessThan(1e-13);
  expect(distance(posterior, theirs.covariance)).toBeLessThan(1e-13);
});

it("blackLitterman(prior, views) gives a covariance that the solver takes", () => {
  const posterior = blackLitterman({assets, covariance, expected: compoundReturns(returns)}, sure(1, 1, 1));
  expect(isPositiveSemidefinite(posterior.covariance, assets.length)).toBe(true);
  const {status} = minimizeVolatility({
    assets,
    ...posterior,
    limits: {sum: 1, lower: 0, expectedReturn: 0.2}
  });
  expect(status).toBe("optimal");
});

it("blackLitterman(prior, views) names a view on an unknown asset, and views that say nothing", () => {
  const views =
    (...list: View[]) =>
    () =>
      blackLitterman({assets: ["A", "B"], covariance: of(1, 0, 0, 1), expected: of(0, 0)}, list);
  expect(views({assets: {MARS: 1}, expected: 0.1})).toThrow(
    "a view on an unknown asset: MARS: there are A, B"
  );
  expect(views({assets: {}, expected: 0.1})).toThrow("a view on no asset");
  expect(views({assets: {A: 0}, expected: 0.1})).toThrow("a view on no asset");
  expect(views({assets: {A: NaN}, expected: 0.1})).toThrow("invalid share of A in a view: NaN");
  expect(views({assets: {A: 1}, expected: NaN})).toThrow("invalid expected return of the view on A: NaN");
  expect(views({assets: {A: 1}, expected: 0.1, confidence: 1.5})).toThrow(
    "invalid confidence in the view on A: 1.5"
  );
  expect(views({assets: {A: 1}, expected: 0.1, confidence: 1}, {assets: {B: 1}, expected: 0})).toThrow(
    "all of them or for none"
  );
  expect(() => blackLitterman({assets: ["A"], covariance: of(1), expected: of(0), tau: 0}, [])).toThrow(
    "invalid tau: 0"
  );
  expect(() => impliedReturns(of(1), of(0), {riskAversion: 1})).toThrow("market weights sum to 0");
  expect(() => impliedReturns(of(1), of(1), {riskAversion: 0})).toThrow("invalid risk aversion: 0");
  expect(() => impliedReturns(of(1, 2), of(1), {riskAversion: 1})).toThrow(
    "covariance has 2 values, not 1 x 1"
  );
});
