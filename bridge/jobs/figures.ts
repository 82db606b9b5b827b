import {Worker} from "node:worker_threads";
import {typescript} from "../../config.js";
import type {Figures as Views} from "../../lib/ledger/figures.js";
import type {LakeRows, LakeWanted} from "../../lib/ledger/lake/lake-rows.js";
import type {TableName} from "../../lib/ledger/tables.js";
import type {ViewContext} from "../../lib/ledger/views.js";
import {Problem} from "../problem.js";
import type {Figures} from "../services.js";
import {StoreError, type StoreErrorCode} from "../store/errors.js";

/** A view of lib/ledger/figures.ts, or what a page needs to make them itself. */
export type FigureName = keyof Views | StoreView;

/** What the store says by itself. */
export type StoreView = "provenance" | "accounts" | "changes" | "files" | "tags" | "context";

/** What figures need that is neither in the ledger nor in the store. */
export interface FigureContext extends Pick<ViewContext, "now" | "mode" | "sectors" | "failures"> {
  /** Name of an index whose closes are in the store. */
  benchmark: string | null;
  /** Version of the lake; absent where there is none. */
  lake?: number;
}

/** What figures want of a lake. */
export interface FigureLake {
  /** Changes with every commit to it. */
  version(): Promise<number>;
  rows(wanted: LakeWanted): Promise<LakeRows>;
}

export interface TableQuery {
  accounts?: readonly string[];
  positions: "latest" | "all";
}

export type FigureRequest = {id: number} & (
  | {kind: "view"; name: FigureName; query: object; context: FigureContext}
  | {kind: "table"; name: TableName; query: TableQuery}
);

/** An error as it crosses from the worker, with what makes it the same error here. */
export interface FigureFailure {
  name: string;
  message: string;
  stack?: string | undefined;
  code?: string | undefined;
  status?: number | undefined;
}

/** What the worker asks of the lake, and what it is told. */
export type LakeQuestion = {lake: number; wanted: LakeWanted};
export type LakeAnswer = {lake: number} & ({rows: LakeRows} | {problem: string});

export type FigureReply = {id: number} & (
  | {text: string}
  | {bytes: Uint8Array<ArrayBuffer>; version: number}
  | {failure: FigureFailure}
);

export interface FigureWorkerOptions {
  /** Address of the store, as openStore takes it. */
  url: string;
  context: () => FigureContext;
  /** None where it is left out. */
  lake?: FigureLake;
}

interface Pending {
  resolve: (reply: FigureReply) => void;
  reject: (error: Error) => void;
}

/** Makes the figures of one store in a worker of their own, which starts with the first that is asked for. */
export function createFigureWorker({
  url,
  context,
  lake
}: FigureWorkerOptions): Figures & {close(): Promise<void>} {
  const pending = new Map<number, Pending>();
  let worker: Worker | undefined;
  let last = 0;

  function start(): Worker {
    const started = new Worker(new URL("./figures-worker.ts", import.meta.url), {
      workerData: {url},
      execArgv: typescript
    });
    started.unref();
    started.on("message", (reply: FigureReply | LakeQuestion) => {
      if ("wanted" in reply) return void answerLake(started, reply);
      const waiting = pending.get(reply.id);
      pending.delete(reply.id);
      if ("failure" in reply) waiting?.reject(revive(reply.failure));
      else waiting?.resolve(reply);
    });
    started.on("error", fail);
    started.on("exit", () => fail(new Error("the worker that makes figures ended")));
    return started;

    function fail(error: unknown): void {
      if (worker !== started) return;
      worker = undefined;
      for (const {reject} of pending.values()) reject(error as Error);
      pending.clear();
    }
  }

  function ask<Reply extends FigureReply>(request: DistributiveOmit<FigureRequest, "id">): Promise<Reply> {
    const id = ++last;
    return new Promise((resolve, reject) => {
      pending.set(id, {resolve: resolve as Pending["resolve"], reject}); // the worker answers each kind in kind
      worker ??= start();
      worker.postMessage({id, ...request});
    });
  }

  async function answerLake(asking: Worker, {lake: id, wanted}: LakeQuestion): Promise<void> {
    const answer = await lake!.rows(wanted).then(
      (rows) => ({rows}),
      ({message}: Error) => ({problem: message})
    );
    asking.postMessage({lake: id, ...answer} satisfies LakeAnswer);
  }

  /** The context of a view, with the version of the lake; what keeps the lake from being read is a failure to tell. */
  async function contextNow(): Promise<FigureContext> {
    const own = context();
    if (!lake) return own;
    return lake.version().then(
      (version) => ({...own, lake: version}),
      ({message}: Error) => ({...own, failures: [...own.failures, lakeProblem(message)]})
    );
  }

  return {
    async view(name, query) {
      worker ??= start(); // while the lake is asked
      const {text} = await ask<{id: number; text: string}>({
        kind: "view",
        name,
        query,
        context: await contextNow()
      });
      return text;
    },
    table: (name, query) =>
      ask<{id: number; bytes: Uint8Array<ArrayBuffer>; version: number}>({kind: "table", name, query}),
    async close() {
      const ending = worker;
      worker = undefined;
      for (const {reject} of pending.values()) reject(new Error("the bridge stops"));
      pending.clear();
      await ending?.terminate();
    }
  };
}

/** Returns the sentence on a lake that cannot be read. */
export const lakeProblem = (message: string): string => `the data lake cannot be read: ${message}`;

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

function revive({name, message, stack, code = "internal", status}: FigureFailure): Error {
  if (name === "Problem") return new Problem(status ?? 500, code, message);
  if (name === "StoreError") return new StoreError(code as StoreErrorCode, message);
  return Object.assign(new Error(message), {name, stack});
}
