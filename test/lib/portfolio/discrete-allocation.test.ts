import * as fc from "fast-check";
import loadHighs from "highs";
import {describe, expect, it} from "vitest";
import {
  allocateExactly,
  allocateGreedily,
  type AllocationRequest
} from "../../../lib/portfolio/discrete-allocation.js";
import {long} from "../../long.js";
import {generator, reference} from "./sample.js";

const of = (...values: number[]) => Float64Array.from(values);
const request = (weights: number[], prices: number[], value: number): AllocationRequest => ({
  assets: weights.map((_, i) => `A${i}`),
  weights: Float64Array.from(weights),
  prices: Float64Array.from(prices),
  value
});

describe("by hand", () => {
  it("allocateGreedily(request) rounds down, then buys what is most below its weight", () => {
    // 6.67 and 10 shares; of 67 left one more of the dear one
    const {shares, cash, shortfall, proven} = allocateGreedily(request([2 / 3, 1 / 3], [60, 20], 600));
    expect([...shares]).toEqual([6, 10]);
    expect(cash).toBeCloseTo(40, 10);
    expect(shortfall).toBeCloseTo(40, 10);
    expect(proven).toBe(false);
    expect([...allocateGreedily(request([2 / 3, 1 / 3], [50, 21], 600)).shares]).toEqual([8, 9]);
  });

  it("allocateExactly(request) gives up a cheap share where a dear one needs its money", () => {
    // 9 x 100 + 2 x 10 leaves 80, and lacks 80 of the dear one
    const wanted = request([0.98, 0.02], [100, 10], 1000);
    expect([...allocateGreedily(wanted).shares]).toEqual([9, 2]);
    const best = allocateExactly(wanted);
    expect([...best.shares]).toEqual([10, 0]);
    expect(best.shortfall).toBeCloseTo(20, 10);
    expect(best.proven).toBe(true);
    expect(best.cash).toBeCloseTo(0, 10);
  });

  it("allocateGreedily(request) leaves the cash that the weights leave", () => {
    const {shares, cash} = allocateGreedily(request([0.5, 0.3], [10, 10], 1000));
    expect([...shares]).toEqual([50, 30]);
    expect(cash).toBeCloseTo(200, 10);
  });

  it("allocateExactly(request) sells short in whole shares, the proceeds being cash", () => {
    const {shares, cash} = allocateExactly(request([1.3, -0.3], [13, 7], 1000));
    // 100 long for 1300; 42 short for 294
    expect([...shares]).toEqual([100, -42]);
    expect(cash).toBeCloseTo(1000 - 1300 + 294, 10);
  });

  it("allocateExactly(request) buys nothing where every share is too dear", () => {
    const {shares, cash, shortfall} = allocateExactly(request([0.5, 0.5], [600, 700], 500));
    expect([...shares]).toEqual([0, 0]);
    expect([cash, shortfall]).toEqual([500, 500]);
  });
});

describe("PyPortfolioOpt", () => {
  const cases = reference.allocations.map((entry) => ({
    ...entry,
    wanted: request(entry.weights, entry.prices, entry.value)
  }));

  it("allocateGreedily(request) buys the shares of its greedy_portfolio", () => {
    for (const {wanted, greedy, left} of cases) {
      const {shares, cash} = allocateGreedily(wanted);
      expect([...shares]).toEqual(greedy);
      // what is left of the money of the shorts is theirs, not spent
      if (wanted.weights.every((weight) => weight > 0)) expect(cash).toBeCloseTo(left, 6);
    }
  });

  it("allocateExactly(request) lacks no more than its lp_portfolio, which HiGHS solves to a relative 1e-4", () => {
    for (const {wanted, shortfall: theirs, value} of cases) {
      const {shortfall, proven} = allocateExactly(wanted);
      expect(proven).toBe(true);
      expect(shortfall).toBeLessThanOrEqual(theirs + 1e-9 * value);
      expect(shortfall).toBeGreaterThanOrEqual(theirs - 2e-4 * value);
    }
  });
});

it("allocateExactly(request) is the integer program's optimum by HiGHS", async () => {
  const highs = await (loadHighs as unknown as typeof loadHighs.default)(); // its types describe the CommonJS build
  const draw = generator(99);
  for (let k = 0; k < long(200); ++k) {
    const n = 1 + (k % 7);
    const raw = Array.from({length: n}, () => draw() + 0.51);
    const sum = raw.reduce((all, weight) => all + weight, 0);
    const weights = raw.map((weight) => weight / sum);
    const prices = raw.map(() => Math.round(100 * (5 + 300 * (draw() + 0.5) ** 2)) / 100);
    const value = 500 + 5000 * (draw() + 0.5);
    const columns = weights.map((_, i) => i);
    const lines = [
      "Minimize",
      ` lack: ${columns.map((i) => `s${i}`).join(" + ")}`,
      "Subject To",
      ...columns.map((i) => ` t${i}: s${i} + ${prices[i]} x${i} >= ${weights[i] * value}`),
      ` money: ${columns.map((i) => `${prices[i]} x${i}`).join(" + ")} <= ${value}`,
      "Generals",
      ` ${columns.map((i) => `x${i}`).join(" ")}`,
      "End"
    ];
    const {ObjectiveValue} = highs.solve(lines.join("\n"), {output_flag: false, mip_rel_gap: 0});
    const {shortfall, proven} = allocateExactly(request(weights, prices, value));
    expect(proven).toBe(true);
    expect(Math.abs(shortfall - ObjectiveValue), `case ${k}`).toBeLessThanOrEqual(1e-6 * value);
  }
});

it("allocateExactly(request) says when it could not try everything", () => {
  const draw = generator(5);
  const weights = Array.from({length: 60}, () => 1 / 60);
  const prices = weights.map(() => 300 + 500 * draw());
  const wanted = request(weights, prices, 60 * 700);
  const best = allocateExactly(wanted);
  expect(best.proven).toBe(false);
  expect(best.shortfall).toBeLessThanOrEqual(allocateGreedily(wanted).shortfall);
});

it("allocations are whole, never cost more than there is, and the exact one lacks least", () => {
  const positions = fc.array(
    fc.record({
      weight: fc.integer({min: 0, max: 50}),
      price: fc.double({min: 0.01, max: 5000, noNaN: true})
    }),
    {minLength: 1, maxLength: 8}
  );
  fc.assert(
    fc.property(positions, fc.double({min: 10, max: 1e5, noNaN: true}), (list, value) => {
      const total = Math.max(
        1,
        list.reduce((sum, {weight}) => sum + weight, 0)
      );
      const wanted = request(
        list.map(({weight}) => weight / total),
        list.map(({price}) => price),
        value
      );
      const greedy = allocateGreedily(wanted);
      const exact = allocateExactly(wanted);
      for (const {shares, cash} of [greedy, exact]) {
        expect(shares.every((count) => Number.isInteger(count) && count >= 0)).toBe(true);
        expect(cash).toBeGreaterThanOrEqual(-1e-9 * value);
        const spent = shares.reduce((sum, count, i) => sum + count * list[i].price, 0);
        expect(Math.abs(spent + cash - value)).toBeLessThanOrEqual(1e-9 * value);
      }
      expect(exact.shortfall).toBeLessThanOrEqual(greedy.shortfall + 1e-9 * value);
    }),
    {numRuns: long(300)}
  );
});

it("allocateGreedily(request) names what it cannot use", () => {
  expect(() => allocateGreedily(request([NaN], [1], 1))).toThrow("invalid weight of A0: NaN");
  expect(() => allocateGreedily(request([1], [0], 1))).toThrow("invalid price of A0: 0: it is above 0");
  expect(() => allocateGreedily(request([1], [1], 0))).toThrow("invalid value: 0: it is above 0");
  expect(() => allocateGreedily(request([0.7, 0.7], [1, 1], 1))).toThrow("there is no money beyond 1");
  expect(() => allocateGreedily({...request([1], [1], 1), prices: of(1, 2)})).toThrow(
    "prices: 2 values for 1 assets"
  );
});
