import {expect, it} from "vitest";
import {factorBySize, factorCholeskyByKernel, failingPivot} from "../../../lib/kernels/cholesky.kernel.js";
import {factorCholesky, factorSemidefinite, solveCholesky} from "../../../lib/kernels/cholesky.js";
import {generator} from "../portfolio/sample.js";

const of = (...values: number[]) => Float64Array.from(values);

/** X X' of random X with so many columns, plus `ridge` on the diagonal. */
function gram(n: number, columns: number, ridge: number, seed = 7): Float64Array {
  const draw = generator(seed);
  const x = Float64Array.from({length: n * columns}, draw);
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; ++i)
    for (let j = 0; j < n; ++j) {
      for (let k = 0; k < columns; ++k) a[i * n + j] += x[i * columns + k] * x[j * columns + k];
      if (i === j) a[i * n + j] += ridge;
    }
  return a;
}

function times(a: Float64Array, x: Float64Array): Float64Array {
  const n = x.length;
  return Float64Array.from(x, (_, i) => x.reduce((sum, value, j) => sum + a[i * n + j] * value, 0));
}

it("factorCholesky(a) finds the triangle by hand", () => {
  const a = of(4, 0, 0, 2, 5, 0, 6, 7, 26);
  expect(factorCholesky(a, 3)).toBe(-1);
  expect([a[0], a[3], a[4], a[6], a[7], a[8]]).toEqual([2, 1, 2, 3, 2, Math.sqrt(13)]);
});

it("factorCholesky(a) tells the row whose pivot is not positive", () => {
  expect(factorCholesky(of(1, 2, 2, 1), 2)).toBe(1);
  expect(factorCholesky(of(0), 1)).toBe(0);
  expect(factorCholesky(of(NaN), 1)).toBe(0);
  expect(factorCholesky(new Float64Array(0), 0)).toBe(-1);
});

it("solveCholesky(l, b) solves at every size around its blocks", () => {
  for (const n of [1, 2, 3, 4, 5, 31, 32, 33, 35, 63, 64, 65, 97, 130]) {
    const a = gram(n, n + 3, 0.1, n);
    const x = Float64Array.from({length: n}, (_, i) => Math.cos(i));
    const b = times(a, x);
    const l = a.slice();
    expect(factorCholesky(l, n)).toBe(-1);
    solveCholesky(l, n, b);
    for (let i = 0; i < n; ++i) expect(b[i]).toBeCloseTo(x[i], 9);
  }
});

it("factorSemidefinite(a) leaves out rows that depend on others", () => {
  // the third row is the sum of the first two
  const a = of(1, 0, 1, 0, 1, 1, 1, 1, 2);
  const l = a.slice();
  factorSemidefinite(l, 3);
  const b = of(3, 4, 7);
  solveCholesky(l, 3, b);
  expect([...b]).toEqual([3, 4, 0]);
});

it("factorSemidefinite(a) is factorCholesky(a) where no row depends on others", () => {
  const [a, b] = [gram(20, 40, 0.1), gram(20, 40, 0.1)];
  factorCholesky(a, 20);
  factorSemidefinite(b, 20);
  for (let i = 0; i < 20; ++i)
    for (let j = 0; j <= i; ++j) expect(b[i * 20 + j]).toBeCloseTo(a[i * 20 + j], 12);
});

it("factorCholeskyByKernel(a) gives what its twin gives, to 1e-12, at every size around its blocks", () => {
  for (const n of [0, 1, 2, 3, 4, 5, 31, 32, 33, 35, 63, 64, 65, 97, 130]) {
    const a = gram(n, n + 3, 1, n + 1);
    const [ours, twin] = [a.slice(), a.slice()];
    expect(factorCholeskyByKernel(ours, n)).toBe(-1);
    factorCholesky(twin, n);
    for (let i = 0; i < n; ++i)
      for (let j = 0; j <= i; ++j) expect(ours[i * n + j]).toBeCloseTo(twin[i * n + j], 12);
  }
});

it("factorCholeskyByKernel(a) tells the row whose pivot is not positive, as its twin does", () => {
  expect(factorCholeskyByKernel(of(1, 2, 2, 1), 2)).toBe(1);
  expect(factorCholeskyByKernel(of(0), 1)).toBe(0);
  expect(factorCholeskyByKernel(of(NaN), 1)).toBe(0);
  const broken = gram(70, 80, 1);
  broken[50 * 70 + 50] = -1;
  expect(factorCholeskyByKernel(broken.slice(), 70)).toBe(50);
  expect(factorCholesky(broken.slice(), 70)).toBe(50);
});

it("failingPivot(a, n, ridge) tells the first row whose pivot the ridge does not make positive, by either way", () => {
  for (const n of [3, 70, 99, 100, 130]) {
    const a = gram(n, n + 10, 1);
    const before = a.slice();
    expect(failingPivot(a, n, 0)).toBe(-1);
    a[2 * n + 2] = -1;
    expect(failingPivot(a, n, 0)).toBe(2);
    expect(failingPivot(a, n, 10 * n)).toBe(-1);
    before[2 * n + 2] = -1;
    expect(a).toEqual(before);
  }
});

it("factorBySize(a, n) is its twin's factor to 1e-12 below and above the size at which the kernel takes over", () => {
  for (const n of [99, 100]) {
    const [ours, twin] = [gram(n, n + 3, 1), gram(n, n + 3, 1)];
    expect(factorBySize(ours, n)).toBe(-1);
    factorCholesky(twin, n);
    for (let i = 0; i < n; ++i)
      for (let j = 0; j <= i; ++j) expect(ours[i * n + j]).toBeCloseTo(twin[i * n + j], 12);
  }
});
