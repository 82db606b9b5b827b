import {
  StatementError,
  type StatementHeader,
  type StatementRow,
  type StatementSink
} from "../statements/statement.js";
import {isTimeless, rowContent} from "./key.js";
import type {MergeStatement, Presence} from "./merge.js";

/** A file of the set, without its rows: what the merge must know of it. */
export interface FileOfSet {
  /** SHA-256 of the file, hex. */
  sha256: string;
  statements: readonly (StatementHeader & {base: string | null})[];
  presence: readonly Omit<Presence, "file">[];
}

/** Returns the statements of files as the merge takes them, numbered from 0 in order of files and statements. */
export function mergeStatements(files: Iterable<FileOfSet>): MergeStatement[] {
  const statements: MergeStatement[] = [];
  for (const {sha256: file, statements: ofFile} of files) {
    for (const header of ofFile) {
      const {format, account, from, to, generated, base} = header;
      const query = queryOf(header);
      statements.push({id: statements.length, file, format, account, from, to, generated, query, base});
    }
  }
  return statements;
}

/** Returns what makes two statements editions of one another. */
export function queryOf({queryName, queryType, format}: StatementHeader): string {
  return queryName ? `${queryName} ${queryType}` : format;
}

/** Collects what the merge must know of a file while it is read, and hands on each row that is to be kept. */
export class Intake implements StatementSink {
  readonly statements: StatementHeader[] = [];
  readonly #keep: (row: StatementRow, content: string) => void;
  readonly #sha256: ((text: string) => string) | undefined;
  readonly #account: string | undefined;
  readonly #presence = new Map<string, Omit<Presence, "file">>();
  /** Rows that hold whatever the day, by the moment they were told: a file of many days repeats them with each. */
  readonly #timeless = new Set<string>();
  /** Rows that only repeated one before, by section. */
  readonly repeated = new Map<string, number>();
  #kept = 0;

  /**
   * @param keep takes each row with its content's hash (see `rowContent`), but those that repeat a timeless one
   * @param options account: the only one that the file may be of; sha256: as `rowContent` takes it
   */
  constructor(
    keep: (row: StatementRow, content: string) => void,
    {account, sha256}: {account?: string | undefined; sha256?: (text: string) => string} = {}
  ) {
    this.#keep = keep;
    this.#account = account;
    this.#sha256 = sha256;
  }

  /** Rows handed on. */
  get kept(): number {
    return this.#kept;
  }

  /** Rows read: those handed on, and those that only repeated one before. */
  get rows(): number {
    return [...this.repeated.values()].reduce((sum, n) => sum + n, this.#kept);
  }

  get presence(): Omit<Presence, "file">[] {
    return [...this.#presence.values()];
  }

  /** @throws StatementError `other-account` if the statement is of another account than the file may be of */
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
    const content = rowContent(row, this.#sha256);
    if (isTimeless(row.element) && this.#isRepeated(row.statement, content)) {
      this.repeated.set(row.section, (this.repeated.get(row.section) ?? 0) + 1);
      return;
    }
    ++this.#kept;
    this.#keep(row, content);

    const {account, section, element, level, kind} = row;
    const boxes = [account, section, element, level, kind].join("\u0001");
    if (!this.#presence.has(boxes)) this.#presence.set(boxes, {account, section, element, level, kind});
  }

  #isRepeated(statement: number, content: string): boolean {
    const {account, generated} = this.statements[statement];
    const told = [account, generated, content].join("\u0001");
    if (this.#timeless.has(told)) return true;
    this.#timeless.add(told);
    return false;
  }
}
