import {chmodSync, mkdirSync} from "node:fs";
import {dirname} from "node:path";
import Database from "better-sqlite3";
import {nextEntry, type JournalBody, type JournalEntry} from "../../lib/orders/journal.js";
import type {FillRow, OrderRow} from "../../lib/orders/desk.js";

/** Marks a file as a journal of orders: "TeaO". */
const APPLICATION_ID = 0x5465614f;
const VERSION = 1;

const TABLES = `
create table journal (
  seq integer primary key, at integer not null, body text not null, hash text not null
) strict;
create trigger journal_is_not_changed before update on journal
begin select raise(abort, 'the journal is never changed'); end;
create trigger journal_is_not_cut before delete on journal
begin select raise(abort, 'the journal is never cut'); end;
create table execution_orders (
  id text primary key, at integer not null, changed_at integer not null, broker text not null, account text not null,
  con_id integer not null, label text not null, currency text not null, action text not null, quantity real not null,
  type text not null, limit_price real, stop_price real, tif text not null, strategy text, parent text,
  status text not null, filled real not null, average_price real, commission real, problem text, order_id integer,
  perm_id integer
) strict;
create table execution_fills (
  exec_id text primary key, execution_order text, broker text not null, account text not null, con_id integer not null,
  label text not null, currency text not null, side text not null, shares real not null, price real not null,
  time integer not null, commission real, commission_currency text, perm_id integer not null, order_ref text not null,
  corrections integer not null
) strict;
create table risk_events (
  seq integer primary key, at integer not null, kind text not null, execution_order text, account text not null,
  allowed integer, reason text not null, context text not null
) strict;
create table saved (id integer primary key check (id = 1), seq integer not null) strict;
insert into saved values (1, 0);
create table audit_logs (
  seq integer primary key, at integer not null, who text not null, action text not null, target text not null,
  detail text not null
) strict;
`;

/** A line that others may read by SQL, beside the journal that it comes from. */
export interface AuditRow {
  seq: number;
  at: number;
  who: string;
  action: string;
  target: string;
  detail: string;
}

export interface RiskRow {
  seq: number;
  at: number;
  kind: "decision" | "kill-switch" | "limits" | "state" | "reconciliation";
  execution_order: string | null;
  account: string;
  allowed: number | null;
  reason: string;
  /** JSON. */
  context: string;
}

/**
 * The file that holds the journal of orders, each line on the disk before anything follows from it, and the tables made
 * of it. It is a file of its own: an import that holds the other database never keeps an order waiting.
 */
export class OrdersStore {
  readonly #db: Database.Database;
  readonly #insert: Database.Statement<[number, number, string, string]>;
  readonly #last: Database.Statement<[], {seq: number; at: number; body: string; hash: string}>;
  readonly #after: Database.Statement<
    [number, number],
    {seq: number; at: number; body: string; hash: string}
  >;

  /** @param path `:memory:` for one that nobody needs later @throws Error if the file is another program's, or a newer tearsheet's */
  constructor(path: string) {
    mkdirSync(dirname(path), {recursive: true, mode: 0o700});
    const db = new Database(path, {timeout: 5000});
    db.pragma("journal_mode = wal");
    db.pragma("synchronous = full");
    if (path !== ":memory:") chmodSync(path, 0o600);
    db.transaction(() => {
      const tables = db.prepare<[], number>("select count(*) from sqlite_schema").pluck().get();
      if (!tables) {
        db.exec(TABLES);
        db.pragma(`application_id = ${APPLICATION_ID}`);
        db.pragma(`user_version = ${VERSION}`);
      }
    }).immediate();
    if (db.pragma("application_id", {simple: true}) !== APPLICATION_ID)
      throw new Error(`another program's database: ${path}: move it away`);
    const version = db.pragma("user_version", {simple: true});
    if (version !== VERSION)
      throw new Error(`the journal of orders is of a newer tearsheet: ${path}: update tearsheet`);
    this.#db = db;
    this.#insert = db.prepare("insert into journal values (?, ?, ?, ?)");
    this.#last = db.prepare("select * from journal order by seq desc limit 1");
    this.#after = db.prepare("select * from journal where seq > ? order by seq limit ?");
  }

  get path(): string {
    return this.#db.name;
  }

  /** For whoever reads the tables beside the journal by SQL. */
  get database(): Database.Database {
    return this.#db;
  }

  /** Writes lines; when it returns they are on the disk. Another process may have written in between. */
  append(at: number, bodies: readonly JournalBody[]): JournalEntry[] {
    const write = this.#db.transaction(() => {
      const row = this.#last.get();
      let last = row && entryOf(row);
      return bodies.map((body) => {
        last = nextEntry(last, at, body);
        this.#insert.run(last.seq, last.at, JSON.stringify(last.body), last.hash);
        return last;
      });
    });
    return write.immediate();
  }

  /** Lines after one, at most so many, in order. */
  entries(after: number, limit: number): JournalEntry[] {
    return this.#after.all(after, limit).map(entryOf);
  }

  /** Every line, in order. */
  *all(): Generator<JournalEntry> {
    for (const row of this.#db
      .prepare<[], Parameters<typeof entryOf>[0]>("select * from journal order by seq")
      .iterate())
      yield entryOf(row);
  }

  /** Line up to which the tables beside the journal were made. */
  get saved(): number {
    return this.#db.prepare<[], number>("select seq from saved").pluck().get() ?? 0;
  }

  /** @param seq line up to which these rows tell all */
  saveRows({
    seq,
    orders,
    fills,
    risks,
    audits
  }: {
    seq: number;
    orders: readonly OrderRow[];
    fills: readonly FillRow[];
    risks: readonly RiskRow[];
    audits: readonly AuditRow[];
  }): void {
    const save = this.#db.transaction(() => {
      for (const row of orders) this.#put("execution_orders", orderColumns(row));
      for (const row of fills) this.#put("execution_fills", fillColumns(row));
      for (const row of risks) this.#put("risk_events", {...row});
      for (const row of audits) this.#put("audit_logs", {...row});
      this.#db.prepare("update saved set seq = ?").run(seq);
    });
    save.immediate();
  }

  /** The last decisions and changes, the latest first. */
  risks(limit: number): RiskRow[] {
    return this.#db
      .prepare<[number], RiskRow>("select * from risk_events order by seq desc limit ?")
      .all(limit);
  }

  audits(limit: number): AuditRow[] {
    return this.#db
      .prepare<[number], AuditRow>("select * from audit_logs order by seq desc limit ?")
      .all(limit);
  }

  close(): void {
    this.#db.close();
  }

  #put(table: string, columns: Readonly<Record<string, unknown>>): void {
    const names = Object.keys(columns);
    const values = names.map((name) => `@${name}`).join();
    this.#db.prepare(`insert or replace into ${table} (${names.join()}) values (${values})`).run(columns);
  }
}

function entryOf({seq, at, body, hash}: {seq: number; at: number; body: string; hash: string}): JournalEntry {
  return {seq, at, body: JSON.parse(body) as JournalBody, hash}; // as append wrote it
}

function orderColumns(row: OrderRow) {
  return {
    id: row.id,
    at: row.at,
    changed_at: row.changedAt,
    broker: row.broker,
    account: row.account,
    con_id: row.conId,
    label: row.label,
    currency: row.currency,
    action: row.action,
    quantity: row.quantity,
    type: row.type,
    limit_price: row.limit,
    stop_price: row.stop,
    tif: row.tif,
    strategy: row.strategy,
    parent: row.parent,
    status: row.status,
    filled: row.filled,
    average_price: row.averagePrice,
    commission: row.commission,
    problem: row.problem,
    order_id: row.orderId,
    perm_id: row.permId
  };
}

function fillColumns(row: FillRow) {
  return {
    exec_id: row.execId,
    execution_order: row.order,
    broker: row.broker,
    account: row.account,
    con_id: row.conId,
    label: row.label,
    currency: row.currency,
    side: row.side,
    shares: row.shares,
    price: row.price,
    time: row.time,
    commission: row.commission,
    commission_currency: row.commissionCurrency,
    perm_id: row.permId,
    order_ref: row.orderRef,
    corrections: row.corrections
  };
}
