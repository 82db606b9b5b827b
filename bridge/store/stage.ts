import {hash} from "node:crypto";
import type {Database} from "better-sqlite3";
import {isTimeless, rowContent, rowKey} from "../../lib/ledger/key.js";
import type {Presence} from "../../lib/ledger/merge.js";
import {
  StatementError,
  type StatementHeader,
  type StatementRow,
  type StatementSink
} from "../../lib/statements/statement.js";

const sha256 = (text: string): string => hash("sha256", text, "hex");

/** Rows that are written together. */
const BATCH = 1000;

/**
 * Takes a file's rows in as they are parsed, into a table that only this connection sees: the store itself
 * is neither changed nor locked until the whole file is known to be good.
 */
export class Stage implements StatementSink {
  readonly statements: StatementHeader[] = [];
  readonly #account: string | undefined;
  readonly #presence = new Map<string, Omit<Presence, "file">>();
  readonly #insert: (rows: readonly unknown[][]) => void;
  /** Rows that hold whatever the day, by the moment they were told: a file of many days repeats them with each. */
  readonly #timeless = new Set<string>();
  #batch: unknown[][] = [];
  #staged = 0;
  #repeated = 0;

  /** @param account the only account that the file may be of; any when undefined */
  constructor(db: Database, account: string | undefined) {
    this.#account = account;
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

  /** Rows read so far. */
  get rows(): number {
    return this.#staged + this.#repeated;
  }

  /** Rows to be stored: those read, less `repeated`. */
  get staged(): number {
    return this.#staged;
  }

  get repeated(): number {
    return this.#repeated;
  }

  get presence(): Iterable<Omit<Presence, "file">> {
    return this.#presence.values();
  }

  statement(header: StatementHeader): void {
    if (this.#account !== undefined && header.account !== this.#account) {
      throw new StatementError({
        code: "other-account",
        message: `a statement of account ${header.account}, not ${this.#account}: import it without --account, or choose another file`,
        where: `statement ${header.ordinal + 1}`
      });
    }
    this.statements.push(header);
  }

  row(row: StatementRow): void {
    const {account, section, element, day, from, to, level, kind, fields} = row;
    const content = rowContent(row, sha256);
    if (isTimeless(element) && this.#isRepeated(row.statement, content)) return;
    const {key, numbered} = rowKey(row, content);
    const text = JSON.stringify(fields);
    const place = [row.statement, account, section, element, day, from, to, level, kind, key];
    this.#batch.push([++this.#staged, ...place, numbered ? 1 : 0, content, text]);
    if (this.#batch.length === BATCH) this.flush();

    const boxes = [account, section, element, level, kind].join("\u0001");
    if (!this.#presence.has(boxes)) this.#presence.set(boxes, {account, section, element, level, kind});
  }

  #isRepeated(statement: number, content: string): boolean {
    const {account, generated} = this.statements[statement];
    const told = [account, generated, content].join("\u0001");
    if (!this.#timeless.has(told)) {
      this.#timeless.add(told);
      return false;
    }
    ++this.#repeated;
    return true;
  }

  flush(): void {
    this.#insert(this.#batch);
    this.#batch = [];
  }
}
