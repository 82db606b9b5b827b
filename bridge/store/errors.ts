import Database from "better-sqlite3";

export type StoreErrorCode =
  | "locked"
  | "full"
  | "read-only"
  | "corrupt"
  | "not-a-database"
  | "newer"
  | "older"
  | "cannot-open"
  | "io";

/** What is wrong with the store, in one sentence, and what to do. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const SENTENCES: readonly [prefix: string, code: StoreErrorCode, sentence: (path: string) => string][] = [
  [
    "SQLITE_BUSY",
    "locked",
    (path) => `the database is locked by another program: ${path}: try again when it is done`
  ],
  [
    "SQLITE_LOCKED",
    "locked",
    (path) => `the database is locked: ${path}: try again when the other work is done`
  ],
  [
    "SQLITE_FULL",
    "full",
    (path) => `the disk is full: nothing was stored in ${path}: free some space and try again`
  ],
  [
    "ENOSPC",
    "full",
    (path) => `the disk is full: nothing was stored in ${path}: free some space and try again`
  ],
  [
    "SQLITE_READONLY",
    "read-only",
    (path) => `the database may not be written: ${path}: give yourself the right to write it`
  ],
  [
    "EACCES",
    "read-only",
    (path) => `the database may not be written: ${path}: give yourself the right to write it`
  ],
  ["EROFS", "read-only", (path) => `the database may not be written: ${path}: it is on a read-only disk`],
  [
    "SQLITE_CORRUPT",
    "corrupt",
    (path) => `the database is damaged: ${path}: put a copy from the backups folder in its place`
  ],
  [
    "SQLITE_NOTADB",
    "not-a-database",
    (path) => `not a database: ${path}: move the file away or set DB_URL to another`
  ],
  [
    "SQLITE_CANTOPEN",
    "cannot-open",
    (path) => `the database cannot be opened: ${path}: see that it is a file you may read`
  ],
  ["EISDIR", "cannot-open", (path) => `the database cannot be opened: ${path}: it is a folder`],
  ["ENOENT", "cannot-open", (path) => `no database: ${path}: start tearsheet once, or set DB_URL`],
  ["SQLITE_IOERR", "io", (path) => `the disk failed under the database: ${path}: check the disk`]
];

/** Returns the error as a StoreError when it is the database's; any other as it is. */
export function explain(error: unknown, path: string): unknown {
  return error instanceof Database.SqliteError ? toStoreError(error, path) : error;
}

/** Returns the same of an error that came while the database's own file or folder was made. */
export function explainOpening(error: unknown, path: string): unknown {
  const system = error instanceof Error && "code" in error && typeof error.code === "string";
  return system ? toStoreError(error as Error & {code: string}, path) : error; // checked in the line above
}

function toStoreError(error: Error & {code: string}, path: string): Error {
  const found = SENTENCES.find(([prefix]) => error.code.startsWith(prefix));
  return found ? new StoreError(found[1], found[2](path), {cause: error}) : error;
}
