import type {Kysely} from "kysely";

/** Live figures of accounts as a broker told them, kept on schedule: never mixed with those of statements. */
export async function up(db: Kysely<unknown>): Promise<void> {
  let table = db.schema
    .createTable("live_snapshots")
    .addColumn("account", "text", (column) => column.notNull())
    .addColumn("at", "integer", (column) => column.notNull())
    .addColumn("day", "text", (column) => column.notNull())
    .addColumn("source", "text", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("currency", "text", (column) => column.notNull())
    .addColumn("nav", "real", (column) => column.notNull());
  for (const name of [
    "cash",
    "gross_position",
    "init_margin",
    "maint_margin",
    "excess_liquidity",
    "daily_pnl",
    "unrealized_pnl",
    "realized_pnl"
  ])
    table = table.addColumn(name, "real");
  await table.addPrimaryKeyConstraint("live_snapshots_once", ["account", "at"]).execute();
}
