import {sql, type Kysely} from "kysely";

/** Files, their rows, what the merge says of them, and what is filled from the ledger. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("files")
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("sha256", "text", (column) => column.notNull().unique())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("format", "text", (column) => column.notNull())
    .addColumn("bytes", "integer", (column) => column.notNull())
    .addColumn("rows", "integer", (column) => column.notNull())
    .addColumn("imported_at", "text", (column) => column.notNull())
    .addColumn("undone_at", "text")
    .execute();

  await db.schema
    .createTable("statements")
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("file_id", "integer", (column) => column.notNull().references("files.id"))
    .addColumn("ordinal", "integer", (column) => column.notNull())
    .addColumn("account", "text", (column) => column.notNull())
    .addColumn("from_day", "text", (column) => column.notNull())
    .addColumn("to_day", "text", (column) => column.notNull())
    .addColumn("generated", "text", (column) => column.notNull())
    .addColumn("query", "text", (column) => column.notNull())
    .addColumn("query_name", "text", (column) => column.notNull())
    .addColumn("query_type", "text", (column) => column.notNull())
    .addColumn("base", "text")
    .addUniqueConstraint("statements_in_file", ["file_id", "ordinal"])
    .execute();
  await db.schema
    .createIndex("statements_of_query")
    .on("statements")
    .columns(["account", "query", "generated"])
    .execute();

  await db.schema
    .createTable("presence")
    .addColumn("file_id", "integer", (column) => column.notNull().references("files.id"))
    .addColumn("account", "text", (column) => column.notNull())
    .addColumn("section", "text", (column) => column.notNull())
    .addColumn("element", "text", (column) => column.notNull())
    .addColumn("level", "text", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("presence_once", ["file_id", "account", "section", "element", "level", "kind"])
    .modifyEnd(sql`without rowid`)
    .execute();

  await db.schema
    .createTable("row_groups")
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("account", "text", (column) => column.notNull())
    .addColumn("element", "text", (column) => column.notNull())
    .addColumn("key", "text", (column) => column.notNull())
    .addUniqueConstraint("row_groups_once", ["account", "element", "key"])
    .execute();

  await db.schema
    .createTable("row_contents")
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("group_id", "integer", (column) => column.notNull().references("row_groups.id"))
    .addColumn("account", "text", (column) => column.notNull())
    .addColumn("section", "text", (column) => column.notNull())
    .addColumn("day", "text", (column) => column.notNull())
    .addColumn("from_day", "text", (column) => column.notNull())
    .addColumn("to_day", "text", (column) => column.notNull())
    .addColumn("level", "text", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("numbered", "integer", (column) => column.notNull())
    .addColumn("content", "text", (column) => column.notNull())
    .addColumn("fields", "text", (column) => column.notNull())
    .addUniqueConstraint("row_contents_once", ["group_id", "content", "level", "kind"])
    .execute();
  await db.schema
    .createIndex("row_contents_by_day")
    .on("row_contents")
    .columns(["account", "day", "from_day", "to_day"])
    .execute();

  await db.schema
    .createTable("row_places")
    .addColumn("content_id", "integer", (column) => column.notNull().references("row_contents.id"))
    .addColumn("statement_id", "integer", (column) => column.notNull().references("statements.id"))
    .addColumn("count", "integer", (column) => column.notNull())
    .addPrimaryKeyConstraint("row_places_once", ["content_id", "statement_id"])
    .modifyEnd(sql`without rowid`)
    .execute();
  await db.schema.createIndex("row_places_of_statement").on("row_places").column("statement_id").execute();

  await sql`create view raw_rows as
    select f.sha256 as file, s.ordinal as statement, c.section, g.element, c.account, c.day, c.from_day, c.to_day,
      c.level, c.kind, g.key, c.content, p.count, c.fields
    from row_places p
    join row_contents c on c.id = p.content_id
    join row_groups g on g.id = c.group_id
    join statements s on s.id = p.statement_id
    join files f on f.id = s.file_id`.execute(db);

  await db.schema
    .createTable("warnings")
    .addColumn("file_id", "integer", (column) => column.notNull().references("files.id"))
    .addColumn("code", "text", (column) => column.notNull())
    .addColumn("place", "text", (column) => column.notNull())
    .addColumn("count", "integer", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("warnings_of_file").on("warnings").column("file_id").execute();

  await db.schema
    .createTable("coverage")
    .addColumn("account", "text", (column) => column.notNull())
    .addColumn("from_day", "text", (column) => column.notNull())
    .addColumn("to_day", "text", (column) => column.notNull())
    .addColumn("base", "text")
    .addPrimaryKeyConstraint("coverage_once", ["account", "from_day"])
    .execute();

  await db.schema
    .createTable("changes")
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("group_id", "integer", (column) => column.notNull().references("row_groups.id"))
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("section", "text", (column) => column.notNull())
    .addColumn("day", "text", (column) => column.notNull())
    .addColumn("old_file", "text", (column) => column.notNull())
    .addColumn("old_generated", "text", (column) => column.notNull())
    .addColumn("old_fields", "text", (column) => column.notNull())
    .addColumn("now_file", "text")
    .addColumn("now_generated", "text")
    .addColumn("now_fields", "text")
    .addColumn("seen_at", "text", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("changes_of_group").on("changes").column("group_id").execute();
  await db.schema.createIndex("changes_by_time").on("changes").column("seen_at").execute();

  await db.schema
    .createTable("account_snapshots")
    .addColumn("account", "text", (column) => column.notNull())
    .addColumn("day", "text", (column) => column.notNull())
    .addColumn("currency", "text")
    .addColumn("net_liquidation", "text")
    .addColumn("cash", "text")
    .addColumn("equity", "text")
    .addColumn("buying_power", "text")
    .addPrimaryKeyConstraint("account_snapshots_once", ["account", "day"])
    .execute();

  await db.schema
    .createTable("pnl_history")
    .addColumn("account", "text", (column) => column.notNull())
    .addColumn("day", "text", (column) => column.notNull())
    .addColumn("currency", "text")
    .addColumn("realized_pnl", "text")
    .addColumn("total_pnl", "text")
    .addColumn("daily_return", "real")
    .addColumn("cumulative_return", "real")
    .addPrimaryKeyConstraint("pnl_history_once", ["account", "day"])
    .execute();

  await db.schema
    .createTable("performance_metrics")
    .addColumn("account", "text", (column) => column.notNull())
    .addColumn("from_day", "text", (column) => column.notNull())
    .addColumn("to_day", "text", (column) => column.notNull())
    .addColumn("metric", "text", (column) => column.notNull())
    .addColumn("value", "real")
    .addColumn("reason", "text")
    .addPrimaryKeyConstraint("performance_metrics_once", ["account", "from_day", "to_day", "metric"])
    .execute();

  await db.schema
    .createTable("benchmarks")
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("currency", "text", (column) => column.notNull())
    .addColumn("day", "text", (column) => column.notNull())
    .addColumn("close", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("benchmarks_once", ["name", "day"])
    .execute();

  await db.schema
    .createTable("app_state")
    .addColumn("key", "text", (column) => column.primaryKey())
    .addColumn("value", "text", (column) => column.notNull())
    .execute();

  await db.schema
    .createTable("ledger_state")
    .addColumn("id", "integer", (column) => column.primaryKey().check(sql`id = 1`))
    .addColumn("version", "integer", (column) => column.notNull())
    .addColumn("tables", "text", (column) => column.notNull())
    .addColumn("derived", "integer", (column) => column.notNull())
    .execute();
  await sql`insert into ledger_state values (1, 0, '', 0)`.execute(db);
}
