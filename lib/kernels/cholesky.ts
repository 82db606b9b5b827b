/** Columns that are worked on at once: 32 of 500 rows stay in the second cache, where wider panels lose a third. */
const PANEL = 32;

/** Columns of the trailing matrix that are updated before the next: their part of the panel stays in the first cache. */
const TILE = 64;

/** A pivot that lost this much of the diagonal it came from is rounding. */
const DEPENDENT = 1e-13;

/**
 * Factors a symmetric positive definite matrix, A = L L', in place: the lower triangle becomes L, the upper is left
 * without meaning. Right-looking by panels, the update in blocks of four rows by two columns.
 *
 * @param a row by row, its lower triangle is read; shape (n x n)
 * @returns the row whose pivot is not positive, where A is not positive definite; -1 when all are
 */
export function factorCholesky(a: Float64Array, n: number): number {
  return factor(a, n, undefined);
}

/**
 * Factors a positive semidefinite matrix as `factorCholesky` does; rows that depend on those before them are left out:
 * solutions are zero there.
 *
 * @param a row by row, its lower triangle is read; shape (n x n)
 */
export function factorSemidefinite(a: Float64Array, n: number): void {
  factor(
    a,
    n,
    Float64Array.from({length: n}, (_, i) => a[i * n + i])
  );
}

/** @param whole the diagonal, when rows that depend on others are to be left out */
function factor(a: Float64Array, n: number, whole: Float64Array | undefined): number {
  for (let from = 0; from < n; from += PANEL) {
    const to = Math.min(from + PANEL, n);
    for (let i = from; i < to; ++i) {
      const row = i * n;
      for (let j = from; j <= i; ++j) {
        const column = j * n;
        let sum = a[row + j];
        for (let k = from; k < j; ++k) sum -= a[row + k] * a[column + k];
        if (j < i) a[row + j] = sum / a[column + j];
        else if (whole) a[row + i] = sum > DEPENDENT * whole[i] ? Math.sqrt(sum) : Infinity;
        else if (sum > 0) a[row + i] = Math.sqrt(sum);
        else return i;
      }
    }
    solvePanel(a, n, from, to);
    updateTrailing(a, n, from, to);
  }
  return -1;
}

/** Rows below a factored panel: what they were, over the panel's triangle. */
function solvePanel(a: Float64Array, n: number, from: number, to: number): void {
  let i = to;
  for (; i + 3 < n; i += 4) {
    const r0 = i * n;
    const r1 = r0 + n;
    const r2 = r1 + n;
    const r3 = r2 + n;
    for (let j = from; j < to; ++j) {
      const column = j * n;
      let s0 = a[r0 + j];
      let s1 = a[r1 + j];
      let s2 = a[r2 + j];
      let s3 = a[r3 + j];
      for (let k = from; k < j; ++k) {
        const x = a[column + k];
        s0 -= a[r0 + k] * x;
        s1 -= a[r1 + k] * x;
        s2 -= a[r2 + k] * x;
        s3 -= a[r3 + k] * x;
      }
      const pivot = a[column + j];
      a[r0 + j] = s0 / pivot;
      a[r1 + j] = s1 / pivot;
      a[r2 + j] = s2 / pivot;
      a[r3 + j] = s3 / pivot;
    }
  }
  for (; i < n; ++i) {
    const row = i * n;
    for (let j = from; j < to; ++j) {
      const column = j * n;
      let sum = a[row + j];
      for (let k = from; k < j; ++k) sum -= a[row + k] * a[column + k];
      a[row + j] = sum / a[column + j];
    }
  }
}

/** The lower triangle right of a panel, less the panel's rows times one another. */
function updateTrailing(a: Float64Array, n: number, from: number, to: number): void {
  for (let tile = to; tile < n; tile += TILE) {
    const tileEnd = Math.min(tile + TILE, n);
    let i = tile;
    for (; i + 3 < n; i += 4) {
      const end = Math.min(tileEnd, i + 4);
      let j = tile;
      for (; j + 1 < end; j += 2) updateBlock(a, n, i, j, from, to);
      if (j < end)
        for (let row = i; row < i + 4; ++row) a[row * n + j] -= dotRows(a, row * n, j * n, from, to);
    }
    for (; i < n; ++i) {
      const end = Math.min(tileEnd, i + 1);
      for (let j = tile; j < end; ++j) a[i * n + j] -= dotRows(a, i * n, j * n, from, to);
    }
  }
}

function updateBlock(a: Float64Array, n: number, i: number, j: number, from: number, to: number): void {
  const r0 = i * n;
  const r1 = r0 + n;
  const r2 = r1 + n;
  const r3 = r2 + n;
  const c0 = j * n;
  const c1 = c0 + n;
  let s00 = 0;
  let s01 = 0;
  let s10 = 0;
  let s11 = 0;
  let s20 = 0;
  let s21 = 0;
  let s30 = 0;
  let s31 = 0;
  for (let k = from; k < to; ++k) {
    const x = a[c0 + k];
    const y = a[c1 + k];
    const p = a[r0 + k];
    const q = a[r1 + k];
    const r = a[r2 + k];
    const s = a[r3 + k];
    s00 += p * x;
    s01 += p * y;
    s10 += q * x;
    s11 += q * y;
    s20 += r * x;
    s21 += r * y;
    s30 += s * x;
    s31 += s * y;
  }
  a[r0 + j] -= s00;
  a[r0 + j + 1] -= s01;
  a[r1 + j] -= s10;
  a[r1 + j + 1] -= s11;
  a[r2 + j] -= s20;
  a[r2 + j + 1] -= s21;
  a[r3 + j] -= s30;
  a[r3 + j + 1] -= s31;
}

function dotRows(a: Float64Array, r: number, c: number, from: number, to: number): number {
  let sum = 0;
  for (let k = from; k < to; ++k) sum += a[r + k] * a[c + k];
  return sum;
}

/**
 * Solves L y = b in place, `b` becoming y.
 * @param l lower triangle as of `factorCholesky`; shape (n x n)
 * @param b right-hand side, overwritten; shape (n)
 */
export function solveLower(l: Float64Array, n: number, b: Float64Array): void {
  for (let i = 0; i < n; ++i) {
    const row = i * n;
    let sum = b[i];
    for (let k = 0; k < i; ++k) sum -= l[row + k] * b[k];
    b[i] = sum / l[row + i];
  }
}

/**
 * Solves L' x = b in place, `b` becoming x.
 * @param l lower triangle as of `factorCholesky`; shape (n x n)
 * @param b right-hand side, overwritten; shape (n)
 */
export function solveUpper(l: Float64Array, n: number, b: Float64Array): void {
  for (let i = n - 1; i >= 0; --i) {
    const row = i * n;
    const x = b[i] / l[row + i];
    b[i] = x;
    for (let k = 0; k < i; ++k) b[k] -= l[row + k] * x;
  }
}

/**
 * Solves A x = b in place by the factor of A, `b` becoming x.
 * @param l lower triangle as of `factorCholesky`; shape (n x n)
 * @param b right-hand side, overwritten; shape (n)
 */
export function solveCholesky(l: Float64Array, n: number, b: Float64Array): void {
  solveLower(l, n, b);
  solveUpper(l, n, b);
}
