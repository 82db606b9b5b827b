/** The thread that changes the lake: pulls, CSV files, checks and repairs, one after the other. */
import {parentPort, workerData} from "node:worker_threads";
import type {PullProgress, PullRecord, VerifyReport} from "../lib/lake/pull.js";
import {openLake} from "./lake/lake.js";
import {importCsv, type CsvFile} from "./pull/import-csv.js";
import {runPull, type PullJob} from "./pull/run.js";
import {createSources, type VendorSettings} from "./sources.js";
import {serveThread, type CallTools} from "./thread.js";
import {VENDORS} from "./vendors/index.js";

/** What the thread is started with. */
export interface PullThreadData extends VendorSettings {
  dir: string;
}

const {dir, urls, keys} = workerData as PullThreadData; // as createThread hands it over
const now = () => new Date();
const lake = openLake(dir, {now, vendors: VENDORS});
const sources = createSources({urls, keys}, {now, keepReply: (reply) => lake.keepReply(reply)});

let last: Promise<unknown> = Promise.resolve();

/** Runs a work when those before it have ended. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = last.then(work);
  last = turn.catch(() => {});
  return turn;
}

const calls = {
  pull: (job: PullJob, {tell, signal}: CallTools<PullProgress>): Promise<PullRecord> =>
    inTurn(() => runPull(job, {lake, sources, now, onProgress: tell, signal})),
  importCsv: (file: CsvFile): Promise<PullRecord> =>
    inTurn(() => importCsv(file, {lake, vendors: VENDORS, now})),
  verify: (
    options: {dataset?: string; repair: boolean},
    {tell, signal}: CallTools<{done: number; total: number}>
  ): Promise<VerifyReport> =>
    inTurn(() =>
      lake.verify({
        ...options,
        onProgress(done, total) {
          signal.throwIfAborted();
          tell({done, total});
        }
      })
    )
};

export type PullCalls = typeof calls;

serveThread(parentPort!, calls); // this file is a thread's
