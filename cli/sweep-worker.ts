/** A thread that runs the tasks of a sweep it is handed. */
import {parentPort} from "node:worker_threads";
import type {SweepTask} from "../lib/backtest/sweep/plan.js";
import {runSweepTask} from "../lib/backtest/sweep/run.js";

parentPort!.on("message", (task: SweepTask) => {
  const tile = runSweepTask(task);
  const {totalReturn, sharpe, maxDrawdown, trades} = tile;
  parentPort!.postMessage(
    tile,
    [totalReturn, sharpe, maxDrawdown, trades].map(({buffer}) => buffer as ArrayBuffer)
  );
});
