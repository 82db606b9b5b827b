import Database from "better-sqlite3";
import type {CommissionReport, Execution} from "../../../lib/orders/executions.js";
import type {PaperAccount} from "../../../lib/orders/paper/account.js";
import {accountOf, type SavedAccount, savedOf} from "../../../lib/orders/paper/saved.js";
import type {ListedOrder} from "../../../lib/orders/reconcile.js";

const TABLES = `
  create table if not exists paper_account (one integer primary key check (one = 1), json text not null);
  create table if not exists paper_orders (
    order_id integer primary key, is_working integer not null, json text not null
  );
  create index if not exists paper_working on paper_orders (is_working);
  create table if not exists paper_executions (exec_id text primary key, json text not null, commission text not null);
  create table if not exists paper_counters (name text primary key, value integer not null) without rowid;
`;

/** What changes together: an execution is never without the account that it made. */
export interface PaperChange {
  account: PaperAccount;
  orders?: readonly {order: ListedOrder; isWorking: boolean}[];
  executions?: readonly {execution: Execution; report: CommissionReport}[];
}

export type Counter = "order" | "perm" | "execution";

/** The paper account on disk: each change whole or not at all, and on the disk before it is told. */
export interface PaperStore {
  load(): PaperAccount | null;
  save(change: PaperChange): void;
  /** Tells whether an order of that number was ever taken. */
  has(orderId: number): boolean;
  orders(isWorking: boolean): ListedOrder[];
  executions(): {execution: Execution; report: CommissionReport}[];
  /** Takes the next number, greater than `above` and than each one taken before. */
  next(counter: Counter, above?: number): number;
  close(): void;
}

/**
 * Opens the paper account in a file of its own, `:memory:` for none, or in a database that is open, and makes its tables.
 * A database that was handed in is not closed with it.
 */
export function openPaperStore(place: string | Database.Database): PaperStore {
  const db = typeof place === "string" ? new Database(place, {timeout: 15_000}) : place;
  db.pragma("journal_mode = wal");
  db.pragma("synchronous = full");
  db.exec(TABLES);
  const read = db.prepare<[], string>("select json from paper_account").pluck();
  const write = db.prepare(
    "insert into paper_account values (1, ?) on conflict (one) do update set json = excluded.json"
  );
  const order = db.prepare(
    "insert into paper_orders values (?, ?, ?) on conflict (order_id) do update set is_working = excluded.is_working, json = excluded.json"
  );
  const execution = db.prepare("insert into paper_executions values (?, ?, ?)");
  const one = db.prepare<[number], number>("select 1 from paper_orders where order_id = ?").pluck();
  const ordersOf = db
    .prepare<[number], string>("select json from paper_orders where is_working = ? order by order_id")
    .pluck();
  const executionsOf = db.prepare<[], {json: string; commission: string}>(
    "select json, commission from paper_executions order by rowid"
  );
  const count = db
    .prepare<[string, number, number], number>(
      "insert into paper_counters values (?, ?) on conflict (name) do update set value = max(value + 1, ?) returning value"
    )
    .pluck();
  const save = db.transaction(({account, orders = [], executions = []}: PaperChange) => {
    write.run(JSON.stringify(savedOf(account)));
    for (const {order: row, isWorking} of orders)
      order.run(row.orderId, isWorking ? 1 : 0, JSON.stringify(row));
    for (const {execution: row, report} of executions)
      execution.run(row.execId, JSON.stringify(row), JSON.stringify(report));
  });
  return {
    load() {
      const json = read.get();
      return json === undefined ? null : accountOf(JSON.parse(json) as SavedAccount); // as `save` wrote it
    },
    save(change) {
      save.immediate(change);
    },
    has: (orderId) => one.get(orderId) !== undefined,
    orders: (isWorking) => ordersOf.all(isWorking ? 1 : 0).map((json) => JSON.parse(json) as ListedOrder), // as `save` wrote it
    executions: () =>
      executionsOf.all().map(({json, commission}) => ({
        execution: JSON.parse(json) as Execution, // as `save` wrote it
        report: JSON.parse(commission) as CommissionReport
      })),
    next: (counter, above = 0) => count.get(counter, above + 1, above + 1)!, // it returns the row
    close() {
      if (typeof place === "string") db.close();
    }
  };
}
