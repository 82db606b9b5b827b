import {oncePerLedger} from "../once-per-ledger.js";
import {holdingKey} from "../movements/holding.js";
import type {LedgerRow} from "../tables.js";

type Position = LedgerRow<"positions">;

/** How a holding is shown. */
export interface HoldingName {
  symbol: string;
  description: string;
  conid: string | null;
  assetCategory: string;
}

type Row = Pick<Position, "symbol" | "description" | "conid" | "isin" | "currency" | "assetCategory">;

/** Returns the names of holdings, each as the last rows that tell it do: what it was called before an exchange yields. */
export const holdingNamesOf = oncePerLedger((ledger): ((holding: string) => HoldingName) => {
  const names = new Map<string, HoldingName>();
  const add = (row: Row) => {
    const holding = holdingKey(row);
    if (holding === null || names.get(holding)?.symbol === row.symbol) return;
    names.set(holding, {
      symbol: row.symbol ?? "",
      description: row.description ?? "",
      conid: row.conid,
      assetCategory: row.assetCategory ?? ""
    });
  };
  for (const rows of [
    ledger.transfers,
    ledger.corporate_actions,
    ledger.trades,
    ledger.lots,
    ledger.positions
  ])
    for (const row of rows as readonly Row[]) add(row);
  return (holding) =>
    names.get(holding) ?? {symbol: holding, description: "", conid: null, assetCategory: ""};
});
