/** Eigenvalues and eigenvectors of a symmetric matrix. */
export interface SymmetricEigen {
  /** The largest first; shape (n). */
  values: Float64Array;
  /** Row k is the k-th unit eigenvector, its entry of largest size above zero (the first of equal ones); shape (n x n). */
  vectors: Float64Array;
}

/**
 * Returns the eigenvalues and eigenvectors of a symmetric matrix: Householder's reduction to three diagonals, then QL
 * with implicit shifts.
 *
 * @param matrix row by row, its upper triangle is read; shape (n x n)
 * @returns empty columns if n = 0
 * @throws RangeError if the shape is wrong or a value not finite
 * @see Bowdler, Martin, Reinsch & Wilkinson (1971), tred2 and tql2, Handbook for Automatic Computation II
 */
export function symmetricEigen(matrix: Float64Array, n: number): SymmetricEigen {
  if (matrix.length !== n * n) throw new RangeError(`matrix has ${matrix.length} values, not ${n} x ${n}`);
  const wrong = matrix.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0)
    throw new RangeError(`invalid matrix[${Math.floor(wrong / n)}][${wrong % n}]: ${matrix[wrong]}`);
  const v = matrix.slice(); // row k becomes the k-th eigenvector
  const d = new Float64Array(n);
  const e = new Float64Array(n);
  if (n) {
    reduce(v, d, e, n);
    diagonalize(v, d, e, n);
  }
  const order = Array.from(d.keys()).sort((a, b) => d[b] - d[a] || a - b);
  const vectors = new Float64Array(n * n);
  for (const [row, k] of order.entries()) {
    vectors.set(v.subarray(k * n, (k + 1) * n), row * n);
    fixSign(vectors.subarray(row * n, (row + 1) * n));
  }
  return {values: Float64Array.from(order, (k) => d[k]), vectors};
}

/** Entries this near to the largest count as equal to it, so that rounding does not choose the sign. */
const NEAR = 1 - 1e-9;

function fixSign(vector: Float64Array): void {
  const largest = vector.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const first = vector.find((x) => Math.abs(x) >= largest * NEAR) ?? 0;
  if (first < 0) for (let i = 0; i < vector.length; ++i) vector[i] = -vector[i];
}

/** tred2: v becomes the transformation, d the diagonal, e the one below it (from index 1). */
function reduce(v: Float64Array, d: Float64Array, e: Float64Array, n: number): void {
  for (let j = 0; j < n; ++j) d[j] = v[j * n + (n - 1)];
  for (let i = n - 1; i > 0; --i) {
    let scale = 0;
    for (let k = 0; k < i; ++k) scale += Math.abs(d[k]);
    if (scale === 0) {
      e[i] = d[i - 1];
      for (let j = 0; j < i; ++j) {
        d[j] = v[j * n + (i - 1)];
        v[j * n + i] = v[i * n + j] = 0;
      }
      d[i] = 0;
      continue;
    }
    let h = 0;
    for (let k = 0; k < i; ++k) {
      d[k] /= scale;
      h += d[k] * d[k];
    }
    const f = d[i - 1];
    const g = f > 0 ? -Math.sqrt(h) : Math.sqrt(h);
    e[i] = scale * g;
    h -= f * g;
    d[i - 1] = f - g;
    e.fill(0, 0, i);
    for (let j = 0; j < i; ++j) {
      const x = d[j];
      v[i * n + j] = x;
      let sum = e[j] + v[j * n + j] * x;
      for (let k = j + 1; k < i; ++k) {
        sum += v[j * n + k] * d[k];
        e[k] += v[j * n + k] * x;
      }
      e[j] = sum;
    }
    let sum = 0;
    for (let j = 0; j < i; ++j) {
      e[j] /= h;
      sum += e[j] * d[j];
    }
    const hh = sum / (h + h);
    for (let j = 0; j < i; ++j) e[j] -= hh * d[j];
    for (let j = 0; j < i; ++j) {
      const [x, y] = [d[j], e[j]];
      for (let k = j; k < i; ++k) v[j * n + k] -= x * e[k] + y * d[k];
      d[j] = v[j * n + (i - 1)];
      v[j * n + i] = 0;
    }
    d[i] = h;
  }
  accumulate(v, d, n);
  e[0] = 0;
}

function accumulate(v: Float64Array, d: Float64Array, n: number): void {
  const last = n - 1;
  for (let i = 0; i < n - 1; ++i) {
    v[i * n + last] = v[i * n + i];
    v[i * n + i] = 1;
    const h = d[i + 1];
    if (h !== 0) {
      for (let k = 0; k <= i; ++k) d[k] = v[(i + 1) * n + k] / h;
      for (let j = 0; j <= i; ++j) {
        let g = 0;
        for (let k = 0; k <= i; ++k) g += v[(i + 1) * n + k] * v[j * n + k];
        for (let k = 0; k <= i; ++k) v[j * n + k] -= g * d[k];
      }
    }
    for (let k = 0; k <= i; ++k) v[(i + 1) * n + k] = 0;
  }
  for (let j = 0; j < n; ++j) {
    d[j] = v[j * n + last];
    v[j * n + last] = 0;
  }
  v[last * n + last] = 1;
}

/** Rotations a value may need; each takes two or three as a rule. */
const MOST_SHIFTS = 60;

/** tql2: d becomes the eigenvalues, the rows of v the eigenvectors. */
function diagonalize(v: Float64Array, d: Float64Array, e: Float64Array, n: number): void {
  e.copyWithin(0, 1);
  e[n - 1] = 0;
  let shift = 0;
  let largest = 0;
  for (let l = 0; l < n; ++l) {
    largest = Math.max(largest, Math.abs(d[l]) + Math.abs(e[l]));
    const small = Number.EPSILON * largest;
    let m = l;
    while (m < n - 1 && Math.abs(e[m]) > small) ++m;
    for (let round = 0; m > l && Math.abs(e[l]) > small; ++round) {
      if (round === MOST_SHIFTS)
        throw new RangeError(`eigenvalue ${l} was not found in ${MOST_SHIFTS} shifts`);
      const g = d[l];
      let p = (d[l + 1] - g) / (2 * e[l]);
      const r = p < 0 ? -Math.sqrt(p * p + 1) : Math.sqrt(p * p + 1);
      d[l] = e[l] / (p + r);
      d[l + 1] = e[l] * (p + r);
      const next = d[l + 1];
      const h = g - d[l];
      for (let i = l + 2; i < n; ++i) d[i] -= h;
      shift += h;
      p = d[m];
      let [c, c2, c3, s, s2] = [1, 1, 1, 0, 0];
      const below = e[l + 1];
      for (let i = m - 1; i >= l; --i) {
        c3 = c2;
        c2 = c;
        s2 = s;
        const x = c * e[i];
        const y = c * p;
        const z = Math.sqrt(p * p + e[i] * e[i]);
        e[i + 1] = s * z;
        s = e[i] / z;
        c = p / z;
        p = c * d[i] - s * x;
        d[i + 1] = y + s * (c * x + s * d[i]);
        for (let k = 0; k < n; ++k) {
          const x = v[i * n + k];
          const t = v[(i + 1) * n + k];
          v[(i + 1) * n + k] = s * x + c * t;
          v[i * n + k] = c * x - s * t;
        }
      }
      p = (-s * s2 * c3 * below * e[l]) / next;
      e[l] = s * p;
      d[l] = c * p;
    }
    d[l] += shift;
    e[l] = 0;
  }
}
