import type {FillCosts, PathColumns} from "../../kernels/path-sweep.js";
import {checkColumns} from "../../kernels/sweep.js";
import type {Bars} from "../bars.js";
import {checkBars} from "../event/moments.js";
import {exitsOf} from "../exits.js";
import {sampleEquity} from "../metrics/sample.js";
import {STRATEGIES} from "../strategies/index.js";
import type {ProportionalRates} from "../vector/fill.js";
import {fillCosts, sweepColumns} from "./columns.js";

/** The strategies that can be swept. */
export const SWEPT = ["sma-cross", "momentum", "breakout"] as const;
export type SweptStrategy = (typeof SWEPT)[number];

/** A strategy, the values of its parameters, and what to try every combination on. */
export interface SweepRequest {
  strategy: string;
  /** One a symbol; each is run by itself. */
  assets: readonly Bars[];
  /** Values of each parameter that is needed, and of exits that are wanted: whole numbers from 1 on, each once. */
  parameters: Readonly<Record<string, readonly number[]>>;
  /** What fills of a symbol cost; nothing when not given. */
  costsOf?: (symbol: string) => ProportionalRates;
  /** Returns in a year; found from the bars' spacing when not given. */
  frequency?: number;
}

/** A part of a sweep that runs by itself, in any thread: it can be cloned. */
export interface SweepTask {
  /** Its place among the tasks. */
  index: number;
  strategy: SweptStrategy;
  /** Index of the asset. */
  asset: number;
  /** Index of the first of its combinations. */
  from: number;
  /** Names of the parameters, in the strategy's order; exits come last. */
  names: string[];
  /** Values of the combinations, a column a parameter. */
  values: Int32Array[];
  columns: PathColumns;
  costs: FillCosts;
  periodsPerYear: number;
}

/** All that a sweep does. */
export interface SweepPlan {
  strategy: SweptStrategy;
  symbols: string[];
  /** The strategy's parameters, in its order. */
  names: string[];
  /** Values of each parameter, as asked for. */
  axes: number[][];
  /** Combinations an asset: the product of the axes, the last parameter's value changing first. */
  combinations: number;
  tasks: SweepTask[];
}

/** Most combinations of one asset, cells of all, bars of one asset. */
const MOST_COMBINATIONS = 250_000;
const MOST_CELLS = 1_000_000;
const MOST_BARS = 200_000;

/** Combinations of a task, and bytes of its averages. */
const TILE = 4096;
const TILE_BYTES = 64 << 20;

/**
 * Returns the tasks of a sweep. All run by the execution contract's default rules: decided at a close, filled at the next
 * open, the whole equity in it.
 *
 * @throws RangeError if the strategy cannot be swept, a parameter is missing or strange, the bars make no sense, or it is
 * too much
 */
export function planSweep({
  strategy,
  assets,
  parameters,
  costsOf = () => ({}),
  frequency
}: SweepRequest): SweepPlan {
  const swept = SWEPT.find((name) => name === strategy);
  if (swept === undefined) throw new RangeError(`${strategy} cannot be swept: there are ${SWEPT.join(", ")}`);
  const names = namesOf(swept, parameters);
  const axes = axesOf(swept, names, parameters);
  const combinations = axes.reduce((count, {length}) => count * length, 1);
  checkBars(assets);
  checkSize(combinations, assets);
  const tasks: SweepTask[] = [];
  for (const [asset, bars] of assets.entries()) {
    const costs = costsOf(bars.symbol);
    const columns = sweepColumns(bars, costs);
    checkColumns(columns);
    const periodsPerYear = periodsOf(bars, frequency);
    const size = Math.max(1, Math.min(TILE, Math.floor(TILE_BYTES / (8 * bars.time.length))));
    for (let from = 0; from < combinations; from += size) {
      const values = valuesOf(axes, from, Math.min(from + size, combinations));
      tasks.push({
        index: tasks.length,
        strategy: swept,
        asset,
        from,
        names,
        values,
        columns,
        costs: fillCosts(costs),
        periodsPerYear
      });
    }
  }
  return {strategy: swept, symbols: assets.map(({symbol}) => symbol), names, axes, combinations, tasks};
}

/** Returns the values of a combination, by parameter. */
export function combinationOf({names, axes}: SweepPlan, combination: number): Record<string, number> {
  const values = valuesOf(axes, combination, combination + 1);
  return Object.fromEntries(names.map((name, i) => [name, values[i][0]]));
}

/** Returns why a strategy refuses a combination; undefined when it does not. Such cells are NaN. */
export function refusal(strategy: SweptStrategy, [first, second]: readonly number[]): string | undefined {
  return strategy === "sma-cross" && first >= second
    ? `fast is not below slow: ${first}, ${second}`
    : undefined;
}

/** Returns the parameters that are swept: those needed, and those that may be given and are. */
function namesOf(strategy: SweptStrategy, given: SweepRequest["parameters"]): string[] {
  const {parameters, optional} = STRATEGIES.get(strategy)!; // each of SWEPT is shipped
  const all = [...parameters, ...optional];
  const strange = Object.keys(given).find((name) => !all.includes(name));
  if (strange !== undefined)
    throw new RangeError(`${strategy} has no parameter ${strange}: it has ${all.join(", ")}`);
  return [...parameters, ...optional.filter((name) => name in given)];
}

function axesOf(
  strategy: string,
  names: readonly string[],
  parameters: SweepRequest["parameters"]
): number[][] {
  return names.map((name) => {
    const values = parameters[name] ?? [];
    if (!values.length) throw new RangeError(`${strategy} needs values of ${name}`);
    const wrong = values.find((value) => !(Number.isSafeInteger(value) && value >= 1 && value < 2 ** 31));
    if (wrong !== undefined) throw new RangeError(`invalid ${name}: ${wrong}: a whole number, at least 1`);
    const twice = values.find((value, i) => values.indexOf(value) < i);
    if (twice !== undefined) throw new RangeError(`${name} has ${twice} twice`);
    for (const value of values) exitsOf({[name]: value});
    return [...values];
  });
}

function checkSize(combinations: number, assets: readonly Bars[]): void {
  if (combinations > MOST_COMBINATIONS)
    throw new RangeError(
      `${combinations} combinations are too many: at most ${MOST_COMBINATIONS}, take larger steps`
    );
  const cells = combinations * assets.length;
  if (cells > MOST_CELLS)
    throw new RangeError(
      `${combinations} combinations of ${assets.length} assets are ${cells} backtests: at most ${MOST_CELLS}`
    );
  const long = assets.find(({time}) => time.length > MOST_BARS);
  if (long)
    throw new RangeError(
      `${long.symbol} has ${long.time.length} bars: at most ${MOST_BARS}, take longer bars`
    );
}

/** Returns of the bars themselves in a year: intraday as many more as a day has bars. */
function periodsOf({time}: Bars, frequency: number | undefined): number {
  const flat = new Float64Array(time.length).fill(1);
  const options = frequency === undefined ? {} : {frequency};
  const {periodsPerYear, rows} = sampleEquity({time, equity: flat, cash: 1, trades: []}, options);
  return frequency ?? (periodsPerYear * time.length) / rows.length;
}

function valuesOf(axes: readonly (readonly number[])[], from: number, to: number): Int32Array[] {
  const columns = axes.map(() => new Int32Array(to - from));
  for (let combination = from; combination < to; ++combination) {
    for (let axis = axes.length - 1, rest = combination; axis >= 0; --axis) {
      const {length} = axes[axis];
      columns[axis][combination - from] = axes[axis][rest % length];
      rest = Math.floor(rest / length);
    }
  }
  return columns;
}
