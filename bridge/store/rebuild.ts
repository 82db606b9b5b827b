import type {Database} from "better-sqlite3";
import {TABLE_NAMES} from "./ledger-tables.js";
import {settleTouched, touch} from "./settle.js";

/** Makes the ledger's tables, changes and coverage anew from the rows of all files; run it in a transaction. */
export function rebuildLedger(db: Database, seenAt: string): void {
  for (const name of TABLE_NAMES) db.exec(`delete from "${name}"`);
  touch(db, () => db.exec("insert into temp.touched select id from row_groups"));
  for (const _ of settleTouched(db, {seenAt, lastBooked: 0}));
}
