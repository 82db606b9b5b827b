/**
 * What the solver says of its answers, computed again from the problem as it was put: nothing here is of lib/portfolio but
 * its types. A lower bound on every portfolio's cost is that of the Lagrangian, asset by asset, within the bounds.
 */
import type {PortfolioProblem} from "../../../../lib/portfolio/solver/problem.js";
import type {Solution} from "../../../../lib/portfolio/solver/solution.js";

export interface Proof {
  /** Largest violation of a limit, over 1 + |limit|. */
  primal: number;
  /** Largest slope along which costs would fall for ever, over the largest slope of a term. */
  dual: number;
  /** Cost less its lower bound, over the largest term. */
  gap: number;
  /** What is maximized. */
  value: number;
}

const list = (value: number | Float64Array | undefined, none: number, n: number) =>
  typeof value === "object" ? Array.from(value) : Array.from({length: n}, () => value ?? none);

/** Returns how far weights are from the optimum, by the multipliers that came with them. */
export function prove(problem: PortfolioProblem, {weights, certificate}: Solution): Proof {
  const {assets, covariance, riskAversion, l2 = 0, limits} = problem;
  const n = assets.length;
  const w = Array.from(weights);
  const mu = list(problem.expected, 0, n);
  const kappa = list(problem.turnoverCost, 0, n);
  const held = list(problem.current, 0, n);
  const lower = list(limits.lower, -Infinity, n);
  const upper = list(limits.upper, Infinity, n);
  const multipliers = certificate.multipliers!;
  const total = (f: (i: number) => number) => w.reduce((sum, _, i) => sum + f(i), 0);

  const marginal = w.map((_, i) => total((j) => covariance[i * n + j] * w[j]));
  const variance = total((i) => w[i] * marginal[i]);
  const cost =
    (riskAversion / 2) * variance +
    total((i) => l2 * w[i] ** 2 - mu[i] * w[i] + kappa[i] * Math.abs(w[i] - held[i]));

  let primal = 0;
  let gap = 0;
  const check = (amount: number, least: number, most: number, price: number) => {
    if (least > -Infinity) primal = Math.max(primal, (least - amount) / (1 + Math.abs(least)));
    if (most < Infinity) primal = Math.max(primal, (amount - most) / (1 + Math.abs(most)));
    if (price > 0) gap += price * (most - amount);
    if (price < 0) gap += price * (least - amount);
  };
  w.forEach((weight, i) => check(weight, lower[i], upper[i], 0));
  const pull = w.map((_, i) => riskAversion * marginal[i] + 2 * l2 * w[i] - mu[i]);
  let next = 0;
  const row = (least: number, most: number, coefficient: (i: number) => number) => {
    let price = multipliers.rows[next++];
    if (most === Infinity) price = Math.min(price, 0);
    if (least === -Infinity) price = Math.max(price, 0);
    check(
      total((i) => coefficient(i) * w[i]),
      least,
      most,
      price
    );
    w.forEach((_, i) => (pull[i] += price * coefficient(i)));
  };
  if (limits.sum !== undefined) row(limits.sum, limits.sum, () => 1);
  if (limits.net) row(limits.net[0], limits.net[1], () => 1);
  for (const {members, least = -Infinity, most = Infinity} of limits.groups ?? [])
    row(least, most, (i) => (members.includes(i) ? 1 : 0));
  if (limits.expectedReturn !== undefined) row(limits.expectedReturn, Infinity, (i) => mu[i]);
  if (next !== multipliers.rows.length)
    throw new Error(`${multipliers.rows.length} multipliers of ${next} rows`);
  const theta = Math.max(0, multipliers.gross);
  const nu = Math.max(0, multipliers.turnover);
  const gross = total((i) => Math.abs(w[i]));
  const turnover = total((i) => Math.abs(w[i] - held[i]));
  if (limits.gross !== undefined) check(gross, -Infinity, limits.gross, theta);
  if (limits.turnover !== undefined) check(turnover, -Infinity, limits.turnover, nu);

  const sigma = w.map((_, i) => Math.sqrt(covariance[i * n + i]));
  const size = Math.max(1 / n, ...w.map(Math.abs), ...held.map(Math.abs));
  const steep = Math.max(
    ...w.map((_, i) => Math.max(Math.abs(mu[i]), kappa[i], 2 * l2 * size)),
    riskAversion * Math.max(...sigma) ** 2 * size
  );
  let dual = 0;
  w.forEach((weight, i) => {
    const give = kappa[i] + nu + theta;
    const falls = Math.max(
      upper[i] === Infinity ? -pull[i] - give : 0,
      lower[i] === -Infinity ? pull[i] - give : 0,
      0
    );
    dual = Math.max(dual, falls);
    const slope = pull[i] - Math.sign(pull[i]) * falls;
    const at = (v: number) => slope * v + (kappa[i] + nu) * Math.abs(v - held[i]) + theta * Math.abs(v);
    const turns = [lower[i], upper[i], held[i], 0].filter(
      (v) => Number.isFinite(v) && v >= lower[i] && v <= upper[i]
    );
    if (turns.length) gap += at(weight) - Math.min(...turns.map(at));
  });
  const largest = Math.max(
    (riskAversion / 2) * total((i) => Math.abs(w[i]) * sigma[i]) ** 2 + total((i) => l2 * w[i] ** 2),
    total((i) => Math.abs(mu[i] * w[i])),
    total((i) => kappa[i] * Math.abs(w[i] - held[i])),
    steep * size
  );
  return {primal, dual: dual / (steep || 1), gap: Math.abs(gap) / (largest || 1), value: -cost};
}
