/**
 * The optimum of a small problem by trying everything: in every cell between the places where an absolute value turns, the
 * stationary point of every set of limits taken as equations. Slow, plain, and of another mind than lib/portfolio.
 */
import type {PortfolioProblem} from "../../../../lib/portfolio/solver/problem.js";

interface Inequality {
  a: number[];
  /** a'w <= b. */
  b: number;
}

/** Returns the largest value of the objective; -Infinity when no weights meet the limits. All bounds must be finite. */
export function bestByEnumeration(problem: PortfolioProblem): number {
  const {assets, covariance, riskAversion, l2 = 0, limits} = problem;
  const n = assets.length;
  const list = (value: number | Float64Array | undefined, none: number) =>
    typeof value === "object" ? Array.from(value) : Array.from({length: n}, () => value ?? none);
  const mu = list(problem.expected, 0);
  const kappa = list(problem.turnoverCost, 0);
  const held = list(problem.current, 0);
  const [lower, upper] = [list(limits.lower, NaN), list(limits.upper, NaN)];
  const hessian = Array.from({length: n}, (_, i) =>
    Array.from({length: n}, (_column, j) => riskAversion * covariance[i * n + j] + (i === j ? 2 * l2 : 0))
  );
  const equations: Inequality[] = [];
  const inequalities: Inequality[] = [];
  const unit = (i: number, by = 1) => Array.from({length: n}, (_, j) => (i === j ? by : 0));
  const ones = Array.from({length: n}, () => 1);
  const add = (a: number[], least: number | undefined, most: number | undefined) => {
    if (least === most && most !== undefined) equations.push({a, b: most});
    else {
      if (most !== undefined && most < Infinity) inequalities.push({a, b: most});
      if (least !== undefined && least > -Infinity) inequalities.push({a: a.map((v) => -v), b: -least});
    }
  };
  if (limits.sum !== undefined) add(ones, limits.sum, limits.sum);
  if (limits.net) add(ones, ...limits.net);
  for (const {members, least, most} of limits.groups ?? [])
    add(
      ones.map((_, i) => (members.includes(i) ? 1 : 0)),
      least,
      most
    );
  if (limits.expectedReturn !== undefined) add(mu, limits.expectedReturn, undefined);

  const value = (w: readonly number[]) =>
    w.reduce(
      (sum, weight, i) =>
        sum +
        mu[i] * weight -
        kappa[i] * Math.abs(weight - held[i]) -
        (weight / 2) * w.reduce((all, other, j) => all + hessian[i][j] * other, 0),
      0
    );
  const turns = lower.map((low, i) => {
    const inner = [held[i], 0].filter((v) => v > low && v < upper[i]);
    return [...new Set([low, ...inner, upper[i]])].toSorted((a, b) => a - b);
  });
  let best = -Infinity;
  for (const cell of cells(turns)) {
    const signs = (from: readonly number[]) =>
      cell.map(([low, high], i) => (low + high < 2 * from[i] ? -1 : 1));
    const own = [...inequalities];
    cell.forEach(([low, high], i) => own.push({a: unit(i), b: high}, {a: unit(i, -1), b: -low}));
    if (limits.gross !== undefined) own.push({a: signs(Array.from(held, () => 0)), b: limits.gross});
    const trade = signs(held);
    const from = trade.reduce((sum, sign, i) => sum + sign * held[i], 0);
    if (limits.turnover !== undefined) own.push({a: trade, b: limits.turnover + from});
    const slope = mu.map((m, i) => m - kappa[i] * trade[i]);
    for (const chosen of subsets(own, n)) {
      const w = stationary(hessian, slope, [...equations, ...chosen]);
      if (!w) continue;
      const met = (a: number[], b: number) => a.reduce((sum, v, i) => sum + v * w[i], 0) - b;
      if (own.some(({a, b}) => met(a, b) > 1e-9) || equations.some(({a, b}) => Math.abs(met(a, b)) > 1e-9))
        continue;
      best = Math.max(best, value(w));
    }
  }
  return best;
}

function* cells(turns: readonly number[][]): Generator<(readonly [number, number])[]> {
  if (!turns.length) {
    yield [];
    return;
  }
  const [first, ...rest] = turns;
  const spans =
    first.length > 1
      ? first.slice(1).map((high, k) => [first[k], high] as const)
      : [[first[0], first[0]] as const];
  for (const span of spans) for (const others of cells(rest)) yield [span, ...others];
}

function* subsets<T>(all: readonly T[], most: number, from = 0): Generator<T[]> {
  yield [];
  if (!most) return;
  for (let k = from; k < all.length; ++k)
    for (const rest of subsets(all, most - 1, k + 1)) yield [all[k], ...rest];
}

/** Solves [H A'; A 0] [w; y] = [slope; b] by elimination; undefined when it is singular. */
function stationary(
  hessian: number[][],
  slope: number[],
  limits: readonly Inequality[]
): number[] | undefined {
  const n = slope.length;
  const m = limits.length;
  const rows = Array.from({length: n + m}, (_, r) =>
    r < n
      ? [...hessian[r], ...limits.map(({a}) => a[r]), slope[r]]
      : [...limits[r - n].a, ...limits.map(() => 0), limits[r - n].b]
  );
  const scale = Math.max(1e-300, ...hessian.flat().map(Math.abs));
  for (let r = 0; r < n; ++r) for (let c = 0; c < n; ++c) rows[r][c] /= scale;
  for (let r = 0; r < n; ++r) rows[r][n + m] /= scale;
  for (let c = 0; c < n + m; ++c) {
    let pivot = c;
    for (let r = c; r < n + m; ++r) if (Math.abs(rows[r][c]) > Math.abs(rows[pivot][c])) pivot = r;
    if (!(Math.abs(rows[pivot][c]) > 1e-9)) return undefined;
    [rows[c], rows[pivot]] = [rows[pivot], rows[c]];
    for (let r = 0; r < n + m; ++r) {
      if (r === c) continue;
      const factor = rows[r][c] / rows[c][c];
      for (let k = c; k <= n + m; ++k) rows[r][k] -= factor * rows[c][k];
    }
  }
  return rows.slice(0, n).map((row, i) => row[n + m] / row[i]);
}
