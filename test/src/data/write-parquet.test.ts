import {mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {DuckDBInstance} from "@duckdb/node-api";
import {tableFromIPC} from "apache-arrow";
import {readParquet} from "parquet-wasm";
import {expect, it} from "vitest";
import {columnsOf} from "../../../bridge/store/ledger-tables.js";
import type {LedgerRow, TableName} from "../../../lib/ledger/tables.js";
import {parseAmount} from "../../../lib/money/amount.js";
import {writeParquet} from "../../../src/data/write-parquet.js";
import {rowsOf} from "../../../src/workers/ledger-arrow.js";

/** A row of the table with these values, and null in every other column. */
function row<T extends TableName>(name: T, values: Partial<LedgerRow<T>>): LedgerRow<T> {
  return {
    ...Object.fromEntries(columnsOf(name).map(([column]) => [column, null])),
    ...values
  } as LedgerRow<T>;
}

it("writeParquet(db, name, rows, file) keeps every value as the page reads it", async () => {
  const rows = [
    row("cash", {
      id: "a",
      account: "U1",
      day: "2025-01-02",
      amount: parseAmount("-0.000000000001"),
      type: "Dividends"
    }),
    row("cash", {id: "b", account: "U1", day: "1999-12-31", amount: parseAmount("12345678901234567890.5")}),
    row("cash", {id: "c", account: "Ü2", day: "2025-01-02", description: ""})
  ];
  const folder = mkdtempSync(join(tmpdir(), "parquet-"));
  const file = join(folder, "cash.parquet");
  const db = await (await DuckDBInstance.create()).connect();
  await writeParquet(db, "cash", rows, file);
  const read = tableFromIPC(readParquet(readFileSync(file)).intoIPCStream());
  expect(rowsOf("cash", read)).toEqual(rows);
  rmSync(folder, {recursive: true});
});

it("writeParquet(db, name, [], file) writes the columns of an empty table", async () => {
  const folder = mkdtempSync(join(tmpdir(), "parquet-"));
  const file = join(folder, "nav.parquet");
  const db = await (await DuckDBInstance.create()).connect();
  await writeParquet(db, "nav", [], file);
  expect(rowsOf("nav", tableFromIPC(readParquet(readFileSync(file)).intoIPCStream()))).toEqual([]);
  rmSync(folder, {recursive: true});
});
