import type {Bars} from "../../lib/backtest/bars.js";
import type {ProportionalChoice} from "../../lib/backtest/costs/choice.js";
import type {PieceOf} from "../../lib/tasks/index.js";
import type {Run} from "../../lib/tasks/run.js";
import {taskPool} from "../../workers/task-pool.js";
import {cellOf, emptyFigures, type CellFigures, type Grid} from "./grid.js";
import {SWEEP_METRICS} from "./sweep-state.js";

interface SweepOptions {
  strategy: string;
  costs: ProportionalChoice;
  signal: AbortSignal;
  /** Told after each tile: the figures are the same arrays, further filled. */
  onTile: (figures: readonly CellFigures[], done: number, total: number) => void;
}

/** How long a sweep of many symbols may take. */
const PATIENCE_MS = 10 * 60_000;

/** Runs each cell of a grid on the bars of each symbol, tile by tile. */
export async function runSweep(
  bars: readonly Bars[],
  grid: Grid,
  {strategy, costs, signal, onTile}: SweepOptions
): Promise<{figures: CellFigures[]; run: Run}> {
  const figures = bars.map(() => emptyFigures(grid.size));
  const axes = [grid.across, grid.up];
  const parameters = Object.fromEntries([
    ...grid.names.map((name, i) => [name, axes[i]] as const),
    ...Object.entries(grid.fixed).map(([name, value]) => [name, [value]] as const)
  ]);
  const {run} = await taskPool().study(
    "sweep",
    {bars, strategy, parameters, costs},
    {
      signal,
      timeoutMs: PATIENCE_MS,
      onProgress({piece, done, total}) {
        place(piece, figures, grid);
        onTile(figures, done, total);
      }
    }
  );
  return {figures, run};
}

/** Writes a tile's figures to their cells. */
function place(tile: PieceOf<"sweep">, figures: readonly CellFigures[], grid: Grid): void {
  const own = figures[tile.asset];
  for (const metric of SWEEP_METRICS)
    for (const [i, value] of tile[metric].entries()) own[metric][cellOf(grid, tile.from + i)] = value;
}
