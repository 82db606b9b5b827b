import {expose} from "comlink";
import type {SectionCounts} from "../lib/ledger/import-counts.js";
import type {StatementInspection} from "../lib/statements/inspect.js";
import type {QueryGap} from "../lib/statements/query-check.js";
import {StatementError, type StatementWarning} from "../lib/statements/statement.js";
import type {DateOrder} from "../lib/time/flex-date.js";
import {openVault} from "./own/indexed-db.js";
import {CHANNEL, withLock} from "./own/lock.js";
import {OwnStore, type OwnProgress, type Staged} from "./own/own-store.js";
import type {Vault} from "./own/vault.js";

/** What a file would bring, before it is taken in. */
export interface OwnPreview {
  id: string;
  known: boolean;
  rows: number;
  sections: SectionCounts[];
  statements: StatementInspection[];
  warnings: readonly StatementWarning[];
  missing: QueryGap[];
}

const staged = new Map<string, Staged>();
const vault = (() => {
  let opened: Promise<Vault> | undefined;
  return () => (opened ??= openVault());
})();

async function store(onProgress?: (progress: OwnProgress) => void): Promise<OwnStore> {
  return new OwnStore(await vault(), {
    now: () => new Date(),
    newId: () => crypto.randomUUID(),
    ...(onProgress && {onProgress: throttled(onProgress)})
  });
}

/** Tells other tabs and this page's desk that there are other rows now. */
function tellChange(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage("changed");
  channel.close();
}

/**
 * The worker that changes the browser's own store. It holds the store's lock from `begin` until it ends; to end it in
 * the middle of its work leaves the store as it was.
 */
const api = {
  /** Waits until no other tab changes the store. */
  begin(onWait: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      withLock(async () => {
        await (await vault()).sweep();
        resolve();
        await new Promise(() => undefined);
      }, onWait).catch(reject);
    });
  },
  async stage(
    file: File,
    options: {dateFormat?: DateOrder},
    onProgress: (progress: OwnProgress) => void
  ): Promise<OwnPreview> {
    const source = {name: file.name, size: file.size, open: () => bytesOf(file), ...options};
    const one = await (await store(onProgress)).stage(source).catch(plain);
    staged.set(one.file.id, one);
    const {known, sections, statements, missing, file: kept} = one;
    return {id: kept.id, known, rows: kept.rows, sections, statements, warnings: kept.warnings, missing};
  },
  async commit(ids: readonly string[], onProgress: (progress: OwnProgress) => void): Promise<void> {
    const files = ids.map((id) => staged.get(id)!.file); // stage gave the ids
    await (await store(onProgress)).commit(files);
    staged.clear();
    tellChange();
  },
  async undo(sha256: string, onProgress: (progress: OwnProgress) => void): Promise<boolean> {
    const done = await (await store(onProgress)).undo(sha256);
    tellChange();
    return done;
  },
  /** Returns all that the store holds as one file. */
  async export(): Promise<Blob> {
    const pieces = await (await store()).export();
    return new Blob([...pieces] as Uint8Array<ArrayBuffer>[], {type: "application/x-tar"}); // no shared memory in it
  },
  async markExported(): Promise<void> {
    await (await store()).markExported();
    tellChange();
  },
  async restore(
    file: File,
    onProgress: (progress: OwnProgress) => void
  ): Promise<{files: number; restored: number}> {
    const done = await (await store(onProgress)).restore(bytesOf(file)).catch(plain);
    tellChange();
    return done;
  }
};

export type OwnStoreWorker = typeof api;

/** Comlink carries an error's message over, not what it is: a refusal's message is its sentence. */
function plain(error: unknown): never {
  if (error instanceof StatementError) throw new Error(error.problem.message);
  throw error;
}

async function* bytesOf(file: Blob): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } finally {
    await reader.cancel();
  }
}

const PROGRESS_MS = 100;

function throttled(tell: (progress: OwnProgress) => void): (progress: OwnProgress) => void {
  let [phase, told] = ["", 0];
  return (progress) => {
    const time = performance.now();
    if (progress.phase === phase && time - told < PROGRESS_MS && progress.done !== progress.total) return;
    [phase, told] = [progress.phase, time];
    tell(progress);
  };
}

expose(api);
