import {addPriced, hingeValues, type Point, type Program, quadraticGradient, rowValue} from "./program.js";

/** How near a point is to an optimum, by its own multipliers. All relative. */
export interface Residuals {
  /** Value of the program at the point. */
  objective: number;
  /** Largest violation of a bound or row, over 1 + |limit|. */
  primal: number;
  /** Largest slope on which the program would fall for ever, were the multipliers right, over the largest gradient. */
  dual: number;
  /**
   * The objective less a lower bound on every feasible point's, over the largest term of the objective, as `sizeOf`
   * measures them. The bound is the Lagrangian's least value within the bounds, its quadratic part replaced by its tangent at the point, which a
   * convex function never falls below.
   */
  gap: number;
}

/**
 * Returns how near a point is to an optimum of a program, from the program and the point alone.
 *
 * @param point multipliers may be of any sign and size: what they may not be is cut off
 */
export function certify(program: Program, {x, rows, hinges}: Point): Residuals {
  const {n, weights, linear, lower, upper, at, cost} = program;
  const quadratic = quadraticGradient(program, x);
  const prices = program.rows.map(({least, most}, r) =>
    Math.min(Math.max(rows[r], least === -Infinity ? 0 : -Infinity), most === Infinity ? 0 : Infinity)
  );

  const {largest, steepest} = sizeOf(program, x);
  const slope = Float64Array.from(linear);
  let [objective, primal, gap] = [0, 0, 0];
  for (let i = 0; i < n; ++i) {
    objective += (quadratic[i] / 2 + linear[i]) * x[i];
    if (i < weights) objective += cost[i] * Math.abs(x[i] - at[i]);
    slope[i] += quadratic[i];
    primal = Math.max(primal, excess(x[i], lower[i], upper[i]));
  }

  let [gross, turnover] = [0, 0];
  for (const [r, row] of program.rows.entries()) {
    const value = rowValue(program, row, x);
    const price = prices[r];
    primal = Math.max(primal, excess(value, row.least, row.most));
    if (price > 0) gap += price * (row.most - value);
    if (price < 0) gap += price * (row.least - value);
    if (row.absolute === "gross") gross += price;
    if (row.absolute === "turnover") turnover += price;
    for (let i = 0; i < n; ++i) slope[i] += price * row.coefficients[i];
  }

  if (program.hinges) {
    const {forms, weight} = program.hinges;
    const values = hingeValues(program, x);
    const pushes = hinges.map((push) => Math.min(Math.max(push, 0), weight));
    for (let t = 0; t < values.length; ++t) {
      objective += weight * Math.max(values[t], 0);
      gap += weight * Math.max(values[t], 0) - pushes[t] * values[t];
    }
    addPriced(forms, pushes, slope);
  }

  let dual = 0;
  for (let i = 0; i < n; ++i) {
    const [a, b] = i < weights ? [cost[i] + turnover, gross] : [0, 0];
    const bend = a + b;
    // without a bound on the side to which the program falls, only what the absolute values hold back is explained
    let unexplained = 0;
    if (upper[i] === Infinity) unexplained = Math.max(unexplained, -slope[i] - bend);
    if (lower[i] === -Infinity) unexplained = Math.max(unexplained, slope[i] - bend);
    dual = Math.max(dual, unexplained);
    const explained = slope[i] - Math.sign(slope[i]) * unexplained;
    const from = i < weights ? at[i] : 0;
    const value = (v: number) => explained * v + a * Math.abs(v - from) + b * Math.abs(v);
    let least = Infinity;
    for (const v of [lower[i], upper[i], from, 0])
      if (Math.abs(v) < Infinity && v >= lower[i] && v <= upper[i]) least = Math.min(least, value(v));
    if (least < Infinity) gap += value(x[i]) - least;
  }

  return {
    objective,
    primal,
    dual: dual / steepest,
    gap: Math.abs(gap) / largest
  };
}

/**
 * Returns how large the terms of a program are at a point, and how steep: of the linear term the sum of |linear x|, of
 * the quadratic term what it would be if all weights were of one sign and all assets moved together, so that neither
 * vanishes where gains and losses cancel; and no less than what the largest weight, one held now or an equal share of 1
 * would be of each.
 *
 * @returns `largest` of quadratic, linear, cost and hinges, 1 where all are zero; `steepest` of their gradients
 */
export function sizeOf(program: Program, x: Float64Array): {largest: number; steepest: number} {
  const {n, weights, quadratic, scale, diagonal, linear, at, cost, hinges} = program;
  const deviation = (i: number) =>
    quadratic ? Math.sqrt(Math.max(0, scale * quadratic[i * weights + i])) : 0;
  let [together, widest, squares, straight, costs, steepest, weight] = [0, 0, 0, 0, 0, 0, 1 / weights];
  for (let i = 0; i < n; ++i) {
    straight += Math.abs(linear[i] * x[i]);
    steepest = Math.max(steepest, Math.abs(linear[i]));
    if (i >= weights) continue;
    weight = Math.max(weight, Math.abs(x[i]), Math.abs(at[i]));
    together += deviation(i) * Math.abs(x[i]);
    widest = Math.max(widest, deviation(i));
    squares += diagonal * x[i] ** 2;
    costs += cost[i] * Math.abs(x[i] - at[i]);
    steepest = Math.max(steepest, cost[i]);
  }
  const bent =
    hingeValues(program, x).reduce((sum, value) => sum + Math.max(value, 0), 0) * (hinges?.weight ?? 0);
  steepest = Math.max(steepest, widest * Math.max(together, widest * weight), diagonal * weight);
  const largest = Math.max((together ** 2 + squares) / 2, straight, costs, bent, steepest * weight);
  return {largest: largest || 1, steepest: steepest || 1};
}

function excess(value: number, least: number, most: number): number {
  const below = least === -Infinity ? 0 : (least - value) / (1 + Math.abs(least));
  const above = most === Infinity ? 0 : (value - most) / (1 + Math.abs(most));
  return Math.max(0, below, above);
}
