import {type Figure, figure, type FigureWith, unavailable} from "../returns/figure.js";
import {normalDensity, normalQuantile} from "./normal.js";
import {tailCount, type TailConstants} from "./value-at-risk.js";

/** A loss of a portfolio, split over what it holds. Both columns are NaN where the loss is null. */
export interface SplitRisk extends FigureWith<TailConstants & {measure: TailMeasure}> {
  /** Loss for one unit of each more: the derivative of the portfolio's loss by its holdings. Shape (assets). */
  marginal: Float64Array;
  /** Holding times marginal: they sum to the portfolio's loss (Euler). Shape (assets). */
  component: Float64Array;
}

/** The loss at the edge of the tail, or the mean loss in it. */
export type TailMeasure = "var" | "cvar";

interface SplitOptions {
  measure: TailMeasure;
  /** Share of the worst outcomes, in (0, 1). */
  tail?: number;
}

/**
 * Returns VaR or CVaR of a portfolio whose returns are normal, split over its holdings:
 * loss = -(m'w + c sqrt(w'Sw)), with c the normal quantile z of `tail` for VaR and -density(z) / tail for CVaR;
 * marginal = -(m + c Sw / sqrt(w'Sw)).
 *
 * @param holdings w, in money or as weights; shape (n)
 * @param options.mean m, mean returns per period; shape (n)
 * @param options.covariance S per period, row by row, symmetric; shape (n x n)
 * @returns a loss in the unit of the holdings; null when nothing varies, and when w'Sw is negative: no covariance is
 * @throws RangeError if a shape is wrong, a value not finite, or the tail not in (0, 1)
 * @see Gouriéroux, Laurent & Scaillet (2000), "Sensitivity analysis of values at risk"; Tasche (1999), "Risk contributions
 *   and performance measurement"
 */
export function normalRisk(
  holdings: Float64Array,
  {mean, covariance, measure, tail = 0.05}: SplitOptions & {mean: Float64Array; covariance: Float64Array}
): SplitRisk {
  const n = holdings.length;
  shape({holdings, mean}, n);
  shape({covariance}, n * n);
  tailCount(n, tail);
  const constants = {measure, tail, n};
  const pull = new Float64Array(n);
  for (let i = 0; i < n; ++i) {
    for (let j = 0; j < n; ++j) pull[i] += covariance[i * n + j] * holdings[j];
  }
  const variance = sumOf(holdings, pull);
  const rounding = n * Number.EPSILON * Math.sqrt(sumOf(holdings, holdings) * sumOf(pull, pull));
  if (!(variance > rounding)) {
    const reason =
      variance < -rounding
        ? `the covariance has a negative eigenvalue: the variance would be ${variance}`
        : "nothing that is held varies";
    return none(unavailable(reason), constants, n);
  }
  const deviation = Math.sqrt(variance);
  const z = normalQuantile(tail);
  const units = measure === "var" ? z : -normalDensity(z) / tail;
  const marginal = mean.map((m, i) => -(m + (units * pull[i]) / deviation));
  return split(-(sumOf(mean, holdings) + units * deviation), holdings, marginal, constants);
}

/**
 * Returns VaR or CVaR of a portfolio held through each past period, split over its holdings: VaR is the loss of the
 * ceil(tail x n)-th worst period (the earliest of equal ones), split as it fell then; CVaR the mean loss of the worst share `tail`, the last
 * period in part, split over the same periods. The numbers are those of `historicalValueAtRisk` and
 * `historicalConditionalValueAtRisk` of the portfolio's gains.
 *
 * @param holdings w, in money or as weights, kept through all periods; shape (assets)
 * @param options.history returns of each asset by period, oldest first; a column an asset, NaN = none. A period that
 *   misses the return of an asset held is left out
 * @returns a loss in the unit of the holdings; null when no period is complete; `n` are the periods that counted
 * @throws RangeError if a shape is wrong, a holding not finite, a return infinite, or the tail not in (0, 1)
 * @see Tasche (1999); Rockafellar & Uryasev (2002)
 */
export function historicalRisk(
  holdings: Float64Array,
  {history, measure, tail = 0.05}: SplitOptions & {history: readonly Float64Array[]}
): SplitRisk {
  const assets = holdings.length;
  shape({holdings}, assets);
  if (history.length !== assets) throw new RangeError(`history has ${history.length} columns, not ${assets}`);
  const periods = history[0]?.length ?? 0;
  for (const [a, column] of history.entries()) {
    if (column.length !== periods) {
      throw new RangeError(`history[${a}] has ${column.length} rows, history[0] has ${periods}`);
    }
    const wrong = column.findIndex((r) => Math.abs(r) === Infinity);
    if (wrong >= 0) throw new RangeError(`invalid history[${a}][${wrong}]: ${column[wrong]}`);
  }
  const held = Array.from(holdings.keys()).filter((a) => holdings[a] !== 0);
  const complete = Array.from({length: periods}, (_, t) => t).filter((t) =>
    held.every((a) => !Number.isNaN(history[a][t]))
  );
  const gain = new Map(
    complete.map((t) => [t, held.reduce((sum, a) => sum + holdings[a] * history[a][t], 0)])
  );
  const order = complete.toSorted((s, t) => (gain.get(s) ?? 0) - (gain.get(t) ?? 0) || s - t);
  const constants = {measure, tail, n: complete.length};
  const {k, last} = tailCount(complete.length, tail);
  if (!complete.length)
    return none(unavailable("no period in which all that is held has a return"), constants, assets);
  const share = (rank: number) => {
    if (measure === "var") return rank === last ? 1 : 0;
    return rank < last ? 1 / k : 1 - last / k;
  };
  const marginal = new Float64Array(assets);
  let loss = 0;
  for (let rank = 0; rank <= last; ++rank) {
    const part = share(rank);
    if (part === 0) continue;
    const period = order[rank];
    loss -= part * (gain.get(period) ?? NaN);
    for (let a = 0; a < assets; ++a) marginal[a] -= part * history[a][period];
  }
  return split(loss, holdings, marginal, constants);
}

function split(
  loss: number,
  holdings: Float64Array,
  marginal: Float64Array,
  constants: SplitRisk["constants"]
): SplitRisk {
  const component = holdings.map((w, i) => (w === 0 ? 0 : w * marginal[i]));
  return {...figure(loss), constants, marginal, component};
}

function none(of: Figure, constants: SplitRisk["constants"], n: number): SplitRisk {
  return {
    ...of,
    constants,
    marginal: new Float64Array(n).fill(NaN),
    component: new Float64Array(n).fill(NaN)
  };
}

function sumOf(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; ++i) sum += a[i] * b[i];
  return sum;
}

function shape(columns: Readonly<Record<string, Float64Array>>, length: number): void {
  for (const [name, column] of Object.entries(columns)) {
    if (column.length !== length) throw new RangeError(`${name} has ${column.length} values, not ${length}`);
    const wrong = column.findIndex((value) => !Number.isFinite(value));
    if (wrong >= 0) throw new RangeError(`invalid ${name}[${wrong}]: ${column[wrong]}`);
  }
}
