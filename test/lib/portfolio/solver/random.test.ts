import {expect, it} from "vitest";
import {optimize} from "../../../../lib/portfolio/solver/optimize.js";
import {long} from "../../../long.js";
import {bestByEnumeration} from "./enumerate.js";
import {randomProblem} from "./problems.js";
import {prove} from "./proof.js";

it("optimize(problem) proves its answer to 1e-8 on random and degenerate problems", () => {
  for (let seed = 0; seed < long(1000); ++seed) {
    const {drawn, problem} = randomProblem(seed);
    const solution = optimize(problem);
    expect(solution.status, drawn).toBe("optimal");
    const {primal, dual, gap, value} = prove(problem, solution);
    expect(primal, drawn).toBeLessThanOrEqual(1e-8);
    expect(dual, drawn).toBeLessThanOrEqual(1e-8);
    expect(gap, drawn).toBeLessThanOrEqual(1e-8);
    expect(Math.abs(solution.objective - value), drawn).toBeLessThanOrEqual(
      1e-9 * Math.max(1, Math.abs(value))
    );
    const said = solution.certificate;
    expect(said.kkt, drawn).toBe(Math.max(said.primal, said.dual, said.gap));
    expect(Math.abs(said.gap - gap), drawn).toBeLessThanOrEqual(1e-9);
  }
}, 300_000);

it("optimize(problem) is as good as trying everything, to 1e-6, on random problems of three assets and less", () => {
  for (let seed = 0; seed < long(300); ++seed) {
    const {drawn, problem} = randomProblem(seed, [1, 2, 3]);
    const bounded = {
      ...problem,
      limits: {
        ...problem.limits,
        lower: (problem.limits.lower as Float64Array).map((value) => Math.max(value, -3)),
        upper: (problem.limits.upper as Float64Array).map((value) => Math.min(value, 3))
      }
    };
    const best = bestByEnumeration(bounded);
    const {objective, status} = optimize(bounded);
    expect(status, drawn).toBe("optimal");
    expect(Math.abs(objective - best), `${drawn}: ${objective} ${best}`).toBeLessThanOrEqual(
      1e-6 * Math.max(Math.abs(best), 1e-3)
    );
  }
}, 300_000);
