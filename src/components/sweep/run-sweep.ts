import type {Bars} from "../../lib/backtest/bars.js";
import {parseRate} from "../../lib/backtest/costs/costs.js";
import type {SweepRequest} from "../../lib/backtest/sweep/plan.js";
import type {SweepTile} from "../../lib/backtest/sweep/run.js";
import {startWorker} from "../../workers/start.js";
import type {SweepAnswer} from "../../workers/sweep.js";
import {cellOf, emptyFigures, type CellFigures, type Grid} from "./grid.js";
import {SWEEP_METRICS} from "./sweep-state.js";

interface SweepOptions {
  strategy: string;
  commission: string;
  slippage: string;
  signal: AbortSignal;
  /** Told after each tile: the figures are the same arrays, further filled. */
  onTile: (figures: readonly CellFigures[], done: number, total: number) => void;
}

/** Runs each cell of a grid on the bars of each symbol, tile by tile. */
export function runSweep(assets: readonly Bars[], grid: Grid, options: SweepOptions): Promise<CellFigures[]> {
  const {strategy, commission, slippage, signal, onTile} = options;
  const figures = assets.map(() => emptyFigures(grid.size));
  const {names, across, up} = grid;
  const axes = [across, up];
  const request: SweepRequest = {
    strategy,
    assets,
    parameters: Object.fromEntries(names.map((name, i) => [name, axes[i]])),
    costs: {commission: parseRate(commission), slippage: parseRate(slippage)}
  };
  return new Promise((resolve, reject) => {
    const worker = startWorker(import.meta.resolve("../../workers/sweep.js"));
    const end = () => worker.terminate();
    signal.addEventListener("abort", () => {
      end();
      reject(signal.reason as Error);
    });
    worker.addEventListener("message", ({data}: MessageEvent<SweepAnswer>) => {
      if ("fault" in data) {
        end();
        return reject(new RangeError(data.fault));
      }
      place(data.tile, figures, grid);
      onTile(figures, data.done, data.total);
      if (data.done < data.total) return;
      end();
      resolve(figures);
    });
    worker.addEventListener("error", ({message}) => {
      end();
      reject(new Error(message || "the page's worker did not start: reload the page"));
    });
    worker.postMessage(request);
  });
}

/** Writes a tile's figures to their cells. */
function place(tile: SweepTile, figures: readonly CellFigures[], grid: Grid): void {
  const own = figures[tile.asset];
  for (const metric of SWEEP_METRICS)
    for (const [i, value] of tile[metric].entries()) own[metric][cellOf(grid, tile.from + i)] = value;
}
