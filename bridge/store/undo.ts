import {setImmediate} from "node:timers/promises";
import type {Database} from "better-sqlite3";
import {touchFile} from "./apply.js";
import {connectWriter} from "./connect.js";
import {explain} from "./errors.js";
import type {Store} from "./open.js";
import {rebuildLedger} from "./rebuild.js";
import {settleTouched, touch} from "./settle.js";

/**
 * Takes a file out of the set and settles what it touched; its name and hash stay, marked undone. Importing
 * it again is the redo.
 * @returns false when it is not in the set
 */
export async function undoFile(store: Store, sha256: string, {now}: {now: () => Date}): Promise<boolean> {
  return change(store, async (db) => {
    const fileId = db
      .prepare<[string], number>("select id from files where sha256 = ? and undone_at is null")
      .pluck()
      .get(sha256);
    if (fileId === undefined) return false;
    const at = now().toISOString();
    touch(db, () => touchFile(db, fileId));
    forget(db, fileId, at);
    for (const _ of settleTouched(db, {seenAt: at, lastBooked: Infinity})) await setImmediate();
    db.exec(
      `delete from row_groups where id in (select group_id from temp.touched)
         and not exists (select 1 from row_contents c where c.group_id = row_groups.id)`
    );
    return true;
  });
}

/** Makes the ledger's tables anew from the rows of all files. */
export async function rebuildAll(store: Store, {now}: {now: () => Date}): Promise<void> {
  await change(store, async (db) => {
    rebuildLedger(db, now().toISOString());
    return true;
  });
}

async function change(store: Store, work: (db: Database) => Promise<boolean>): Promise<boolean> {
  const db = connectWriter(store.path);
  try {
    db.exec("begin immediate");
    const changed = await work(db);
    if (changed) db.exec("update ledger_state set version = version + 1");
    db.exec("commit");
    return changed;
  } catch (error) {
    throw explain(error, store.path);
  } finally {
    db.close();
  }
}

/** Removes what the file brought; a content that stands in another file too stays. */
function forget(db: Database, fileId: number, at: string): void {
  db.exec("create temp table forgotten (content_id integer primary key)");
  db.prepare(
    `insert or ignore into temp.forgotten
     select p.content_id from row_places p join statements s on s.id = p.statement_id where s.file_id = ?`
  ).run(fileId);
  db.prepare(
    "delete from row_places where statement_id in (select id from statements where file_id = ?)"
  ).run(fileId);
  db.exec(
    `delete from row_contents where id in (select content_id from temp.forgotten)
       and not exists (select 1 from row_places p where p.content_id = row_contents.id)`
  );
  for (const table of ["statements", "presence", "warnings"]) {
    db.prepare(`delete from ${table} where file_id = ?`).run(fileId);
  }
  db.prepare("update files set undone_at = ? where id = ?").run(at, fileId);
}
