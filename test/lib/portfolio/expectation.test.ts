import {expect, it} from "vitest";
import {expectBy} from "../../../lib/portfolio/expectation.js";
import {optimizePrices} from "../../../lib/portfolio/optimize-prices.js";

const past = {
  assets: ["A", "B"],
  expected: Float64Array.of(0.1, 0.02),
  covariance: Float64Array.of(0.04, 0.01, 0.01, 0.01)
};

it("expectBy(past, historical) is the past", () => {
  expect(expectBy(past, {by: "historical"})).toBe(past);
});

it("expectBy(past, equal) expects the mean of all of each", () => {
  expect([...expectBy(past, {by: "equal"}).expected]).toEqual([0.060000000000000005, 0.060000000000000005]);
});

it("expectBy(past, views) without a view is the balance: aversion x S w + riskless rate", () => {
  const {expected} = expectBy(
    past,
    {by: "views", views: [], market: {A: 0.5, B: 0.5}, riskAversion: 2},
    0.01
  );
  expect(expected[0]).toBeCloseTo(2 * (0.5 * 0.04 + 0.5 * 0.01) + 0.01, 15);
  expect(expected[1]).toBeCloseTo(2 * (0.5 * 0.01 + 0.5 * 0.01) + 0.01, 15);
});

it("expectBy(past, views) gives what a certain view says, and moves what varies with it", () => {
  const market = {A: 0.5, B: 0.5};
  const without = expectBy(past, {by: "views", views: [], market});
  const {expected} = expectBy(past, {
    by: "views",
    views: [{assets: {A: 1}, expected: 0.2, confidence: 1}],
    market
  });
  expect(expected[0]).toBeCloseTo(0.2, 12);
  expect(expected[1] - without.expected[1]).toBeCloseTo((0.2 - without.expected[0]) * (0.01 / 0.04), 12);
});

it("expectBy(past, views) names an asset that it does not know", () => {
  expect(() => expectBy(past, {by: "views", views: [], market: {X: 1}})).toThrow(
    "a market weight of an unknown asset: X"
  );
});

const prices = [
  [100, 101, 103, 102, 105, 104, 107],
  [50, 50.5, 50.2, 51, 51.3, 51.1, 51.9],
  [20, 20.1, 20.4, 20.2, 20.3, 20.8, 20.7]
].map((column) => Float64Array.from(column));
const table = {assets: ["A", "B", "C"], dates: Array.from({length: 7}, String), prices};

it("optimizePrices({groups}) keeps the sum of a group's weights in its limits", () => {
  const groups = [{name: "sector X", assets: ["A", "B"], most: 0.4}];
  const {weights, certificate} = optimizePrices(table, {objective: "min-volatility", groups});
  expect(certificate.status).toBe("optimal");
  expect(weights["A"] + weights["B"]).toBeLessThanOrEqual(0.4 + 1e-9);
  const free = optimizePrices(table, {objective: "min-volatility"}).weights;
  expect(free["A"] + free["B"]).toBeGreaterThan(0.4);
});

it("optimizePrices({groups}) names a group that cannot be met, and refuses one where no limit counts", () => {
  const groups = [{name: "sector X", assets: ["A"], least: 1.2}];
  const {certificate} = optimizePrices(table, {objective: "min-volatility", groups});
  expect(certificate.status).toBe("infeasible");
  expect(certificate.conflicts.join()).toContain("sector X");
  expect(() => optimizePrices(table, {objective: "risk-parity", groups})).toThrow(
    "takes no limit of a group"
  );
  expect(() =>
    optimizePrices(table, {objective: "min-volatility", groups: [{name: "Y", assets: ["Z"]}]})
  ).toThrow("the group Y has an unknown asset: Z");
});

it("optimizePrices({expectation}) of equal returns finds by Sharpe what has the least volatility", () => {
  const least = optimizePrices(table, {objective: "min-volatility"}).weights;
  const best = optimizePrices(table, {objective: "max-sharpe", expectation: {by: "equal"}}).weights;
  for (const name of table.assets) expect(best[name]).toBeCloseTo(least[name], 6);
});
