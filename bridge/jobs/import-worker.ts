import {statSync} from "node:fs";
import {parentPort, workerData} from "node:worker_threads";
import {refreshDerived} from "../store/derived.js";
import {exportStore, restoreStore, type Restored} from "../store/archive.js";
import {importFile, type ImportReport} from "../store/import.js";
import {openStore} from "../store/open.js";
import {fromFile, fromStream} from "../store/source.js";
import {rebuildAll, undoFile} from "../store/undo.js";
import {toPlain, type FromWorker, type ToWorker} from "./import-messages.js";

const port = parentPort!; // this file runs as a worker only
const {url} = workerData as {url: string}; // what ImportPool hands over
const PROGRESS_MS = 100;
const now = (): Date => new Date();

let abort = new AbortController();
let takeChunk: (bytes: Uint8Array | null) => void = () => {};
const tell = (message: FromWorker): void => port.postMessage(message);

port.on("message", (message: ToWorker) => {
  if (message.type === "chunk") takeChunk(message.bytes);
  else if (message.type === "cancel") {
    abort.abort();
    takeChunk(null);
  } else void run(message);
});

async function run(message: Exclude<ToWorker, {type: "chunk" | "cancel"}>): Promise<void> {
  abort = new AbortController();
  try {
    const store = await openStore({url, timeoutMs: 15_000});
    try {
      const result = await work(store, message);
      await refreshDerived(store, {now});
      tell({type: "done", result});
    } finally {
      store.close();
    }
  } catch (error) {
    tell({type: "failed", error: toPlain(error)});
  }
}

async function work(
  store: Awaited<ReturnType<typeof openStore>>,
  message: Exclude<ToWorker, {type: "chunk" | "cancel"}>
): Promise<ImportReport | Restored | Uint8Array | boolean | null> {
  if (message.type === "undo") return undoFile(store, message.sha256, {now});
  if (message.type === "rebuild") {
    await rebuildAll(store, {now});
    return null;
  }
  if (message.type === "export") return exportStore(store, now());
  if (message.type === "restore") return restoreStore(store, pulled(), {now, signal: abort.signal});
  const {type: _, path, ...source} = message;
  const open = path === undefined ? fromStream(pulled(), source) : fromFile(path);
  const size = path === undefined ? undefined : statSync(path, {throwIfNoEntry: false})?.size;
  return importFile(
    store,
    {...source, open, ...(size !== undefined && {size})},
    {now, signal: abort.signal, onProgress: throttled()}
  );
}

/** Asks for one chunk at a time: nothing piles up on either side. */
async function* pulled(): AsyncGenerator<Uint8Array> {
  for (;;) {
    const {promise, resolve} = Promise.withResolvers<Uint8Array | null>();
    takeChunk = resolve;
    tell({type: "pull"});
    const bytes = await promise;
    abort.signal.throwIfAborted();
    if (!bytes) return;
    yield bytes;
  }
}

function throttled(): (progress: Extract<FromWorker, {type: "progress"}>["progress"]) => void {
  let [phase, told] = ["", 0];
  return (progress) => {
    const time = performance.now();
    if (progress.phase === phase && time - told < PROGRESS_MS && progress.done !== progress.total) return;
    [phase, told] = [progress.phase, time];
    tell({type: "progress", progress});
  };
}
