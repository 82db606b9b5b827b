import {setImmediate} from "node:timers/promises";
import {createTaskPool} from "../bridge/jobs/task-pool.js";
import type {SweepTask} from "../lib/backtest/sweep/plan.js";
import {runSweepTask, type SweepTile} from "../lib/backtest/sweep/run.js";
import type {SweepInput} from "../lib/tasks/sweep.js";

/** How the tasks of a sweep are run. */
export interface SweepRun {
  /** Threads beside this one; 0 runs all in this one. */
  threads: number;
  signal: AbortSignal;
  /** Told of each task that is done. */
  onTile: (tile: SweepTile) => void;
}

/** As long as a timer can be: who waits at a terminal says when it is enough. */
const MOST_MS = 2 ** 31 - 1;

/**
 * Runs all tasks of a sweep, in whichever order they end: here, or in the threads that desk and page compute in.
 * @param tasks of the plan that is made of the input
 * @throws the signal's reason when it is cancelled
 */
export async function runSweep(
  tasks: readonly SweepTask[],
  input: SweepInput,
  {threads, signal, onTile}: SweepRun
): Promise<void> {
  if (threads === 0) {
    for (const task of tasks) {
      await setImmediate(); // lets Ctrl-C in
      signal.throwIfAborted();
      onTile(runSweepTask(task));
    }
    return;
  }
  const pool = createTaskPool({threads});
  try {
    await pool.run("sweep", input, {signal, timeoutMs: MOST_MS, onProgress: ({piece}) => onTile(piece)});
  } finally {
    pool.close();
  }
}
