import {expect, it} from "vitest";
import {maximizeSharpe} from "../../../../lib/portfolio/objectives/max-sharpe.js";
import {performanceOf} from "../../../../lib/portfolio/objectives/performance.js";
import {optimize} from "../../../../lib/portfolio/solver/optimize.js";
import {long} from "../../../long.js";
import {distance, generator} from "../sample.js";
import {randomProblem} from "../solver/problems.js";

const of = (...values: number[]) => Float64Array.from(values);
const two = {assets: ["SAFE", "BOLD"], expected: of(0.05, 0.1), covariance: of(0.04, 0.01, 0.01, 0.09)};
const long01 = {sum: 1, lower: 0, upper: 1};

it("maximizeSharpe(problem) of two assets is S^-1 (mu - rf), by hand", () => {
  // (0.09 x 0.03 - 0.01 x 0.08, 0.04 x 0.08 - 0.01 x 0.03) = (0.0019, 0.0029)
  const {weights, objective, certificate} = maximizeSharpe({...two, riskFree: 0.02, limits: long01});
  expect(weights[0]).toBeCloseTo(19 / 48, 13);
  expect(objective).toBeCloseTo(
    (0.03 * 19 + 0.08 * 29) / Math.sqrt(0.04 * 361 + 0.02 * 551 + 0.09 * 841),
    13
  );
  expect(certificate.kkt).toBeLessThan(1e-12);
});

it("maximizeSharpe(problem) beats random portfolios within the limits, and stays within them", () => {
  for (let seed = 0; seed < long(100); ++seed) {
    const {drawn, problem} = randomProblem(seed, [2, 5, 9]);
    const n = problem.assets.length;
    const {covariance, assets} = problem;
    const expected = problem.expected!.map((value) => value + 0.03);
    for (let i = 0; i < n; ++i) if (covariance[i * n + i] === 0) covariance[i * n + i] = 0.01;
    const limits = {sum: 1, lower: -0.2, upper: 0.9, gross: 1.3};
    const {status, weights, objective} = maximizeSharpe({
      assets,
      expected,
      covariance,
      riskFree: 0.01,
      limits
    });
    if (status === "infeasible" || status === "unbounded") continue;
    expect(status, drawn).toBe("optimal");
    const own = performanceOf(weights, expected, covariance, {riskFree: 0.01});
    expect(Math.abs(own.sharpe.value! / objective - 1), drawn).toBeLessThan(1e-9);
    const draw = generator(seed + 1);
    for (let k = 0; k < 200; ++k) {
      const other = weights.map((weight) => weight + 0.2 * draw());
      const sum = other.reduce((a, b) => a + b, 0);
      const shifted = other.map((weight) => weight + (1 - sum) / n);
      if (shifted.some((weight) => weight < -0.2 || weight > 0.9)) continue;
      if (shifted.reduce((all, weight) => all + Math.abs(weight), 0) > 1.3) continue;
      const {sharpe} = performanceOf(shifted, expected, covariance, {riskFree: 0.01});
      expect(sharpe.value, drawn).toBeLessThanOrEqual(objective * (1 + 1e-9));
    }
  }
});

it("maximizeSharpe(problem) maximizes utility at its own risk aversion", () => {
  const {weights} = maximizeSharpe({...two, riskFree: 0.02, limits: long01});
  const {expectedReturn, volatility} = performanceOf(weights, two.expected, two.covariance);
  const same = optimize({...two, riskAversion: (expectedReturn - 0.02) / volatility ** 2, limits: long01});
  expect(distance(same.weights, weights)).toBeLessThan(1e-12);
});

it("maximizeSharpe(problem) names what keeps all portfolios below the risk-free rate", () => {
  const {status, weights, certificate} = maximizeSharpe({...two, riskFree: 0.2, limits: long01});
  expect(status).toBe("infeasible");
  expect([...weights]).toEqual([NaN, NaN]);
  expect(certificate.conflicts).toEqual([
    "every weight is 0 or more",
    "the expected return is above the risk-free rate, 0.2"
  ]);
});

it("maximizeSharpe(problem) names limits that conflict without any risk-free rate", () => {
  const {status, certificate} = maximizeSharpe({...two, limits: {...long01, upper: 0.4}});
  expect(status).toBe("infeasible");
  expect(certificate.conflicts).toEqual(["every weight is 0.4 or less", "the weights sum to 1"]);
});

it("maximizeSharpe(problem) has no answer where an asset earns more than the riskless one without risk", () => {
  const covariance = of(0, 0, 0, 0.09);
  expect(maximizeSharpe({...two, covariance, riskFree: 0.02, limits: long01}).status).toBe("unbounded");
  expect(maximizeSharpe({...two, covariance, riskFree: 0.06, limits: long01}).weights[1]).toBeCloseTo(1, 12);
});

it("maximizeSharpe(problem) takes a single asset as it is", () => {
  const one = {assets: ["A"], expected: of(0.05), covariance: of(0.04)};
  expect(maximizeSharpe({...one, limits: long01})).toMatchObject({status: "optimal", objective: 0.25});
});

it("maximizeSharpe(problem) refuses a rate that is none", () => {
  expect(() => maximizeSharpe({...two, riskFree: NaN, limits: long01})).toThrow(
    "invalid risk-free rate: NaN"
  );
});
