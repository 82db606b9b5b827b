import {renameSync, rmSync} from "node:fs";
import {join} from "node:path";
import Database from "better-sqlite3";
import {BOOKS} from "./books.js";
import type {Folder, Manifest} from "./manifest.js";
import type {Gain} from "./gains.js";
import {PROBLEMS} from "./problems.js";

/** What can be made again from manifests and parts, and is where it is not of the manifest that is there. */
const DERIVED = `
  create table if not exists datasets (
    path text primary key, stamp text not null, rows integer not null, symbols integer not null,
    from_day text, to_day text, bytes integer not null, parts integer not null
  ) without rowid;
  create table if not exists symbols (
    path text, symbol text, rows integer not null, from_day text not null, to_day text not null,
    primary key (path, symbol)
  ) without rowid;
  create table if not exists checked (file text primary key, stamp text not null) without rowid;
  create table if not exists state (version integer not null);
  insert into state select 0 where not exists (select 1 from state);
`;

/** What a dataset holds. */
export interface Totals {
  path: string;
  rows: number;
  symbols: number;
  from: string | null;
  to: string | null;
  bytes: number;
  parts: number;
}

/** `catalog.db`: what the manifests and parts hold, at a glance. */
export class Catalog {
  readonly db: Database.Database;

  constructor(db: Database.Database) {
    this.db = db;
  }

  /** Makes a change, all of it or nothing; every process sees by the version that there was one. */
  commit(change: () => void): void {
    this.db
      .transaction(() => {
        change();
        this.db.exec("update state set version = version + 1");
      })
      .immediate();
  }

  version(): number {
    return this.db.prepare<[], number>("select version from state").pluck().get()!; // it has a row
  }

  /** Returns whether what is known of a dataset is of this manifest. */
  isCurrent({path}: Folder, {stamp}: Manifest): boolean {
    const known = this.db.prepare<[string], string>("select stamp from datasets where path = ?").pluck();
    return known.get(path) === stamp;
  }

  /** Puts what a dataset holds in the place of what was known of it. */
  replace(folder: Folder, manifest: Manifest, symbols: readonly Gain[]): void {
    this.commit(() => {
      this.db.prepare("delete from symbols where path = ?").run(folder.path);
      this.#add(folder, manifest, symbols);
    });
  }

  /** Adds what a dataset gained; @param manifest as it is with that */
  add(folder: Folder, manifest: Manifest, gains: readonly Gain[]): void {
    this.commit(() => this.#add(folder, manifest, gains));
  }

  #add({path}: Folder, {parts, stamp}: Manifest, gains: readonly Gain[]): void {
    const insert = this.db.prepare(
      `insert into symbols values (?, ?, ?, ?, ?) on conflict do update set rows = rows + excluded.rows,
         from_day = min(from_day, excluded.from_day), to_day = max(to_day, excluded.to_day)`
    );
    for (const {symbol, rows, from, to} of gains) insert.run(path, symbol, rows, from, to);
    const [rows, bytes] = [sum(parts.map((part) => part.rows)), sum(parts.map((part) => part.bytes))];
    this.db
      .prepare(
        `insert or replace into datasets select ?, ?, ?, count(*), min(from_day), max(to_day), ?, ?
           from symbols where path = ?`
      )
      .run(path, stamp, rows, bytes, parts.length, path);
  }

  /** Forgets the datasets that are not there any more. */
  keepOnly(folders: readonly Folder[]): void {
    const there = new Set(folders.map(({path}) => path));
    const gone = this.datasets().filter(({path}) => !there.has(path));
    if (!gone.length) return;
    this.commit(() => {
      for (const {path} of gone) {
        this.db.prepare("delete from symbols where path = ?").run(path);
        this.db.prepare("delete from datasets where path = ?").run(path);
      }
    });
  }

  /** Forgets all that can be made again. */
  forget(): void {
    this.commit(() => this.db.exec("delete from datasets; delete from symbols; delete from checked"));
  }

  datasets(): Totals[] {
    return this.db
      .prepare<[], Totals>(
        `select path, rows, symbols, from_day as "from", to_day as "to", bytes, parts from datasets order by path`
      )
      .all();
  }

  /** Symbols of a dataset in the order of their bytes. */
  symbols({path}: Folder): Gain[] {
    return this.db
      .prepare<[string], Gain>(
        `select symbol, rows, from_day as "from", to_day as "to" from symbols where path = ? order by symbol`
      )
      .all(path);
  }

  /** Returns what a file was stamped with when its content was last checked. */
  checkedStamp(file: string): string | undefined {
    return this.db.prepare<[string], string>("select stamp from checked where file = ?").pluck().get(file);
  }

  /** Remembers the stamps of files whose content was checked. */
  setChecked(stamps: ReadonlyMap<string, string>): void {
    const insert = this.db.prepare("insert or replace into checked values (?, ?)");
    this.db.transaction(() => {
      for (const [file, stamp] of stamps) insert.run(file, stamp);
    })();
  }

  close(): void {
    this.db.close();
  }
}

/** Opens the catalog of a lake; one that SQLite cannot read is put aside and begun anew. */
export function openCatalog(dir: string): Catalog {
  const file = join(dir, "catalog.db");
  try {
    return new Catalog(openTables(file));
  } catch (error) {
    if (!(error instanceof Database.SqliteError && /^SQLITE_(NOTADB|CORRUPT)/.test(error.code))) throw error;
    renameSync(file, `${file}.unreadable`);
    for (const suffix of ["-wal", "-shm"]) rmSync(file + suffix, {force: true});
    return new Catalog(openTables(file));
  }
}

function openTables(file: string): Database.Database {
  const db = new Database(file, {timeout: 10_000});
  try {
    db.pragma("journal_mode = wal");
    db.pragma("synchronous = normal");
    db.exec(DERIVED + PROBLEMS + BOOKS);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
