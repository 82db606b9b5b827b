import type {Amount} from "../../money/amount.js";
import {oncePerLedger} from "../once-per-ledger.js";
import {holdingKey, type Named} from "./holding.js";

/** What a holding is, as the rows that name it say; null where none does. */
export interface Holding {
  key: string;
  conid: string | null;
  symbol: string | null;
  assetCategory: string | null;
  currency: string | null;
  multiplier: Amount | null;
}

type Row = Named & {assetCategory: string | null; multiplier: Amount | null};

/** Returns what each holding of a ledger is, by its key. Of what it was called, its first name counts. */
export const holdingsOf = oncePerLedger((ledger): ReadonlyMap<string, Holding> => {
  const holdings = new Map<string, Holding>();
  const {trades, positions, corporate_actions, transfers, lots, prior_positions, securities, mtm, cash} =
    ledger;
  const learn = (rows: Iterable<Row>) => {
    for (const row of rows) {
      const key = holdingKey(row);
      if (key === null || row.assetCategory === "CASH") continue;
      const known = holdings.get(key);
      if (!known) {
        const {conid, symbol, assetCategory, currency = null, multiplier} = row;
        holdings.set(key, {key, conid, symbol, assetCategory, currency, multiplier});
        continue;
      }
      known.symbol ??= row.symbol;
      known.assetCategory ??= row.assetCategory;
      known.currency ??= row.currency ?? null;
      known.multiplier ??= row.multiplier;
    }
  };
  for (const rows of [
    trades,
    positions,
    corporate_actions,
    transfers,
    lots,
    prior_positions,
    securities,
    mtm,
    cash
  ]) {
    learn(rows);
  }
  return holdings;
});
