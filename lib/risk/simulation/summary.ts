import {mean, deviation, percentile} from "../moments.js";
import type {SimulatedPaths} from "./options.js";

/** A number that simulation gave, and how sure it is. */
export interface Estimate {
  value: number;
  /** Standard deviation that the value would have over repeated simulations of so many paths. */
  standardError: number;
}

/** A quantile of simulated outcomes. */
export interface QuantileEstimate extends Estimate {
  /** In (0, 1): 0.05 is the value that a twentieth of the paths are below. */
  share: number;
}

/** What simulated paths say together. */
export interface SimulationSummary {
  paths: number;
  terminal: {mean: Estimate; deviation: number; quantiles: QuantileEstimate[]};
  /** Share of paths that end below the value at the start. */
  loss: Estimate;
  /** Of the deepest falls, negative fractions: the share 0.05 is a bad one. */
  drawdown: {mean: Estimate; quantiles: QuantileEstimate[]};
}

const SHARES = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];

/**
 * Returns mean, quantiles and probability of a loss of simulated paths, each with its standard error.
 *
 * A mean's error is deviation / sqrt(n), a share's sqrt(p (1 - p) / n). A quantile's is half of how far the outcomes one
 * standard error of rank below and above it lie apart, sqrt(p (1 - p) / n) each way: no distribution is assumed. In the
 * outermost ranks it is too low, since there is no outcome beyond the last.
 *
 * @param start value at the start
 * @param shares quantiles to take
 * @throws RangeError if there are less than two paths or a share is not in (0, 1)
 */
export function summarize(
  {terminal, drawdown}: SimulatedPaths,
  start: number,
  shares: readonly number[] = SHARES
): SimulationSummary {
  const n = terminal.length;
  if (n < 2) throw new RangeError(`needs two paths or more: ${n}`);
  const below = terminal.filter((value) => value < start).length / n;
  return {
    paths: n,
    terminal: {
      mean: meanOf(terminal),
      deviation: deviation(terminal, 1),
      quantiles: quantilesOf(terminal, shares)
    },
    loss: {value: below, standardError: Math.sqrt((below * (1 - below)) / n)},
    drawdown: {mean: meanOf(drawdown), quantiles: quantilesOf(drawdown, shares)}
  };
}

function meanOf(values: Float64Array): Estimate {
  return {value: mean(values), standardError: deviation(values, 1) / Math.sqrt(values.length)};
}

/**
 * Returns quantiles of outcomes, interpolated linearly, with standard errors.
 * @param values in any order; shape (n), n >= 1
 * @throws RangeError if a share is not in (0, 1)
 */
export function quantilesOf(values: Float64Array, shares: readonly number[]): QuantileEstimate[] {
  const sorted = values.toSorted();
  return shares.map((share) => {
    if (!(share > 0 && share < 1)) throw new RangeError(`invalid share: ${share}`);
    const step = Math.sqrt((share * (1 - share)) / sorted.length);
    const [low, high] = [Math.max(0, share - step), Math.min(1, share + step)];
    return {
      share,
      value: percentile(sorted, share),
      standardError: (percentile(sorted, high) - percentile(sorted, low)) / 2
    };
  });
}
