import {chmodSync, closeSync, mkdirSync, openSync, statSync} from "node:fs";
import {dirname} from "node:path";
import {setTimeout} from "node:timers/promises";
import Database from "better-sqlite3";
import {explain, explainOpening, StoreError} from "./errors.js";
import {createLedgerTables, tablesFingerprint} from "./ledger-tables.js";
import {migrate, storeVersion} from "./migrate.js";
import {MIGRATIONS} from "./migrations/index.js";
import {rebuildLedger} from "./rebuild.js";

export interface OpenOptions {
  /** `sqlite:///FILE` (`sqlite:////abs/file.db`), or a plain path. */
  url: string;
  /** Told of a migration and of a rebuild, which take a while. */
  log?: {info(message: string): void};
  /** Only reads: nothing is made, migrated or locked. */
  readonly?: boolean;
  /** How long a statement waits for another writer, blocking its thread. */
  timeoutMs?: number;
}

/** An open database. */
export class Store {
  readonly path: string;
  readonly raw: Database.Database;
  readonly #watches = new Set<NodeJS.Timeout>();

  constructor(path: string, raw: Database.Database) {
    this.path = path;
    this.raw = raw;
  }

  /** Grows with every commit that changes the ledger, by any process. */
  version(): number {
    return this.raw.prepare<[], number>("select version from ledger_state").pluck().get() ?? 0;
  }

  /** Runs a short transaction; waits for another writer without blocking the thread. */
  async write<T>(work: () => T): Promise<T> {
    for (let waited = 0; ; waited += WAIT_MS) {
      const timeout = this.raw.pragma("busy_timeout", {simple: true});
      this.raw.pragma("busy_timeout = 0");
      try {
        return this.raw.transaction(work).immediate();
      } catch (error) {
        const explained = explain(error, this.path);
        const locked = explained instanceof StoreError && explained.code === "locked";
        if (!locked || waited >= LONGEST_WAIT_MS) throw explained;
      } finally {
        this.raw.pragma(`busy_timeout = ${String(timeout)}`);
      }
      await setTimeout(WAIT_MS);
    }
  }

  /** Calls the listener after each commit that changes the ledger, another process's too; returns what ends it. */
  watch(listener: (version: number) => void, everyMs = 500): () => void {
    let [seen, version] = [this.#dataVersion(), this.version()];
    const timer = setInterval(() => {
      const [data, now] = [this.#dataVersion(), this.version()];
      if (data === seen && now === version) return;
      seen = data;
      if (now !== version) listener((version = now));
    }, everyMs);
    timer.unref();
    this.#watches.add(timer);
    return () => clearInterval(timer);
  }

  #dataVersion(): unknown {
    return this.raw.pragma("data_version", {simple: true});
  }

  close(): void {
    for (const timer of this.#watches) clearInterval(timer);
    this.raw.close();
  }
}

const WAIT_MS = 20;
const LONGEST_WAIT_MS = 600_000;

/** Returns the file that a database address names. */
export function pathOf(url: string): string {
  return url.startsWith("sqlite:///") ? url.slice("sqlite:///".length) : url;
}

/**
 * Opens the store, makes or migrates it where need be.
 * @throws StoreError, one sentence, when it is locked, damaged, newer than the program or no store at all
 */
export async function openStore({url, log, readonly = false, timeoutMs = 5000}: OpenOptions): Promise<Store> {
  const path = pathOf(url);
  try {
    if (!readonly) createPrivate(path);
    const raw = new Database(path, {readonly, fileMustExist: true, timeout: timeoutMs});
    try {
      return await prepare(new Store(path, raw), readonly, log);
    } catch (error) {
      raw.close();
      throw error;
    }
  } catch (error) {
    throw error instanceof StoreError ? error : explainOpening(error, path);
  }
}

async function prepare(store: Store, readonly: boolean, log: OpenOptions["log"]): Promise<Store> {
  const {raw, path} = store;
  const version = storeVersion(raw);
  if (readonly) {
    if (version < MIGRATIONS.length || tablesOf(store) !== tablesFingerprint()) {
      throw new StoreError("older", `the database is of an older tearsheet: ${path}: start tearsheet once`);
    }
    return store;
  }
  raw.pragma("journal_mode = wal");
  raw.pragma("synchronous = normal");
  raw.pragma("foreign_keys = on");
  raw.pragma("journal_size_limit = 67108864");
  if (version > 0 && version < MIGRATIONS.length) log?.info(`migrating ${path}, a copy goes to backups`);
  await migrate(raw);
  if (tablesOf(store) !== tablesFingerprint()) {
    log?.info(`making the ledger's tables in ${path}`);
    await store.write(() => {
      createLedgerTables(raw);
      rebuildLedger(raw, "");
      raw.prepare("update ledger_state set tables = ?, version = version + 1").run(tablesFingerprint());
    });
  }
  return store;
}

function tablesOf({raw}: Store): string | undefined {
  return raw.prepare<[], string>("select tables from ledger_state").pluck().get();
}

/** What its owner has made read-only stays so, for root too. */
function createPrivate(path: string): void {
  mkdirSync(dirname(path), {recursive: true, mode: 0o700});
  const mode = statSync(path, {throwIfNoEntry: false})?.mode;
  if (mode !== undefined && !(mode & 0o200)) {
    throw new StoreError(
      "read-only",
      `the database may not be written: ${path}: give yourself the right to write it`
    );
  }
  closeSync(openSync(path, "a", 0o600));
  chmodSync(path, 0o600);
}
