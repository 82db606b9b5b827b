import {type DuckDBConnection, DuckDBDateValue, DuckDBDecimalValue} from "@duckdb/node-api";
import {columnsOf} from "../../bridge/store/ledger-tables.js";
import type {ColumnKind, LedgerRow, TableName} from "../../lib/ledger/tables.js";
import {AMOUNT_SCALE} from "../../lib/money/amount.js";

const PRECISION = 38;
const DAY_MS = 86_400_000;

const TYPES: Readonly<Record<ColumnKind, string>> = {
  amount: `DECIMAL(${PRECISION}, ${AMOUNT_SCALE})`,
  date: "DATE",
  time: "VARCHAR",
  text: "VARCHAR"
};

/** Writes rows of a ledger table as a Parquet file: amounts DECIMAL(38,12), days DATE, text VARCHAR. */
export async function writeParquet<T extends TableName>(
  db: DuckDBConnection,
  name: T,
  rows: readonly LedgerRow<T>[],
  file: string
): Promise<void> {
  const columns = columnsOf(name);
  await db.run(
    `CREATE OR REPLACE TABLE "${name}" (${columns.map(([column, kind]) => `"${column}" ${TYPES[kind]}`).join()})`
  );
  const appender = await db.createAppender(name);
  for (const row of rows as readonly Record<string, string | bigint | null>[]) {
    for (const [column, kind] of columns) {
      const value = row[column];
      if (value === null) appender.appendNull();
      else if (kind === "amount") {
        appender.appendDecimal(new DuckDBDecimalValue(value as bigint, PRECISION, AMOUNT_SCALE));
      } else if (kind === "date") {
        appender.appendDate(new DuckDBDateValue(Date.parse(value as string) / DAY_MS));
      } else appender.appendVarchar(value as string);
    }
    appender.endRow();
  }
  appender.closeSync();
  await db.run(`COPY "${name}" TO '${file}' (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2)`);
}
