import Database from "better-sqlite3";
import {keyOf} from "../../lib/key.js";
import type {Happening} from "../../lib/orders/run/decider.js";
import {revivedHappening, type RunSettings} from "../../lib/orders/run/lived-run.js";

/** A happening of a run as it was written down. */
export interface Moment {
  seq: number;
  happening: Happening;
  /** Whether what was decided then has been handed on. */
  isDone: boolean;
}

/** What runs have lived through: written down before anything follows from it. */
export interface RunStore {
  /** Returns the moments of a run, oldest first. @throws Error if the run was begun with other settings */
  begin(run: string, settings: RunSettings): Moment[];
  add(run: string, happening: Happening): number;
  done(run: string, seq: number): void;
  close(): void;
}

/** Returns settings as `begin` wrote them; null for those of a run that was begun before they were kept whole. */
export function settingsOf(text: string): RunSettings | null {
  return text.startsWith("{") ? (JSON.parse(text) as RunSettings) : null; // ours
}

/** Opens the file that runs are kept in, `:memory:` for none. */
export function openRunStore(path: string): RunStore {
  const db = new Database(path, {timeout: 15_000});
  db.pragma("journal_mode = wal");
  db.pragma("synchronous = full");
  db.exec(`
    create table if not exists runs (run text primary key, settings text not null) without rowid;
    create table if not exists moments (
      seq integer primary key, run text not null, happening text not null, is_done integer not null
    );
    create index if not exists moments_of_run on moments (run, seq);
  `);
  const known = db.prepare<[string], string>("select settings from runs where run = ?").pluck();
  const insert = db.prepare("insert into runs values (?, ?)");
  const all = db.prepare<[string], {seq: number; happening: string; is_done: number}>(
    "select seq, happening, is_done from moments where run = ? order by seq"
  );
  const add = db.prepare("insert into moments (run, happening, is_done) values (?, ?, 0)");
  const done = db.prepare("update moments set is_done = 1 where run = ? and seq = ?");
  return {
    begin(run, settings) {
      const before = known.get(run);
      if (before === undefined) insert.run(run, JSON.stringify(settings));
      else if (keyOf(settingsOf(before)) !== keyOf(settings))
        throw new Error(`run ${run} was begun with other settings: give it another name`);
      return all.all(run).map(({seq, happening, is_done}) => ({
        seq,
        happening: revivedHappening(JSON.parse(happening) as Happening), // as `add` wrote it
        isDone: is_done === 1
      }));
    },
    add: (run, happening) => Number(add.run(run, JSON.stringify(happening)).lastInsertRowid),
    done: (run, seq) => void done.run(run, seq),
    close: () => void db.close()
  };
}
