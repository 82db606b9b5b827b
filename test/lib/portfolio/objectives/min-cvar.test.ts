import {expect, it} from "vitest";
import {minimizeShortfall} from "../../../../lib/portfolio/objectives/min-cvar.js";
import {long} from "../../../long.js";
import {generator} from "../sample.js";

const of = (...values: number[]) => Float64Array.from(values);
const long01 = {sum: 1, lower: 0, upper: 1};

/** Mean of the worst share of outcomes, the last one in part; a loss above zero. */
function shortfall(outcomes: readonly number[], share: number): number {
  let left = share * outcomes.length;
  let sum = 0;
  for (const outcome of [...outcomes].toSorted((a, b) => a - b)) {
    const part = Math.min(1, left);
    sum -= part * outcome;
    left -= part;
    if (left <= 0) break;
  }
  return sum / (share * outcomes.length);
}

it("minimizeShortfall(problem) evens out the two worst scenarios, by hand", () => {
  // worst of four: -0.1 w1 + 0.02 w2 and 0.05 w1 - 0.08 w2 are equal at w1 = 10 / 25
  const returns = [of(-0.1, 0.05, 0.02, 0.03), of(0.02, -0.08, 0.01, 0.02)];
  const {weights, objective, status} = minimizeShortfall({
    assets: ["A", "B"],
    returns,
    confidence: 0.75,
    limits: long01
  });
  expect(status).toBe("optimal");
  expect(weights[0]).toBeCloseTo(0.4, 13);
  expect(objective).toBeCloseTo(0.1 * 0.4 - 0.02 * 0.6, 13);
});

it("minimizeShortfall(problem) is the mean of the worst scenarios, and no random weights have less", () => {
  for (let seed = 0; seed < long(60); ++seed) {
    const draw = generator(seed + 9);
    const [n, rows] = [2 + (seed % 6), 20 + ((seed * 7) % 60)];
    const assets = Array.from({length: n}, (_, i) => `A${i}`);
    const returns = assets.map((_, i) =>
      Float64Array.from({length: rows}, () => 0.02 * (1 + i) * (draw() + draw()) + 0.001)
    );
    const confidence = [0.95, 0.9, 0.5, 0.99][seed % 4];
    const limits = {...long01, lower: -0.2, upper: 0.8, gross: 1.4};
    const {weights, objective, certificate} = minimizeShortfall({assets, returns, confidence, limits});
    expect(certificate.kkt, `seed ${seed}`).toBeLessThanOrEqual(1e-8);
    const outcomes = (w: Float64Array) =>
      Array.from({length: rows}, (_, t) => w.reduce((sum, weight, i) => sum + weight * returns[i][t], 0));
    expect(objective).toBeCloseTo(shortfall(outcomes(weights), 1 - confidence), 9);
    for (let k = 0; k < 100; ++k) {
      const other = weights.map((weight) => weight + 0.1 * draw());
      const sum = other.reduce((a, b) => a + b, 0);
      const shifted = other.map((weight) => weight + (1 - sum) / n);
      if (shifted.some((weight) => weight < -0.2 || weight > 0.8)) continue;
      if (shifted.reduce((all, weight) => all + Math.abs(weight), 0) > 1.4) continue;
      expect(shortfall(outcomes(shifted), 1 - confidence)).toBeGreaterThanOrEqual(objective - 1e-9);
    }
  }
});

it("minimizeShortfall(problem) takes an asset that does not vary, and one row", () => {
  const returns = [of(0.001, 0.001, 0.001), of(-0.1, 0.2, 0.1)];
  expect(minimizeShortfall({assets: ["CASH", "B"], returns, limits: long01}).weights[0]).toBeCloseTo(1, 12);
  expect([
    ...minimizeShortfall({assets: ["A", "B"], returns: [of(0.1), of(0.2)], limits: long01}).weights
  ]).toEqual([0, 1]);
});

it("minimizeShortfall(problem) keeps to turnover and expected return", () => {
  const returns = [of(-0.1, 0.12, 0.02), of(0, 0.001, 0.002)];
  const assets = ["A", "B"];
  const current = of(1, 0);
  const {weights} = minimizeShortfall({assets, returns, current, limits: {...long01, turnover: 0.5}});
  expect(weights[0]).toBeCloseTo(0.75, 12);
  const expected = of(0.1, 0);
  const bold = minimizeShortfall({assets, returns, expected, limits: {...long01, expectedReturn: 0.03}});
  expect(bold.weights[0]).toBeCloseTo(0.3, 12);
});

it("minimizeShortfall(problem) names limits that conflict", () => {
  const returns = [of(0.1, 0.2), of(0.2, 0.1)];
  const {status, certificate} = minimizeShortfall({
    assets: ["A", "B"],
    returns,
    limits: {...long01, upper: 0.3}
  });
  expect(status).toBe("infeasible");
  expect(certificate.conflicts).toEqual(["every weight is 0.3 or less", "the weights sum to 1"]);
});

it("minimizeShortfall(problem) names a return that is missing, with its asset", () => {
  const problem = (patch: object) => () =>
    minimizeShortfall({assets: ["A", "B"], returns: [of(0.1, 0.2), of(0.2, 0.1)], limits: long01, ...patch});
  expect(problem({returns: [of(0.1, 0.2), of(0.2, NaN)]})).toThrow("return 1 of B is NaN");
  expect(problem({returns: [of(0.1, 0.2), of(0.2)]})).toThrow("B has 1 returns, A has 2");
  expect(problem({returns: [of(0.1, 0.2)]})).toThrow("returns: 1 columns for 2 assets");
  expect(problem({returns: [of(), of()]})).toThrow("no returns");
  expect(problem({assets: [], returns: []})).toThrow("no assets");
  expect(problem({confidence: 1})).toThrow("invalid confidence: 1");
  expect(problem({limits: {...long01, turnover: 1}})).toThrow("turnover needs the current weights");
  expect(problem({limits: {...long01, expectedReturn: 1}})).toThrow("needs expected returns");
});
