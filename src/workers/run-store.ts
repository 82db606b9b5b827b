import type {KeptRun} from "../lib/tasks/run.js";

/** Runs of their own, apart from the statements: to forget them all is to remove this database. */
const NAME = "tearsheet-runs";
const VERSION = 1;

/** The runs that this browser keeps, each with what its task gave. */
export interface RunStore {
  /** Runs of a task, or of all, the latest first. */
  list(task?: string): Promise<KeptRun[]>;
  /** Undefined when there is none of that key. */
  get(key: string): Promise<{run: KeptRun; output: unknown} | undefined>;
  /** Keeps a run in place of an earlier one of the same key, whose result is the same. */
  keep(run: KeptRun, output: unknown): Promise<void>;
  remove(key: string): Promise<void>;
}

let opened: Promise<RunStore> | undefined;

/** Returns the browser's runs, opening them the first time. @throws with a sentence where the browser keeps nothing */
export function openRuns(): Promise<RunStore> {
  return (opened ??= open().catch((error: unknown) => {
    opened = undefined; // the person may have allowed it by then
    throw error;
  }));
}

async function open(): Promise<RunStore> {
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("runs", {keyPath: "key"});
    request.result.createObjectStore("outputs");
  };
  const db = await settled(request).catch((cause: Error) => {
    throw new Error(`this browser keeps no runs: ${cause.message}`, {cause});
  });
  db.onversionchange = () => db.close();
  const read = (store: "runs" | "outputs") => db.transaction(store).objectStore(store);
  return {
    async list(task) {
      const runs = (await settled(read("runs").getAll())) as KeptRun[]; // as keep wrote them
      return runs
        .filter((run) => task === undefined || run.task === task)
        .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
    },
    async get(key) {
      const [run, output] = await Promise.all([
        settled(read("runs").get(key)),
        settled(read("outputs").get(key))
      ]);
      return run === undefined ? undefined : {run: run as KeptRun, output: output as unknown}; // as keep wrote them
    },
    keep: (run, output) =>
      change(db, ([runs, outputs]) => {
        runs.put(run);
        outputs.put(output, run.key);
      }),
    remove: (key) =>
      change(db, ([runs, outputs]) => {
        runs.delete(key);
        outputs.delete(key);
      })
  };
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error!); // an event of error has one
  });
}

/** Runs requests in one transaction; resolves when they are on disk. */
function change(db: IDBDatabase, work: (stores: IDBObjectStore[]) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(["runs", "outputs"], "readwrite");
    transaction.oncomplete = () => resolve();
    transaction.onabort = () =>
      reject(
        new Error("the browser's storage for this site is full: remove runs", {cause: transaction.error})
      );
    work([transaction.objectStore("runs"), transaction.objectStore("outputs")]);
  });
}
