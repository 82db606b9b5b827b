/**
 * The ledger in memory: from the rows of all files to the tables, as the store of the bridge makes them.
 *
 * Rows are gathered and settled an element at a time, and only what counts of them is kept: a set of files whose
 * rows would not fit in memory together makes a ledger that does.
 */
import {compareText} from "../order.js";
import type {StatementRow} from "../statements/statement.js";
import {book, type BookedRow} from "./book.js";
import {coverageOf} from "./coverage.js";
import {mergeStatements, type FileOfSet} from "./intake.js";
import {rowContent, rowKey} from "./key.js";
import {Merger, type Change, type Instance} from "./merge.js";
import {TABLES, type LedgerTables, type TableName} from "./tables.js";
import type {ChangeSummary} from "./views.js";

/** Grows when rows are merged or booked otherwise than before: tables that were kept are then made anew. */
export const EDITION = 3;

/** Everything that the files say of one thing. */
export interface RowGroup {
  account: string;
  element: string;
  key: string;
  instances: Instance[];
}

/** A set of files as the merge knows it: who is whose edition, and which number each statement has. */
export class FileSet {
  readonly files: readonly FileOfSet[];
  readonly statements: ReturnType<typeof mergeStatements>;
  readonly merger: Merger;
  readonly #first = new Map<string, number>();

  constructor(files: readonly FileOfSet[]) {
    this.files = files;
    this.statements = mergeStatements(files);
    this.merger = new Merger(
      this.statements,
      files.flatMap(({sha256: file, presence}) => presence.map((box) => ({file, ...box})))
    );
    let first = 0;
    for (const {sha256, statements} of files) {
      this.#first.set(sha256, first);
      first += statements.length;
    }
  }

  /** Returns the number, over all files, of a statement of a file. */
  statement(sha256: string, ordinal: number): number {
    const first = this.#first.get(sha256);
    if (first === undefined) throw new RangeError(`no such file in the set: ${sha256}`);
    return first + ordinal;
  }
}

/** Gathers rows of the files into the groups that are settled each by itself. */
export class RowGroups {
  readonly #set: FileSet;
  readonly #sha256: ((text: string) => string) | undefined;
  #groups = new Map<string, RowGroup>();

  /** @param sha256 as `rowContent` takes it */
  constructor(set: FileSet, sha256?: (text: string) => string) {
    this.#set = set;
    this.#sha256 = sha256;
  }

  /**
   * Takes a row of a file in.
   * @param content its hash, where it is known already
   */
  add(file: string, row: StatementRow, content: string = rowContent(row, this.#sha256)): void {
    const {account, element} = row;
    const {key, numbered} = rowKey(row, content);
    const name = [account, element, key].join("\u0001");
    const instance = {statement: this.#set.statement(file, row.statement), content, numbered, row};
    const group = this.#groups.get(name);
    if (group) group.instances.push(instance);
    else this.#groups.set(name, {account, element, key, instances: [instance]});
  }

  /** Gives the groups gathered so far, and forgets each as it is given: every row of their elements must be in. */
  *take(): Generator<RowGroup> {
    const groups = this.#groups;
    this.#groups = new Map();
    for (const [name, group] of groups) {
      groups.delete(name);
      yield group;
    }
  }
}

/** The ledger of a set of files, and what their rows contradict. */
export interface Assembled {
  ledger: LedgerTables;
  /** In order of account, day (the latest first), element, key. */
  changes: Change[];
}

/** Books the rows that count. */
export class Assembler {
  readonly #set: FileSet;
  readonly #tables = new Map((Object.keys(TABLES) as TableName[]).map((name) => [name, [] as BookedRow[]]));
  readonly #changes: Change[] = [];

  constructor(set: FileSet) {
    this.#set = set;
  }

  /** Settles groups and books what counts of them. */
  book(groups: Iterable<RowGroup>): void {
    for (const {account, element, key, instances} of groups) {
      const {rows, changes} = this.#set.merger.settle(key, instances);
      for (const change of changes) this.#changes.push(change);
      const id = `${element}:${account}:${key}`;
      for (const [n, row] of rows.entries()) {
        for (const {table, booked} of book(row, n ? `${id}:${n + 1}` : id))
          this.#tables.get(table)!.push(booked); // every name is in it
      }
    }
  }

  /** Returns what was booked, each table in order of account, day, id. */
  finish(): Assembled {
    for (const rows of this.#tables.values()) rows.sort(byPlace);
    const tables = Object.fromEntries(this.#tables);
    return {
      ledger: {...tables, coverage: coverageOf(this.#set.statements)} as unknown as LedgerTables, // booked by name
      changes: this.#changes.sort(byChange)
    };
  }
}

/** Returns the ledger of files whose rows fit in memory together. */
export function assemble(
  files: readonly (FileOfSet & {rows: Iterable<StatementRow>})[],
  sha256?: (text: string) => string
): Assembled {
  const set = new FileSet(files);
  const groups = new RowGroups(set, sha256);
  for (const file of files) for (const row of file.rows) groups.add(file.sha256, row);
  const assembler = new Assembler(set);
  assembler.book(groups.take());
  return assembler.finish();
}

/**
 * Returns a change as views show it.
 * @param seen when the import that brought it ran, ISO 8601 UTC
 */
export function summarizeChange(
  {kind, account, element, key, day, old, now}: Change,
  seen: string
): ChangeSummary {
  return {
    kind,
    account,
    element,
    key,
    day,
    seen,
    oldFile: old.file,
    nowFile: now?.file ?? null,
    differences: differencesOf(old.fields, now?.fields ?? null)
  };
}

/** Returns the attributes that differ: name, before, now; now is null where the row is gone. */
export function differencesOf(
  old: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>> | null
): [string, string | null, string | null][] {
  const names = new Set([...Object.keys(old), ...Object.keys(now ?? {})]);
  return [...names]
    .filter((name) => old[name] !== now?.[name])
    .map((name) => [name, old[name] ?? null, now?.[name] ?? null]);
}

function byPlace(a: BookedRow, b: BookedRow): number {
  return (
    compareText(a.account, b.account) || compareText(a.day ?? "", b.day ?? "") || compareText(a.id, b.id)
  );
}

function byChange(a: Change, b: Change): number {
  return (
    compareText(a.account, b.account) ||
    compareText(b.day, a.day) ||
    compareText(a.element, b.element) ||
    compareText(a.key, b.key) ||
    compareText(a.kind, b.kind) ||
    compareText(JSON.stringify(a.old.fields), JSON.stringify(b.old.fields))
  );
}
