import type {Database, Statement} from "better-sqlite3";
import {book} from "../../lib/ledger/book.js";
import {coverageOf} from "../../lib/ledger/coverage.js";
import {Merger, type Change, type MergeStatement, type Presence} from "../../lib/ledger/merge.js";
import type {StatementRow} from "../../lib/statements/statement.js";
import {LedgerWriter} from "./ledger-tables.js";
import {GroupReader, type RowGroup} from "./row-groups.js";

/** Groups that are read, settled and written together. */
const PAGE = 200;

/** How far the settling is, in groups. */
export interface SettleProgress {
  done: number;
  total: number;
}

/** Makes the table of the groups to settle; `fill` says which. */
export function touch(db: Database, fill: () => void): void {
  db.exec("create temp table if not exists touched (group_id integer primary key)");
  db.exec("delete from temp.touched");
  fill();
}

interface SettleOptions {
  /** ISO 8601 UTC, for changes that were not there before. */
  seenAt: string;
  /** Groups with a greater id have no row in the ledger's tables yet. */
  lastBooked: number;
}

/**
 * Settles the touched groups anew by the law of lib/ledger/merge.ts: their rows in the ledger's tables and
 * their changes become what the files in the store now say. A step is a page of groups; stop between two.
 */
export function* settleTouched(db: Database, options: SettleOptions): Generator<SettleProgress, void> {
  const merger = new Merger(readStatements(db), readPresence(db));
  const writer = new GroupWriter(db, options);
  const total = db.prepare<[], number>("select count(*) from temp.touched").pluck().get() ?? 0;
  let done = 0;
  for (const groups of new GroupReader(db).pages(PAGE)) {
    for (const group of groups) writer.write(group, merger);
    yield {done: (done += groups.length), total};
  }
  writeCoverage(db);
}

class GroupWriter {
  readonly #ledger: LedgerWriter;
  readonly #options: SettleOptions;
  /** Groups that have changes listed. */
  readonly #changed: ReadonlySet<number>;
  readonly #known: Statement<
    [number],
    {id: number; kind: string; old: string; now: string | null; seen: string}
  >;
  readonly #forget: Statement<[number]>;
  readonly #add: Statement;

  constructor(db: Database, options: SettleOptions) {
    this.#ledger = new LedgerWriter(db);
    this.#options = options;
    this.#changed = new Set(db.prepare<[], number>("select distinct group_id from changes").pluck().all());
    this.#known = db.prepare(
      "select id, kind, old_fields as old, now_fields as now, seen_at as seen from changes where group_id = ?"
    );
    this.#forget = db.prepare("delete from changes where group_id = ?");
    this.#add = db.prepare(
      `insert into changes (group_id, kind, section, day, old_file, old_generated, old_fields, now_file,
         now_generated, now_fields, seen_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
    );
  }

  write(group: RowGroup, merger: Merger): void {
    const {key, instances} = group;
    const {rows, changes} = instances.length ? merger.settle(key, instances) : {rows: [], changes: []};
    this.#writeRows(group, rows);
    this.#writeChanges(group, changes);
  }

  #writeRows({id: groupId, account, element, key}: RowGroup, rows: readonly StatementRow[]): void {
    const id = `${element}:${account}:${key}`;
    if (groupId <= this.#options.lastBooked) this.#ledger.remove(element, id);
    for (const [n, row] of rows.entries()) {
      for (const {table, booked} of book(row, n ? `${id}:${n + 1}` : id)) this.#ledger.insert(table, booked);
    }
  }

  /** A change that was listed before keeps the time when it was first seen. */
  #writeChanges({id}: RowGroup, changes: readonly Change[]): void {
    const known = this.#changed.has(id) ? this.#known.all(id) : [];
    if (known.length) this.#forget.run(id);
    for (const {kind, section, day, old, now} of changes) {
      const [before, after] = [JSON.stringify(old.fields), now && JSON.stringify(now.fields)];
      const same = known.find((one) => one.kind === kind && one.old === before && one.now === after);
      this.#add.run(
        id,
        kind,
        section,
        day,
        old.file,
        old.generated,
        before,
        now?.file ?? null,
        now?.generated ?? null,
        after,
        same?.seen ?? this.#options.seenAt
      );
    }
  }
}

function readStatements(db: Database): Iterable<MergeStatement> {
  return db
    .prepare<[], MergeStatement>(
      `select s.id, f.sha256 as file, f.format, s.account, s.from_day as "from", s.to_day as "to", s.generated, s.query, s.base
       from statements s join files f on f.id = s.file_id`
    )
    .all();
}

function readPresence(db: Database): Iterable<Presence> {
  return db
    .prepare<[], Presence>(
      `select f.sha256 as file, p.account, p.section, p.element, p.level, p.kind
       from presence p join files f on f.id = p.file_id`
    )
    .all();
}

function writeCoverage(db: Database): void {
  const insert = db.prepare("insert into coverage (account, from_day, to_day, base) values (?, ?, ?, ?)");
  db.exec("delete from coverage");
  for (const {account, from, to, base} of coverageOf(readStatements(db))) insert.run(account, from, to, base);
}
