import {existsSync} from "node:fs";
import Database from "better-sqlite3";

/** Marks a file as one of a paper account: "TeaP". */
const APPLICATION_ID = 0x54656150;

const TABLES = `
  create table if not exists paper_account (one integer primary key check (one = 1), json text not null);
  create table if not exists paper_orders (
    order_id integer primary key, is_working integer not null, json text not null
  );
  create index if not exists paper_working on paper_orders (is_working);
  create table if not exists paper_executions (exec_id text primary key, json text not null, commission text not null);
  create table if not exists paper_counters (name text primary key, value integer not null) without rowid;
`;

/** A paper account that cannot be opened as it is; nothing was written to it. */
export class PaperFileError extends Error {
  override readonly name = "PaperFileError";

  constructor(path: string, what: string, options?: ErrorOptions) {
    super(
      `the paper account cannot be opened: ${path} ${what}: put a copy of it back, with the orders.db beside it, or move both away to begin anew`,
      options
    );
  }
}

/**
 * Opens the file of a paper account, `:memory:` for none, and makes its tables where there is no file yet.
 * @throws PaperFileError for one that is damaged or another program's, before anything is written to it
 */
export function openPaperFile(path: string): Database.Database {
  let db: Database.Database | undefined;
  try {
    const isNew = path === ":memory:" || !existsSync(path);
    db = new Database(path, {timeout: 15_000});
    if (!isNew) check(db, path);
    db.pragma("journal_mode = wal");
    db.pragma("synchronous = full");
    db.exec(TABLES);
    if (idOf(db) !== APPLICATION_ID) db.pragma(`application_id = ${APPLICATION_ID}`);
    return db;
  } catch (error) {
    db?.close();
    if (!(error instanceof Database.SqliteError)) throw error;
    throw new PaperFileError(path, `is damaged (${error.message})`, {cause: error});
  }
}

const idOf = (db: Database.Database): unknown => db.pragma("application_id", {simple: true});

/** Files of before they were marked have the account's table. */
function check(db: Database.Database, path: string): void {
  const id = idOf(db);
  const tables = db.prepare<[], string>("select name from sqlite_schema where type = 'table'").pluck().all();
  const isOurs = id === APPLICATION_ID || (id === 0 && tables.includes("paper_account"));
  if (!isOurs) throw new PaperFileError(path, tables.length ? "is another program's" : "is empty");
  const problem = db.pragma("quick_check(1)", {simple: true}) as string; // its one column
  if (problem !== "ok") throw new PaperFileError(path, `is damaged (${problem})`);
}
