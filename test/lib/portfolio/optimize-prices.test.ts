import {describe, expect, it} from "vitest";
import {compoundReturns} from "../../../lib/portfolio/expected-returns.js";
import {
  OBJECTIVES,
  type ObjectiveName,
  optimizePrices,
  type PriceOptions,
  refusalOf
} from "../../../lib/portfolio/optimize-prices.js";
import {type PriceTable, simpleReturns} from "../../../lib/portfolio/read-prices.js";
import {sampleCovariance} from "../../../lib/risk/covariance/index.js";
import {assets, current, distance, reference, returns, stocks} from "./sample.js";

const names = Object.keys(OBJECTIVES) as ObjectiveName[];

/** Prices from 100 on that give the returns. */
function pricesOf(columns: readonly Float64Array[]): PriceTable {
  const prices = columns.map((column) => {
    let price = 100;
    return Float64Array.of(100, ...column.map((r) => (price *= 1 + r)));
  });
  return {assets, dates: Array.from(prices[0], (_, t) => `day ${t}`), prices};
}

const table = pricesOf(returns);
const held = Object.fromEntries(assets.map((asset, i) => [asset, current[i]]));
const optimum = (options: PriceOptions, prices = table) => optimizePrices(prices, options);
const weightsOf = (options: PriceOptions) => Object.values(optimum(options).weights);

describe("the contract, by reference", () => {
  it.each([
    ["min-volatility", {}, reference.minVolatility],
    ["min-volatility", {l2: 0.1}, reference.minVolatilityL2],
    ["min-volatility", {turnover: 0.001, current: held}, reference.minVolatilityTurnover],
    ["min-volatility", {bounds: [-1, 1], gross: 1.4}, reference.minVolatilityGross],
    ["max-sharpe", {riskFree: 0.02}, reference.maxSharpe],
    ["quadratic-utility", {riskAversion: 20}, reference.quadraticUtility],
    ["min-cvar", {}, reference.cvar],
    ["hrp", {}, {weights: reference.hrp}],
    ["risk-parity", {}, {weights: reference.riskfolio.parity}]
  ] as const)(
    "optimizePrices(prices, %s %j) is PyPortfolioOpt's or Riskfolio-Lib's",
    (objective, options, theirs) => {
      // returns of rounded prices differ by 1e-14
      expect(distance(weightsOf({objective, ...options}), theirs.weights)).toBeLessThan(1e-9);
    }
  );

  it("optimizePrices(prices) tells return, volatility and Sharpe ratio a year, and the certificate", () => {
    const {expectedReturn, volatility, sharpe, certificate, objective, estimate, warnings} = optimum({
      objective: "max-sharpe",
      riskFree: 0.02
    });
    expect(sharpe.value).toBeCloseTo(reference.maxSharpe.sharpe, 9);
    expect((expectedReturn.value! - 0.02) / volatility.value!).toBeCloseTo(sharpe.value!, 12);
    expect(objective.value.value).toBeCloseTo(sharpe.value!, 12);
    expect(certificate).toMatchObject({status: "optimal", conflicts: []});
    expect(certificate.kkt.value).toBeLessThan(1e-10);
    expect(estimate).toEqual({
      covariance: "sample",
      shrinkage: null,
      observations: 500,
      frequency: 252,
      missing: "pairwise"
    });
    expect(warnings).toEqual([]);
  });

  it("optimizePrices(prices) has no certificate of a rule, and says so", () => {
    const {certificate, objective} = optimum({objective: "hrp"});
    expect(certificate.status).toBe("optimal");
    expect(certificate.kkt).toEqual({
      value: null,
      reason: "hierarchical risk parity is a rule, not an optimum"
    });
    expect(objective.value.value).toBeNull();
  });
});

describe("missing prices", () => {
  const {names: tickers, dates, prices} = stocks();
  const gappy: PriceTable = {assets: tickers, dates, prices};

  it("optimizePrices(prices, {missing: pairwise}) takes means and covariances over what there is", () => {
    const {expectedReturn, volatility, weights, estimate} = optimum({objective: "hrp", frequency: 12}, gappy);
    expect(distance(Object.values(weights), reference.stocks.hrp)).toBeLessThan(1e-14);
    const mean = tickers.reduce((sum, name, i) => sum + weights[name] * reference.stocks.mean[i], 0);
    expect(expectedReturn.value).toBeCloseTo(mean, 12);
    const variance = tickers.reduce(
      (sum, a, i) =>
        sum +
        tickers.reduce(
          (all, b, j) => all + weights[a] * weights[b] * reference.stocks.covariance[i * 5 + j],
          0
        ),
      0
    );
    expect(volatility.value).toBeCloseTo(Math.sqrt(variance), 12);
    expect(estimate.observations).toBe(67);
  });

  it("optimizePrices(prices, {missing: drop}) leaves out rows with a blank before it takes returns", () => {
    const {weights} = optimum({objective: "hrp", frequency: 12, missing: "drop"}, gappy);
    const full = prices.map((column) => column.slice(-68));
    const same = optimum(
      {objective: "hrp", frequency: 12},
      {assets: tickers, dates: dates.slice(-68), prices: full}
    );
    expect(weights).toEqual(same.weights);
  });

  it("a price that is missing in the last row takes part in no return", () => {
    const cut = prices.map((column) => column.slice());
    cut[0][cut[0].length - 1] = NaN;
    const {estimate} = optimum({objective: "min-volatility"}, {...gappy, prices: cut});
    expect(estimate.observations).toBe(66);
    expect(compoundReturns(simpleReturns(cut))[0]).toBe(
      compoundReturns(simpleReturns([prices[0].slice(0, -1)]))[0]
    );
  });

  it("what needs all returns refuses blanks, and says what to do", () => {
    for (const covariance of ["ledoit-wolf", "oas", "constant-correlation"] as const) {
      const options = {objective: "min-volatility", covariance} as const;
      expect(() => optimum(options, gappy)).toThrow(
        `${covariance} needs rows without blanks: 55 rows have one`
      );
      expect(optimum({...options, missing: "drop"}, gappy).estimate).toMatchObject({
        covariance,
        observations: 67
      });
    }
    expect(() => optimum({objective: "min-cvar"}, gappy)).toThrow("min-cvar needs rows without blanks");
    expect(optimum({objective: "min-cvar", missing: "drop"}, gappy).certificate.status).toBe("optimal");
  });

  it("a covariance of pairs with an eigenvalue below zero is repaired, with a warning", () => {
    // three pairs that were never seen together: each moves with the next, the last against the first
    const together = [1, -1, 1, -1, 1, -1, 1, -1];
    const none = together.map(() => NaN);
    const moves = (a: number[], b: number[], c: number[]) => [...a, ...b, ...c];
    const opposite = together.map((move) => -move);
    const columns = [
      moves(together, none, together),
      moves(together, together, none),
      moves(none, together, opposite)
    ];
    const odd = columns.map((column) => Float64Array.from(column, (move) => move / 100));
    expect(sampleCovariance(odd).values[1]).toBeGreaterThan(0);
    const prices = odd.map((column) => {
      const out: number[] = [];
      for (const move of column) {
        // two prices and a blank for each return
        if (Number.isNaN(move)) out.push(NaN, NaN, NaN);
        else out.push(100, 100 * (1 + move), NaN);
      }
      return Float64Array.from(out);
    });
    const {warnings, certificate} = optimum(
      {objective: "min-volatility"},
      {assets: ["A", "B", "C"], dates: Array.from(prices[0], String), prices}
    );
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(
      /^the covariance of pairs has an eigenvalue below zero, -0\.0\d+: put to zero/
    );
    expect(certificate.status).toBe("optimal");
  });
});

describe("what an objective cannot take", () => {
  it.each([
    [{objective: "hrp", bounds: [0, 0.5]}, "hrp takes no bounds"],
    [{objective: "risk-parity", sum: 0.5}, "risk-parity takes no sum but 1"],
    [{objective: "hrp", gross: 2}, "hrp takes no gross limit"],
    [{objective: "risk-parity", l2: 1}, "risk-parity takes no penalty: leave --l2 out"],
    [{objective: "max-sharpe", l2: 0.1}, "max-sharpe takes no penalty: leave --l2 out"],
    [
      {objective: "max-sharpe", turnover: 0.1, current: "equal"},
      "max-sharpe takes no penalty: leave --turnover out"
    ],
    [{objective: "min-cvar", turnover: 0.1, current: "equal"}, "min-cvar takes no penalty"],
    [
      {objective: "min-volatility", riskAversion: 2},
      "min-volatility takes no risk aversion: quadratic-utility does"
    ],
    [{objective: "min-volatility", turnover: 0.1}, "turnover needs the current weights"],
    [{objective: "min-volatility", current: "equal"}, "current weights have no part without a turnover cost"]
  ] as const)("optimizePrices(prices, %j) is refused: %s", (options, sentence) => {
    expect(refusalOf(options)).toContain(sentence);
    expect(() => optimum(options)).toThrow(sentence);
  });

  it("refusalOf(options) lets every objective have the defaults", () => {
    for (const objective of names) {
      const defaults = {bounds: [0, 1], sum: 1, l2: 0, turnover: 0, riskAversion: 1, riskFree: 0.01} as const;
      expect(refusalOf({objective, ...defaults})).toBeUndefined();
    }
  });
});

describe("bad input", () => {
  const rows = (...columns: number[][]): PriceTable => ({
    assets: columns.map((_, i) => `A${i}`),
    dates: columns[0].map(String),
    prices: columns.map((column) => Float64Array.from(column))
  });

  it("a constant asset is named where it must vary, and taken where it need not", () => {
    const still = rows([100, 101, 99, 102], [5, 5, 5, 5]);
    for (const objective of ["hrp", "risk-parity"] as const)
      expect(() => optimum({objective}, still)).toThrow("A1 does not vary");
    expect(() => optimum({objective: "min-volatility", covariance: "constant-correlation"}, still)).toThrow(
      "A1 does not vary"
    );
    const {weights, volatility, sharpe} = optimum({objective: "min-volatility"}, still);
    expect(weights).toEqual({A0: 0, A1: 1});
    expect(volatility.value).toBe(0);
    expect(sharpe).toEqual({value: null, reason: "there is no volatility to divide by"});
  });

  it("all returns below the risk-free rate leave no portfolio with the highest Sharpe ratio", () => {
    const falling = rows([100, 99, 98, 96], [50, 49, 49.5, 47]);
    const {weights, expectedReturn, certificate, objective} = optimum({objective: "max-sharpe"}, falling);
    expect(weights).toEqual({});
    expect(expectedReturn).toEqual({value: null, reason: "there are no weights: infeasible"});
    expect(objective.value.value).toBeNull();
    expect(certificate.status).toBe("infeasible");
    expect(certificate.conflicts).toEqual([
      "every weight is 0 or more",
      "the expected return is above the risk-free rate, 0"
    ]);
  });

  it("bounds that cannot sum to one are named", () => {
    const {certificate} = optimum({objective: "min-volatility", bounds: [0, 0.05]});
    expect(certificate.status).toBe("infeasible");
    expect(certificate.conflicts).toEqual(["every weight is 0.05 or less", "the weights sum to 1"]);
  });

  it("assets with too few returns, or too few in common, are named", () => {
    expect(() => optimum({objective: "hrp"}, rows([1, 2, 3], [1, NaN, 3]))).toThrow(
      "A1 has no return: two or more"
    );
    expect(() => optimum({objective: "hrp"}, rows([1, 2, 3], [1, 2, NaN]))).toThrow(
      "A1 has one return: two or more"
    );
    const apart = rows([1, 2, 3, NaN, NaN], [NaN, NaN, 1, 2, 3]);
    expect(() => optimum({objective: "hrp"}, apart)).toThrow(
      "A0 and A1 have 0 returns in common: two or more"
    );
  });

  it("a current weight of an unknown asset is named", () => {
    const options = {objective: "min-volatility", turnover: 0.1, current: {MARS: 1}} as const;
    expect(() => optimum(options)).toThrow("a current weight of an unknown asset: MARS: there are A0, A1");
  });
});
