import {expect, it} from "vitest";
import {crossProductsByKernel} from "../../../lib/kernels/cross-products.kernel.js";
import {crossProducts} from "../../../lib/kernels/cross-products.js";
import {generator} from "../portfolio/sample.js";

it("crossProducts(x) multiplies every two rows, by hand", () => {
  expect([...crossProducts(Float64Array.of(1, 2, 3, 4, 5, 6), 2, 3)]).toEqual([14, 32, 32, 77]);
});

it("crossProducts(x) is empty without rows, and zero without columns", () => {
  expect(crossProducts(new Float64Array(0), 0, 5)).toEqual(new Float64Array(0));
  expect(crossProducts(new Float64Array(0), 2, 0)).toEqual(new Float64Array(4));
});

it("crossProducts(x) is the plain sum at every size around its blocks", () => {
  for (const n of [1, 2, 3, 4, 5, 6, 7, 8, 9])
    for (const m of [1, 2, 255, 256, 257, 600]) {
      const x = Float64Array.from({length: n * m}, generator(n * m));
      const products = crossProducts(x, n, m);
      for (let i = 0; i < n; ++i)
        for (let j = 0; j < n; ++j) {
          let sum = 0;
          for (let k = 0; k < m; ++k) sum += x[i * m + k] * x[j * m + k];
          expect(products[i * n + j]).toBeCloseTo(sum, 12);
        }
    }
});

it("crossProductsByKernel(x) gives what its twin gives, to 1e-12, at every size around its blocks", () => {
  for (const n of [0, 1, 2, 3, 4, 5, 7, 8, 9, 30])
    for (const m of [0, 1, 2, 255, 256, 257, 600]) {
      const x = Float64Array.from({length: n * m}, generator(n * m + 1));
      const [ours, twin] = [crossProductsByKernel(x, n, m), crossProducts(x, n, m)];
      expect(ours).toHaveLength(n * n);
      for (const [i, value] of twin.entries()) expect(ours[i]).toBeCloseTo(value, 12);
    }
});

it("crossProductsByKernel(x) is not a number where a row has none", () => {
  const products = crossProductsByKernel(Float64Array.of(1, 2, 3, NaN, 5, 6), 2, 3);
  expect([...products]).toEqual([14, NaN, NaN, NaN]);
});
