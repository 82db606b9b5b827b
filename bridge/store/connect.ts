import Database from "better-sqlite3";

export interface WriterLimits {
  /** How long to wait for another writer. */
  timeoutMs?: number;
  /** How large the database may grow, in pages of 4 KiB; as far as the disk goes when undefined. */
  mostPages?: number;
}

/** A connection of its own for a change of the ledger: its temporary tables and open transaction are nobody else's. */
export function connectWriter(
  path: string,
  {timeoutMs = 15_000, mostPages}: WriterLimits = {}
): Database.Database {
  const db = new Database(path, {fileMustExist: true, timeout: timeoutMs});
  db.pragma("synchronous = normal");
  db.pragma("foreign_keys = on");
  db.pragma("cache_size = -65536");
  db.pragma("temp_store = file");
  db.pragma("journal_size_limit = 67108864");
  if (mostPages) db.pragma(`max_page_count = ${mostPages}`);
  return db;
}
