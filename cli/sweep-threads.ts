import {setImmediate} from "node:timers/promises";
import {Worker} from "node:worker_threads";
import {typescript} from "../config.js";
import type {SweepTask} from "../lib/backtest/sweep/plan.js";
import {runSweepTask, type SweepTile} from "../lib/backtest/sweep/run.js";

/** How the tasks of a sweep are run. */
export interface SweepRun {
  /** Threads beside this one; 0 runs all in this one. */
  threads: number;
  signal: AbortSignal;
  /** Told of each task that is done. */
  onTile: (tile: SweepTile) => void;
}

/** Runs all tasks, in whichever order they end. @throws the signal's reason when it is cancelled */
export async function runSweep(
  tasks: readonly SweepTask[],
  {threads, signal, onTile}: SweepRun
): Promise<void> {
  if (threads > 0) return inThreads(tasks, {threads, signal, onTile});
  for (const task of tasks) {
    await setImmediate(); // lets Ctrl-C in
    signal.throwIfAborted();
    onTile(runSweepTask(task));
  }
}

async function inThreads(tasks: readonly SweepTask[], {threads, signal, onTile}: SweepRun): Promise<void> {
  const left = tasks.values();
  const workers = Array.from(
    {length: Math.min(threads, tasks.length)},
    () => new Worker(new URL("./sweep-worker.ts", import.meta.url), {execArgv: typescript})
  );
  try {
    await Promise.all(workers.map((worker) => work(worker, left, signal, onTile)));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** Hands a thread one task after the other, until there is none. */
function work(
  worker: Worker,
  left: Iterator<SweepTask>,
  signal: AbortSignal,
  onTile: (tile: SweepTile) => void
): Promise<void> {
  return new Promise((done, fail) => {
    const next = () => {
      const {value, done: isOver} = left.next();
      if (isOver) done();
      else worker.postMessage(value);
    };
    signal.addEventListener("abort", () => fail(signal.reason as Error), {once: true});
    worker.on("message", (tile: SweepTile) => {
      onTile(tile);
      next();
    });
    worker.once("error", fail);
    next();
  });
}
