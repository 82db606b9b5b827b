import * as fc from "fast-check";
import {expect, it} from "vitest";
import {movingAverage} from "../../../lib/lake/moving-average.js";

const of = (...values: number[]) => Float64Array.from(values);

it("movingAverage(values, window) is the mean of the last values, once there are enough", () => {
  expect(movingAverage(of(1, 2, 3, 4, 8), 3)).toEqual(of(NaN, NaN, 2, 3, 5));
  expect(movingAverage(of(1, 2), 1)).toEqual(of(1, 2));
  expect(movingAverage(of(1, 2), 3)).toEqual(of(NaN, NaN));
  expect(movingAverage(of(), 3)).toEqual(of());
});

it("movingAverage(values, window, names) begins anew with each name", () => {
  const names = ["A", "A", "A", "B", "B", "B", "B"];
  expect(movingAverage(of(1, 2, 3, 10, 20, 30, 40), 2, names)).toEqual(of(NaN, 1.5, 2.5, NaN, 15, 25, 35));
});

it("movingAverage(values, window) is NaN while a value is missing, and only then", () => {
  expect(movingAverage(of(1, NaN, 3, 4, 5), 2)).toEqual(of(NaN, NaN, NaN, 3.5, 4.5));
});

it("movingAverage(values, window) does not drift after large values", () => {
  const values = Float64Array.from({length: 100}, (_, i) => (i < 50 ? 1e17 : 0.1));
  expect(movingAverage(values, 4)[99]).toBe(0.1);
});

it("movingAverage(values, window) says which window is none", () => {
  for (const window of [0, -1, 1.5, NaN])
    expect(() => movingAverage(of(1), window)).toThrow(new RangeError(`invalid window: ${window}`));
});

it("movingAverage(values, window, names) is each window's own mean, whatever the values", () => {
  const runs = fc.array(fc.array(fc.double({min: -1e6, max: 1e6, noNaN: true}), {maxLength: 40}), {
    maxLength: 4
  });
  fc.assert(
    fc.property(runs, fc.integer({min: 1, max: 12}), (given, window) => {
      const names = given.flatMap((run, n) => run.map(() => `${n}`));
      const means = movingAverage(Float64Array.from(given.flat()), window, names);
      const plain = given.flatMap((run) =>
        run.map((_, i) =>
          i + 1 < window
            ? NaN
            : run.slice(i + 1 - window, i + 1).reduce((sum, value) => sum + value, 0) / window
        )
      );
      expect(means).toHaveLength(plain.length);
      for (const [i, mean] of plain.entries()) {
        if (Number.isNaN(mean)) expect(means[i]).toBeNaN();
        else expect(Math.abs(means[i] - mean)).toBeLessThanOrEqual(1e-9);
      }
    })
  );
});
