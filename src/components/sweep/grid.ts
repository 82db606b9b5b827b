import {refusalOf} from "../backtest/strategies.js";
import {SWEEP_METRICS, type SweepMetric, type SweepState, valuesOf} from "./sweep-state.js";

/** The cells of a sweep: one or two parameters, each with its values. The first goes across, the second up. */
export interface Grid {
  names: readonly string[];
  across: readonly number[];
  /** One value that is none where there is but one parameter. */
  up: readonly number[];
  /** Parameters that are the same in each cell: exits. */
  fixed: Readonly<Record<string, number>>;
  /** Cells in all, the refused ones included; cell (i, j) is `j * across.length + i`. */
  size: number;
}

/** Returns the grid of a sweep. */
export function gridOf({
  grid,
  parameters = {}
}: Pick<SweepState, "grid"> & Partial<Pick<SweepState, "parameters">>): Grid {
  const names = Object.keys(grid);
  const [across, up = [NaN]] = names.map((name) => valuesOf(grid[name]));
  const fixed = Object.fromEntries(Object.entries(parameters).filter(([name]) => !(name in grid)));
  return {names, across, up, fixed, size: across.length * up.length};
}

/** Returns the parameters of a cell. */
export function parametersAt({names, across, up, fixed}: Grid, cell: number): Record<string, number> {
  const values = [across[cell % across.length], up[Math.floor(cell / across.length)]];
  return {...Object.fromEntries(names.map((name, i) => [name, values[i]])), ...fixed};
}

/** Returns the cell of a combination as a sweep counts them: the last parameter's value changes first. */
export function cellOf({across, up}: Grid, combination: number): number {
  return (combination % up.length) * across.length + Math.floor(combination / up.length);
}

/** Returns the cell whose parameters are nearest to these. */
export function cellNear({names, across, up}: Grid, parameters: Readonly<Record<string, number>>): number {
  const nearest = (values: readonly number[], to: number) =>
    values.reduce((best, value, i) => (Math.abs(value - to) < Math.abs(values[best] - to) ? i : best), 0);
  const [x, y] = names.map((name) => parameters[name]);
  return (names.length > 1 ? nearest(up, y) : 0) * across.length + nearest(across, x);
}

/** Returns whether the strategy takes each cell's parameters. */
export function takenCells(strategy: string, grid: Grid): Uint8Array {
  return Uint8Array.from({length: grid.size}, (_, cell) =>
    refusalOf(strategy, parametersAt(grid, cell)) ? 0 : 1
  );
}

/** What a sweep gives of each cell, NaN where it is not known (yet). */
export type CellFigures = Readonly<Record<SweepMetric, Float64Array>>;

/** Returns figures of which nothing is known. */
export function emptyFigures(size: number): CellFigures {
  return Object.fromEntries(
    SWEEP_METRICS.map((metric) => [metric, new Float64Array(size).fill(NaN)])
  ) as unknown as CellFigures; // one of each metric
}

/** Returns the mean over symbols of each cell; of one symbol its own. NaN where a symbol has none. */
export function meanFigures(bySymbol: readonly CellFigures[]): CellFigures {
  if (bySymbol.length === 1) return bySymbol[0];
  return Object.fromEntries(
    SWEEP_METRICS.map((metric) => [
      metric,
      bySymbol[0][metric].map(
        (_, cell) => bySymbol.reduce((sum, figures) => sum + figures[metric][cell], 0) / bySymbol.length
      )
    ])
  ) as unknown as CellFigures; // as above
}

/** Returns the cells by a metric, the best first; those without a value are left out. More trades are not better. */
export function rankedCells(figures: CellFigures, metric: SweepMetric): number[] {
  const by = figures[metric === "trades" ? "sharpe" : metric];
  return [...by.keys()].filter((cell) => !Number.isNaN(by[cell])).toSorted((a, b) => by[b] - by[a] || a - b);
}

/** How many cells have a value, and the mean and standard deviation (ddof 1) of their Sharpe ratios. */
export interface Trials {
  count: number;
  mean: number;
  deviation: number;
}

/** Returns how many cells were tried, and how their Sharpe ratios spread. */
export function trialsOf({sharpe}: CellFigures): Trials {
  const known = sharpe.filter((value) => !Number.isNaN(value));
  const count = known.length;
  const mean = known.reduce((sum, value) => sum + value, 0) / count;
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {count, mean, deviation: count > 1 ? Math.sqrt(squares / (count - 1)) : 0};
}
