import * as fc from "fast-check";
import {expect, it} from "vitest";
import {symmetricEigen} from "../../../lib/risk/eigen.js";

const of = (...values: number[]) => Float64Array.from(values);

it("symmetricEigen(matrix) by hand: 2 1, 1 2 has 3 and 1", () => {
  const {values, vectors} = symmetricEigen(of(2, 1, 1, 2), 2);
  expect(values[0]).toBeCloseTo(3, 14);
  expect(values[1]).toBeCloseTo(1, 14);
  const half = Math.SQRT1_2;
  expect([...vectors].map((x) => +x.toFixed(12))).toEqual(
    [half, half, half, -half].map((x) => +x.toFixed(12))
  );
});

it("symmetricEigen(matrix) of zeros, of one number, and of nothing", () => {
  expect([...symmetricEigen(new Float64Array(9), 3).values]).toEqual([0, 0, 0]);
  expect(symmetricEigen(of(-4), 1)).toEqual({values: of(-4), vectors: of(1)});
  expect(symmetricEigen(of(), 0)).toEqual({values: of(), vectors: of()});
});

const matrices = fc.integer({min: 1, max: 12}).chain((n) =>
  fc.array(fc.integer({min: -1000, max: 1000}), {minLength: n * n, maxLength: n * n}).map((entries) => {
    const matrix = Float64Array.from(entries, (_, at) => {
      const [i, j] = [Math.floor(at / n), at % n];
      return entries[Math.max(i, j) * n + Math.min(i, j)] / 64;
    });
    return {n, matrix};
  })
);

it("symmetricEigen(matrix): M v = value v, vectors orthonormal, values falling, their sum the trace", () => {
  fc.assert(
    fc.property(matrices, ({n, matrix}) => {
      const {values, vectors} = symmetricEigen(matrix, n);
      const row = (k: number) => vectors.subarray(k * n, (k + 1) * n);
      const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, i) => sum + x * b[i], 0);
      for (let k = 0; k < n; ++k) {
        for (let i = 0; i < n; ++i) {
          const image = dot(matrix.subarray(i * n, (i + 1) * n), row(k));
          expect(Math.abs(image - values[k] * row(k)[i])).toBeLessThan(1e-11);
        }
        for (let m = 0; m <= k; ++m)
          expect(Math.abs(dot(row(k), row(m)) - (k === m ? 1 : 0))).toBeLessThan(1e-12);
        if (k) expect(values[k]).toBeLessThanOrEqual(values[k - 1]);
        const largest = row(k).reduce((most, x) => Math.max(most, Math.abs(x)), 0);
        expect(row(k).find((x) => Math.abs(x) >= largest * (1 - 1e-9))).toBeGreaterThan(0);
      }
      const trace = Array.from({length: n}, (_, i) => matrix[i * n + i]).reduce((sum, x) => sum + x, 0);
      expect(values.reduce((sum, x) => sum + x, 0)).toBeCloseTo(trace, 9);
    })
  );
});

it("symmetricEigen(matrix) names what it cannot use", () => {
  expect(() => symmetricEigen(of(1, 2, 3), 2)).toThrow(new RangeError("matrix has 3 values, not 2 x 2"));
  expect(() => symmetricEigen(of(1, 2, NaN, 3), 2)).toThrow(new RangeError("invalid matrix[1][0]: NaN"));
});
