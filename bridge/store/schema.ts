import type {Generated} from "kysely";

/** A file that was imported: its name, hash and size, never the file itself. */
interface FilesTable {
  id: Generated<number>;
  sha256: string;
  name: string;
  format: string;
  bytes: number;
  rows: number;
  imported_at: string;
  /** When it was taken out of the set; its rows are gone then. */
  undone_at: string | null;
}

interface StatementsTable {
  id: Generated<number>;
  file_id: number;
  ordinal: number;
  account: string;
  from_day: string;
  to_day: string;
  generated: string;
  /** What makes two statements editions of one another. */
  query: string;
  query_name: string;
  query_type: string;
  base: string | null;
}

/** Which levels and kinds of row a file has: what its query's boxes say. */
interface PresenceTable {
  file_id: number;
  account: string;
  section: string;
  element: string;
  level: string;
  kind: string;
}

/** One thing that rows speak of: the merge settles a group at a time. */
interface RowGroupsTable {
  id: Generated<number>;
  account: string;
  element: string;
  key: string;
}

/** One content that a group has in some file. */
interface RowContentsTable {
  id: Generated<number>;
  group_id: number;
  account: string;
  section: string;
  day: string;
  from_day: string;
  to_day: string;
  level: string;
  kind: string;
  numbered: number;
  content: string;
  /** JSON object of text, as StatementRow.fields. */
  fields: string;
}

/** How often a content stands in a statement. */
interface RowPlacesTable {
  content_id: number;
  statement_id: number;
  count: number;
}

/** The three tables above as one: a row for each row of each file. */
interface RawRowsView {
  file: string;
  statement: number;
  section: string;
  element: string;
  account: string;
  day: string;
  from_day: string;
  to_day: string;
  level: string;
  kind: string;
  key: string;
  content: string;
  count: number;
  fields: string;
}

interface WarningsTable {
  file_id: number;
  code: string;
  place: string;
  count: number;
}

interface CoverageTable {
  account: string;
  from_day: string;
  to_day: string;
  base: string | null;
}

/** What IBKR changed, or contradicts itself in: see Change in lib/ledger/merge.ts. */
interface ChangesTable {
  id: Generated<number>;
  group_id: number;
  kind: "changed" | "gone" | "contradiction";
  section: string;
  day: string;
  old_file: string;
  old_generated: string;
  old_fields: string;
  now_file: string | null;
  now_generated: string | null;
  now_fields: string | null;
  /** When the import that brought it ran. */
  seen_at: string;
}

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

interface BenchmarksTable {
  name: string;
  kind: "price return" | "total return";
  currency: string;
  day: string;
  close: string;
}

/** Tags and a note on a trade, an order or a position: see lib/ledger/tags/tag.ts. */
interface TagsTable {
  kind: "trade" | "order" | "position";
  account: string;
  id: string;
  /** JSON list of text. */
  tags: string;
  note: string;
}

interface TagRulesTable {
  ordinal: number;
  tag: string;
  field: string;
  match: string;
  value: string;
}

/** A run of a computation: see lib/tasks/run.ts. */
interface RunsTable {
  key: string;
  task: string;
  /** When it was last made, ISO UTC. */
  at: string;
  /** JSON of all but its result, and of the result. */
  run: string;
  output: string;
}

/** An account's live figures at a moment, as a broker told them. */
interface LiveSnapshotsTable {
  account: string;
  /** Milliseconds since 1970 UTC, and the day it was in New York. */
  at: number;
  day: string;
  source: "ibkr" | "paper";
  kind: "schedule" | "close";
  currency: string;
  nav: number;
  cash: number | null;
  gross_position: number | null;
  init_margin: number | null;
  maint_margin: number | null;
  excess_liquidity: number | null;
  daily_pnl: number | null;
  unrealized_pnl: number | null;
  realized_pnl: number | null;
}

interface AppStateTable {
  key: string;
  /** JSON. */
  value: string;
}

/** One row: how often the ledger changed, and which program's tables it is in. */
interface LedgerStateTable {
  id: 1;
  version: number;
  tables: string;
  derived: number;
}

/** The store's tables but the ledger's own, which are made from lib/ledger/tables.ts. */
export interface Schema {
  files: FilesTable;
  statements: StatementsTable;
  presence: PresenceTable;
  row_groups: RowGroupsTable;
  row_contents: RowContentsTable;
  row_places: RowPlacesTable;
  raw_rows: RawRowsView;
  warnings: WarningsTable;
  coverage: CoverageTable;
  changes: ChangesTable;
  account_snapshots: AccountSnapshotsTable;
  pnl_history: PnlHistoryTable;
  performance_metrics: PerformanceMetricsTable;
  benchmarks: BenchmarksTable;
  tags: TagsTable;
  tag_rules: TagRulesTable;
  runs: RunsTable;
  live_snapshots: LiveSnapshotsTable;
  app_state: AppStateTable;
  ledger_state: LedgerStateTable;
}
