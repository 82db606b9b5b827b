import {AsyncDuckDB, type AsyncDuckDBConnection, VoidLogger} from "@duckdb/duckdb-wasm";
import {wrap} from "comlink";
import type {ParquetWorker} from "../workers/parquet.js";
import {startWorker} from "../workers/start.js";

/**
 * The page's one DuckDB. A page with a sql cell imports `sql` from here, and so keeps Framework's own client, which
 * would ask the web for extensions, out of the build.
 */

/**
 * Runs a statement after the loads begun before it; each `${value}` is bound, never pasted. Returns an Arrow table,
 * its DECIMAL and BIGINT columns as doubles.
 */
export async function sql(strings: readonly string[], ...values: unknown[]) {
  const db = await connection();
  await Promise.all(loads);
  if (values.length === 0) return db.query(strings.join(""));
  const statement = await db.prepare(strings.join("?"));
  try {
    return await statement.query(...values);
  } finally {
    await statement.close();
  }
}

/** Makes (or replaces) the table `name` from an Arrow IPC stream, whose bytes go to the database's worker and are gone here. */
export function registerArrow(name: string, ipc: Uint8Array): Promise<void> {
  return load(async () => insert(name, ipc));
}

/** Makes (or replaces) the table `name` from a Parquet file. DuckDB has no Parquet reader here, and would fetch one. */
export function loadParquet(name: string, url: string): Promise<void> {
  return load(async () => insert(name, await parquet().read(new URL(url, document.baseURI).href)));
}

const loads = new Set<Promise<void>>();

async function load(task: () => Promise<void>): Promise<void> {
  const loading = task();
  loads.add(loading);
  return loading.finally(() => loads.delete(loading));
}

async function insert(name: string, ipc: Uint8Array): Promise<void> {
  const db = await connection();
  await db.query(`DROP TABLE IF EXISTS "${name.replaceAll('"', '""')}"`);
  await db.insertArrowFromIPCStream(ipc, {name, create: true});
}

const connection = once(async (): Promise<AsyncDuckDBConnection> => {
  const worker = startWorker(import.meta.resolve("@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js"));
  const db = new AsyncDuckDB(new VoidLogger(), worker);
  await db.instantiate(import.meta.resolve("@duckdb/duckdb-wasm/dist/duckdb-eh.wasm"));
  await db.open({query: {castBigIntToDouble: true, castDecimalToDouble: true}});
  const opened = await db.connect();
  await opened.query("SET autoinstall_known_extensions = false");
  await opened.query("SET autoload_known_extensions = false");
  return opened;
});

const parquet = once(() => wrap<ParquetWorker>(startWorker(import.meta.resolve("../workers/parquet.js"))));

function once<T>(open: () => T): () => T {
  let opened: {value: T} | undefined;
  return () => (opened ??= {value: open()}).value;
}
