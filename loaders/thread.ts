import type {MessagePort} from "node:worker_threads";
import {Worker} from "node:worker_threads";
import {typescript} from "../config.js";

/** What a call is handed beside its argument. */
export interface CallTools<News = never> {
  /** Tells the caller how far it is. */
  tell: (news: News) => void;
  /** Set off when the caller wants it to end. */
  signal: AbortSignal;
}

/** What a thread can be asked for, by name; arguments and results are cloned, bytes are handed over. */
export type Calls = Record<string, (argument: never, tools: never) => unknown>;

type ArgumentOf<C extends Calls, K extends keyof C> =
  Parameters<C[K]> extends [] ? null : Parameters<C[K]>[0];
type ResultOf<C extends Calls, K extends keyof C> = Awaited<ReturnType<C[K]>>;
type NewsOf<C extends Calls, K extends keyof C> =
  NonNullable<Parameters<C[K]>[1]> extends CallTools<infer News> ? News : never;

interface CallOptions<News> {
  onNews?: (news: News) => void;
  signal?: AbortSignal;
}

/** A thread that starts with the first call. */
export interface Thread<C extends Calls> {
  /** @throws what the call throws, name and code kept; the signal's reason when it was cancelled */
  call<K extends keyof C & string>(
    name: K,
    argument: ArgumentOf<C, K>,
    options?: CallOptions<NewsOf<C, K>>
  ): Promise<ResultOf<C, K>>;
  /** Ends the thread; calls under way fail. */
  close(): Promise<void>;
}

type ToThread = {id: number; name: string; argument: unknown} | {id: number; cancel: true};
type FromThread = {id: number} & ({news: unknown} | {result: unknown} | {failure: Failure});

/** An error as it crosses threads, where classes are lost. */
interface Failure {
  name: string;
  message: string;
  stack: string | undefined;
  code: unknown;
}

interface Pending {
  resolve: (result: never) => void;
  reject: (error: Error) => void;
  onNews: ((news: never) => void) | undefined;
}

/** Returns a thread of a file that calls `serveThread`; `data` is its workerData. */
export function createThread<C extends Calls>(file: URL, data: unknown): Thread<C> {
  const pending = new Map<number, Pending>();
  let worker: Worker | undefined;
  let last = 0;

  function start(): Worker {
    const started = new Worker(file, {
      workerData: data,
      execArgv: typescript // also where the parent does not run under it, as in a test
    });
    started.unref();
    started.on("message", (message: FromThread) => {
      const waiting = pending.get(message.id);
      if (!waiting) return;
      if ("news" in message) return waiting.onNews?.(message.news as never); // as the call's type says
      settled(message.id);
      if ("failure" in message) waiting.reject(revive(message.failure));
      else waiting.resolve(message.result as never); // as the call's type says
    });
    const fail = (error: Error) => {
      if (worker !== started) return;
      worker = undefined;
      failAll(error);
    };
    started.on("error", fail);
    started.on("exit", () => fail(new Error("the thread ended before its work")));
    return started;
  }

  function settled(id: number): void {
    pending.delete(id);
    if (!pending.size) worker?.unref();
  }

  function failAll(error: Error): void {
    for (const {reject} of pending.values()) reject(error);
    pending.clear();
  }

  return {
    async call<K extends keyof C & string>(
      name: K,
      argument: ArgumentOf<C, K>,
      {onNews, signal}: CallOptions<NewsOf<C, K>> = {}
    ): Promise<ResultOf<C, K>> {
      signal?.throwIfAborted();
      const id = ++last;
      const asked = (worker ??= start());
      const send = (message: ToThread) => asked.postMessage(message);
      const cancel = () => send({id, cancel: true});
      signal?.addEventListener("abort", cancel, {once: true});
      try {
        return await new Promise<ResultOf<C, K>>((resolve, reject) => {
          pending.set(id, {resolve, reject, onNews});
          asked.ref();
          send({id, name, argument});
        });
      } catch (error) {
        signal?.throwIfAborted();
        throw error;
      } finally {
        signal?.removeEventListener("abort", cancel);
      }
    },
    async close() {
      const ending = worker;
      worker = undefined;
      failAll(new Error("the thread was ended"));
      await ending?.terminate();
    }
  };
}

/** Answers the calls that come in at a thread's port. */
export function serveThread(port: MessagePort, calls: Calls): void {
  const running = new Map<number, AbortController>();
  const send = (message: FromThread, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);
  port.on("message", (message: ToThread) => {
    if ("cancel" in message) return running.get(message.id)?.abort();
    const {id, name, argument} = message;
    const abort = new AbortController();
    running.set(id, abort);
    const tools = {tell: (news: unknown) => send({id, news}), signal: abort.signal};
    void (async () => calls[name](argument as never, tools as never))() // the other side's types are these calls'
      .then(
        (result) => send({id, result}, bytesIn(result)),
        (error: unknown) => send({id, failure: failureOf(error)})
      )
      .finally(() => running.delete(id));
  });
}

/** Buffers of a result that may be handed over: its bytes, or those under its `bytes`. */
function bytesIn(result: unknown): ArrayBuffer[] {
  const bytes = result instanceof Uint8Array ? result : (result as {bytes?: unknown} | null)?.bytes;
  if (!(bytes instanceof Uint8Array) || bytes.byteLength !== bytes.buffer.byteLength) return [];
  return bytes.buffer instanceof ArrayBuffer ? [bytes.buffer] : [];
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof Error))
    return {name: "Error", message: String(error), stack: undefined, code: undefined};
  const {name, message, stack, code} = error as Error & {code?: unknown};
  return {name, message, stack, code};
}

function revive({name, message, stack, code}: Failure): Error {
  return Object.assign(new Error(message), {name, stack, ...(code !== undefined && {code})});
}
