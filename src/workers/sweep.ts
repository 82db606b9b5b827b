/** A worker that runs a sweep, tile by tile; it is cancelled by ending it. */
import {planSweep, type SweepRequest} from "../lib/backtest/sweep/plan.js";
import {runSweepTask, type SweepTile} from "../lib/backtest/sweep/run.js";

/** What the worker tells: each tile as it is done, or why there is none. */
export type SweepAnswer = {tile: SweepTile; done: number; total: number} | {fault: string};

addEventListener("message", ({data}: MessageEvent<SweepRequest>) => {
  try {
    const {tasks} = planSweep(data);
    for (const [i, task] of tasks.entries()) {
      const tile = runSweepTask(task);
      const {totalReturn, sharpe, maxDrawdown, trades} = tile;
      postMessage({tile, done: i + 1, total: tasks.length} satisfies SweepAnswer, {
        transfer: [totalReturn, sharpe, maxDrawdown, trades].map(({buffer}) => buffer as ArrayBuffer)
      });
    }
  } catch (error) {
    postMessage({fault: (error as Error).message} satisfies SweepAnswer);
  }
});
