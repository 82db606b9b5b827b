import {availableParallelism} from "node:os";
import {Worker} from "node:worker_threads";
import type {FromThread} from "../../lib/tasks/messages.js";
import {root, typescript} from "../../config.js";
import {TaskPool} from "../../lib/tasks/pool.js";
import {hashOfCode} from "../store/code-hash.js";

/** Most heap of a thread, megabytes: a computation that wants more ends, and the desk goes on. */
const HEAP_MB = 1024;

/** Returns a pool of worker threads: one less than there are cores, at least one. They start with the first task. */
export function createTaskPool({
  threads = Math.max(1, availableParallelism() - 1)
}: {threads?: number} = {}): TaskPool {
  let code: string | undefined;
  return new TaskPool({
    threads,
    code: () => (code ??= hashOfCode(root)),
    after(ms, call) {
      const timer = setTimeout(call, ms);
      return () => clearTimeout(timer);
    },
    start({onMessage, onEnd}) {
      const worker = new Worker(new URL("./task-worker.ts", import.meta.url), {
        execArgv: typescript, // also where the parent does not run under it, as in a test
        resourceLimits: {maxOldGenerationSizeMb: HEAP_MB}
      });
      let reason = "its thread ended";
      worker.on("message", (message: FromThread) => onMessage(message));
      worker.on("error", (error: Error) => (reason = error.message));
      worker.on("exit", () => onEnd(reason));
      return {post: (message) => worker.postMessage(message), end: () => void worker.terminate()};
    }
  });
}
