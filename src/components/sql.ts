import {AsyncDuckDB, type AsyncDuckDBConnection, VoidLogger} from "@duckdb/duckdb-wasm";
import {proxy, wrap} from "comlink";
import type {FetchProgress} from "../workers/fetch-bytes.js";
import type {ParquetFile, ParquetWorker} from "../workers/parquet.js";
import {startWorker} from "../workers/start.js";
import {quoted} from "./sql-text.js";
import {createStore} from "./store.js";

/**
 * The page's one DuckDB. A page with a sql cell imports `sql` from here, and so keeps Framework's own client, which
 * would ask the web for extensions, out of the build.
 */

/** An Arrow table, of DuckDB's own edition of Arrow. */
export type Answer = Awaited<ReturnType<AsyncDuckDBConnection["query"]>>;

/**
 * Runs a statement after the loads begun before it; each `${value}` is bound, never pasted. Returns an Arrow table,
 * its DECIMAL and BIGINT columns as doubles.
 */
export async function sql(strings: readonly string[], ...values: unknown[]): Promise<Answer> {
  const db = await connection();
  await Promise.all(loads);
  if (values.length === 0) return db.query(strings.join(""));
  return prepared(strings.join("?"), values);
}

/** Runs one statement, given as text; of several none runs. @throws with DuckDB's message */
export async function prepared(text: string, values: readonly unknown[] = []): Promise<Answer> {
  const statement = await (await connection()).prepare(text);
  try {
    return await statement.query(...values);
  } finally {
    await statement.close();
  }
}

/** Runs the site's own statements, one or more, and returns what the last answers. */
export async function run(text: string): Promise<Answer> {
  return (await connection()).query(text);
}

/** A table of the page's database. */
export interface HeldTable {
  name: string;
  rows: number;
  /** Of its Arrow form, as it came. */
  bytes: number;
}

const held = createStore<readonly HeldTable[]>([]);

/** The tables that are held now, the oldest first; the listener hears of each change. */
export const heldTables = {
  get: () => held.get(),
  subscribe: (listener: () => void) => held.subscribe(listener)
};

/** Makes (or replaces) the table `name` from an Arrow IPC stream, whose bytes go to the database's worker and are gone here. */
export function registerArrow(name: string, ipc: Uint8Array): Promise<void> {
  return load(async () => replace(name, [ipc]));
}

/** Makes (or replaces) the table `name` from a Parquet file. DuckDB has no Parquet reader here, and would fetch one. */
export function loadParquet(name: string, url: string): Promise<void> {
  return load(async () => replace(name, [await readParquet({url: new URL(url, document.baseURI).href})]));
}

/** Makes (or replaces) the table `name` from streams of the same columns, inserted as they come. */
export function loadStreams(name: string, streams: Iterable<Promise<Uint8Array>>): Promise<void> {
  return load(async () => replace(name, streams));
}

/** Returns a Parquet file as an Arrow IPC stream: read and unpacked in a worker, from the browser's cache where it is kept. */
export function readParquet(
  file: ParquetFile,
  onProgress: (progress: FetchProgress) => void = () => undefined
): Promise<Uint8Array<ArrayBuffer>> {
  return parquet().read(file, proxy(onProgress));
}

/** Drops a table; its memory is free again. */
export async function release(name: string): Promise<void> {
  await run(`DROP TABLE IF EXISTS ${quoted(name)}`);
  held.set(held.get().filter((table) => table.name !== name));
}

/** Returns the bytes that the database's tables take in memory; null while it has not been opened. */
export async function memoryBytes(): Promise<number | null> {
  if (!isOpen) return null;
  const answer = await run("SELECT sum(memory_usage_bytes)::DOUBLE AS bytes FROM duckdb_memory()");
  return Number(answer.getChild("bytes")?.get(0) ?? 0);
}

let isOpen = false;

/** Opens the database, so that what is asked next need not wait for it. */
export async function openDatabase(): Promise<void> {
  await Promise.all([connection(), parquet().open()]);
}

const loads = new Set<Promise<void>>();

async function load(task: () => Promise<void>): Promise<void> {
  const loading = task();
  loads.add(loading);
  return loading.finally(() => loads.delete(loading));
}

/** A table that could not be made whole is not there. */
async function replace(name: string, streams: Iterable<Uint8Array | Promise<Uint8Array>>): Promise<void> {
  await release(name);
  const db = await connection();
  let bytes = 0;
  try {
    for (const stream of streams) {
      const ipc = await stream;
      const create = bytes === 0;
      bytes += ipc.byteLength;
      await db.insertArrowFromIPCStream(ipc, {name, create});
    }
    const [row] = (await db.query(`SELECT count(*)::DOUBLE AS rows FROM ${quoted(name)}`)).toArray();
    const rows = Number((row as {rows: number}).rows); // the one column asked for
    held.set([...held.get().filter((table) => table.name !== name), {name, rows, bytes}]);
  } catch (error) {
    await release(name);
    throw error;
  }
}

const connection = once(async (): Promise<AsyncDuckDBConnection> => {
  const worker = startWorker(import.meta.resolve("@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js"));
  const db = new AsyncDuckDB(new VoidLogger(), worker);
  await db.instantiate(import.meta.resolve("@duckdb/duckdb-wasm/dist/duckdb-eh.wasm"));
  await db.open({query: {castBigIntToDouble: true, castDecimalToDouble: true}});
  const opened = await db.connect();
  await opened.query("SET autoinstall_known_extensions = false");
  await opened.query("SET autoload_known_extensions = false");
  isOpen = true;
  return opened;
});

const parquet = once(() => wrap<ParquetWorker>(startWorker(import.meta.resolve("../workers/parquet.js"))));

function once<T>(open: () => T): () => T {
  let opened: {value: T} | undefined;
  return () => (opened ??= {value: open()}).value;
}
