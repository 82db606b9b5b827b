import {expect, it} from "vitest";
import {conflictsOf, isFeasible, type Place} from "../../../../lib/portfolio/solver/conflicts.js";
import {namedLimits} from "../../../../lib/portfolio/solver/limits.js";
import {optimize} from "../../../../lib/portfolio/solver/optimize.js";
import type {Limits, PortfolioProblem} from "../../../../lib/portfolio/solver/problem.js";
import {long} from "../../../long.js";
import {bestByEnumeration} from "./enumerate.js";
import {canBeMet} from "./highs.js";
import {randomProblem} from "./problems.js";
import {prove} from "./proof.js";

/** A random problem one of whose limits is moved to where nothing meets it, or where nearly nothing does. */
function broken(seed: number, sizes: readonly number[]): PortfolioProblem {
  const {problem} = randomProblem(seed, sizes);
  const {limits} = problem;
  const bounded: Limits = {
    ...limits,
    lower: (limits.lower as Float64Array).map((value) => Math.max(value, -3)),
    upper: (limits.upper as Float64Array).map((value) => Math.min(value, 3))
  };
  const change: Limits = [
    {sum: 7 * problem.assets.length},
    {upper: (bounded.lower as Float64Array).map((value) => value + 0.02), sum: 0.9},
    {gross: 0.2, sum: 0.5},
    {turnover: 0.01, sum: 2},
    {
      groups: [...limits.groups!, {name: "extra", members: problem.assets.map((_, i) => i), most: -0.5}],
      sum: 0.5
    }
  ][seed % 5];
  return {...problem, limits: {...bounded, ...change}};
}

/** The limits that are named, alone. */
function only(words: readonly string[], limits: Limits, assets: readonly string[]): Limits {
  return namedLimits(limits, assets).reduce(
    (rest, named) => (words.includes(named.words) ? rest : named.drop(rest)),
    limits
  );
}

/** Finite bounds in the place of those that were dropped, as enumeration needs them; far from everything else. */
function fenced(limits: Limits, n: number): Limits {
  const fence = (bound: number | Float64Array | undefined, none: number) =>
    bound === undefined
      ? new Float64Array(n).fill(none)
      : Float64Array.from({length: n}, (_, i) => {
          const value = typeof bound === "number" ? bound : bound[i];
          return Number.isFinite(value) ? value : none;
        });
  return {...limits, lower: fence(limits.lower, -100), upper: fence(limits.upper, 100)};
}

it("conflictsOf(limits) cannot be met, and can once any one of them is dropped, by HiGHS too", () => {
  let found = 0;
  for (let seed = 0; seed < long(400); ++seed) {
    const problem = broken(seed, [1, 2, 3, 6, 20]);
    const {assets, limits, expected, current} = problem;
    const solution = optimize(problem);
    if (solution.status === "optimal") {
      expect(prove(problem, solution).primal).toBeLessThan(1e-8);
      continue;
    }
    ++found;
    const {conflicts} = solution.certificate;
    expect(solution.status).toBe("infeasible");
    expect(conflicts.length).toBeGreaterThan(0);
    const place: Place = {assets, expected: expected!, current: current!};
    const set = only(conflicts, limits, assets);
    expect(isFeasible(set, place)).toBe(false);
    expect(canBeMet(set, problem), `seed ${seed}: ${conflicts.join(", ")}`).toBe(false);
    for (const dropped of conflicts) {
      const rest = only(
        conflicts.filter((words) => words !== dropped),
        limits,
        assets
      );
      expect(canBeMet(rest, problem), `seed ${seed}: ${conflicts.join(", ")} without ${dropped}`).toBe(true);
      // weights that meet them, checked apart, are proof
      const least = {
        ...problem,
        covariance: identity(assets.length),
        riskAversion: 1,
        turnoverCost: 0,
        limits: rest
      };
      const answer = optimize(least);
      expect(answer.status, `${conflicts.join(", ")} without ${dropped}`).toBe("optimal");
      expect(prove(least, answer).primal).toBeLessThan(1e-8);
    }
  }
  expect(found).toBeGreaterThan(long(400) / 3);
}, 300_000);

it("conflictsOf(limits) cannot be met, by trying everything", () => {
  for (let seed = 0; seed < long(100); ++seed) {
    const problem = broken(seed, [1, 2, 3]);
    const {status, certificate} = optimize(problem);
    const best = bestByEnumeration(problem);
    expect(status === "optimal", `seed ${seed}`).toBe(best > -Infinity);
    if (status === "optimal") continue;
    const limits = fenced(only(certificate.conflicts, problem.limits, problem.assets), problem.assets.length);
    expect(bestByEnumeration({...problem, limits}), `seed ${seed}`).toBe(-Infinity);
  }
}, 300_000);

it("conflictsOf(limits) is irreducible where there are two conflicts: it tells one of them", () => {
  const place = {assets: ["A", "B"], expected: new Float64Array(2), current: new Float64Array(2)};
  const limits: Limits = {sum: 1, lower: 0, upper: 0.4, gross: 0.5};
  const words = conflictsOf(limits, place);
  expect(words).toEqual(["the weights sum to 1", "the sum of |weight| is 0.5 or less"]);
});

function identity(n: number): Float64Array {
  return Float64Array.from({length: n * n}, (_, k) => (k % (n + 1) ? 0 : 1));
}
