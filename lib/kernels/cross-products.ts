/** Columns that are worked on at once: six rows of 256 stay in the first cache. */
const TILE = 256;

/**
 * Returns the products of every two rows, X X', by blocks of four rows and two.
 *
 * @param x row by row; shape (n x m)
 * @returns symmetric, row by row; shape (n x n)
 */
export function crossProducts(x: Float64Array, n: number, m: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let from = 0; from < m; from += TILE) addTile(out, x, n, m, from, Math.min(from + TILE, m));
  for (let i = 0; i < n; ++i) for (let j = i + 1; j < n; ++j) out[i * n + j] = out[j * n + i];
  return out;
}

/** Adds the products over columns `from` to `to` to the lower triangle. */
function addTile(out: Float64Array, x: Float64Array, n: number, m: number, from: number, to: number): void {
  let i = 0;
  for (; i + 3 < n; i += 4) {
    let j = 0;
    for (; j + 1 < i + 4; j += 2) addBlock(out, x, n, m, i, j, from, to);
  }
  for (; i < n; ++i)
    for (let j = 0; j <= i; ++j) {
      let sum = 0;
      for (let k = from; k < to; ++k) sum += x[i * m + k] * x[j * m + k];
      out[i * n + j] += sum;
    }
}

function addBlock(
  out: Float64Array,
  x: Float64Array,
  n: number,
  m: number,
  i: number,
  j: number,
  from: number,
  to: number
): void {
  const r0 = i * m;
  const r1 = r0 + m;
  const r2 = r1 + m;
  const r3 = r2 + m;
  const c0 = j * m;
  const c1 = c0 + m;
  let s00 = 0;
  let s01 = 0;
  let s10 = 0;
  let s11 = 0;
  let s20 = 0;
  let s21 = 0;
  let s30 = 0;
  let s31 = 0;
  for (let k = from; k < to; ++k) {
    const u = x[c0 + k];
    const v = x[c1 + k];
    const p = x[r0 + k];
    const q = x[r1 + k];
    const r = x[r2 + k];
    const s = x[r3 + k];
    s00 += p * u;
    s01 += p * v;
    s10 += q * u;
    s11 += q * v;
    s20 += r * u;
    s21 += r * v;
    s30 += s * u;
    s31 += s * v;
  }
  const to0 = i * n + j;
  out[to0] += s00;
  out[to0 + 1] += s01;
  out[to0 + n] += s10;
  out[to0 + n + 1] += s11;
  out[to0 + 2 * n] += s20;
  out[to0 + 2 * n + 1] += s21;
  out[to0 + 3 * n] += s30;
  out[to0 + 3 * n + 1] += s31;
}
