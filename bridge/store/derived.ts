import {createFigures} from "../../lib/ledger/figures.js";
import type {LedgerTables} from "../../lib/ledger/tables.js";
import {formatAmount, type Amount} from "../../lib/money/amount.js";
import type {Store} from "./open.js";
import {readAccounts, readLedger} from "./read.js";
import type {AccountSnapshotsTable, PerformanceMetricsTable, PnlHistoryTable} from "./schema.js";

/** Trades and cash rows of one account above which its history is left out: it would not fit beside an import. */
const MOST_ROWS = 100_000;

/**
 * Fills account_snapshots, pnl_history and performance_metrics from the ledger, where it has changed since.
 * They are copies for programs that read the database; pages and endpoints ask lib/ledger/figures.ts itself.
 */
export async function refreshDerived(store: Store, {now}: {now: () => Date}): Promise<void> {
  const version = store.version();
  const made = store.raw.prepare<[], number>("select derived from ledger_state").pluck().get();
  if (made === version) return;
  const derived = readAccounts(store)
    .filter((account) => countRows(store, account) <= MOST_ROWS)
    .map((account) =>
      derive(readLedger(store, [account], {positions: "latest"}), account, now().toISOString())
    );
  await store.write(() => {
    replace(
      store,
      "account_snapshots",
      derived.flatMap(({snapshots}) => snapshots)
    );
    replace(
      store,
      "pnl_history",
      derived.flatMap(({pnl}) => pnl)
    );
    replace(
      store,
      "performance_metrics",
      derived.flatMap(({metrics}) => metrics)
    );
    store.raw.prepare("update ledger_state set derived = ?").run(version);
  });
}

interface Derived {
  snapshots: AccountSnapshotsTable[];
  pnl: PnlHistoryTable[];
  metrics: PerformanceMetricsTable[];
}

/** Buying power is IBKR's to say: a statement has none. */
function derive(ledger: LedgerTables, account: string, now: string): Derived {
  const figures = createFigures(ledger, {
    now,
    mode: "real",
    benchmark: null,
    sectors: {},
    changes: [],
    files: [],
    failures: []
  });
  const {days, scope} = figures.pnl({accounts: [account], range: "ALL"});
  const {measures} = figures.performance({accounts: [account], range: "ALL"});
  const {currency, from, to} = scope;
  const text = (amount: Amount | null) => (amount === null ? null : formatAmount(amount));
  return {
    snapshots: ledger.nav.map(({day, total, cash}) => ({
      account,
      day,
      currency,
      net_liquidation: text(total),
      cash: text(cash),
      equity: total === null || cash === null ? null : text(total - cash),
      buying_power: null
    })),
    pnl: days.map(({day, pnl, realized, return: daily, cumulative}) => ({
      account,
      day,
      currency,
      realized_pnl: realized.value,
      total_pnl: pnl.value,
      daily_return: daily.value,
      cumulative_return: cumulative.value
    })),
    metrics: measures.map(({id, portfolio: {value, reason}}) => ({
      account,
      from_day: from ?? "",
      to_day: to ?? "",
      metric: id,
      value,
      reason: reason ?? null
    }))
  };
}

function countRows({raw}: Store, account: string): number {
  const count = (table: string) =>
    raw.prepare<[string], number>(`select count(*) from ${table} where account = ?`).pluck().get(account) ??
    0;
  return count("trades") + count("cash");
}

function replace(
  {raw}: Store,
  table: "account_snapshots" | "pnl_history" | "performance_metrics",
  rows: readonly object[]
): void {
  raw.exec(`delete from ${table}`);
  if (rows.length === 0) return;
  const columns = Object.keys(rows[0]);
  const insert = raw.prepare(
    `insert or replace into ${table} (${columns.join(", ")}) values (${columns.map((column) => `:${column}`).join(", ")})`
  );
  for (const row of rows) insert.run(row);
}
