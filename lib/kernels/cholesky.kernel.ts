import {factorCholesky} from "./cholesky.js";
import {BYTES} from "./cholesky.wasm.js";
import {hasKernel, kernelOf} from "./kernel.js";

/** What lib/kernels/assembly/cholesky.ts exports. */
interface Functions {
  factorCholesky(a: number, n: number): number;
}

/**
 * Does what `factorCholesky` does, to rounding (two columns are added up at a time), by the kernel; by its twin where the
 * kernel cannot run.
 */
export function factorCholeskyByKernel(a: Float64Array, n: number): number {
  if (!hasKernel(BYTES)) return factorCholesky(a, n);
  const kernel = kernelOf<Functions>(BYTES);
  kernel.clear();
  const at = kernel.put(a);
  const row = kernel.functions.factorCholesky(at, n);
  a.set(kernel.numbers(at, a.length));
  return row;
}
