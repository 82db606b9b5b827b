import {expect, it} from "vitest";
import {isPositiveSemidefinite, repairCovariance} from "../../../../lib/risk/covariance/semidefinite.js";
import {symmetricEigen} from "../../../../lib/risk/eigen.js";
import {distance, generator} from "../../portfolio/sample.js";

const of = (...values: number[]) => Float64Array.from(values);

it("isPositiveSemidefinite(matrix) takes a singular matrix, and one of zeros", () => {
  expect(isPositiveSemidefinite(of(1, 1, 1, 1), 2)).toBe(true);
  expect(isPositiveSemidefinite(new Float64Array(9), 3)).toBe(true);
  expect(isPositiveSemidefinite(new Float64Array(0), 0)).toBe(true);
});

it("isPositiveSemidefinite(matrix) sees an eigenvalue below zero", () => {
  expect(isPositiveSemidefinite(of(1, 2, 2, 1), 2)).toBe(false);
  expect(isPositiveSemidefinite(of(0, 1, 1, 0), 2)).toBe(false);
  expect(isPositiveSemidefinite(of(-1), 1)).toBe(false);
});

it("isPositiveSemidefinite(matrix) lets rounding pass: an eigenvalue a hundred-billionth below zero", () => {
  expect(isPositiveSemidefinite(of(1, 1 + 1e-11, 1 + 1e-11, 1), 2)).toBe(true);
  expect(isPositiveSemidefinite(of(1, 1 + 1e-9, 1 + 1e-9, 1), 2)).toBe(false);
});

it("repairCovariance(matrix) puts eigenvalues below zero to zero", () => {
  // eigenvalues 3 and -1, of (1, 1) and (1, -1): what is left is 3/2 everywhere
  const {values, smallest, clipped} = repairCovariance(of(1, 2, 2, 1), 2);
  expect(distance(values, [1.5, 1.5, 1.5, 1.5])).toBeLessThan(1e-14);
  expect(smallest).toBeCloseTo(-1, 14);
  expect(clipped).toBe(1);
});

it("repairCovariance(matrix) leaves a covariance as it is", () => {
  const {values, clipped} = repairCovariance(of(2, 1, 1, 2), 2);
  expect([...values]).toEqual([2, 1, 1, 2]);
  expect(clipped).toBe(0);
  expect(repairCovariance(new Float64Array(0), 0).smallest).toBeNaN();
});

it("repairCovariance(matrix) keeps the positive part of the spectrum, and is repaired for good", () => {
  for (let seed = 1; seed < 30; ++seed) {
    const draw = generator(seed);
    const n = 6;
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; ++i) for (let j = 0; j <= i; ++j) matrix[i * n + j] = matrix[j * n + i] = draw();
    const before = symmetricEigen(matrix, n).values;
    const {values} = repairCovariance(matrix, n);
    const after = symmetricEigen(values, n).values;
    expect(
      distance(
        after,
        before.map((value) => Math.max(value, 0))
      )
    ).toBeLessThan(1e-13);
    expect(isPositiveSemidefinite(values, n)).toBe(true);
  }
});
