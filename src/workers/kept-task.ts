import type {OutputOf, TaskName} from "../lib/tasks/index.js";
import type {RunOptions} from "../lib/tasks/pool.js";
import type {KeptRun} from "../lib/tasks/run.js";
import {openRuns} from "./run-store.js";
import {taskPool} from "./task-pool.js";

/** Runs a task in the page's workers and keeps its run in this browser. @throws as the pool does, or when nothing is kept */
export async function keepTask<N extends TaskName>(
  name: N,
  given: unknown,
  options: RunOptions<N> = {}
): Promise<{run: KeptRun; output: OutputOf<N>}> {
  const {run: made, output} = await taskPool().study(name, given, options);
  const run = {...made, at: new Date().toISOString()};
  await (await openRuns()).keep(run, output);
  return {run, output};
}
