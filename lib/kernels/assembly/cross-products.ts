/** The products of every two rows, by blocks of four rows and two, two columns at once; the twin is ../cross-products.ts. */

/** Columns that are worked on at once: six rows of 256 stay in the first cache. */
const TILE: i32 = 256;

/**
 * @param x rows of `m` numbers, `m` even; shape (n x m)
 * @param out zeros; shape (n x n)
 */
export function crossProducts(x: usize, n: i32, m: i32, out: usize): void {
  for (let from = 0; from < m; from += TILE) addTile(out, x, n, m, from, min(from + TILE, m));
  for (let i = 0; i < n; ++i)
    for (let j = i + 1; j < n; ++j)
      store<f64>(out + (<usize>(i * n + j) << 3), load<f64>(out + (<usize>(j * n + i) << 3)));
}

function addTile(out: usize, x: usize, n: i32, m: i32, from: i32, to: i32): void {
  let i = 0;
  for (; i + 3 < n; i += 4) for (let j = 0; j + 1 < i + 4; j += 2) addBlock(out, x, n, m, i, j, from, to);
  for (; i < n; ++i) for (let j = 0; j <= i; ++j) addPair(out, x, n, m, i, j, from, to);
}

function addPair(out: usize, x: usize, n: i32, m: i32, i: i32, j: i32, from: i32, to: i32): void {
  let a = x + (<usize>(i * m + from) << 3);
  let b = x + (<usize>(j * m + from) << 3);
  const end = x + (<usize>(i * m + to) << 3);
  let sum = f64x2.splat(0);
  for (; a < end; a += 16, b += 16) sum = f64x2.add(sum, f64x2.mul(v128.load(a), v128.load(b)));
  add(out, i * n + j, sum);
}

@inline
function add(out: usize, at: i32, sum: v128): void {
  const to = out + (<usize>at << 3);
  store<f64>(to, load<f64>(to) + (f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)));
}

function addBlock(out: usize, x: usize, n: i32, m: i32, i: i32, j: i32, from: i32, to: i32): void {
  const row = <usize>m << 3;
  let a = x + (<usize>(i * m + from) << 3);
  let b = x + (<usize>(j * m + from) << 3);
  const end = x + (<usize>(i * m + to) << 3);
  let s00 = f64x2.splat(0);
  let s01 = f64x2.splat(0);
  let s10 = f64x2.splat(0);
  let s11 = f64x2.splat(0);
  let s20 = f64x2.splat(0);
  let s21 = f64x2.splat(0);
  let s30 = f64x2.splat(0);
  let s31 = f64x2.splat(0);
  for (; a < end; a += 16, b += 16) {
    const u = v128.load(b);
    const v = v128.load(b + row);
    const p = v128.load(a);
    s00 = f64x2.add(s00, f64x2.mul(p, u));
    s01 = f64x2.add(s01, f64x2.mul(p, v));
    const q = v128.load(a + row);
    s10 = f64x2.add(s10, f64x2.mul(q, u));
    s11 = f64x2.add(s11, f64x2.mul(q, v));
    const r = v128.load(a + 2 * row);
    s20 = f64x2.add(s20, f64x2.mul(r, u));
    s21 = f64x2.add(s21, f64x2.mul(r, v));
    const s = v128.load(a + 3 * row);
    s30 = f64x2.add(s30, f64x2.mul(s, u));
    s31 = f64x2.add(s31, f64x2.mul(s, v));
  }
  const at = i * n + j;
  add(out, at, s00);
  add(out, at + 1, s01);
  add(out, at + n, s10);
  add(out, at + n + 1, s11);
  add(out, at + 2 * n, s20);
  add(out, at + 2 * n + 1, s21);
  add(out, at + 3 * n, s30);
  add(out, at + 3 * n + 1, s31);
}
