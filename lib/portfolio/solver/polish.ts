import {factorCholesky, factorSemidefinite, solveCholesky} from "../../kernels/cholesky.js";
import {sizeOf} from "./certify.js";
import {addPriced, hingeValues, type Point, type Program, quadraticGradient, rowValue} from "./program.js";

/** Keeps the system of the free variables solvable; refinement takes its effect out again. */
const REGULAR = 1e-11;
const REFINEMENTS = 4;
const MOST_ROUNDS = 30;

/** Most work, in multiplications, beside two factors of all variables: what is near the optimum settles with less. */
const WORK = 1e6;

/** What a price or a weight may be wrong by before its limit changes sides, relative. */
const SLIP = 1e-12;

/**
 * Returns the point whose limits bind exactly where those of a nearly optimal point nearly bind: the equations of what
 * binds are solved, what then lies beyond a limit is pinned to it, what a limit holds against its will is set free, and
 * so on until nothing changes. Weights that lie on a bound, at zero or at the current weight lie there exactly.
 *
 * @param near of an interior point method, best near the end of its path
 * @returns undefined where it does not settle: `near` was too far from the optimum, or the problem is degenerate
 * @see Hintermueller, Ito & Kunisch (2002), "The primal-dual active set strategy as a semismooth Newton method",
 * SIAM J. Optimization 13(3)
 */
export function polish(program: Program, near: Point): Point | undefined {
  const {n, weights, linear, lower, upper, at, cost, rows, quadratic, scale, diagonal, hinges} = program;
  const x = near.x.slice();
  const price = near.rows.slice();
  const push = near.hinges.slice();
  const steep = sizeOf(program, x).steepest;
  const unit = x.reduce((most, value, i) => (i < weights ? Math.max(most, Math.abs(value)) : most), 0) || 1;

  // where each variable is pinned; NaN when it is free between floor and ceiling
  const pinned = new Float64Array(n).fill(NaN);
  const floor = new Float64Array(n);
  const ceiling = new Float64Array(n);
  // +1: at its most, -1: at its least, 0: neither
  const side = Int8Array.from(rows, ({least, most}, r) => {
    if (least === most) return 1;
    const value = rowValue(program, rows[r], x);
    const edge = price[r] > 0 ? most - value : value - least;
    return Math.abs(price[r]) / steep > Math.abs(edge) / unit ? Math.sign(price[r]) : 0;
  });
  // 0: below its bend, 1: above, -1: on it
  const values = hingeValues(program, x);
  const bend = Int8Array.from(values, (value, t) => {
    const c = (hinges as NonNullable<typeof hinges>).weight;
    if (Math.min(push[t], c - push[t]) / steep > Math.abs(value) / unit) return -1;
    return value > 0 ? 1 : 0;
  });

  const bends = (i: number): number[] => {
    const points = [lower[i], upper[i]];
    if (i < weights) {
      const turning = rows.some(({absolute}, r) => absolute === "turnover" && side[r]);
      if (cost[i] > 0 || turning) points.push(at[i]);
      if (rows.some(({absolute}, r) => absolute === "gross" && side[r])) points.push(0);
    }
    return points.filter((v) => v >= lower[i] && v <= upper[i]).toSorted((a, b) => a - b);
  };
  /** Slopes of the absolute values just left and right of v. */
  const kinks = (i: number, v: number): [left: number, right: number] => {
    if (i >= weights) return [0, 0];
    let [left, right] = [0, 0];
    const add = (weight: number, from: number) => {
      left += v > from ? weight : -weight;
      right += v < from ? -weight : weight;
    };
    add(cost[i], at[i]);
    for (let r = 0; r < rows.length; ++r) {
      if (!side[r]) continue;
      if (rows[r].absolute === "gross") add(price[r], 0);
      if (rows[r].absolute === "turnover") add(price[r], at[i]);
    }
    return [left, right];
  };
  const freeAround = (i: number, v: number, direction: number) => {
    pinned[i] = NaN;
    const points = bends(i);
    floor[i] = points.findLast((p) => (direction > 0 ? p <= v : p < v)) ?? -Infinity;
    ceiling[i] = points.find((p) => (direction < 0 ? p >= v : p > v)) ?? Infinity;
  };
  const slopes = () => {
    const slope = quadraticGradient(program, x);
    for (let i = 0; i < n; ++i) slope[i] += linear[i];
    for (let r = 0; r < rows.length; ++r)
      if (side[r]) for (let i = 0; i < n; ++i) slope[i] += price[r] * rows[r].coefficients[i];
    if (hinges) {
      const {forms, weight} = hinges;
      addPriced(
        forms,
        push.map((p, t) => (bend[t] < 0 ? p : bend[t] * weight)),
        slope
      );
    }
    return slope;
  };

  const first = slopes();
  for (let i = 0; i < n; ++i) {
    const nearest = bends(i).reduce(
      (best, p) => (Math.abs(p - x[i]) < Math.abs(best - x[i]) ? p : best),
      Infinity
    );
    const [left, right] = kinks(i, nearest);
    const held = Math.min(
      nearest === upper[i] ? Infinity : first[i] + right,
      nearest === lower[i] ? Infinity : -first[i] - left
    );
    if (held / steep > Math.abs(x[i] - nearest) / unit) pinned[i] = x[i] = nearest;
    else freeAround(i, x[i], x[i] < nearest ? -1 : 1);
  }

  let work = 0;
  for (let round = 0; round < MOST_ROUNDS; ++round) {
    const free: number[] = [];
    for (let i = 0; i < n; ++i) if (Number.isNaN(pinned[i])) free.push(i);
    const binding = side.reduce((sum, each) => sum + (each ? 1 : 0), 0);
    const bent = bend.reduce((sum, each) => sum + (each < 0 ? 1 : 0), binding);
    work += free.length ** 3 + bent ** 3;
    if (work > 2 * n ** 3 + WORK) return undefined;
    if (!solveFree(free)) return undefined;
    let changed = false;
    const slope = slopes();
    for (let i = 0; i < n; ++i) {
      if (Number.isNaN(pinned[i])) {
        const edge = x[i] < floor[i] ? floor[i] : x[i] > ceiling[i] ? ceiling[i] : NaN;
        if (Number.isNaN(edge)) continue;
        if (Math.abs(x[i] - edge) > SLIP * unit) changed = true;
        pinned[i] = x[i] = edge;
        continue;
      }
      const [left, right] = kinks(i, x[i]);
      const up = x[i] < upper[i] && slope[i] + right < -SLIP * steep;
      const down = x[i] > lower[i] && slope[i] + left > SLIP * steep;
      if (!up && !down) continue;
      freeAround(i, x[i], up ? 1 : -1);
      changed = true;
    }
    for (let r = 0; r < rows.length; ++r) {
      const {least, most} = rows[r];
      if (least === most) continue;
      if (side[r]) {
        if (price[r] * side[r] >= 0) continue;
        if (price[r] * side[r] < -SLIP * steep) changed = true;
        side[r] = 0;
        price[r] = 0;
      } else {
        const value = rowValue(program, rows[r], x);
        const beyond = value > most + SLIP * unit ? 1 : value < least - SLIP * unit ? -1 : 0;
        if (!beyond) continue;
        side[r] = beyond;
        changed = true;
      }
    }
    const levels = hingeValues(program, x);
    for (let t = 0; t < levels.length; ++t) {
      const c = (hinges as NonNullable<typeof hinges>).weight;
      const was = bend[t];
      if (was < 0) bend[t] = push[t] < -SLIP * steep ? 0 : push[t] > c + SLIP * steep ? 1 : -1;
      else if (was === 0 ? levels[t] > SLIP * unit : levels[t] < -SLIP * unit) bend[t] = -1;
      if (bend[t] !== was) changed = true;
      if (bend[t] >= 0) push[t] = bend[t] * c;
      else if (was >= 0) push[t] = was * c;
    }
    if (!changed) return {x, rows: price, hinges: push};
  }
  return undefined;

  /** Moves the free variables and the prices of what binds to where the gradient is explained and the limits are met. */
  function solveFree(free: readonly number[]): boolean {
    const k = free.length;
    const binding: number[] = [];
    for (let r = 0; r < rows.length; ++r) if (side[r]) binding.push(r);
    const bent: number[] = [];
    for (let t = 0; t < bend.length; ++t) if (bend[t] < 0) bent.push(t);
    const m = binding.length + bent.length;
    const slopeOf = (i: number, from: number) =>
      x[i] === from ? (floor[i] >= from ? 1 : -1) : Math.sign(x[i] - from);
    // signs hold for the interval that a variable is free in, wherever it is now
    const signs = (i: number, from: number) =>
      floor[i] >= from ? 1 : ceiling[i] <= from ? -1 : slopeOf(i, from);
    const columns: Float64Array[] = [];
    for (const r of binding) {
      const {coefficients, absolute} = rows[r];
      columns.push(
        Float64Array.from(free, (i) => {
          if (absolute === undefined || i >= weights) return coefficients[i];
          return coefficients[i] + signs(i, absolute === "gross" ? 0 : at[i]);
        })
      );
    }
    for (const t of bent)
      columns.push(
        Float64Array.from(free, (i) => (hinges as NonNullable<typeof hinges>).forms[i * bend.length + t])
      );

    const matrix = new Float64Array(k * k);
    let largest = diagonal;
    for (let a = 0; a < k; ++a) {
      const i = free[a];
      if (i >= weights) continue;
      if (quadratic && scale)
        for (let b = 0; b <= a; ++b)
          if (free[b] < weights) matrix[a * k + b] = scale * quadratic[i * weights + free[b]];
      matrix[a * k + a] += diagonal;
      largest = Math.max(largest, matrix[a * k + a]);
    }
    const ridge = REGULAR * (largest || steep / unit);
    for (let a = 0; a < k; ++a) matrix[a * k + a] += ridge;
    if (factorCholesky(matrix, k) >= 0) return false;
    const solved = columns.map((column) => column.slice());
    const schur = new Float64Array(m * m);
    for (let c = 0; c < m; ++c) {
      solveCholesky(matrix, k, solved[c]);
      for (let d = 0; d <= c; ++d) schur[c * m + d] = dot(columns[d], solved[c]);
    }
    factorSemidefinite(schur, m);

    for (let pass = 0; pass <= REFINEMENTS; ++pass) {
      const slope = slopes();
      const dx = new Float64Array(k);
      for (let a = 0; a < k; ++a) {
        const i = free[a];
        let along = slope[i];
        if (i < weights) {
          if (cost[i]) along += cost[i] * signs(i, at[i]);
          for (const r of binding) {
            if (rows[r].absolute === "gross") along += price[r] * signs(i, 0);
            if (rows[r].absolute === "turnover") along += price[r] * signs(i, at[i]);
          }
        }
        dx[a] = -along;
      }
      solveCholesky(matrix, k, dx);
      const levels = bent.length ? hingeValues(program, x) : new Float64Array(0);
      const dy = new Float64Array(m);
      for (let c = 0; c < m; ++c) {
        const miss =
          c < binding.length
            ? (side[binding[c]] > 0 ? rows[binding[c]].most : rows[binding[c]].least) - linearised(binding[c])
            : -levels[bent[c - binding.length]];
        dy[c] = dot(columns[c], dx) - miss;
      }
      solveCholesky(schur, m, dy);
      for (let c = 0; c < m; ++c) {
        for (let a = 0; a < k; ++a) dx[a] -= solved[c][a] * dy[c];
        if (c < binding.length) price[binding[c]] += dy[c];
        else push[bent[c - binding.length]] += dy[c];
      }
      for (let a = 0; a < k; ++a) x[free[a]] += dx[a];
    }
    return x.every((value) => !Number.isNaN(value));

    /** Value of a row, its absolute values continued in a straight line for variables that left their interval. */
    function linearised(r: number): number {
      const {coefficients, absolute} = rows[r];
      let sum = 0;
      for (let i = 0; i < n; ++i) {
        sum += coefficients[i] * x[i];
        if (absolute === undefined || i >= weights) continue;
        const from = absolute === "gross" ? 0 : at[i];
        sum += Number.isNaN(pinned[i]) ? signs(i, from) * (x[i] - from) : Math.abs(x[i] - from);
      }
      return sum;
    }
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; ++i) sum += a[i] * b[i];
  return sum;
}
