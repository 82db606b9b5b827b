import type {Kysely} from "kysely";

/** The person's own tags, notes and rules. Keys are those of the ledger's rows, so that they outlive any import. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("tags")
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("account", "text", (column) => column.notNull())
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("tags", "text", (column) => column.notNull())
    .addColumn("note", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("tags_once", ["kind", "account", "id"])
    .execute();
  await db.schema
    .createTable("tag_rules")
    .addColumn("ordinal", "integer", (column) => column.primaryKey())
    .addColumn("tag", "text", (column) => column.notNull())
    .addColumn("field", "text", (column) => column.notNull())
    .addColumn("match", "text", (column) => column.notNull())
    .addColumn("value", "text", (column) => column.notNull())
    .execute();
}
