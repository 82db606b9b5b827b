import {describe, expect, it} from "vitest";
import {compoundReturns} from "../../../../lib/portfolio/expected-returns.js";
import {efficientFrontier} from "../../../../lib/portfolio/objectives/efficient-frontier.js";
import {hierarchicalRiskParity} from "../../../../lib/portfolio/objectives/hierarchical.js";
import {maximizeSharpe} from "../../../../lib/portfolio/objectives/max-sharpe.js";
import {minimizeShortfall} from "../../../../lib/portfolio/objectives/min-cvar.js";
import {minimizeVolatility} from "../../../../lib/portfolio/objectives/min-volatility.js";
import {riskParity} from "../../../../lib/portfolio/objectives/risk-parity.js";
import {simpleReturns} from "../../../../lib/portfolio/read-prices.js";
import {optimize} from "../../../../lib/portfolio/solver/optimize.js";
import type {Limits} from "../../../../lib/portfolio/solver/problem.js";
import type {Solution} from "../../../../lib/portfolio/solver/solution.js";
import {sampleCovariance} from "../../../../lib/risk/covariance/index.js";
import {assets, current, distance, reference, returns, stocks} from "../sample.js";

const expected = compoundReturns(returns);
const covariance = sampleCovariance(returns).values.map((value) => value * 252);
const base = {assets, expected, covariance};
const long01: Limits = {sum: 1, lower: 0, upper: 1};

/** Weights of PyPortfolioOpt by Clarabel at 1e-13 are good to 1e-10 or so, objectives to 1e-11. */
function expectSame(
  solution: Solution,
  theirs: {weights: number[]; objective?: number; sharpe?: number}
): void {
  expect(solution.status).toBe("optimal");
  expect(solution.certificate.kkt).toBeLessThanOrEqual(1e-12);
  expect(distance(solution.weights, theirs.weights)).toBeLessThan(1e-9);
  const value = theirs.objective ?? theirs.sharpe;
  if (value !== undefined) expect(Math.abs(solution.objective / value - 1)).toBeLessThan(1e-10);
}

it("the sample is the same here and there", () => {
  const sum = returns.reduce((all, column) => all + column.reduce((a, b) => a + b, 0), 0);
  expect(sum).toBeCloseTo(reference.checksum, 12);
});

it("compoundReturns(returns) is PyPortfolioOpt's mean_historical_return, also with blanks", () => {
  expect(distance(expected, reference.mean)).toBeLessThan(1e-13);
  const monthly = simpleReturns(stocks().prices);
  expect(distance(compoundReturns(monthly, {periodsPerYear: 12}), reference.stocks.mean)).toBeLessThan(1e-13);
});

describe("PyPortfolioOpt", () => {
  it("minimizeVolatility(problem) is its min_volatility, with penalties and limits", () => {
    expectSame(minimizeVolatility({...base, limits: long01}), reference.minVolatility);
    expectSame(minimizeVolatility({...base, l2: 0.1, limits: long01}), reference.minVolatilityL2);
    const turnover = {turnoverCost: 0.001, current};
    expectSame(minimizeVolatility({...base, ...turnover, limits: long01}), reference.minVolatilityTurnover);
    expectSame(
      minimizeVolatility({...base, limits: {...long01, lower: -1, gross: 1.4}}),
      reference.minVolatilityGross
    );
    const groups = [{name: "first", members: [0, 1, 2], most: 0.5}];
    expectSame(minimizeVolatility({...base, limits: {...long01, groups}}), reference.minVolatilityGroup);
  });

  it("maximizeSharpe(problem) is its max_sharpe", () => {
    expectSame(maximizeSharpe({...base, riskFree: 0.02, limits: long01}), reference.maxSharpe);
    const limits = {sum: 1, lower: -0.3, upper: 0.6};
    expectSame(maximizeSharpe({...base, riskFree: 0.02, limits}), reference.maxSharpeShort);
  });

  it("optimize(problem) is its max_quadratic_utility", () => {
    expectSame(optimize({...base, riskAversion: 20, limits: long01}), reference.quadraticUtility);
    const limits = {sum: 1, lower: -0.2, upper: 0.4};
    expectSame(optimize({...base, riskAversion: 30, limits}), reference.quadraticUtilityShort);
  });

  it("minimizeVolatility(problem) with a limit on the expected return is its efficient_return", () => {
    for (const theirs of reference.efficientReturn)
      expectSame(minimizeVolatility({...base, limits: {...long01, expectedReturn: theirs.target}}), theirs);
  });

  it("minimizeShortfall(problem) is its EfficientCVaR.min_cvar", () => {
    expectSame(minimizeShortfall({assets, returns, limits: long01}), reference.cvar);
    expectSame(minimizeShortfall({assets, returns, confidence: 0.9, limits: long01}), reference.cvar90);
  });

  it("hierarchicalRiskParity(covariance) is its HRPOpt, to 1e-15; on stocks with blanks too", () => {
    expect(distance(hierarchicalRiskParity(assets, covariance), reference.hrp)).toBeLessThan(1e-15);
    const {names, prices} = stocks();
    const {values} = sampleCovariance(simpleReturns(prices));
    expect(distance(hierarchicalRiskParity(names, values), reference.stocks.hrp)).toBeLessThan(1e-15);
  });
});

describe("skfolio and Riskfolio-Lib", () => {
  it("minimizeVolatility(problem) and minimizeShortfall(problem) are skfolio's MeanRisk", () => {
    const {minVariance, cvar} = reference.skfolio;
    expect(distance(minimizeVolatility({...base, limits: long01}).weights, minVariance)).toBeLessThan(1e-8);
    expect(distance(minimizeShortfall({assets, returns, limits: long01}).weights, cvar)).toBeLessThan(1e-8);
  });

  it("riskParity(problem) is Riskfolio-Lib's rp_optimization to 1e-12, skfolio's RiskBudgeting to what that is good for", () => {
    const equal = riskParity({assets, covariance}).weights;
    const budgeted = riskParity({assets, covariance, budgets: current}).weights;
    expect(distance(equal, reference.riskfolio.parity)).toBeLessThan(1e-12);
    expect(distance(budgeted, reference.riskfolio.budgets)).toBeLessThan(1e-12);
    expect(distance(equal, reference.skfolio.parity)).toBeLessThan(1e-8);
    expect(distance(budgeted, reference.skfolio.budgets)).toBeLessThan(2e-5);
  });

  it("hierarchicalRiskParity(covariance) is Riskfolio-Lib's and skfolio's HRP without their reordering of leaves", () => {
    expect(distance(hierarchicalRiskParity(assets, covariance), reference.riskfolio.hrp)).toBeLessThan(1e-15);
    expect(distance(hierarchicalRiskParity(assets, covariance), reference.skfolio.hrp)).toBeLessThan(1e-15);
  });
});

it("efficientFrontier(problem) runs from least volatility to highest return, through PyPortfolioOpt's points", () => {
  const frontier = efficientFrontier({...base, limits: long01}, {points: 5});
  expect(frontier).toHaveLength(5);
  expect(distance(frontier[0].solution.weights, reference.minVolatility.weights)).toBeLessThan(1e-9);
  expect(frontier.at(-1)?.expectedReturn).toBeCloseTo(Math.max(...reference.mean), 12);
  for (const [k, {expectedReturn, volatility, solution}] of frontier.entries()) {
    expect(solution.certificate.kkt).toBeLessThan(1e-12);
    expect(solution.objective).toBeCloseTo(volatility ** 2, 12);
    if (!k) continue;
    expect(expectedReturn).toBeGreaterThan(frontier[k - 1].expectedReturn);
    expect(volatility).toBeGreaterThan(frontier[k - 1].volatility);
  }
});
