import * as fc from "fast-check";
import {expect, it} from "vitest";
import {simulateByKernel} from "../../../lib/kernels/monte-carlo.kernel.js";
import type {ReturnModel, SimulationOptions} from "../../../lib/risk/simulation/options.js";
import {simulate} from "../../../lib/risk/simulation/simulate.js";
import {long} from "../../long.js";

/** Assets that share a cause; the more, the wilder. */
function optionsOf(
  n: number,
  seed: number,
  {paths, periods}: {paths: number; periods: number}
): SimulationOptions {
  const scale = (i: number) => 0.01 + 0.02 * i;
  return {
    values: Float64Array.from({length: n}, (_, i) => 100 + 10 * i),
    cash: 25,
    model: {
      kind: "normal",
      mean: Float64Array.from({length: n}, (_, i) => 0.001 * (i - 1)),
      covariance: Float64Array.from({length: n * n}, (_, at) => {
        const [i, j] = [Math.floor(at / n), at % n];
        return scale(i) * scale(j) * (i === j ? 1 : 0.3);
      })
    },
    paths,
    periods,
    seed,
    checkpoints: [...new Set([Math.ceil(periods / 3), periods])]
  };
}

/** Other models of the same assets. */
function modelsOf({values, model}: SimulationOptions, degrees: number, block: number): ReturnModel[] {
  if (model.kind !== "normal") throw new Error("made of a normal one");
  const history = Float64Array.from({length: 37 * values.length}, (_, i) => 0.05 * Math.sin(i * i));
  return [model, {...model, kind: "student-t", degrees}, {kind: "block-bootstrap", history, block}];
}

const cases = fc.record({
  degrees: fc.double({min: 2.1, max: 60, noNaN: true}),
  block: fc.integer({min: 1, max: 50}),
  n: fc.integer({min: 1, max: 12}),
  seed: fc.maxSafeNat(),
  paths: fc.integer({min: 1, max: 40}),
  periods: fc.integer({min: 1, max: 700}),
  from: fc.nat(39)
});

it("simulateByKernel(options) gives the paths of its twin, to 1e-12", () => {
  fc.assert(
    fc.property(cases, fc.nat(2), ({n, seed, paths, periods, from, degrees, block}, which) => {
      const normal = optionsOf(n, seed, {paths, periods});
      const options = {...normal, model: modelsOf(normal, degrees, block)[which]};
      const range = {from: Math.min(from, paths), to: paths};
      const [ours, twin] = [simulateByKernel(options, range), simulate(options, range)];
      const columns = [
        [ours.terminal, twin.terminal],
        [ours.drawdown, twin.drawdown],
        ...twin.checkpoints.map((column, i) => [ours.checkpoints[i], column])
      ];
      expect(ours.checkpoints).toHaveLength(twin.checkpoints.length);
      for (const [own, theirs] of columns) {
        expect(own).toHaveLength(theirs.length);
        for (const [i, value] of theirs.entries())
          expect(Math.abs(own[i] - value)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(value)));
      }
    }),
    {numRuns: long(400)}
  );
});

it("simulateByKernel(options) gives the twin's paths at seeds and streams beyond 32 bits", () => {
  const options = optionsOf(2, 2 ** 53 - 1, {paths: 2 ** 33, periods: 30});
  const range = {from: 2 ** 33 - 5, to: 2 ** 33};
  const [ours, twin] = [simulateByKernel(options, range), simulate(options, range)];
  for (const [i, value] of twin.terminal.entries()) expect(ours.terminal[i]).toBeCloseTo(value, 9);
});

it("simulateByKernel(options) refuses what its twin refuses", () => {
  const options = optionsOf(2, 5, {paths: 7, periods: 20});
  expect(() => simulateByKernel({...options, values: Float64Array.of(1, NaN)})).toThrow(
    new RangeError("invalid values[1]: NaN")
  );
  expect(() => simulateByKernel({...options, values: new Float64Array()})).toThrow(
    new RangeError("no assets: nothing to simulate")
  );
  expect(() => simulateByKernel(options, {from: 3, to: 9})).toThrow(
    new RangeError("invalid range: 3 to 9 of 7")
  );
});
