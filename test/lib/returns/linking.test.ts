import * as fc from "fast-check";
import {expect, it} from "vitest";
import {contributionFactors, linkEffects} from "../../../lib/returns/linking.js";

const of = (...values: number[]) => Float64Array.from(values);

it("contributionFactors(returns, frongello) is the growth before each period", () => {
  expect([...contributionFactors(of(0.1, -0.5, 0.2), "frongello")]).toEqual([1, 1.1, 0.55]);
});

it("contributionFactors(returns, carino) is ln(1 + r) / r over that of the whole", () => {
  // 10 % and -50 %: together 1.1 x 0.5 - 1 = -45 %; ln(1.1) / 0.1 = 0.953102, ln(0.5) / -0.5 = 1.386294, ln(0.55) / -0.45 = 1.328527
  const [first, second] = contributionFactors(of(0.1, -0.5), "carino");
  expect(first).toBeCloseTo(0.953102 / 1.328527, 5);
  expect(second).toBeCloseTo(1.386294 / 1.328527, 5);
});

it("contributions times their factors sum to the linked return", () => {
  const returns = fc.array(fc.double({min: -0.5, max: 0.8, noNaN: true}), {minLength: 1, maxLength: 30});
  fc.assert(
    fc.property(returns, fc.constantFrom("carino", "frongello"), (given, method) => {
      const factors = contributionFactors(Float64Array.from(given), method);
      const linked = given.reduce((sum, r, i) => sum + r * factors[i], 0);
      expect(linked).toBeCloseTo(given.reduce((product, r) => product * (1 + r), 1) - 1, 9);
    })
  );
});

it("contributionFactors(returns, carino) has none for a total loss; Frongello's method has", () => {
  expect([...contributionFactors(of(-1), "carino")]).toEqual([NaN]);
  expect([...contributionFactors(of(-1), "frongello")]).toEqual([1]);
});

it("linkEffects against a benchmark that earns nothing is linking of contributions", () => {
  const [p, zero] = [of(0.1, 0.2), of(0, 0)];
  expect(linkEffects([p], p, zero, "frongello")[0]).toBeCloseTo(0.32, 12);
  expect(linkEffects([p], p, zero, "carino")[0]).toBeCloseTo(0.32, 12);
});
