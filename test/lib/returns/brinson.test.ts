import * as fc from "fast-check";
import {expect, it} from "vitest";
import {brinson, linkedBrinson, type GroupPeriod} from "../../../lib/returns/brinson.js";

const group = (
  portfolioWeight: number,
  benchmarkWeight: number,
  portfolioReturn: number,
  benchmarkReturn: number
): GroupPeriod => ({
  portfolioWeight,
  benchmarkWeight,
  contribution: portfolioWeight && portfolioWeight * portfolioReturn,
  benchmarkReturn
});

/**
 * UK, Japanese and US equities over four quarters: Bacon (2008), "Practical Portfolio Performance Measurement and
 * Attribution", 2nd ed., table 8.1; the linked totals are those of its tables 8.2 (Carino) and 8.5 (Frongello), as
 * the tests of R's PortfolioAttribution repeat them, to four decimals.
 */
const BACON = [
  [group(0.4, 0.4, 0.2, 0.1), group(0.3, 0.2, -0.05, -0.04), group(0.3, 0.4, 0.06, 0.08)],
  [group(0.7, 0.4, -0.05, -0.07), group(0.2, 0.3, 0.03, 0.04), group(0.1, 0.3, -0.05, -0.1)],
  [group(0.3, 0.5, -0.2, -0.25), group(0.5, 0.4, 0.08, 0.05), group(0.2, 0.1, -0.15, -0.2)],
  [group(0.3, 0.4, 0.1, 0.05), group(0.5, 0.4, -0.07, -0.05), group(0.2, 0.2, 0.25, 0.1)]
];

const sums = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

it("brinson(groups) is Bacon's example: allocation, selection and interaction of his first quarter", () => {
  const [uk, japan, us] = brinson(BACON[0]);
  expect(uk.allocation).toBeCloseTo(0, 12);
  expect(japan.allocation).toBeCloseTo(-0.0104, 12);
  expect(us.allocation).toBeCloseTo(-0.0016, 12);
  expect([uk, japan, us].map(({selection}) => +selection.toFixed(12))).toEqual([0.04, -0.002, -0.008]);
  expect([uk, japan, us].map(({interaction}) => +interaction.toFixed(12) + 0)).toEqual([0, -0.001, 0.002]);
  const {portfolio, benchmark} = linkedBrinson(BACON.slice(0, 1), "carino");
  expect([portfolio, benchmark].map((r) => +r.toFixed(12))).toEqual([0.083, 0.064]);
});

it.each([
  ["carino", [0.0165, -0.006, 0.0015], [0.0804, 0.0018, 0.0385]],
  ["frongello", [0.0167, -0.0055, 0.0011], [0.0785, 0.0016, 0.0402]]
] as const)(
  "linkedBrinson(periods, %s) is Bacon's table of the whole year",
  (method, allocation, selection) => {
    const {effects} = linkedBrinson(BACON, method);
    for (const [k, effect] of effects.entries()) {
      expect(Math.abs(effect.allocation - allocation[k])).toBeLessThan(1e-4);
      expect(Math.abs(effect.selection + effect.interaction - selection[k])).toBeLessThan(1e-4);
    }
  }
);

const weights = fc
  .array(fc.double({min: 0.01, max: 1, noNaN: true}), {minLength: 3, maxLength: 3})
  .map((raw) => raw.map((one) => one / sums(raw)));
const returns = fc.array(fc.double({min: -0.3, max: 0.4, noNaN: true}), {minLength: 3, maxLength: 3});
const period = fc
  .tuple(weights, weights, returns, returns)
  .map(([w, wb, r, rb]) => w.map((_, k) => group(w[k], wb[k], r[k], rb[k])));

it("linked effects sum to the linked difference of the returns, whatever the method", () => {
  fc.assert(
    fc.property(
      fc.array(period, {minLength: 1, maxLength: 12}),
      fc.constantFrom("carino", "frongello"),
      (periods, method) => {
        const {effects, portfolio, benchmark} = linkedBrinson(periods, method);
        const all = sums(effects.flatMap((effect) => Object.values(effect) as number[]));
        expect(all).toBeCloseTo(portfolio - benchmark, 9);
      }
    )
  );
});

it("a group that one side lacks changes nothing but what it must: the effects still sum", () => {
  const groups = [group(0.5, 0.6, 0.1, 0.05), group(0.5, 0, -0.02, NaN), group(0, 0.4, NaN, 0.03)];
  const effects = brinson(groups);
  expect(effects[1].allocation).toBe(0);
  expect(effects[2].selection).toBe(0);
  // 0.5 x 10 % - 0.5 x 2 % is 4 %; 0.6 x 5 % + 0.4 x 3 % is 4.2 %
  expect(sums(effects.flatMap((effect) => Object.values(effect) as number[]))).toBeCloseTo(-0.002, 12);
});

it("what was earned without a weight stands as interaction", () => {
  const [cash] = brinson([
    {portfolioWeight: 0, benchmarkWeight: 0, contribution: 0.001, benchmarkReturn: NaN}
  ]);
  expect(cash).toEqual({allocation: 0, selection: 0, interaction: 0.001});
});
