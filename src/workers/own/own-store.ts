import {sha256} from "@noble/hashes/sha2.js";
import {bytesToHex} from "@noble/hashes/utils.js";
import {Assembler, FileSet, RowGroups, summarizeChange, type Assembled} from "../../lib/ledger/assemble.js";
import {joinTags, readArchive, writeArchive, type Packed} from "../../lib/ledger/archive.js";
import {ImportCounter, type SectionCounts} from "../../lib/ledger/import-counts.js";
import {Intake} from "../../lib/ledger/intake.js";
import {allSinks} from "../../lib/statements/all-sinks.js";
import {NO_TAGS} from "../../lib/ledger/tags/tag.js";
import {Inspector, type StatementInspection} from "../../lib/statements/inspect.js";
import type {QueryGap} from "../../lib/statements/query-check.js";
import {QuerySeen} from "../../lib/statements/query-seen.js";
import {readStatements, type OpenBytes} from "../../lib/statements/read.js";
import type {DateOrder} from "../../lib/time/flex-date.js";
import {FINGERPRINT, isStale} from "./fingerprint.js";
import {tableFiles} from "./tables.js";
import {gunzipText, packFile, readRows, RowWriter} from "./rows.js";
import type {OwnFile, OwnState, Vault} from "./vault.js";

/** How far the work is: bytes read, or rows compared or booked. */
export interface OwnProgress {
  phase: "read" | "compare" | "book";
  done: number;
  /** Null while it is not known. */
  total: number | null;
  rows: number;
}

export interface OwnTools {
  now: () => Date;
  /** A name that no other file in the store has. */
  newId: () => string;
  onProgress?: (progress: OwnProgress) => void;
  read?: typeof readStatements;
}

export interface OwnSource {
  name: string;
  open: OpenBytes;
  size: number;
  dateFormat?: DateOrder;
}

/** A file whose rows are in the vault but not yet in the set: `commit` takes it in, `sweep` throws it away. */
export interface Staged {
  file: OwnFile;
  statements: StatementInspection[];
  missing: QueryGap[];
  /** Whether the set has it already. */
  known: boolean;
  /** What its rows are to those of the set. */
  sections: SectionCounts[];
}

/** The browser's own store: a set of files, and the ledger that they make. Changes are one at a time, under a lock. */
export class OwnStore {
  readonly #vault: Vault;
  readonly #tools: OwnTools;

  constructor(vault: Vault, tools: OwnTools) {
    this.#vault = vault;
    this.#tools = tools;
  }

  /**
   * Reads a file into the vault and tells what it would change; the set stays as it is.
   * @throws StatementError if the file is refused, OwnStoreError if the browser keeps no more
   */
  async stage({name, open, size, dateFormat}: OwnSource): Promise<Staged> {
    const {newId, now, onProgress, read = readStatements} = this.#tools;
    const id = newId();
    const writer = new RowWriter(this.#vault, id);
    const intake = new Intake((row) => writer.add(row));
    const inspector = new Inspector();
    const seen = new QuerySeen();
    let hash = sha256.create();
    let bytes = 0;
    async function* measured(): AsyncGenerator<Uint8Array> {
      hash = sha256.create();
      bytes = 0;
      for await (const chunk of open()) {
        hash.update(chunk);
        bytes += chunk.byteLength;
        yield chunk;
        await writer.flush();
        onProgress?.({phase: "read", done: bytes, total: size, rows: intake.rows});
      }
    }
    const {format, warnings} = await read(measured, allSinks([inspector, intake, seen]), {
      ...(dateFormat && {dateFormat})
    });
    const elements = await writer.end();
    const statements = inspector.inspect();
    const file: OwnFile = {
      id,
      sha256: bytesToHex(hash.digest()),
      name,
      format,
      bytes,
      rows: intake.rows,
      importedAt: now().toISOString(),
      warnings,
      statements: intake.statements.map((header, i) => ({...header, base: statements[i].base})),
      presence: intake.presence,
      elements
    };
    const {files} = await this.#vault.state();
    const known = files.some((one) => one.sha256 === file.sha256);
    const sections = await this.#compare(known ? [] : files, file, intake.repeated);
    return {
      file,
      statements,
      missing: seen.missing(),
      known,
      sections: known
        ? sections.map((counts) => ({...counts, new: 0, changed: 0, same: rowsOf(counts)}))
        : sections
    };
  }

  async #compare(
    files: readonly OwnFile[],
    added: OwnFile,
    repeated: ReadonlyMap<string, number>
  ): Promise<SectionCounts[]> {
    const before = new FileSet(files);
    const after = new FileSet([...files, added]);
    const counter = new ImportCounter(before, after);
    for await (const groups of this.#groups("compare", [...files, added], after)) counter.count(groups);
    for (const [section, rows] of repeated) counter.repeated(section, rows);
    return counter.finish();
  }

  /** Takes staged files into the set and makes its ledger anew: all of it, or nothing. */
  async commit(staged: readonly OwnFile[]): Promise<void> {
    const state = await this.#vault.state();
    const files = new Map(state.files.map((file) => [file.sha256, file]));
    for (const file of staged) if (!files.has(file.sha256)) files.set(file.sha256, file);
    await this.#replace(state, [...files.values()]);
  }

  /** Takes a file out of the set; false when it is not in it. */
  async undo(hash: string): Promise<boolean> {
    const state = await this.#vault.state();
    const files = state.files.filter((file) => file.sha256 !== hash);
    if (files.length === state.files.length) return false;
    await this.#replace(state, files);
    return true;
  }

  /** Gives the pieces of all that the store holds as one file: see lib/ledger/archive.ts. */
  async export(): Promise<Iterable<Uint8Array>> {
    const {files, tags = NO_TAGS} = await this.#vault.state();
    const packed: Packed[] = [];
    for (const file of files.toSorted((a, b) => (a.importedAt < b.importedAt ? -1 : 1))) {
      packed.push(await packFile(this.#vault, file));
    }
    return writeArchive({files: packed, tags}, this.#tools.now().toISOString());
  }

  /** Remembers that what is there now was exported. */
  async markExported(): Promise<void> {
    const state = await this.#vault.state();
    await this.#vault.commit({...state, exported: state.version});
  }

  /**
   * Takes the files of such a one into the set that are not in it; all of them or none.
   * @throws StatementError `damaged` if it is not whole
   */
  async restore(chunks: AsyncIterable<Uint8Array>): Promise<{files: number; restored: number}> {
    const held = new Set((await this.#vault.state()).files.map((file) => file.sha256));
    const staged: OwnFile[] = [];
    let files = 0;
    const archive = await readArchive(chunks, gunzipText);
    for await (const {file, rows} of archive.files) {
      ++files;
      const id = this.#tools.newId();
      const writer = new RowWriter(this.#vault, id);
      for await (const some of rows) {
        if (held.has(file.sha256)) continue;
        for (const row of some) writer.add(row);
        await writer.flush();
      }
      if (!held.has(file.sha256)) staged.push({...file, id, elements: await writer.end()});
      held.add(file.sha256);
    }
    const state = await this.#vault.state();
    const own = state.tags ?? NO_TAGS;
    const tags = joinTags(own, archive.tags);
    const isTagged = tags.entries.length > own.entries.length || tags.rules.length > own.rules.length;
    if (staged.length || isTagged) await this.#replace({...state, tags}, [...state.files, ...staged]);
    return {files, restored: staged.length};
  }

  /** Makes the tables anew where another program made them. */
  async refresh(): Promise<void> {
    const state = await this.#vault.state();
    if (isStale(state)) await this.#replace(state, state.files);
  }

  async #replace(state: OwnState, files: OwnFile[]): Promise<void> {
    const {ledger, changes} = await this.#assemble(files);
    const seen = new Map(state.changes.map(({seen: at, ...change}) => [JSON.stringify(change), at]));
    const now = this.#tools.now().toISOString();
    const summaries = changes.map((change) => {
      const {seen: at, ...summary} = summarizeChange(change, now);
      return {...summary, seen: seen.get(JSON.stringify(summary)) ?? at};
    });
    await this.#vault.commit(
      {
        version: state.version + 1,
        edition: FINGERPRINT,
        files,
        coverage: ledger.coverage,
        changes: summaries.toSorted((a, b) => (a.seen < b.seen ? 1 : a.seen > b.seen ? -1 : 0)),
        exported: state.exported,
        ...(state.tags && {tags: state.tags})
      },
      tableFiles(ledger)
    );
    await this.#vault.sweep();
  }

  async #assemble(files: readonly OwnFile[]): Promise<Assembled> {
    const set = new FileSet(files);
    const assembler = new Assembler(set);
    for await (const groups of this.#groups("book", files, set)) assembler.book(groups);
    return assembler.finish();
  }

  /** Gathers the groups an element at a time. */
  async *#groups(phase: OwnProgress["phase"], files: readonly OwnFile[], set: FileSet) {
    const groups = new RowGroups(set);
    const elements = new Set(files.flatMap((file) => file.elements.map(({element}) => element)));
    const total = files.reduce((sum, {rows}) => sum + rows, 0);
    let done = 0;
    for (const element of elements) {
      for (const file of files) {
        for await (const rows of readRows(this.#vault, file, element)) {
          for (const row of rows) groups.add(file.sha256, row);
          this.#tools.onProgress?.({phase, done: (done += rows.length), total, rows: total});
        }
      }
      yield groups.take();
    }
  }
}

function rowsOf({new: added, same, changed}: SectionCounts): number {
  return added + same + changed;
}
