import {FileAttachment} from "observablehq:stdlib";
import type {SnapshotFiles} from "../workers/sources.js";

/**
 * The ledger that is built into the site, file by file: Framework copies what is named in full. It knows them only
 * when the page's own script has run, so they are looked up when they are asked for.
 */
const files = () => ({
  trades: FileAttachment("../data/ledger/trades.parquet"),
  cash: FileAttachment("../data/ledger/cash.parquet"),
  positions: FileAttachment("../data/ledger/positions.parquet"),
  lots: FileAttachment("../data/ledger/lots.parquet"),
  closed_lots: FileAttachment("../data/ledger/closed_lots.parquet"),
  prior_positions: FileAttachment("../data/ledger/prior_positions.parquet"),
  mtm: FileAttachment("../data/ledger/mtm.parquet"),
  fifo: FileAttachment("../data/ledger/fifo.parquet"),
  nav: FileAttachment("../data/ledger/nav.parquet"),
  cash_balances: FileAttachment("../data/ledger/cash_balances.parquet"),
  funds: FileAttachment("../data/ledger/funds.parquet"),
  change_in_nav: FileAttachment("../data/ledger/change_in_nav.parquet"),
  rates: FileAttachment("../data/ledger/rates.parquet"),
  corporate_actions: FileAttachment("../data/ledger/corporate_actions.parquet"),
  transfers: FileAttachment("../data/ledger/transfers.parquet"),
  transfer_lots: FileAttachment("../data/ledger/transfer_lots.parquet"),
  dividend_accruals: FileAttachment("../data/ledger/dividend_accruals.parquet"),
  dividend_changes: FileAttachment("../data/ledger/dividend_changes.parquet"),
  interest_accruals: FileAttachment("../data/ledger/interest_accruals.parquet"),
  option_events: FileAttachment("../data/ledger/option_events.parquet"),
  charges: FileAttachment("../data/ledger/charges.parquet"),
  totals: FileAttachment("../data/ledger/totals.parquet"),
  reported: FileAttachment("../data/ledger/reported.parquet"),
  securities: FileAttachment("../data/ledger/securities.parquet"),
  positions_all: FileAttachment("../data/ledger/positions_all.parquet"),
  context: FileAttachment("../data/ledger/context.json"),
  holdings: FileAttachment("../data/ledger/holdings.json"),
  market: FileAttachment("../data/market.arrow")
});

/** Returns the address of each file of the snapshot. */
export async function snapshotFiles(): Promise<SnapshotFiles> {
  const names = Object.entries(files()).map(async ([name, file]) => [
    name,
    new URL(await file.url(), document.baseURI).href
  ]);
  return Object.fromEntries(await Promise.all(names)) as SnapshotFiles; // one for each name above
}
