import {FileAttachment} from "observablehq:stdlib";
import type {FromThread} from "../lib/tasks/messages.js";
import {TaskPool} from "../lib/tasks/pool.js";
import {startWorker} from "./start.js";

let pool: TaskPool | undefined;
let code: Promise<string> | undefined;

/**
 * Returns the page's one pool of workers, one less than there are cores, at least one; they start with the first task. Its
 * messages are plain, without comlink: a job is cancelled by ending the worker, which a call in progress would not outlive.
 */
export function taskPool(): TaskPool {
  return (pool ??= new TaskPool({
    code: () => (code ??= readCode()),
    threads: Math.max(1, (navigator.hardwareConcurrency || 2) - 1),
    after(ms, call) {
      const timer = setTimeout(call, ms);
      return () => clearTimeout(timer);
    },
    start({onMessage, onEnd}) {
      const worker = startWorker(import.meta.resolve("./task-worker.js"));
      worker.addEventListener("message", ({data}: MessageEvent<FromThread>) => onMessage(data));
      worker.addEventListener("error", ({message}) => {
        worker.terminate();
        onEnd(message || "its worker did not start: reload the page");
      });
      return {post: (message) => worker.postMessage(message), end: () => worker.terminate()};
    }
  }));
}

/** The hash of the sources as they were when the site was built. */
async function readCode(): Promise<string> {
  const {code: hash} = (await FileAttachment("../data/code.json").json()) as {code: string}; // as src/data/code.json.ts writes it
  return hash;
}
