import type {CommissionReport, Execution} from "../../../lib/orders/executions.js";
import type {PaperAccount} from "../../../lib/orders/paper/account.js";
import {accountOf, savedOf} from "../../../lib/orders/paper/saved.js";
import type {ListedOrder} from "../../../lib/orders/reconcile.js";
import {openPaperFile, PaperFileError} from "./paper-file.js";

/** What changes together: an execution is never without the account that it made. */
export interface PaperChange {
  account: PaperAccount;
  orders?: readonly {order: ListedOrder; isWorking: boolean}[];
  executions?: readonly {execution: Execution; report: CommissionReport}[];
}

export type Counter = "order" | "perm" | "execution";

/** The paper account on disk: each change whole or not at all, and on the disk before it is told. */
export interface PaperStore {
  /**
   * @param expected whose it should be
   * @throws PaperFileError where it is another's, not as it was written, or gone from among its fills
   */
  load(expected: Pick<PaperAccount, "id" | "base">): PaperAccount | null;
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
 * Opens the paper account in a file of its own, `:memory:` for none.
 * @throws PaperFileError, see openPaperFile
 */
export function openPaperStore(path: string): PaperStore {
  const db = openPaperFile(path);
  const read = db.prepare<[], string>("select json from paper_account").pluck();
  const write = db.prepare(
    "insert into paper_account values (1, ?) on conflict (one) do update set json = excluded.json"
  );
  const begun = db
    .prepare<[], number>(
      "select exists (select 1 from paper_orders) or exists (select 1 from paper_executions)"
    )
    .pluck();
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
    load({id, base}) {
      const json = read.get();
      if (json === undefined) {
        if (begun.get()) throw new PaperFileError(path, "has fills or orders and no account");
        return null;
      }
      const account = readAccount(json, path);
      if (account.id === id && account.base === base) return account;
      throw new PaperFileError(path, `is of account ${account.id} in ${account.base}, not ${id} in ${base}`);
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
    close: () => void db.close()
  };
}

function readAccount(json: string, path: string): PaperAccount {
  try {
    return accountOf(JSON.parse(json));
  } catch (error) {
    throw new PaperFileError(path, "has an account that cannot be read", {cause: error});
  }
}
