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

/** Rows from which on the kernel gains more than it takes to copy a matrix there and back. */
const LARGE = 100;

/** Does what `factorCholesky` does, by the kernel where the matrix is large, else by its twin. */
export function factorBySize(a: Float64Array, n: number): number {
  return n < LARGE ? factorCholesky(a, n) : factorCholeskyByKernel(a, n);
}

/**
 * Returns the row whose pivot is not positive when A + ridge I is factored; -1 when all are.
 * @param a row by row, its lower triangle is read; shape (n x n)
 */
export function failingPivot(a: Float64Array, n: number, ridge: number): number {
  const byKernel = n >= LARGE && hasKernel(BYTES);
  if (!byKernel) {
    const shifted = a.slice();
    for (let i = 0; i < n; ++i) shifted[i * n + i] += ridge;
    return factorCholesky(shifted, n);
  }
  const kernel = kernelOf<Functions>(BYTES);
  kernel.clear();
  const at = kernel.put(a);
  const shifted = kernel.numbers(at, a.length);
  for (let i = 0; i < n; ++i) shifted[i * n + i] += ridge;
  return kernel.functions.factorCholesky(at, n);
}
