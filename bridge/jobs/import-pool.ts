import {Worker} from "node:worker_threads";
import {typescript} from "../../config.js";
import type {DateOrder} from "../../lib/time/flex-date.js";
import type {ImportProgress, ImportReport} from "../store/import.js";
import type {Restored} from "../store/archive.js";
import {fromPlain, type FromWorker, type ToWorker} from "./import-messages.js";

/** A file to import: on disk, or as it comes. */
export type ImportInput = {name: string} & ({path: string} | {stream: AsyncIterable<Uint8Array>});

export interface ImportOptions {
  account?: string;
  dateFormat?: DateOrder;
  /** Tells what the import would do, and does nothing. */
  preview?: boolean;
  onProgress?: (progress: ImportProgress) => void;
  signal?: AbortSignal;
}

type Task = Exclude<ToWorker, {type: "chunk" | "cancel"}>;
type Listeners = Pick<ImportOptions, "onProgress" | "signal"> & {stream?: AsyncIterable<Uint8Array>};

/** Changes one store's ledger in a worker thread, one change after the other. */
export class ImportPool {
  readonly #url: string;
  #worker: Worker | undefined;
  #last: Promise<unknown> = Promise.resolve();

  /** @param url of the store, as `openStore` takes it */
  constructor(url: string) {
    this.#url = url;
  }

  /**
   * Stores a file when those before it are done. A stream is left where it stands when the file is refused.
   * @throws StatementError when it is refused, StoreError when the store is in the way, the signal's reason when cancelled
   */
  async importFile(input: ImportInput, options: ImportOptions = {}): Promise<ImportReport> {
    const {account, dateFormat, preview = false, ...listeners} = options;
    const task: Task = {
      type: "import",
      name: input.name,
      ...("path" in input && {path: input.path}),
      ...(account !== undefined && {account}),
      ...(dateFormat !== undefined && {dateFormat}),
      preview
    };
    const stream = "stream" in input && {stream: input.stream};
    return (await this.#queue(task, {...listeners, ...stream})) as ImportReport; // what the worker gives for an import
  }

  /** Takes a file out of the set; false when it is not in it. */
  async undo(sha256: string): Promise<boolean> {
    return (await this.#queue({type: "undo", sha256})) as boolean; // what the worker gives for an undo
  }

  /** Returns everything that the store holds as one file: see lib/ledger/archive.ts. */
  async export(): Promise<Uint8Array> {
    return (await this.#queue({type: "export"})) as Uint8Array; // what the worker gives for an export
  }

  /**
   * Takes the files of such a one into the store that are not in it; all of them or none.
   * @throws StatementError `damaged` when it is not whole
   */
  async restore(
    stream: AsyncIterable<Uint8Array>,
    {signal}: Pick<ImportOptions, "signal"> = {}
  ): Promise<Restored> {
    return (await this.#queue({type: "restore"}, {stream, ...(signal && {signal})})) as Restored; // what the worker gives
  }

  /** Makes the ledger's tables anew from the rows of all files. */
  async rebuild(): Promise<void> {
    await this.#queue({type: "rebuild"});
  }

  /** Ends the thread; what it was doing leaves the store as before. */
  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #queue(task: Task, listeners: Listeners = {}): Promise<unknown> {
    const turn = this.#last.then(async () => {
      listeners.signal?.throwIfAborted();
      return this.#run(task, listeners);
    });
    this.#last = turn.catch(() => {});
    return turn;
  }

  async #run(task: Task, {onProgress, signal, stream}: Listeners): Promise<unknown> {
    const worker = (this.#worker ??= this.#start());
    const chunks = stream?.[Symbol.asyncIterator]();
    const {promise, resolve, reject} = Promise.withResolvers<unknown>();
    let broken: {cause: unknown} | undefined;
    const send = (message: ToWorker, transfer: ArrayBuffer[] = []) => worker.postMessage(message, transfer);
    const onMessage = (message: FromWorker) => {
      if (message.type === "progress") onProgress?.(message.progress);
      else if (message.type === "done") resolve(message.result);
      else if (message.type === "failed") reject(fromPlain(message.error));
      else if (chunks) {
        pump(chunks, send).catch((cause: unknown) => {
          broken = {cause};
          send({type: "cancel"});
        });
      }
    };
    const onExit = () => reject(new Error("the import was stopped: the store is as before"));
    const cancel = () => send({type: "cancel"});
    worker.on("message", onMessage);
    worker.on("error", reject);
    worker.on("exit", onExit);
    signal?.addEventListener("abort", cancel, {once: true});
    worker.ref();
    send(task);
    try {
      return await promise;
    } catch (error) {
      signal?.throwIfAborted();
      throw broken ? broken.cause : error;
    } finally {
      worker.off("message", onMessage).off("error", reject).off("exit", onExit);
      signal?.removeEventListener("abort", cancel);
      worker.unref();
    }
  }

  #start(): Worker {
    const worker = new Worker(new URL("import-worker.ts", import.meta.url), {
      workerData: {url: this.#url},
      execArgv: typescript // also where the parent does not run under it, as in a test
    });
    worker.on("exit", () => {
      if (this.#worker === worker) this.#worker = undefined;
    });
    worker.on("error", () => {});
    return worker;
  }
}

/** Sends the next chunk, its bytes copied once and handed over. */
async function pump(
  chunks: AsyncIterator<Uint8Array>,
  send: (message: ToWorker, transfer?: ArrayBuffer[]) => void
): Promise<void> {
  const {value, done} = await chunks.next();
  if (done) return send({type: "chunk", bytes: null});
  const bytes = new Uint8Array(value);
  send({type: "chunk", bytes}, [bytes.buffer]);
}
