import * as fc from "fast-check";
import {expect, it} from "vitest";
import {excessKurtosis} from "../../../../lib/risk/shape.js";
import {deviation, mean} from "../../../../lib/risk/moments.js";
import {covarianceOf} from "../../../../lib/risk/beta.js";
import {lowerFactor} from "../../../../lib/risk/simulation/lower-factor.js";
import type {SimulationOptions} from "../../../../lib/risk/simulation/options.js";
import {simulate} from "../../../../lib/risk/simulation/simulate.js";
import {quantilesOf, summarize} from "../../../../lib/risk/simulation/summary.js";

const of = (...values: number[]) => Float64Array.from(values);
const NORMAL: SimulationOptions = {
  values: of(100, 50),
  model: {kind: "normal", mean: of(0.001, -0.0005), covariance: of(0.0004, 0.0001, 0.0001, 0.0009)},
  paths: 40_000,
  periods: 1,
  seed: 42
};

it("simulate(options) without variance is compound interest", () => {
  const {terminal, drawdown} = simulate({
    ...NORMAL,
    cash: 10,
    model: {kind: "normal", mean: of(0.1, -0.5), covariance: of(0, 0, 0, 0)},
    paths: 2,
    periods: 2
  });
  expect([...terminal].map((value) => +value.toFixed(12))).toEqual([143.5, 143.5]); // 121 + 12.5 + 10
  expect(drawdown[0]).toBeCloseTo(143.5 / 160 - 1, 12); // 160, 145, 143.5
});

it("simulate(options) draws the normal moments asked for, within four standard errors", () => {
  const {terminal} = simulate(NORMAL);
  const variance = 100 ** 2 * 0.0004 + 2 * 100 * 50 * 0.0001 + 50 ** 2 * 0.0009;
  const n = NORMAL.paths;
  expect(Math.abs(mean(terminal) - 150.075)).toBeLessThan(4 * Math.sqrt(variance / n));
  expect(Math.abs(deviation(terminal, 1) ** 2 / variance - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
  expect(Math.abs(excessKurtosis(terminal).value ?? NaN)).toBeLessThan(4 * Math.sqrt(24 / n));
});

it("simulate(options) of Student's t has the same variance, and kurtosis 6 / (degrees - 4) in excess", () => {
  const {mean: m, covariance} = NORMAL.model as Extract<SimulationOptions["model"], {kind: "normal"}>;
  const {terminal} = simulate({...NORMAL, model: {kind: "student-t", mean: m, covariance, degrees: 12}});
  const variance = 4 + 1 + 2.25; // 100^2 x 0.0004, 2 x 100 x 50 x 0.0001, 50^2 x 0.0009
  expect(Math.abs(mean(terminal) - 150.075)).toBeLessThan(4 * Math.sqrt(variance / NORMAL.paths));
  expect(Math.abs(deviation(terminal, 1) ** 2 / variance - 1)).toBeLessThan(0.05);
  expect(excessKurtosis(terminal).value).toBeGreaterThan(0.5);
  expect(excessKurtosis(terminal).value).toBeLessThan(1.1);
});

it("simulate(options) correlates assets as asked", () => {
  const alone = (asset: number) =>
    simulate({...NORMAL, values: asset ? of(0, 100) : of(100, 0)}).terminal.map((value) => value / 100 - 1);
  const [a, b] = [alone(0), alone(1)]; // the same numbers are drawn for both
  const error = Math.sqrt((0.0004 * 0.0009 + 0.0001 ** 2) / NORMAL.paths);
  expect(Math.abs(covarianceOf(a, b) - 0.0001)).toBeLessThan(4 * error);
});

it("simulate(options, block-bootstrap) takes rows as they stood together, in order, around the end", () => {
  const history = of(0.01, 0.1, 0.02, 0.2, 0.03, 0.3); // three rows of two assets
  const {checkpoints} = simulate({
    values: of(1, 1),
    model: {kind: "block-bootstrap", history, block: 3},
    paths: 50,
    periods: 3,
    seed: 1,
    checkpoints: [1, 2, 3]
  });
  const first = [1.01 + 1.1, 1.02 + 1.2, 1.03 + 1.3];
  const all = 1.01 * 1.02 * 1.03 + 1.1 * 1.2 * 1.3;
  const seen = new Set<number>();
  for (let path = 0; path < 50; ++path) {
    const row = first.findIndex((value) => Math.abs(value - checkpoints[0][path]) < 1e-12);
    expect(row).toBeGreaterThanOrEqual(0);
    seen.add(row);
    const two = [1.01 * 1.02 + 1.1 * 1.2, 1.02 * 1.03 + 1.2 * 1.3, 1.03 * 1.01 + 1.3 * 1.1];
    expect(checkpoints[1][path]).toBeCloseTo(two[row], 12);
    expect(checkpoints[2][path]).toBeCloseTo(all, 12);
  }
  expect(seen.size).toBe(3);
});

it("simulate(options) gives equal bits for equal seeds, others for another, and parts are those of the whole", () => {
  const models: SimulationOptions["model"][] = [
    NORMAL.model,
    {kind: "student-t", mean: of(0, 0), covariance: of(0.01, 0, 0, 0.04), degrees: 4},
    {kind: "block-bootstrap", history: of(0.01, 0.1, -0.02, 0.2, 0.03, -0.3), block: 2}
  ];
  for (const model of models) {
    const options = {...NORMAL, model, paths: 60, periods: 12, checkpoints: [3, 12]};
    const whole = simulate(options);
    expect(simulate(options)).toEqual(whole);
    expect(simulate({...options, seed: 43}).terminal).not.toEqual(whole.terminal);
    const parts = [0, 20, 40].map((from) => simulate(options, {from, to: from + 20}));
    expect(parts.flatMap(({terminal}) => [...terminal])).toEqual([...whole.terminal]);
    expect(parts.flatMap(({drawdown}) => [...drawdown])).toEqual([...whole.drawdown]);
    expect(parts.flatMap(({checkpoints}) => [...checkpoints[0]])).toEqual([...whole.checkpoints[0]]);
    expect(whole.checkpoints[1]).toEqual(whole.terminal);
  }
});

it("simulate(options) scales with the values held", () => {
  const [plain, fourfold] = [1, 4].map((times) =>
    simulate({...NORMAL, values: NORMAL.values.map((value) => times * value), paths: 100, periods: 20})
  );
  expect([...fourfold.terminal]).toEqual([...plain.terminal].map((value) => 4 * value));
  expect([...fourfold.drawdown]).toEqual([...plain.drawdown]);
});

it("simulate(options) lets no asset lose more than all, and a debt be the loss of everything", () => {
  const wild = simulate({
    ...NORMAL,
    values: of(100, -99),
    model: {kind: "normal", mean: of(0, 0), covariance: of(1, 0, 0, 1)},
    paths: 500,
    periods: 5
  });
  expect(Math.min(...wild.drawdown)).toBe(-1);
  expect(Math.min(...wild.terminal)).toBeLessThan(0);
  const long = simulate({
    ...NORMAL,
    model: {kind: "normal", mean: of(-2, -2), covariance: of(0, 0, 0, 0)},
    paths: 1
  });
  expect([...long.terminal, ...long.drawdown]).toEqual([0, -1]);
});

it("lowerFactor(S) is L with L L' = S, of a singular S too", () => {
  expect([...lowerFactor(of(4, 2, 2, 5), 2)]).toEqual([2, 0, 1, 2]);
  expect([...lowerFactor(of(1, 1, 1, 1), 2)]).toEqual([1, 0, 1, 0]);
  expect([...lowerFactor(of(0, 0, 0, 9), 2)]).toEqual([0, 0, 0, 3]);
  const rows = fc.array(fc.array(fc.integer({min: -9, max: 9}), {minLength: 4, maxLength: 4}), {
    minLength: 1,
    maxLength: 6
  });
  fc.assert(
    fc.property(rows, (x) => {
      // S = X'X of rank at most the rows
      const s = Float64Array.from({length: 16}, (_, at) =>
        x.reduce((sum, row) => sum + row[at >> 2] * row[at & 3], 0)
      );
      const l = lowerFactor(s, 4);
      for (let i = 0; i < 4; ++i) {
        for (let j = 0; j < 4; ++j) {
          const product = [0, 1, 2, 3].reduce((sum, k) => sum + l[i * 4 + k] * l[j * 4 + k], 0);
          expect(product).toBeCloseTo(s[i * 4 + j], 6);
          if (j > i) expect(l[i * 4 + j]).toBe(0);
        }
      }
    })
  );
});

it("lowerFactor(S) and simulate(options) refuse a negative eigenvalue", () => {
  const message =
    /^the covariance has a negative eigenvalue: row 1 leaves -3: repair it to positive semidefinite$/;
  expect(() => lowerFactor(of(1, 2, 2, 1), 2)).toThrow(message);
  expect(() => lowerFactor(of(-1), 1)).toThrow(/negative eigenvalue/);
  expect(() => lowerFactor(of(0, 1, 1, 5), 2)).toThrow(/negative eigenvalue/);
  const model = {kind: "normal", mean: of(0, 0), covariance: of(1, 2, 2, 1)} as const;
  expect(() => simulate({...NORMAL, model})).toThrow(message);
});

it("simulate(options) names what it cannot use", () => {
  const wrong: [Partial<SimulationOptions>, string][] = [
    [{paths: 0}, "invalid paths: 0"],
    [{periods: 1.5}, "invalid periods: 1.5"],
    [{seed: -1}, "invalid seed: -1"],
    [{values: of()}, "no assets: nothing to simulate"],
    [{values: of(1, NaN)}, "invalid values[1]: NaN"],
    [{values: of(1, -2)}, "the value at the start is not above zero: -1"],
    [{checkpoints: [2]}, "invalid checkpoints[0]: 2"],
    [{model: {kind: "normal", mean: of(0), covariance: of(1)}}, "mean has 1 values, not 2"],
    [{model: {kind: "normal", mean: of(0, 0), covariance: of(1)}}, "covariance has 1 values, not 2 x 2"],
    [{model: {kind: "normal", mean: of(0, NaN), covariance: of(1, 0, 0, 1)}}, "invalid mean[1]: NaN"],
    [
      {model: {kind: "student-t", mean: of(0, 0), covariance: of(1, 0, 0, 1), degrees: 2}},
      "invalid degrees: 2: more than two, or there is no variance"
    ],
    [{model: {kind: "block-bootstrap", history: of(1), block: 1}}, "history has 1 values, not rows of 2"],
    [{model: {kind: "block-bootstrap", history: of(1, NaN), block: 1}}, "invalid history[1]: NaN"],
    [{model: {kind: "block-bootstrap", history: of(1, 2), block: 0}}, "invalid block: 0"]
  ];
  for (const [part, message] of wrong) {
    expect(() => simulate({...NORMAL, ...part})).toThrow(new RangeError(message));
  }
  expect(() => simulate(NORMAL, {from: 5, to: 2})).toThrow(new RangeError("invalid range: 5 to 2 of 40000"));
});

it("summarize(paths, start) by hand", () => {
  const summary = summarize(
    {terminal: of(90, 110, 120, 80), drawdown: of(-0.1, 0, 0, -0.3), checkpoints: []},
    100,
    [0.5]
  );
  expect(summary.paths).toBe(4);
  expect(summary.terminal.mean).toEqual({
    value: 100,
    standardError: expect.closeTo(Math.sqrt(1000 / 3) / 2, 12)
  });
  expect(summary.loss).toEqual({value: 0.5, standardError: 0.25});
  // the median 100; one standard error of rank is 0.25: places 0.75 and 2.25 of 80, 90, 110, 120
  expect(summary.terminal.quantiles).toEqual([
    {share: 0.5, value: 100, standardError: expect.closeTo((112.5 - 87.5) / 2, 12)}
  ]);
  expect(summary.drawdown.mean.value).toBeCloseTo(-0.1, 12);
  expect(() => summarize({terminal: of(1), drawdown: of(0), checkpoints: []}, 1)).toThrow(RangeError);
  expect(() => quantilesOf(of(1, 2), [1])).toThrow(new RangeError("invalid share: 1"));
});

it("a quantile's standard error is how far it spreads over repeated simulations", () => {
  const runs = Array.from({length: 60}, (_, seed) =>
    summarize(simulate({...NORMAL, paths: 2000, seed}), 150, [0.05, 0.5])
  );
  for (const i of [0, 1]) {
    const values = Float64Array.from(runs, ({terminal}) => terminal.quantiles[i].value);
    const said = mean(Float64Array.from(runs, ({terminal}) => terminal.quantiles[i].standardError));
    expect(said / deviation(values, 1)).toBeGreaterThan(0.7);
    expect(said / deviation(values, 1)).toBeLessThan(1.4);
  }
});
