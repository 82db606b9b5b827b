import type {TaskName} from "../../lib/tasks/index.js";
import type {TaskPool} from "../../lib/tasks/pool.js";
import {TaskError} from "../../lib/tasks/task-error.js";
import type {KeptRun} from "../../lib/tasks/run.js";
import type {TaskDesk} from "../services.js";
import type {Store} from "../store/open.js";
import {keepRun, readRun, readRuns, removeRun} from "../store/runs.js";
import type {Jobs} from "./jobs.js";

/** How long a computation may take that a request waits for. */
const TIMEOUT_MS = 120_000;

interface TaskDeskOptions {
  pool: TaskPool;
  jobs: Jobs;
  /** The store shown. */
  store: () => Store;
  now: () => Date;
}

/** Runs computations as jobs, and keeps what they gave in the store shown. */
export function createTaskDesk({pool, jobs, store, now}: TaskDeskOptions): TaskDesk {
  return {
    run: (name: TaskName, given, gone) =>
      jobs.run(name, async (report, signal) => {
        const {run: made, output} = await pool
          .text(name, given, {
            signal: AbortSignal.any([signal, gone]),
            timeoutMs: TIMEOUT_MS,
            onProgress: ({done, total}) => report({message: `${done} of ${total} parts`, done, total})
          })
          .catch((error: unknown) => {
            throw signal.aborted ? new TaskError("cancelled", "the computation was cancelled") : error;
          });
        const run: KeptRun = {...made, at: now().toISOString()};
        await keepRun(store(), run, output);
        return {message: `${run.title} is done`, result: {run, output}, told: {run: run.key}};
      }),
    list: (query) => readRuns(store(), query),
    get: (key) => readRun(store(), key),
    remove: (key) => removeRun(store(), key)
  };
}
