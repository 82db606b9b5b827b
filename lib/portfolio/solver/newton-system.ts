import {factorSemidefinite, solveCholesky} from "../../kernels/cholesky.js";
import {factorBySize} from "../../kernels/cholesky.kernel.js";
import {crossProducts} from "../../kernels/cross-products.js";
import {addForms, addPriced} from "./program.js";
import type {Splits, StandardForm} from "./standard-form.js";

/** Keeps the system solvable where variables are free and the covariance is singular, or rows repeat each other. */
const REGULAR = 1e-10;

/** What is added to the diagonal, relative, when the matrix cannot be factored with less. */
const RIDGES = [0, 1e-14, 1e-12, 1e-10];

/** Most times that a solution is mended by its own residual. */
const REFINEMENTS = 3;

/**
 * The linear system of one step, [P + D, A'; A, 0] [dx; dy] = [r1; r2], D diagonal and positive. Splits and slacks are
 * eliminated by hand, so that what is factored is one matrix of the program's variables and one of its few rows.
 */
export class NewtonSystem {
  readonly #form: StandardForm;
  /** P + D + what splits add, then its factor; null when it is diagonal, and before the first. */
  #matrix: Float64Array | null = null;
  readonly #diagonal: Float64Array;
  /** Rows after elimination, then their solutions; each of shape (n). */
  readonly #border: Float64Array[];
  readonly #solved: Float64Array[];
  readonly #schur: Float64Array;
  #barrier: Float64Array;

  constructor(form: StandardForm) {
    const {n, rows} = form.program;
    this.#form = form;
    this.#diagonal = new Float64Array(n);
    this.#border = rows.map(() => new Float64Array(n));
    this.#solved = rows.map(() => new Float64Array(n));
    this.#schur = new Float64Array(rows.length ** 2);
    this.#barrier = new Float64Array(0);
  }

  /**
   * Takes D and factors, with more and more on the diagonal where rounding has eaten a pivot; refinement takes it out
   * again.
   * @returns whether the matrix could be factored
   */
  factor(barrier: Float64Array): boolean {
    const {n, weights, quadratic, hinges} = this.#form.program;
    this.#barrier = barrier;
    if ((quadratic && weights && this.#form.quadraticScale) || hinges)
      this.#matrix ??= new Float64Array(n * n);
    return RIDGES.some((ridge) => this.#factorWith(ridge));
  }

  #factorWith(ridge: number): boolean {
    const {program, rows, slack, splits, diagonal} = this.#form;
    const {n, weights} = program;
    const diag = this.#diagonal;
    for (let i = 0; i < n; ++i) diag[i] = this.#barrier[i] + REGULAR + (i < weights ? diagonal : 0);
    const m = rows.length;
    const corner = new Float64Array(m).fill(REGULAR);
    for (let r = 0; r < m; ++r) {
      this.#border[r].set(rows[r]);
      if (slack[r] >= 0) corner[r] += 1 / (this.#barrier[slack[r]] + REGULAR);
    }
    const matrix = this.#matrix;
    if (matrix) this.#fill(matrix);
    for (const family of splits) this.#eliminate(family, diag, corner);
    if (matrix)
      for (let i = 0; i < n; ++i) matrix[i * n + i] += diag[i] + ridge * (matrix[i * n + i] + diag[i]);
    this.#leaveOutFixed();
    if (matrix && factorBySize(matrix, n) >= 0) return false;

    for (let r = 0; r < m; ++r) {
      this.#solved[r].set(this.#border[r]);
      this.#solveMatrix(this.#solved[r]);
      for (let k = 0; k <= r; ++k)
        this.#schur[r * m + k] = dot(this.#border[k], this.#solved[r]) + (k === r ? corner[r] : 0);
    }
    factorSemidefinite(this.#schur, m);
    return true;
  }

  #leaveOutFixed(): void {
    const {program, fixed} = this.#form;
    const {n} = program;
    const matrix = this.#matrix;
    for (let i = 0; i < n; ++i) {
      if (!fixed[i]) continue;
      this.#diagonal[i] = 1;
      for (const column of this.#border) column[i] = 0;
      if (!matrix) continue;
      for (let j = 0; j < n; ++j) matrix[i * n + j] = matrix[j * n + i] = 0;
      matrix[i * n + i] = 1;
    }
  }

  /** Writes P, without its diagonal's barrier, into the lower triangle. */
  #fill(matrix: Float64Array): void {
    const {program, quadraticScale} = this.#form;
    const {n, weights, quadratic} = program;
    matrix.fill(0);
    if (!quadratic || !quadraticScale) return;
    for (let i = 0; i < weights; ++i) {
      const [from, to] = [i * weights, i * n];
      for (let j = 0; j <= i; ++j) matrix[to + j] = quadraticScale * quadratic[from + j];
    }
  }

  /** Adds what a family of splits leaves behind once its variables and equations are eliminated. */
  #eliminate({count, variable, forms, start, row}: Splits, diag: Float64Array, corner: Float64Array): void {
    const weights = new Float64Array(count);
    for (let j = 0; j < count; ++j) {
      const plus = 1 / (this.#barrier[start + j] + REGULAR);
      const minus = 1 / (this.#barrier[start + count + j] + REGULAR);
      const weight = 1 / (plus + minus + REGULAR);
      weights[j] = weight;
      if (!variable) continue;
      diag[variable[j]] += weight;
      if (row < 0) continue;
      this.#border[row][variable[j]] += weight * (plus - minus);
      corner[row] += plus + minus - weight * (plus - minus) ** 2;
    }
    if (!forms || !this.#matrix) return;
    const scaled = forms.slice();
    const roots = weights.map(Math.sqrt);
    for (let k = 0; k < scaled.length; k += count) for (let j = 0; j < count; ++j) scaled[k + j] *= roots[j];
    const products = crossProducts(scaled, this.#form.program.n, count);
    for (let k = 0; k < products.length; ++k) this.#matrix[k] += products[k];
  }

  #solveMatrix(b: Float64Array): void {
    const {n} = this.#form.program;
    if (this.#matrix) solveCholesky(this.#matrix, n, b);
    else for (let i = 0; i < n; ++i) b[i] /= this.#diagonal[i];
  }

  /**
   * Solves for a right-hand side, and mends the solution by its residual.
   *
   * @param first shape (size); @param second shape (equations)
   * @param dx solution of the variables, written; @param dy of the equations' multipliers, written
   */
  solve(first: Float64Array, second: Float64Array, dx: Float64Array, dy: Float64Array): void {
    this.#solveOnce(first, second, dx, dy);
    const r1 = new Float64Array(first.length);
    const r2 = new Float64Array(second.length);
    const ex = new Float64Array(first.length);
    const ey = new Float64Array(second.length);
    let before = Infinity;
    for (let k = 0; k < REFINEMENTS; ++k) {
      applyHessian(this.#form, dx, r1);
      addTransposed(this.#form, dy, r1);
      applyEquations(this.#form, dx, r2);
      let worst = 0;
      for (let i = 0; i < r1.length; ++i) {
        r1[i] =
          i < this.#form.program.n && this.#form.fixed[i] ? 0 : first[i] - r1[i] - this.#barrier[i] * dx[i];
        worst = Math.max(worst, Math.abs(r1[i]));
      }
      for (let i = 0; i < r2.length; ++i) {
        r2[i] = second[i] - r2[i];
        worst = Math.max(worst, Math.abs(r2[i]));
      }
      if (!(worst < before / 2) || worst < 1e-15) return;
      before = worst;
      this.#solveOnce(r1, r2, ex, ey);
      for (let i = 0; i < ex.length; ++i) dx[i] += ex[i];
      for (let i = 0; i < ey.length; ++i) dy[i] += ey[i];
    }
  }

  #solveOnce(first: Float64Array, second: Float64Array, dx: Float64Array, dy: Float64Array): void {
    const {program, splits, slack, rows, fixed} = this.#form;
    const {n} = program;
    const m = rows.length;
    const barrier = this.#barrier;
    const x = dx.subarray(0, n);
    x.set(first.subarray(0, n));
    const y = dy.subarray(0, m);
    y.set(second.subarray(0, m));
    for (let r = 0; r < m; ++r) if (slack[r] >= 0) y[r] += first[slack[r]] / (barrier[slack[r]] + REGULAR);

    for (const {count, variable, forms, start, equation, row} of splits) {
      const moved = new Float64Array(count);
      for (let j = 0; j < count; ++j) {
        const plus = 1 / (barrier[start + j] + REGULAR);
        const minus = 1 / (barrier[start + count + j] + REGULAR);
        const weight = 1 / (plus + minus + REGULAR);
        const [up, down] = [plus * first[start + j], minus * first[start + count + j]];
        moved[j] = weight * (second[equation + j] + up - down);
        if (variable) x[variable[j]] += moved[j];
        if (row >= 0) y[row] += (plus - minus) * moved[j] - up - down;
      }
      if (forms) addPriced(forms, moved, x);
    }

    for (let i = 0; i < n; ++i) if (fixed[i]) x[i] = 0;
    this.#solveMatrix(x);
    for (let r = 0; r < m; ++r) y[r] = dot(this.#border[r], x) - y[r];
    solveCholesky(this.#schur, m, y);
    for (let r = 0; r < m; ++r) {
      const solved = this.#solved[r];
      for (let i = 0; i < n; ++i) x[i] -= solved[i] * y[r];
      if (slack[r] >= 0) dx[slack[r]] = (first[slack[r]] + y[r]) / (barrier[slack[r]] + REGULAR);
    }

    for (const {count, variable, forms, start, equation, row} of splits) {
      const theta = row < 0 ? 0 : y[row];
      const values = valuesOf(variable, forms, x, count);
      for (let j = 0; j < count; ++j) {
        const plus = 1 / (barrier[start + j] + REGULAR);
        const minus = 1 / (barrier[start + count + j] + REGULAR);
        const weight = 1 / (plus + minus + REGULAR);
        const given = second[equation + j] + plus * first[start + j] - minus * first[start + count + j];
        const e = weight * (values[j] + (plus - minus) * theta - given);
        dy[equation + j] = e;
        dx[start + j] = plus * (first[start + j] + e - theta);
        dx[start + count + j] = minus * (first[start + count + j] - e - theta);
      }
    }
  }
}

/** Returns form'x of each split. */
function valuesOf(
  variable: Int32Array | null,
  forms: Float64Array | null,
  x: Float64Array,
  count: number
): Float64Array {
  const values = new Float64Array(count);
  if (variable) for (let j = 0; j < count; ++j) values[j] = x[variable[j]];
  else if (forms) addForms(forms, x, values);
  return values;
}

/** Writes P x, in scaled units, of all variables. */
export function applyHessian(form: StandardForm, x: Float64Array, out: Float64Array): void {
  const {program, quadraticScale, diagonal} = form;
  const {weights, quadratic} = program;
  out.fill(0);
  for (let i = 0; i < weights; ++i) {
    let sum = 0;
    if (quadratic && quadraticScale)
      for (let j = 0, row = i * weights; j < weights; ++j) sum += quadratic[row + j] * x[j];
    out[i] = quadraticScale * sum + diagonal * x[i];
  }
}

/** Writes A x. */
export function applyEquations(form: StandardForm, x: Float64Array, out: Float64Array): void {
  const {program, rows, slack, splits} = form;
  const {n} = program;
  for (let r = 0; r < rows.length; ++r) {
    out[r] = slack[r] >= 0 ? -x[slack[r]] : 0;
    for (let i = 0; i < n; ++i) out[r] += rows[r][i] * x[i];
  }
  for (const {count, variable, forms, start, equation, row} of splits) {
    const values = valuesOf(variable, forms, x, count);
    for (let j = 0; j < count; ++j) {
      const [plus, minus] = [x[start + j], x[start + count + j]];
      out[equation + j] = values[j] + minus - plus;
      if (row >= 0) out[row] += plus + minus;
    }
  }
}

/** Adds A'y. */
export function addTransposed(form: StandardForm, y: Float64Array, out: Float64Array): void {
  const {program, rows, slack, splits} = form;
  const {n} = program;
  for (let r = 0; r < rows.length; ++r) {
    if (slack[r] >= 0) out[slack[r]] -= y[r];
    for (let i = 0; i < n; ++i) out[i] += rows[r][i] * y[r];
  }
  for (const {count, variable, forms, start, equation, row} of splits) {
    const theta = row < 0 ? 0 : y[row];
    for (let j = 0; j < count; ++j) {
      const price = y[equation + j];
      if (variable) out[variable[j]] += price;
      out[start + j] += theta - price;
      out[start + count + j] += theta + price;
    }
    if (forms) addPriced(forms, y.subarray(equation, equation + count), out);
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; ++i) sum += a[i] * b[i];
  return sum;
}
