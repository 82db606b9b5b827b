/** The factor of a positive definite matrix by panels; the twin is ../cholesky.ts, whose words hold here too. */
const PANEL: i32 = 32;
const TILE: i32 = 64;

/**
 * @param a row by row, its lower triangle is read and written; shape (n x n)
 * @returns the row whose pivot is not positive; -1 when all are
 */
export function factorCholesky(a: usize, n: i32): i32 {
  const row = <usize>n << 3;
  for (let from = 0; from < n; from += PANEL) {
    const to = min(from + PANEL, n);
    for (let i = from; i < to; ++i) {
      const own = a + <usize>i * row;
      for (let j = from; j < i; ++j) {
        const other = a + <usize>j * row;
        const sum = load<f64>(own + at(j)) - dot(own, other, from, j);
        store<f64>(own + at(j), sum / load<f64>(other + at(j)));
      }
      const pivot = load<f64>(own + at(i)) - dot(own, own, from, i);
      if (!(pivot > 0)) return i;
      store<f64>(own + at(i), sqrt(pivot));
    }
    solvePanel(a, n, from, to);
    updateTrailing(a, n, from, to);
  }
  return -1;
}

@inline
function at(j: i32): usize {
  return <usize>j << 3;
}

/** The product of two rows over columns `from` to `to`. */
function dot(a: usize, b: usize, from: i32, to: i32): f64 {
  let sum = f64x2.splat(0);
  let k = from;
  for (; k + 1 < to; k += 2) sum = f64x2.add(sum, f64x2.mul(v128.load(a + at(k)), v128.load(b + at(k))));
  const rest: f64 = k < to ? load<f64>(a + at(k)) * load<f64>(b + at(k)) : 0;
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1) + rest;
}

function solvePanel(a: usize, n: i32, from: i32, to: i32): void {
  const row = <usize>n << 3;
  for (let i = to; i < n; ++i) {
    const own = a + <usize>i * row;
    for (let j = from; j < to; ++j) {
      const other = a + <usize>j * row;
      const sum = load<f64>(own + at(j)) - dot(own, other, from, j);
      store<f64>(own + at(j), sum / load<f64>(other + at(j)));
    }
  }
}

function updateTrailing(a: usize, n: i32, from: i32, to: i32): void {
  const row = <usize>n << 3;
  for (let tile = to; tile < n; tile += TILE) {
    const tileEnd = min(tile + TILE, n);
    let i = tile;
    for (; i + 3 < n; i += 4) {
      const end = min(tileEnd, i + 4);
      let j = tile;
      for (; j + 1 < end; j += 2) updateBlock(a + <usize>i * row, a + <usize>j * row, row, j, from, to);
      for (; j < end; ++j) for (let k = i; k < i + 4; ++k) updateOne(a, row, k, j, from, to);
    }
    for (; i < n; ++i) for (let j = tile; j < min(tileEnd, i + 1); ++j) updateOne(a, row, i, j, from, to);
  }
}

function updateOne(a: usize, row: usize, i: i32, j: i32, from: i32, to: i32): void {
  const own = a + <usize>i * row;
  const other = a + <usize>j * row;
  store<f64>(own + at(j), load<f64>(own + at(j)) - dot(own, other, from, to));
}

/** Four rows by two: a panel that has others after it is whole, so its columns are even. */
function updateBlock(r: usize, c: usize, row: usize, j: i32, from: i32, to: i32): void {
  let s00 = f64x2.splat(0);
  let s01 = f64x2.splat(0);
  let s10 = f64x2.splat(0);
  let s11 = f64x2.splat(0);
  let s20 = f64x2.splat(0);
  let s21 = f64x2.splat(0);
  let s30 = f64x2.splat(0);
  let s31 = f64x2.splat(0);
  const end = r + at(to);
  let a = r + at(from);
  let b = c + at(from);
  for (; a < end; a += 16, b += 16) {
    const x = v128.load(b);
    const y = v128.load(b + row);
    const p = v128.load(a);
    s00 = f64x2.add(s00, f64x2.mul(p, x));
    s01 = f64x2.add(s01, f64x2.mul(p, y));
    const q = v128.load(a + row);
    s10 = f64x2.add(s10, f64x2.mul(q, x));
    s11 = f64x2.add(s11, f64x2.mul(q, y));
    const s = v128.load(a + 2 * row);
    s20 = f64x2.add(s20, f64x2.mul(s, x));
    s21 = f64x2.add(s21, f64x2.mul(s, y));
    const t = v128.load(a + 3 * row);
    s30 = f64x2.add(s30, f64x2.mul(t, x));
    s31 = f64x2.add(s31, f64x2.mul(t, y));
  }
  take(r + at(j), s00, s01);
  take(r + row + at(j), s10, s11);
  take(r + 2 * row + at(j), s20, s21);
  take(r + 3 * row + at(j), s30, s31);
}

/** Takes two sums, each of two lanes, off two numbers that stand together. */
@inline
function take(to: usize, a: v128, b: v128): void {
  const left = v128.shuffle<f64>(a, b, 0, 2);
  const right = v128.shuffle<f64>(a, b, 1, 3);
  v128.store(to, f64x2.sub(v128.load(to), f64x2.add(left, right)));
}
