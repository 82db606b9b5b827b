import {crossProducts} from "./cross-products.js";
import {BYTES} from "./cross-products.wasm.js";
import {hasKernel, kernelOf} from "./kernel.js";

/** What lib/kernels/assembly/cross-products.ts exports. */
interface Functions {
  crossProducts(x: number, n: number, m: number, out: number): void;
}

/**
 * Does what `crossProducts` does, to rounding (two columns are added up at a time), by the kernel; by its twin where the
 * kernel cannot run.
 */
export function crossProductsByKernel(x: Float64Array, n: number, m: number): Float64Array {
  if (!hasKernel(BYTES)) return crossProducts(x, n, m);
  const kernel = kernelOf<Functions>(BYTES);
  const even = m + (m % 2);
  kernel.clear();
  const rows = kernel.reserve(8 * n * even);
  const out = kernel.reserve(8 * n * n);
  const held = kernel.numbers(rows, n * even);
  if (even === m) held.set(x.subarray(0, n * m));
  else
    for (let i = 0; i < n; ++i) {
      held.set(x.subarray(i * m, (i + 1) * m), i * even);
      held[(i + 1) * even - 1] = 0;
    }
  kernel.numbers(out, n * n).fill(0);
  kernel.functions.crossProducts(rows, n, even, out);
  return kernel.numbers(out, n * n).slice();
}
