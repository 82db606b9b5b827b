import {existsSync, readdirSync} from "node:fs";
import {join} from "node:path";
import Database from "better-sqlite3";
import type {Happening} from "../../lib/orders/run/decider.js";
import {revivedHappening, type RunSettings} from "../../lib/orders/run/lived-run.js";
import {settingsOf} from "./run-store.js";

/** A run of a strategy that was kept, as a list shows it. */
export interface KeptStrategyRun {
  run: string;
  settings: RunSettings;
  fills: number;
  /** Of what happened last, milliseconds since 1970 UTC; null where nothing has. */
  last: number | null;
}

/** A run with all that it has lived through. */
export interface LivedStrategyRun extends KeptStrategyRun {
  /** Oldest first. */
  happenings: Happening[];
  /** What was paid, by the id that an order went out under, in the symbol's currency. */
  commissions: Record<string, number>;
}

/** The runs of strategies that `tearsheet run` keeps, each in a folder of its own. */
export interface KeptRuns {
  /** The one of which something was heard last comes first. */
  list(): KeptStrategyRun[];
  /** Undefined when there is none of that name. */
  read(run: string): LivedStrategyRun | undefined;
}

/**
 * Returns the runs in a folder, read anew each time: a run may go on in a process of its own.
 * @param journal of the desk: orders of a run that is not on paper are in it
 */
export function openKeptRuns(folder: string, journal: string): KeptRuns {
  const headOf = (run: string) => readIn(join(folder, run, "runs.db"), (db) => readHead(db, run));
  return {
    list() {
      const names = existsSync(folder) ? readdirSync(folder) : [];
      return names
        .flatMap((run) => headOf(run) ?? [])
        .sort((a, b) => (b.last ?? 0) - (a.last ?? 0) || (a.run < b.run ? -1 : 1));
    },
    read(run) {
      if (!/^[\w.-]{1,60}$/.test(run) || run.startsWith(".")) return undefined;
      const head = headOf(run);
      const happenings = readIn(join(folder, run, "runs.db"), (db) => readHappenings(db, run));
      if (!head || !happenings) return undefined;
      const own = join(folder, run, "orders.db");
      const commissions = readIn(existsSync(own) ? own : journal, (db) => readCommissions(db, happenings));
      return {...head, happenings, commissions: commissions ?? {}};
    }
  };
}

/** Reads a file that another process may be writing; undefined where there is none. */
function readIn<Value>(path: string, read: (db: Database.Database) => Value): Value | undefined {
  if (!existsSync(path)) return undefined;
  const db = new Database(path, {readonly: true, timeout: 15_000});
  try {
    return read(db);
  } finally {
    db.close();
  }
}

function readHead(db: Database.Database, run: string): KeptStrategyRun | undefined {
  const text = db.prepare<[string], string>("select settings from runs where run = ?").pluck().get(run);
  const settings = text === undefined ? null : settingsOf(text);
  if (!settings) return undefined;
  const counted = db
    .prepare<[string], {fills: number | null; last: number | null}>(
      `select sum(happening ->> 'kind' = 'fill') as fills, max(happening ->> 'time') as last
       from moments where run = ?`
    )
    .get(run);
  return {
    run,
    settings,
    fills: counted?.fills ?? 0,
    last: counted?.last ?? null
  };
}

function readHappenings(db: Database.Database, run: string): Happening[] {
  const texts = db
    .prepare<[string], string>("select happening from moments where run = ? order by seq")
    .pluck()
    .all(run);
  return texts.map((text) => revivedHappening(JSON.parse(text) as Happening)); // as the run wrote it
}

function readCommissions(db: Database.Database, happenings: readonly Happening[]): Record<string, number> {
  const paid = db
    .prepare<[string], number | null>("select commission from execution_orders where id = ?")
    .pluck();
  const ids = new Set(happenings.flatMap((each) => (each.kind === "fill" && each.id) || []));
  return Object.fromEntries(
    [...ids].flatMap((id) => {
      const commission = paid.get(id) ?? null;
      return commission === null ? [] : [[id, commission] as const];
    })
  );
}
