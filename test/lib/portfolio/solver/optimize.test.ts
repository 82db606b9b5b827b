import {describe, expect, it} from "vitest";
import {optimize} from "../../../../lib/portfolio/solver/optimize.js";
import type {Limits, PortfolioProblem} from "../../../../lib/portfolio/solver/problem.js";
import {long} from "../../../long.js";
import {distance} from "../sample.js";
import {randomProblem} from "./problems.js";

const of = (...values: number[]) => Float64Array.from(values);

/** Two assets with variances 0.04 and 0.09 and covariance 0.01, expected to return 5 % and 10 %. */
const two = {
  assets: ["SAFE", "BOLD"],
  expected: of(0.05, 0.1),
  covariance: of(0.04, 0.01, 0.01, 0.09),
  riskAversion: 1
};
const long01: Limits = {sum: 1, lower: 0, upper: 1};

function weigh(problem: PortfolioProblem): number[] {
  const {status, weights} = optimize(problem);
  expect(status).toBe("optimal");
  return [...weights];
}

describe("by hand", () => {
  it("optimize(problem) without expected returns finds the least variance of two assets", () => {
    // w = (0.09 - 0.01) / (0.04 + 0.09 - 0.02) = 8 / 11
    const {expected: _expected, ...rest} = two;
    const [safe, bold] = weigh({...rest, limits: long01});
    expect(safe).toBeCloseTo(8 / 11, 14);
    expect(bold).toBeCloseTo(3 / 11, 14);
  });

  it("optimize(problem) without any limit is S^-1 mu / lambda", () => {
    // S^-1 = (0.09, -0.01; -0.01, 0.04) / 0.0035
    const weights = weigh({...two, riskAversion: 2, limits: {}});
    expect(weights[0]).toBeCloseTo((0.09 * 0.05 - 0.01 * 0.1) / 0.0035 / 2, 12);
    expect(weights[1]).toBeCloseTo((-0.01 * 0.05 + 0.04 * 0.1) / 0.0035 / 2, 12);
  });

  it("optimize(problem) indifferent to risk takes the highest expected return, up to its bound", () => {
    expect(weigh({...two, riskAversion: 0, limits: {...long01, upper: 0.7}})).toEqual([
      expect.closeTo(0.3, 15),
      0.7
    ]);
  });

  it("optimize(problem) does not trade for less than it costs, and not all the way for more", () => {
    // of one asset: the gain of the first unit is mu - lambda s2 w0 = 0.05 - 0.04 x 0.5 = 0.03
    const one = {assets: ["A"], expected: of(0.05), covariance: of(0.04), riskAversion: 1, current: of(0.5)};
    expect(weigh({...one, turnoverCost: 0.031, limits: {}})).toEqual([0.5]);
    expect(weigh({...one, turnoverCost: 0.01, limits: {}})[0]).toBeCloseTo((0.05 - 0.01) / 0.04, 12);
  });

  it("optimize(problem) with l2 spreads what is alike and prefers what is less risky", () => {
    // min 0.02 a^2 + 0.045 b^2 + 0.01 ab + g(a^2 + b^2) with a + b = 1: a = (0.08 + 2g) / (0.11 + 4g)
    const {expected: _expected, ...rest} = two;
    expect(weigh({...rest, l2: 0.5, limits: long01})[0]).toBeCloseTo(1.08 / 2.11, 13);
  });

  it("optimize(problem) keeps to groups, gross, net and turnover", () => {
    const four = {
      assets: ["A", "B", "C", "D"],
      expected: of(0.1, 0.08, 0.02, -0.05),
      covariance: Float64Array.from({length: 16}, (_, k) => (k % 5 ? 0 : 1e-4)),
      riskAversion: 0
    };
    expect(weigh({...four, limits: {...long01, groups: [{name: "G", members: [0, 1], most: 0.6}]}})).toEqual([
      expect.closeTo(0.6, 14),
      0,
      expect.closeTo(0.4, 14),
      0
    ]);
    // 1.3 long and 0.3 short: the best and the worst
    expect(weigh({...four, limits: {sum: 1, lower: -1, upper: 2, gross: 1.6}})).toEqual([
      expect.closeTo(1.3, 14),
      0,
      0,
      expect.closeTo(-0.3, 14)
    ]);
    expect(weigh({...four, limits: {net: [0.2, 0.7], lower: 0, upper: 0.5}})).toEqual([
      0.5,
      expect.closeTo(0.2, 14),
      0,
      0
    ]);
    // 0.2 of trades: 0.1 from the worst to the best
    const current = of(0.25, 0.25, 0.25, 0.25);
    expect(weigh({...four, current, limits: {...long01, turnover: 0.2}})).toEqual([
      expect.closeTo(0.35, 14),
      0.25,
      0.25,
      expect.closeTo(0.15, 14)
    ]);
  });

  it("optimize(problem) puts weights on bounds and at zero exactly, not nearly", () => {
    const {problem} = randomProblem(5, [60]);
    const limits = {sum: 1, lower: 0, upper: 0.2};
    const weights = weigh({
      ...problem,
      covariance: identity(60),
      riskAversion: 20,
      turnoverCost: 0,
      l2: 0,
      limits
    });
    const positive = weights.filter((weight) => weight > 0);
    expect(positive.length).toBeLessThan(60);
    expect(Math.min(...positive)).toBeGreaterThan(1e-6);
    expect(weights.every((weight) => weight >= 0 && weight <= 0.2)).toBe(true);
  });

  it("optimize(problem) of one asset has no choice", () => {
    expect(weigh({assets: ["A"], covariance: of(0.04), riskAversion: 1, limits: long01})).toEqual([1]);
  });

  it("optimize(problem) takes limits that leave a single portfolio", () => {
    const {expected: _expected, ...rest} = two;
    expect(weigh({...rest, limits: {sum: 1, lower: 0, upper: 0.5}})).toEqual([0.5, 0.5]);
    expect(weigh({...rest, limits: {sum: 1, lower: of(0.3, 0.7), upper: of(0.3, 0.7)}})).toEqual([0.3, 0.7]);
    expect(weigh({...rest, current: of(0.9, 0.1), limits: {...long01, turnover: 0}})).toEqual([0.9, 0.1]);
  });

  it("optimize(problem) starts from current weights outside of the bounds", () => {
    const {expected: _expected, ...rest} = two;
    const weights = weigh({...rest, current: of(3, -2), turnoverCost: 10, limits: long01});
    expect(weights).toEqual([1, 0]);
  });
});

describe("laws", () => {
  it("optimize(problem) of assets in another order is the same portfolio", () => {
    for (let seed = 0; seed < long(200); ++seed) {
      const {drawn, problem} = randomProblem(seed, [5, 12]);
      const n = problem.assets.length;
      const order = problem.assets.map((_, i) => (n - 1 - i + seed) % n);
      const one = optimize(problem);
      const other = optimize(permuted(problem, order));
      expect(other.status).toBe(one.status);
      expect(Math.abs(one.objective - other.objective), drawn).toBeLessThanOrEqual(
        1e-9 * Math.max(1, Math.abs(one.objective))
      );
      // equally good portfolios may be many; of a strictly convex problem there is one
      if (!(problem.l2 && problem.l2 > 0)) continue;
      const back = order.map((i) => one.weights[i]);
      expect(distance(other.weights, back), drawn).toBeLessThan(1e-6);
    }
  });

  it("optimize(problem) does not change when every term is multiplied by the same", () => {
    for (let seed = 0; seed < long(200); ++seed) {
      const {drawn, problem} = randomProblem(seed, [3, 10]);
      const c = 1000;
      const {objective} = optimize(problem);
      const scaled = optimize({
        ...problem,
        expected: problem.expected!.map((value) => c * value),
        riskAversion: c * problem.riskAversion,
        l2: c * (problem.l2 ?? 0),
        turnoverCost:
          typeof problem.turnoverCost === "number"
            ? c * problem.turnoverCost
            : problem.turnoverCost!.map((value) => c * value)
      });
      expect(Math.abs(scaled.objective / c - objective), drawn).toBeLessThanOrEqual(
        1e-8 * Math.max(1e-3, Math.abs(objective))
      );
    }
  });

  it("optimize(problem) is never better for one more limit", () => {
    for (let seed = 0; seed < long(300); ++seed) {
      const {drawn, problem} = randomProblem(seed, [2, 6, 20]);
      const {limits} = problem;
      const {objective} = optimize(problem);
      const fewer: Limits[] = [
        {...limits, groups: []},
        without(limits, "gross"),
        without(limits, "turnover"),
        {...limits, lower: (limits.lower as Float64Array).map((value) => value - 0.1)}
      ];
      for (const loose of fewer) {
        const other = optimize({...problem, limits: loose});
        if (other.status === "unbounded") continue;
        expect(other.status, drawn).toBe("optimal");
        expect(other.objective, drawn).toBeGreaterThanOrEqual(
          objective - 1e-8 * Math.max(1, Math.abs(objective))
        );
      }
    }
  });
});

describe("limits that cannot be met", () => {
  const equal = {
    assets: ["A", "B", "C", "D"],
    covariance: identity(4),
    riskAversion: 1,
    expected: of(0.04, 0.05, 0.06, 0.07),
    current: of(1, 0, 0, 0)
  };
  const conflicts = (limits: Limits) => {
    const {status, weights, objective, certificate} = optimize({...equal, limits});
    expect(status).toBe("infeasible");
    expect(certificate.status).toBe("infeasible");
    expect(weights.every(Number.isNaN)).toBe(true);
    expect(objective).toBeNaN();
    return certificate.conflicts;
  };

  it("optimize(problem) names bounds that cannot sum to one", () => {
    expect(conflicts({sum: 1, lower: 0, upper: 0.2})).toEqual([
      "every weight is 0.2 or less",
      "the weights sum to 1"
    ]);
    expect(conflicts({sum: 1, lower: 0.3, upper: 1})).toEqual([
      "every weight is 0.3 or more",
      "the weights sum to 1"
    ]);
    expect(conflicts({sum: 1, lower: of(0, 0, 0, 0), upper: of(0.1, 0.2, 0.3, 0.3)})).toEqual([
      "A is 0.1 or less",
      "B is 0.2 or less",
      "C is 0.3 or less",
      "D is 0.3 or less",
      "the weights sum to 1"
    ]);
  });

  it("optimize(problem) names bounds of one asset that exclude each other, and nothing else", () => {
    expect(conflicts({sum: 1, lower: of(0, 0.5, 0, 0), upper: of(1, 0.4, 1, 1)})).toEqual([
      "B is 0.4 or less",
      "B is 0.5 or more"
    ]);
  });

  it("optimize(problem) leaves out limits that have no part in the conflict", () => {
    const sectors = [
      {name: "tech", members: [0, 1], most: 0.1},
      {name: "banks", members: [2], least: 0.1, most: 0.3}
    ];
    // 0.1 + 0.4 + 0.4: that banks hold 0.3 at most changes nothing
    expect(conflicts({sum: 1, lower: 0, upper: 0.4, gross: 3, turnover: 1.9, groups: sectors})).toEqual([
      "every weight is 0.4 or less",
      "the weights sum to 1",
      "tech is 0.1 or less"
    ]);
  });

  it("optimize(problem) names gross, net, turnover and expected return", () => {
    expect(conflicts({sum: 1, gross: 0.9})).toEqual([
      "the weights sum to 1",
      "the sum of |weight| is 0.9 or less"
    ]);
    expect(conflicts({net: [1, 1.2], lower: 0, upper: 0.2})).toEqual([
      "every weight is 0.2 or less",
      "the weights sum to 1 or more"
    ]);
    expect(conflicts({sum: 1, lower: 0, upper: 0.5, turnover: 0.1})).toEqual([
      "every weight is 0.5 or less",
      "the turnover, the sum of |trade|, is 0.1 or less"
    ]);
    expect(conflicts({sum: 1, lower: 0, upper: 0.5, expectedReturn: 0.068})).toEqual([
      "every weight is 0.5 or less",
      "every weight is 0 or more",
      "the weights sum to 1",
      "the expected return is 0.068 or more"
    ]);
    expect(conflicts({net: [2, 2], lower: 0, upper: 0.4})).toEqual([
      "every weight is 0.4 or less",
      "the weights sum to 2"
    ]);
    expect(conflicts({lower: 0, upper: 1, groups: [{name: "G", members: [0], least: 2, most: 2}]})).toEqual([
      "every weight is 1 or less",
      "G is 2"
    ]);
    expect(conflicts({net: [-3, -2], lower: 0, upper: 1})).toEqual([
      "every weight is 0 or more",
      "the weights sum to -2 or less"
    ]);
  });

  it("optimize(problem) takes limits that are met but for rounding", () => {
    expect(optimize({...equal, limits: {sum: 1, lower: 0, upper: 0.25 - 1e-12}}).status).toBe("optimal");
    expect(optimize({...equal, limits: {sum: 1, lower: 0, upper: 0.25 - 1e-6}}).status).toBe("infeasible");
  });

  it("optimize(problem) says when there is no best portfolio", () => {
    const {status, certificate} = optimize({...equal, riskAversion: 0, limits: {sum: 1}});
    expect(status).toBe("unbounded");
    expect(certificate.conflicts).toEqual([]);
    expect(optimize({...equal, covariance: new Float64Array(16), limits: {sum: 1, lower: 0}}).status).toBe(
      "optimal"
    );
  });
});

describe("bad input", () => {
  const problem = (patch: Partial<PortfolioProblem>) => () => optimize({...two, limits: long01, ...patch});

  it("optimize(problem) refuses a covariance with an eigenvalue below zero, and says which and what to do", () => {
    expect(problem({covariance: of(1, 2, 2, 1)})).toThrow(
      "covariance has an eigenvalue below zero: -1.00: repair it (repairCovariance) or take an estimator that shrinks"
    );
  });

  it("optimize(problem) names what is missing, infinite or of the wrong length", () => {
    expect(problem({covariance: of(1, NaN, NaN, 1)})).toThrow("invalid covariance of BOLD and SAFE: NaN");
    expect(problem({covariance: of(1, 0.5, 0.4, 1)})).toThrow(
      "covariance is not symmetric: BOLD and SAFE: 0.4 and 0.5"
    );
    expect(problem({covariance: of(1)})).toThrow("covariance has 1 values, not 2 x 2");
    expect(problem({expected: of(0.05, NaN)})).toThrow("invalid expected return of BOLD: NaN");
    expect(problem({expected: of(0.05)})).toThrow("expected return: 1 values for 2 assets");
    expect(problem({assets: []})).toThrow("no assets");
    expect(problem({assets: ["X", "X"]})).toThrow("asset is there twice: X");
    expect(problem({riskAversion: -1})).toThrow("invalid risk aversion: -1");
    expect(problem({l2: NaN})).toThrow("invalid l2: NaN");
    expect(problem({turnoverCost: 0.1})).toThrow("turnover needs the current weights");
    expect(problem({turnoverCost: -0.1, current: of(0, 1)})).toThrow("invalid turnover cost: -0.1");
    expect(problem({turnoverCost: of(0.1, NaN), current: of(0, 1)})).toThrow(
      "invalid turnover cost of BOLD: NaN"
    );
    expect(problem({current: of(0, Infinity)})).toThrow("invalid current weight of BOLD: Infinity");
  });

  it("optimize(problem) names a limit that is none", () => {
    const limits = (patch: Limits) => problem({limits: {...long01, ...patch}});
    expect(limits({lower: NaN})).toThrow("invalid lower bound: NaN");
    expect(limits({lower: Infinity})).toThrow("invalid lower bound: Infinity");
    expect(limits({upper: of(1)})).toThrow("upper bounds: 1 values for 2 assets");
    expect(limits({groups: [{name: "G", members: [2], most: 1}]})).toThrow("unknown asset in group G: 2");
    expect(limits({groups: [{name: "G", members: [0], most: NaN}]})).toThrow("invalid limit of group G: NaN");
    expect(limits({gross: NaN})).toThrow("invalid gross limit: NaN");
    expect(limits({sum: Infinity})).toThrow("invalid sum limit: Infinity");
    expect(limits({net: [NaN, 1]})).toThrow("invalid net limit: NaN to 1");
    expect(limits({turnover: 1})).toThrow("turnover needs the current weights");
  });
});

function identity(n: number): Float64Array {
  return Float64Array.from({length: n * n}, (_, k) => (k % (n + 1) ? 0 : 0.04));
}

function without(limits: Limits, name: keyof Limits): Limits {
  const {...rest} = limits;
  delete rest[name];
  return rest;
}

function permuted(problem: PortfolioProblem, order: readonly number[]): PortfolioProblem {
  const column = (values: Float64Array) => Float64Array.from(order, (i) => values[i]);
  const n = order.length;
  const {limits, turnoverCost} = problem;
  return {
    ...problem,
    assets: order.map((i) => problem.assets[i]),
    expected: column(problem.expected!),
    current: column(problem.current!),
    covariance: Float64Array.from(
      {length: n * n},
      (_, k) => problem.covariance[order[Math.floor(k / n)] * n + order[k % n]]
    ),
    turnoverCost: typeof turnoverCost === "number" ? turnoverCost : column(turnoverCost!),
    limits: {
      ...limits,
      lower: column(limits.lower as Float64Array),
      upper: column(limits.upper as Float64Array),
      groups: limits.groups!.map((group) => ({
        ...group,
        members: group.members.map((member) => order.indexOf(member))
      }))
    }
  };
}
