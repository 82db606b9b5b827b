import {DuckDBInstance, type DuckDBConnection, type DuckDBValue, type JS} from "@duckdb/node-api";
import {temporaryIn} from "./files.js";

/** DuckDB, started when it is first needed; it reads and writes the lake's files, and no one else's SQL. */
export interface Engine {
  /** Does a work on a connection of its own. */
  run<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T>;
  close(): void;
}

export function createEngine(dir: string): Engine {
  let started: Promise<DuckDBInstance> | undefined;
  let instance: DuckDBInstance | undefined;
  const start = async () => {
    instance = await DuckDBInstance.create(":memory:", {
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
      memory_limit: "2GB",
      temp_directory: temporaryIn(dir) // made when memory does not do; a name of its own, since others open the lake too
    });
    return instance;
  };
  return {
    async run(work) {
      started ??= start();
      const connection = await (await started).connect();
      try {
        return await work(connection);
      } finally {
        connection.closeSync();
      }
    },
    close: () => instance?.closeSync()
  };
}

/** Returns a text as SQL writes it. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Returns a list of files as DuckDB reads it, their paths whole. */
export function parquet(paths: readonly string[]): string {
  return `read_parquet([${paths.map(literal).join(", ")}])`;
}

/** Returns the rows of an answer that is small, each a list of values. */
export async function ask<Row extends readonly JS[]>(
  connection: DuckDBConnection,
  sql: string,
  values: DuckDBValue[] = []
): Promise<Row[]> {
  return (await connection.runAndReadAll(sql, values)).getRowsJS() as unknown as Row[]; // as the SELECT says
}
