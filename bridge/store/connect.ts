import Database from "better-sqlite3";

/** A connection of its own for a change of the ledger: its temporary tables and open transaction are nobody else's. */
export function connectWriter(path: string): Database.Database {
  const db = new Database(path, {fileMustExist: true, timeout: 60_000});
  db.pragma("synchronous = normal");
  db.pragma("foreign_keys = on");
  db.pragma("cache_size = -65536");
  db.pragma("temp_store = file");
  db.pragma("journal_size_limit = 67108864");
  return db;
}
