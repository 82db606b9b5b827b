import {FileAttachment} from "observablehq:stdlib";
import type {TableName} from "../lib/ledger/tables.js";

/**
 * The ledger that is built into the site, file by file: Framework copies what is named in full. It knows them only
 * when the page's own script has run, so they are looked up when they are asked for.
 */
const files = () => ({
  trades: FileAttachment("../data/ledger/trades.parquet"),
  cash: FileAttachment("../data/ledger/cash.parquet"),
  positions: FileAttachment("../data/ledger/positions.parquet"),
  nav: FileAttachment("../data/ledger/nav.parquet"),
  cash_balances: FileAttachment("../data/ledger/cash_balances.parquet"),
  change_in_nav: FileAttachment("../data/ledger/change_in_nav.parquet"),
  rates: FileAttachment("../data/ledger/rates.parquet"),
  corporate_actions: FileAttachment("../data/ledger/corporate_actions.parquet"),
  transfers: FileAttachment("../data/ledger/transfers.parquet"),
  dividend_accruals: FileAttachment("../data/ledger/dividend_accruals.parquet"),
  securities: FileAttachment("../data/ledger/securities.parquet"),
  context: FileAttachment("../data/ledger/context.json")
});

/** Returns the address of each file of the snapshot. */
export async function snapshotFiles(): Promise<Record<TableName | "context", string>> {
  const names = Object.entries(files()).map(async ([name, file]) => [
    name,
    new URL(await file.url(), document.baseURI).href
  ]);
  return Object.fromEntries(await Promise.all(names)) as Record<TableName | "context", string>; // one for each name above
}
