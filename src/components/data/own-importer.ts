import {proxy, wrap, type Remote} from "comlink";
import {sumCounts} from "../../lib/ledger/import-counts.js";
import type {OwnStoreWorker} from "../../workers/own-store.js";
import type {OwnProgress} from "../../workers/own/own-store.js";
import {openVault} from "../../workers/own/indexed-db.js";
import {startWorker} from "../../workers/start.js";
import type {Importer, Intake, Listening, Progress} from "./importer.js";

/** Returns the importer that keeps statements in this browser. */
export function ownImporter(): Importer {
  return {
    promise:
      "Read in this browser and kept in it: nothing leaves it. A file imported twice changes nothing; export what you keep, a browser may forget.",
    begin,
    async keeping() {
      const {version, exported} = await (await openVault()).state();
      const {usage = null, quota = null} = (await navigator.storage?.estimate?.()) ?? {};
      const lasting = (await navigator.storage?.persisted?.()) ?? false;
      return {used: usage, room: quota, lasting, unsaved: version - exported};
    },
    async undo(sha256, listening) {
      await withWorker(listening, (worker, tell) => worker.undo(sha256, tell));
    },
    async export(listening) {
      const blob = await withWorker(listening, (worker) => worker.export());
      return {blob, saved: () => withWorker(listening, (worker) => worker.markExported())};
    },
    async restore(file, listening) {
      const done = await withWorker(listening, (worker, tell) => worker.restore(file, tell));
      await askToKeep();
      return done;
    }
  };
}

/**
 * Does one piece of work in a worker of its own. To cancel it ends the worker: what was not taken in is then nobody's,
 * and swept away at the next change.
 */
async function withWorker<T>(
  listening: Listening,
  work: (worker: Remote<OwnStoreWorker>, tell: (progress: OwnProgress) => void) => Promise<T>
): Promise<T> {
  const session = start();
  try {
    return await session.run(listening, work);
  } finally {
    session.end();
  }
}

interface Session {
  run<T>(
    listening: Listening,
    work: (worker: Remote<OwnStoreWorker>, tell: (progress: OwnProgress) => void) => Promise<T>
  ): Promise<T>;
  end(): void;
}

/** Starts a worker; it takes the store's lock when it is first asked for something. */
function start(): Session {
  const thread = startWorker(import.meta.resolve("../../workers/own-store.js"));
  const worker = wrap<OwnStoreWorker>(thread);
  const broken = new Promise<never>((_, reject) =>
    thread.addEventListener("error", ({message}) =>
      reject(new Error(`the page's worker did not start${message ? `: ${message}` : ""}: reload the page`))
    )
  );
  broken.catch(() => undefined); // told by what waits for it
  let begun: Promise<void> | undefined;
  return {
    async run({onProgress, signal}, work) {
      const cancelled = new Promise<never>((_, reject) => {
        const cancel = () => {
          thread.terminate();
          reject(signal.reason as Error);
        };
        if (signal.aborted) cancel();
        else signal.addEventListener("abort", cancel, {once: true});
      });
      cancelled.catch(() => undefined); // told by the race
      const wait = proxy(() =>
        onProgress({
          doing: "waiting: another tab is importing; finish there, or close it",
          unit: "steps",
          done: 0,
          total: null
        })
      );
      const tell = proxy((progress: OwnProgress) => onProgress(inWords(progress)));
      const working = (async () => {
        await (begun ??= worker.begin(wait));
        return work(worker, tell);
      })();
      return Promise.race([working, broken, cancelled]);
    },
    end() {
      thread.terminate();
    }
  };
}

function begin(): Intake {
  let session: Session | undefined;
  const staged: string[] = [];
  return {
    async preview(file, {dateFormat, ...listening}) {
      session ??= start();
      const {id, sections, ...preview} = await session.run(listening, (worker, tell) =>
        worker.stage(file, dateFormat ? {dateFormat} : {}, tell)
      );
      staged.push(id);
      return {...preview, sections, ...sumCounts(sections)};
    },
    async commit(listening) {
      await session?.run(listening, (worker, tell) => worker.commit(staged.splice(0), tell));
      await askToKeep();
    },
    close() {
      session?.end();
      session = undefined;
      staged.length = 0;
    }
  };
}

const DOING = {read: "reading", compare: "comparing", book: "making the ledger"} as const;

function inWords({phase, done, total}: OwnProgress): Progress {
  return {doing: DOING[phase], unit: phase === "read" ? "bytes" : "rows", done, total};
}

/** Asks the browser not to forget this site's data when space runs short; it may say no. */
async function askToKeep(): Promise<void> {
  await navigator.storage?.persist?.();
}
