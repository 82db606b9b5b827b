/** Rows of the tables that are filled from the ledger; each table is made by a migration. */

export interface AccountSnapshotsTable {
  account: string;
  day: string;
  currency: string | null;
  net_liquidation: string | null;
  cash: string | null;
  equity: string | null;
  buying_power: string | null;
}

export interface PnlHistoryTable {
  account: string;
  day: string;
  currency: string | null;
  realized_pnl: string | null;
  /** Change of value net of flows: what IBKR calls mark to market, with income and cost. */
  total_pnl: string | null;
  daily_return: number | null;
  cumulative_return: number | null;
}

export interface PerformanceMetricsTable {
  account: string;
  from_day: string;
  to_day: string;
  metric: string;
  value: number | null;
  reason: string | null;
}
