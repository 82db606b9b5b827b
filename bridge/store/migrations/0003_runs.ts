import type {Kysely} from "kysely";

/** Runs of computations by their key, each with its result as JSON text. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("runs")
    .addColumn("key", "text", (column) => column.primaryKey())
    .addColumn("task", "text", (column) => column.notNull())
    .addColumn("at", "text", (column) => column.notNull())
    .addColumn("run", "text", (column) => column.notNull())
    .addColumn("output", "text", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("runs_by_time").on("runs").columns(["task", "at"]).execute();
}
