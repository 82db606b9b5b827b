import {factorCholesky, factorSemidefinite, solveCholesky} from "../../kernels/cholesky.js";
import type {ActiveSet} from "./active-set.js";
import {hingeValues, type Hinges} from "./program.js";

/** Keeps the system solvable where free assets are alike; refinement takes its effect out again. */
const REGULAR = 1e-11;
const REFINEMENTS = 4;

/** A refinement that moves nothing by more than this, relative, is the last. */
const ROUNDING = 1e-15;

/**
 * Moves the free variables, and the prices of what binds, to where the gradient is explained and what binds is met.
 * @returns whether it could
 */
export function solveFree(set: ActiveSet): boolean {
  const free = set.free();
  const binding = set.binding();
  const columns = [
    ...binding.rows.map((r) => rowColumn(set, r, free)),
    ...binding.hinges.map((t) => hingeColumn(set, t, free))
  ];
  const [k, m] = [free.length, columns.length];
  const matrix = hessianOf(set, free);
  if (factorCholesky(matrix, k) >= 0) return false;
  const solved = columns.map((column) => column.slice());
  const schur = new Float64Array(m * m);
  for (let c = 0; c < m; ++c) {
    solveCholesky(matrix, k, solved[c]);
    for (let d = 0; d <= c; ++d) schur[c * m + d] = dot(columns[d], solved[c]);
  }
  factorSemidefinite(schur, m);

  for (let pass = 0; pass <= REFINEMENTS; ++pass) {
    const slopes = slopesOf(set, free, binding.rows);
    const dx = slopes.map((slope) => -slope);
    solveCholesky(matrix, k, dx);
    const misses = missesOf(set, binding);
    const dy = Float64Array.from(columns, (column, c) => dot(column, dx) - misses[c]);
    solveCholesky(schur, m, dy);
    for (let c = 0; c < m; ++c) for (let a = 0; a < k; ++a) dx[a] -= solved[c][a] * dy[c];
    for (const [c, r] of binding.rows.entries()) set.price[r] += dy[c];
    for (const [c, t] of binding.hinges.entries()) set.push[t] += dy[binding.rows.length + c];
    for (let a = 0; a < k; ++a) set.x[free[a]] += dx[a];
    if (pass && dx.every((step) => Math.abs(step) < ROUNDING * set.unit)) break;
  }
  return set.x.every((value) => !Number.isNaN(value));
}

/** P of the free variables with a small ridge, its lower triangle. */
function hessianOf({program, steep, unit}: ActiveSet, free: readonly number[]): Float64Array {
  const {weights, quadratic, scale, diagonal} = program;
  const k = free.length;
  const matrix = new Float64Array(k * k);
  let largest = 0;
  for (const [a, i] of free.entries()) {
    if (i >= weights) continue;
    if (quadratic && scale)
      for (let b = 0; b <= a; ++b)
        if (free[b] < weights) matrix[a * k + b] = scale * quadratic[i * weights + free[b]];
    matrix[a * k + a] += diagonal;
    largest = Math.max(largest, matrix[a * k + a]);
  }
  const ridge = REGULAR * (largest || steep / unit);
  for (let a = 0; a < k; ++a) matrix[a * k + a] += ridge;
  return matrix;
}

function rowColumn(set: ActiveSet, r: number, free: readonly number[]): Float64Array {
  const {rows, weights, at} = set.program;
  const {coefficients, absolute} = rows[r];
  return Float64Array.from(free, (i) => {
    if (absolute === undefined || i >= weights) return coefficients[i];
    return coefficients[i] + set.sign(i, absolute === "gross" ? 0 : at[i]);
  });
}

function hingeColumn({program}: ActiveSet, t: number, free: readonly number[]): Float64Array {
  const {forms, count} = program.hinges as Hinges; // a hinge binds
  return Float64Array.from(free, (i) => forms[i * count + t]);
}

/** Slopes along the free variables, absolute values as they are within each one's interval. */
function slopesOf(set: ActiveSet, free: readonly number[], binding: readonly number[]): Float64Array {
  const {weights, cost, at, rows} = set.program;
  const slopes = set.slopes();
  return Float64Array.from(free, (i) => {
    let slope = slopes[i];
    if (i >= weights) return slope;
    if (cost[i]) slope += cost[i] * set.sign(i, at[i]);
    for (const r of binding)
      if (rows[r].absolute) slope += set.price[r] * set.sign(i, rows[r].absolute === "gross" ? 0 : at[i]);
    return slope;
  });
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
