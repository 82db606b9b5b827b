import {createHash} from "node:crypto";
import type {Database} from "better-sqlite3";
import {EDITION} from "../../lib/ledger/assemble.js";
import type {BookedRow} from "../../lib/ledger/book.js";
import {COMMON, TABLES, type ColumnKind, type RowSource, type TableName} from "../../lib/ledger/tables.js";
import {formatAmount} from "../../lib/money/amount.js";

export const TABLE_NAMES = Object.keys(TABLES) as TableName[]; // its keys are the names

/** Returns the columns of a ledger table with their kinds, the common ones first. */
export function columnsOf(name: TableName): [column: string, kind: ColumnKind][] {
  return Object.entries<ColumnKind>({...COMMON, ...TABLES[name].columns});
}

/** Returns what tells whether tables in a store are those of this program. */
export function tablesFingerprint(): string {
  return createHash("sha256")
    .update(JSON.stringify([EDITION, TABLES]))
    .digest("hex")
    .slice(0, 16);
}

/** Makes the ledger's tables, empty; those that are there go. */
export function createLedgerTables(db: Database): void {
  for (const name of TABLE_NAMES) {
    const columns = columnsOf(name).map(
      ([column]) => `"${column}" text${column === "id" ? " primary key" : ""}`
    );
    db.exec(`drop table if exists "${name}"`);
    db.exec(`create table "${name}" (${columns.join(", ")})`);
    db.exec(`create index "${name}_by_day" on "${name}" (account, day)`);
  }
}

/** Writes and removes rows of the ledger's tables by prepared statements. */
export class LedgerWriter {
  readonly #insert: Map<TableName, (row: BookedRow) => void>;
  /** By element: from each table that it may be booked in. */
  readonly #remove = new Map<string, ((id: string) => void)[]>();

  constructor(db: Database) {
    this.#insert = new Map(TABLE_NAMES.map((name) => [name, prepareInsert(db, name)]));
    for (const name of TABLE_NAMES) {
      const remove = prepareRemove(db, name);
      const {element, also = []}: RowSource & {also?: readonly RowSource[]} = TABLES[name];
      for (const one of new Set([element, ...also.map((source) => source.element)])) {
        this.#remove.set(one, [...(this.#remove.get(one) ?? []), remove]);
      }
    }
  }

  insert(name: TableName, row: BookedRow): void {
    this.#insert.get(name)!(row); // every name is in it
  }

  /** Removes the rows that a group of an element was booked as: `id` itself, `id:n`, `id/part`. */
  remove(element: string, id: string): void {
    for (const remove of this.#remove.get(element) ?? []) remove(id);
  }
}

function prepareInsert(db: Database, name: TableName): (row: BookedRow) => void {
  const columns = columnsOf(name);
  const names = columns.map(([column]) => `"${column}"`).join(", ");
  const statement = db.prepare(
    `insert into "${name}" (${names}) values (${columns.map(() => "?").join(", ")})`
  );
  return (row) => {
    statement.run(
      columns.map(([column]) => {
        const value = row[column];
        return typeof value === "bigint" ? formatAmount(value) : (value ?? null);
      })
    );
  };
}

function prepareRemove(db: Database, name: TableName): (id: string) => void {
  const one = db.prepare(`delete from "${name}" where id = ?`);
  const range = db.prepare(`delete from "${name}" where id > ? and id < ?`);
  return (id) => {
    one.run(id);
    range.run(`${id}:`, `${id};`);
    range.run(`${id}/`, `${id}0`);
  };
}
