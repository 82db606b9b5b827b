import type {GroupLimit, Limits, PortfolioProblem} from "../../../../lib/portfolio/solver/problem.js";
import {generator} from "../sample.js";

/** What random problems are drawn from: at random, and as degenerate as they come. */
const KINDS = {
  covariance: ["full", "rank one", "low rank", "zero", "equal assets", "tiny", "huge", "diagonal", "ill"],
  expected: ["random", "equal", "zero", "repeated"],
  bounds: ["long", "short", "tight", "narrow", "free", "capped", "partly fixed", "mixed"],
  sum: ["exact", "exact", "range", "none"],
  current: ["zero", "equal", "random", "outside", "feasible"],
  cost: ["none", "flat", "each", "prohibitive"],
  gross: ["none", "none", "exact", "loose", "some"],
  turnover: ["none", "none", "exact", "loose", "some"]
} as const;

/** A problem with a solution, and what it was drawn as. */
export interface RandomProblem {
  drawn: string;
  problem: PortfolioProblem;
}

/** Returns a problem whose limits are drawn around weights that meet them, and that has no end to better weights. */
export function randomProblem(
  seed: number,
  sizes: readonly number[] = [1, 2, 3, 5, 8, 15, 30, 60]
): RandomProblem {
  const next = generator(seed * 7919 + 13);
  for (let k = 0; k < 10; ++k) next();
  const uniform = () => next() + 0.5;
  const symmetric = () => next() + next() + next();
  const pick = <T>(...options: readonly T[]): T => options[Math.floor(uniform() * options.length)];
  const n = pick(...sizes);
  const kind = {
    covariance: pick(...KINDS.covariance),
    expected: pick(...KINDS.expected),
    bounds: pick(...KINDS.bounds),
    sum: pick(...KINDS.sum),
    current: pick(...KINDS.current),
    cost: pick(...KINDS.cost),
    gross: pick(...KINDS.gross),
    turnover: pick(...KINDS.turnover)
  };
  const column = (of: (i: number) => number) => Float64Array.from({length: n}, (_, i) => of(i));

  const k = kind.covariance === "rank one" ? 1 : kind.covariance === "low rank" ? Math.max(1, n >> 1) : n + 2;
  const factors = Array.from({length: n}, () => Array.from({length: k}, () => symmetric() * 0.3));
  for (let i = 1; i < n; ++i)
    if (kind.covariance === "equal assets" && uniform() < 0.5) factors[i] = factors[i - 1];
  if (kind.covariance === "ill")
    for (const row of factors) for (let j = 0; j < k; ++j) row[j] *= 10 ** ((-6 * j) / k);
  const scale =
    kind.covariance === "zero" ? 0 : kind.covariance === "tiny" ? 1e-6 : kind.covariance === "huge" ? 1e6 : 1;
  const covariance = new Float64Array(n * n);
  for (let i = 0; i < n; ++i)
    for (let j = 0; j <= i; ++j) {
      const value = (scale / k) * factors[i].reduce((sum, f, l) => sum + f * factors[j][l], 0);
      covariance[i * n + j] = covariance[j * n + i] = kind.covariance === "diagonal" && i !== j ? 0 : value;
    }
  const riskAversion = pick(0, 1, 2, 10, 1000);
  const l2 = pick(0, 0, 0, 0.05);
  const expected = column(() =>
    kind.expected === "zero" ? 0 : kind.expected === "equal" ? 0.05 : 0.05 + 0.2 * symmetric()
  );
  if (kind.expected === "repeated")
    for (let i = 1; i < n; ++i) if (uniform() < 0.5) expected[i] = expected[i - 1];

  // open bounds only where risk or squares keep weights from growing without end
  const definite = ["full", "diagonal", "huge"].includes(kind.covariance);
  const open = l2 > 0 || (riskAversion > 0 && definite) ? Infinity : 2;
  const lower = new Float64Array(n);
  const upper = new Float64Array(n);
  for (let i = 0; i < n; ++i)
    [lower[i], upper[i]] = {
      long: [0, 1],
      short: [-1, 1],
      tight: [0, 1 / n],
      narrow: [1 / n - 1e-3, 1 / n + 1e-3],
      free: [-open, open],
      capped: [0, Math.min(1, 3 / n)],
      "partly fixed": uniform() < 0.4 ? [1 / n, 1 / n] : [0, 1],
      mixed: [pick(0, -0.5, -open), pick(0.9, 1, open)]
    }[kind.bounds] as [number, number];

  const whole = ["long", "short", "free", "mixed"].includes(kind.bounds) ? pick(1, 1, 1, 0.5) : 1;
  const point = new Float64Array(n).fill(whole / n);
  for (let r = 0; r < 3 * n; ++r) {
    const [i, j] = [Math.floor(uniform() * n), Math.floor(uniform() * n)];
    const room = Math.min(upper[i] - point[i], point[j] - lower[j], 0.3) * uniform();
    if (i === j || !(room > 0)) continue;
    point[i] += room;
    point[j] -= room;
  }
  for (let i = 0; i < n; ++i) point[i] = Math.min(Math.max(point[i], lower[i]), upper[i]);
  const sumOf = (of: (i: number) => number) => point.reduce((all, _, i) => all + of(i), 0);
  const net = sumOf((i) => point[i]);
  const current = column((i) => {
    if (kind.current === "zero") return 0;
    if (kind.current === "equal") return 1 / n;
    if (kind.current === "feasible") return point[i];
    return kind.current === "outside" ? 2 * symmetric() : Math.max(0, symmetric()) / n;
  });
  const costs = {
    none: 0,
    flat: 0.002,
    prohibitive: 10,
    each: column(() => (uniform() < 0.3 ? 0 : 0.01 * uniform()))
  };
  const around = (amount: number, how: "exact" | "loose" | "some") =>
    how === "exact" ? amount : how === "loose" ? amount + 5 : amount * 1.1 + 0.01;
  const groups: GroupLimit[] = Array.from({length: pick(0, 0, 1, 3)}, (_, g) => {
    const members = Array.from({length: n}, (_member, i) => i).filter(() => uniform() < 0.5);
    const amount = members.reduce((sum, i) => sum + point[i], 0);
    const how = pick("most", "least", "both", "equal");
    const [least, most] =
      how === "equal" ? [amount, amount] : [amount - pick(0, 0.05), amount + pick(0, 0.05)];
    return {name: `group ${g}`, members, ...(how !== "most" && {least}), ...(how !== "least" && {most})};
  });
  const limits: Limits = {
    lower,
    upper,
    groups,
    ...(kind.sum === "exact" && {sum: net}),
    ...(kind.sum === "range" && {net: [net - pick(0, 0.1), net + pick(0.05, 0.2)] as const}),
    ...(kind.gross !== "none" && {
      gross: around(
        sumOf((i) => Math.abs(point[i])),
        kind.gross
      )
    }),
    ...(kind.turnover !== "none" && {
      turnover: around(
        sumOf((i) => Math.abs(point[i] - current[i])),
        kind.turnover
      )
    })
  };
  return {
    drawn: `seed ${seed}, ${n} assets, ${JSON.stringify({...kind, riskAversion, l2})}`,
    problem: {
      assets: Array.from({length: n}, (_, i) => `A${i}`),
      expected,
      covariance,
      riskAversion,
      l2,
      turnoverCost: costs[kind.cost],
      current,
      limits
    }
  };
}
