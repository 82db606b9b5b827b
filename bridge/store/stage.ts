import {hash} from "node:crypto";
import type {Database} from "better-sqlite3";
import {Intake} from "../../lib/ledger/intake.js";
import {rowKey} from "../../lib/ledger/key.js";
import type {StatementRow} from "../../lib/statements/statement.js";

const sha256 = (text: string): string => hash("sha256", text, "hex");

/** Rows that are written together. */
const BATCH = 1000;

/**
 * Takes a file's rows in as they are parsed, into a table that only this connection sees: the store itself
 * is neither changed nor locked until the whole file is known to be good.
 */
export class Stage extends Intake {
  readonly #insert: (rows: readonly unknown[][]) => void;
  #batch: unknown[][] = [];

  /** @param account the only account that the file may be of; any when undefined */
  constructor(db: Database, account: string | undefined) {
    super((row, content) => this.#stage(row, content), {account, sha256});
    db.exec("drop table if exists temp.staged_rows");
    db.exec(`create temp table staged_rows (
      seq integer primary key, statement integer, account text, section text, element text, day text,
      from_day text, to_day text, level text, kind text, key text, numbered integer, content text, fields text)`);
    const insert = db.prepare(
      "insert into temp.staged_rows values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    );
    this.#insert = db.transaction((rows: readonly unknown[][]) => {
      for (const row of rows) insert.run(row);
    });
  }

  #stage(row: StatementRow, content: string): void {
    const {account, section, element, day, from, to, level, kind, fields} = row;
    const {key, numbered} = rowKey(row, content);
    const place = [row.statement, account, section, element, day, from, to, level, kind, key];
    this.#batch.push([this.kept, ...place, numbered ? 1 : 0, content, JSON.stringify(fields)]);
    if (this.#batch.length === BATCH) this.flush();
  }

  flush(): void {
    this.#insert(this.#batch);
    this.#batch = [];
  }
}
