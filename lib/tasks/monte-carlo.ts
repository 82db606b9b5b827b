import {z} from "zod";
import {simulateByKernel} from "../kernels/monte-carlo.kernel.js";
import {compoundReturns} from "../portfolio/expected-returns.js";
import {COVARIANCES, isPositiveSemidefinite, repairCovariance} from "../risk/covariance/index.js";
import {mean} from "../risk/moments.js";
import type {ReturnModel, SimulatedPaths, SimulationOptions} from "../risk/simulation/options.js";
import {
  type QuantileEstimate,
  quantilesOf,
  type SimulationSummary,
  summarize
} from "../risk/simulation/summary.js";
import {Column, ReturnsSchema} from "./door.js";
import {Estimator} from "./optimize.js";
import type {Task} from "./task.js";

/** Most numbers that are drawn: paths times periods times assets. */
const MOST_DRAWS = 2e10;
/** Most values of paths that are kept: paths times points. */
const MOST_KEPT = 2e7;
/** Paths of one part. */
const PART = 5_000;

/** What a person chooses beside what is held. */
export const monteCarloChoices = {
  model: z.enum(["normal", "student-t", "block-bootstrap"]).default("normal"),
  /** Of Student's t. */
  degrees: z.number().gt(2, "more than two degrees of freedom, or there is no variance").default(5),
  /** Successive periods that the bootstrap draws together. */
  block: z.int().min(1).default(10),
  covariance: Estimator.default("sample"),
  paths: z.int().min(2).max(1_000_000, "1,000,000 paths at most").default(10_000),
  periods: z.int().min(1).max(10_000, "10,000 periods at most").default(252),
  /** Equal seeds give equal paths. */
  seed: z.int().nonnegative().default(1),
  /** Points of the fan, spread over the periods; each with its quantiles. */
  points: z.int().min(1).max(500).default(52)
};

/** Values held, the history of their returns, and how the future is drawn from it. */
export const MonteCarloInputSchema = z
  .strictObject({
    history: ReturnsSchema,
    /** Of each asset now, in one currency; in the order of the history's assets. */
    values: Column,
    /** Riskless money beside them. */
    cash: z.number().default(0),
    ...monteCarloChoices
  })
  .superRefine(({history, values, paths, periods, points}, context) => {
    const {assets} = history;
    const wrong = (message: string) => context.addIssue({code: "custom", message});
    if (values.length !== assets.length) wrong(`${values.length} values for ${assets.length} assets`);
    if (paths * points > MOST_KEPT)
      wrong(`${paths} paths at ${points} points are more than ${MOST_KEPT} values: take fewer`);
    if (paths * periods * assets.length > MOST_DRAWS)
      wrong(
        `${paths} paths of ${periods} periods and ${assets.length} assets are more than ${MOST_DRAWS} draws: take fewer`
      );
  });

export type MonteCarloInput = z.infer<typeof MonteCarloInputSchema>;

/** What became of the paths together. */
export interface MonteCarloOutput {
  /** Value at the start. */
  start: number;
  summary: SimulationSummary;
  /** After so many periods: the quantiles of all paths, lowest share first. */
  fan: {period: number; quantiles: QuantileEstimate[]}[];
  /** Value of each path after the last period; shape (paths). */
  terminal: Float64Array;
  /** Deepest fall of each path; shape (paths). */
  drawdown: Float64Array;
  /** What the draws were made of. */
  estimate: {
    assets: string[];
    /** Returns that counted. */
    observations: number;
    /** Mean of each asset per period; shape (assets). */
    mean: Float64Array;
    /** What each would return compounded over 252 such periods. */
    annual: Float64Array;
  };
  warnings: string[];
}

interface Part {
  options: SimulationOptions;
  from: number;
  to: number;
}

const FAN = [0.05, 0.25, 0.5, 0.75, 0.95];

/** Simulates what a portfolio becomes; its parts are ranges of paths, which give the same numbers however divided. */
export const monteCarlo: Task<MonteCarloInput, Part, SimulatedPaths, MonteCarloOutput> = {
  input: MonteCarloInputSchema,
  parts(input) {
    const {options} = prepared(input);
    return Array.from({length: Math.ceil(options.paths / PART)}, (_, i) => ({
      options,
      from: i * PART,
      to: Math.min(options.paths, (i + 1) * PART)
    }));
  },
  figures: ({summary: {terminal, loss, drawdown}}) => ({
    mean: terminal.mean.value,
    loss: loss.value,
    drawdown: drawdown.mean.value,
    ...Object.fromEntries(terminal.quantiles.map(({share, value}) => [`quantile ${share}`, value]))
  }),
  run: ({options, from, to}) => simulateByKernel(options, {from, to}),
  join(pieces, input) {
    const {options, columns, warnings} = prepared(input);
    const terminal = joined(pieces.map((piece) => piece.terminal));
    const drawdown = joined(pieces.map((piece) => piece.drawdown));
    const checkpoints = options.checkpoints!.map((_, i) =>
      joined(pieces.map((piece) => piece.checkpoints[i]))
    ); // set below
    const start = input.values.reduce((sum, value) => sum + value, input.cash);
    return {
      start,
      summary: summarize({terminal, drawdown, checkpoints}, start),
      fan: options.checkpoints!.map((period, i) => ({period, quantiles: quantilesOf(checkpoints[i], FAN)})),
      terminal,
      drawdown,
      estimate: {
        assets: input.history.assets,
        observations: columns[0].length,
        mean: Float64Array.from(columns, mean),
        annual: compoundReturns(columns)
      },
      warnings
    };
  }
};

/** What is simulated: the model is made of the periods in which every asset has a return. */
function prepared({history, values, cash, ...input}: MonteCarloInput) {
  const {paths, periods, seed} = input;
  const {columns, dropped} = complete(history.returns);
  const warnings = dropped ? [`${dropped} periods without a return of every asset were left out`] : [];
  if (columns[0].length < 2)
    throw new RangeError(`needs two periods or more in which every asset has a return: ${columns[0].length}`);
  const points = Math.min(input.points, periods);
  const checkpoints = Array.from({length: points}, (_, i) => Math.round(((i + 1) * periods) / points));
  const options: SimulationOptions = {
    values,
    cash,
    model: modelOf(columns, input, warnings),
    paths,
    periods,
    seed,
    checkpoints
  };
  return {options, columns, warnings};
}

function modelOf(
  columns: readonly Float64Array[],
  {
    model,
    degrees,
    block,
    covariance: name
  }: Pick<MonteCarloInput, "model" | "degrees" | "block" | "covariance">,
  warnings: string[]
): ReturnModel {
  const n = columns.length;
  if (model === "block-bootstrap") {
    const history = new Float64Array(n * columns[0].length);
    for (const [i, column] of columns.entries())
      for (const [t, value] of column.entries()) history[t * n + i] = value;
    return {kind: model, history, block};
  }
  let {values: covariance} = COVARIANCES[name](columns);
  if (!isPositiveSemidefinite(covariance, n)) {
    const {values, clipped} = repairCovariance(covariance, n);
    covariance = values;
    warnings.push(`the covariance had ${clipped} eigenvalues below zero: put to zero`);
  }
  const means = Float64Array.from(columns, mean);
  return model === "normal"
    ? {kind: model, mean: means, covariance}
    : {kind: model, mean: means, covariance, degrees};
}

/** Returns columns of the periods in which each has a return, and how many do not. */
function complete(returns: readonly Float64Array[]): {columns: Float64Array[]; dropped: number} {
  const keep = returns[0].map((_, t) => (returns.every((column) => Number.isFinite(column[t])) ? 1 : 0));
  const columns = returns.map((column) => column.filter((_, t) => keep[t] === 1));
  return {columns, dropped: returns[0].length - columns[0].length};
}

function joined(columns: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(columns.reduce((sum, {length}) => sum + length, 0));
  let at = 0;
  for (const column of columns) {
    whole.set(column, at);
    at += column.length;
  }
  return whole;
}
