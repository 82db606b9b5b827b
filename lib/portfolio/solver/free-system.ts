import {factorSemidefinite, solveCholesky} from "../../kernels/cholesky.js";
import {factorBySize} from "../../kernels/cholesky.kernel.js";
import type {ActiveSet} from "./active-set.js";
import {hingeValues, type Hinges, quadraticSlopes} from "./program.js";

/** Keeps the system solvable where free assets are alike; refinement takes its effect out again. */
const REGULAR = 1e-11;
const REFINEMENTS = 4;

/** A refinement that moves nothing by more than this, relative, is the last. */
const ROUNDING = 1e-15;

/**
 * Moves the free variables, and the prices of what binds, to where the gradient is explained and what binds is met.
 *
 * @param exact to rounding; else by one solution of the equations, which their ridge and rounding leave a little off
 * @param room for a matrix of all variables, overwritten; shape (n x n)
 * @returns whether it could
 */
export function solveFree(set: ActiveSet, exact: boolean, room: Float64Array): boolean {
  const free = set.free();
  const binding = set.binding();
  const columns = [
    ...binding.rows.map((r) => rowColumn(set, r, free)),
    ...binding.hinges.map((t) => hingeColumn(set, t, free))
  ];
  const [k, m] = [free.length, columns.length];
  const matrix = room.subarray(0, k * k);
  writeHessian(set, free, matrix);
  if (factorBySize(matrix, k) >= 0) return false;
  const solved = columns.map((column) => column.slice());
  const schur = new Float64Array(m * m);
  for (let c = 0; c < m; ++c) {
    solveCholesky(matrix, k, solved[c]);
    for (let d = 0; d <= c; ++d) schur[c * m + d] = dot(columns[d], solved[c]);
  }
  factorSemidefinite(schur, m);

  for (let pass = 0; pass <= (exact ? REFINEMENTS : 0); ++pass) {
    const dx = slopesOf(set, free, columns, binding.rows);
    for (let a = 0; a < k; ++a) dx[a] = -dx[a];
    solveCholesky(matrix, k, dx);
    const misses = missesOf(set, binding);
    const dy = Float64Array.from(columns, (column, c) => dot(column, dx) - misses[c]);
    solveCholesky(schur, m, dy);
    for (let c = 0; c < m; ++c) for (let a = 0; a < k; ++a) dx[a] -= solved[c][a] * dy[c];
    for (const [c, r] of binding.rows.entries()) set.price[r] += dy[c];
    for (const [c, t] of binding.hinges.entries()) set.push[t] += dy[binding.rows.length + c];
    let largest = 0;
    for (let a = 0; a < k; ++a) {
      set.x[free[a]] += dx[a];
      largest = Math.max(largest, Math.abs(dx[a]));
    }
    if (pass && largest < ROUNDING * set.unit) break;
  }
  return set.x.every((value) => !Number.isNaN(value));
}

/** Writes P of the free variables with a small ridge, its lower triangle. */
function writeHessian({program, steep, unit}: ActiveSet, free: Int32Array, matrix: Float64Array): void {
  const {weights, quadratic, scale, diagonal} = program;
  const k = free.length;
  let largest = 0;
  for (let a = 0; a < k; ++a) {
    const [row, i] = [a * k, free[a]];
    if (i < weights && quadratic)
      for (let b = 0; b <= a; ++b) matrix[row + b] = scale * quadratic[i * weights + free[b]];
    else matrix.fill(0, row, row + a + 1);
    if (i < weights) matrix[row + a] += diagonal;
    largest = Math.max(largest, matrix[row + a]);
  }
  const ridge = REGULAR * (largest || steep / unit);
  for (let a = 0; a < k; ++a) matrix[a * k + a] += ridge;
}

function rowColumn(set: ActiveSet, r: number, free: Int32Array): Float64Array {
  const {rows, weights, at} = set.program;
  const {coefficients, absolute} = rows[r];
  const column = new Float64Array(free.length);
  for (let a = 0; a < free.length; ++a) {
    const i = free[a];
    column[a] = coefficients[i];
    if (absolute && i < weights) column[a] += set.sign(i, absolute === "gross" ? 0 : at[i]);
  }
  return column;
}

function hingeColumn({program}: ActiveSet, t: number, free: Int32Array): Float64Array {
  const {forms, count} = program.hinges as Hinges; // a hinge binds
  return Float64Array.from(free, (i) => forms[i * count + t]);
}

/** Slopes along the free variables, absolute values as they are within each one's interval. */
function slopesOf(
  set: ActiveSet,
  free: Int32Array,
  columns: readonly Float64Array[],
  binding: readonly number[]
): Float64Array {
  const {program, price, push, x} = set;
  const {weights, linear, cost, at, hinges} = program;
  const slopes = quadraticSlopes(program, x, free);
  for (let a = 0; a < free.length; ++a) {
    const i = free[a];
    slopes[a] += linear[i];
    if (i < weights && cost[i]) slopes[a] += cost[i] * set.sign(i, at[i]);
    if (!hinges) continue;
    const first = i * hinges.count;
    for (let t = 0; t < push.length; ++t) slopes[a] += hinges.forms[first + t] * push[t];
  }
  for (const [c, r] of binding.entries())
    for (let a = 0; a < free.length; ++a) slopes[a] += price[r] * columns[c][a];
  return slopes;
}

/** How far each of what binds is from where it binds. */
function missesOf(set: ActiveSet, binding: {rows: readonly number[]; hinges: readonly number[]}): number[] {
  const {program, side} = set;
  const rows = binding.rows.map((r) => {
    const {least, most} = program.rows[r];
    return (side[r] > 0 ? most : least) - continued(set, r);
  });
  if (!binding.hinges.length) return rows;
  const levels = hingeValues(program, set.x);
  return [...rows, ...binding.hinges.map((t) => -levels[t])];
}

/** Value of a row, absolute values continued in a straight line where a free variable has left its interval. */
function continued(set: ActiveSet, r: number): number {
  const {n, weights, rows, at} = set.program;
  const {coefficients, absolute} = rows[r];
  let sum = 0;
  for (let i = 0; i < n; ++i) {
    sum += coefficients[i] * set.x[i];
    if (absolute === undefined || i >= weights) continue;
    const from = absolute === "gross" ? 0 : at[i];
    sum += set.isFree(i) ? set.sign(i, from) * (set.x[i] - from) : Math.abs(set.x[i] - from);
  }
  return sum;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; ++i) sum += a[i] * b[i];
  return sum;
}
