import {closeSync, mkdirSync, openSync, rmSync} from "node:fs";
import {basename, dirname, join} from "node:path";
import type {Database} from "better-sqlite3";
import {StoreError} from "./errors.js";
import {MIGRATIONS, type Migration} from "./migrations/index.js";

/** Marks a file as ours among other programs' databases: "Tear". */
const APPLICATION_ID = 0x54656172;

/** Returns how many migrations the store has had; @throws StoreError if it is another program's or a newer one's. */
export function storeVersion(db: Database, migrations: readonly Migration[] = MIGRATIONS): number {
  const application = db.pragma("application_id", {simple: true});
  const tables = db.prepare<[], number>("select count(*) from sqlite_schema").pluck().get();
  if (application !== APPLICATION_ID && tables) {
    throw new StoreError(
      "not-a-database",
      `another program's database: ${db.name}: move the file away or set DB_URL to another`
    );
  }
  const version = db.pragma("user_version", {simple: true}) as number; // an integer by SQLite's definition
  if (version > migrations.length) {
    throw new StoreError(
      "newer",
      `the database is of a newer tearsheet: ${db.name} (${version}, this one knows ${migrations.length}): update tearsheet, or put a copy from the backups folder in its place`
    );
  }
  return version;
}

/** Brings the store to the present version, a transaction a step; of a store that was there a copy is kept before each. */
export async function migrate(db: Database, migrations: readonly Migration[] = MIGRATIONS): Promise<void> {
  const isNew = storeVersion(db, migrations) === 0;
  if (storeVersion(db, migrations) === migrations.length) return;
  const {Kysely, SqliteDialect} = await import("kysely"); // a quarter of a start, and needed once in a store's life
  const kysely = new Kysely<unknown>({dialect: new SqliteDialect({database: db})});
  while (storeVersion(db, migrations) < migrations.length) {
    const version = storeVersion(db, migrations);
    if (!isNew) backup(db, version);
    db.exec("begin immediate");
    try {
      if (storeVersion(db, migrations) === version) {
        await migrations[version].up(kysely);
        db.pragma(`application_id = ${APPLICATION_ID}`);
        db.pragma(`user_version = ${version + 1}`);
      }
      db.exec("commit");
    } catch (error) {
      if (db.inTransaction) db.exec("rollback");
      throw error;
    }
  }
}

/** Writes a copy of the store to the folder `backups` beside it; returns the copy's path. */
export function backup(db: Database, version: number): string {
  const folder = join(dirname(db.name), "backups");
  mkdirSync(folder, {recursive: true, mode: 0o700});
  const path = createNew(join(folder, `${basename(db.name, ".db")}-v${version}`));
  try {
    db.prepare("vacuum into ?").run(path);
  } catch (error) {
    rmSync(path, {force: true});
    throw error;
  }
  return path;
}

/** Creates an empty file that only its owner may read, under the first name that is free. */
function createNew(stem: string): string {
  for (let n = 1; ; ++n) {
    const path = `${stem}${n > 1 ? `-${n}` : ""}.db`;
    try {
      closeSync(openSync(path, "wx", 0o600));
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}
