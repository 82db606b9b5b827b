import {multiplierOf} from "../exposure.js";
import type {Amount} from "../../money/amount.js";
import {holdingKey} from "../movements/holding.js";
import {oncePerLedger} from "../once-per-ledger.js";
import type {LedgerRow, LedgerTables} from "../tables.js";

/** What a holding is: a share, an option on it, a future. */
export interface Contract {
  holding: string;
  symbol: string;
  assetCategory: string;
  currency: string;
  isin: string | null;
  multiplier: Amount;
  /** Null for what is no option. */
  right: "P" | "C" | null;
  strike: Amount | null;
  expiry: string | null;
  /**
   * What it is on, as far as that leads: a share's own key, for an option that of its share or index. Futures of one
   * index have a root of their own: they deliver nothing that an option on the index could cover.
   */
  root: string;
  /** The root's symbol. */
  underlying: string;
}

type Row =
  | LedgerRow<"trades">
  | LedgerRow<"positions">
  | LedgerRow<"corporate_actions">
  | LedgerRow<"transfers">;

const OPTIONS = new Set(["OPT", "FOP", "FSFOP", "WAR", "IOPT"]);

/** Returns what each holding of the ledger is, by its key. Currencies and securities that nobody trades are not in it. */
export const contractsOf = oncePerLedger((ledger): ReadonlyMap<string, Contract> => {
  const contracts = new Map<string, Contract>();
  const under = new Map<string, string | null>();
  const bySymbol = new Map<string, string>();
  for (const row of rowsOf(ledger)) {
    const holding = holdingKey(row);
    if (holding === null || contracts.has(holding) || row.assetCategory === "CASH") continue;
    const isOption = OPTIONS.has(row.assetCategory ?? "");
    const isFuture = row.assetCategory === "FUT";
    contracts.set(holding, {
      holding,
      symbol: row.symbol ?? holding,
      assetCategory: row.assetCategory ?? "",
      currency: row.currency ?? "",
      isin: row.isin,
      multiplier: multiplierOf(row),
      right: isOption
        ? row.putCall?.startsWith("P")
          ? "P"
          : row.putCall?.startsWith("C")
            ? "C"
            : null
        : null,
      strike: isOption ? row.strike : null,
      expiry: row.expiry,
      root: holding,
      underlying: ((isOption || isFuture) && row.underlyingSymbol) || (row.symbol ?? holding)
    });
    const above = row.underlyingConid ?? row.underlyingSymbol;
    if (isOption) under.set(holding, above);
    else if (isFuture) under.set(holding, above && `${above}/futures`);
    else if (row.symbol) bySymbol.set(row.symbol, holding);
  }
  for (const contract of contracts.values()) {
    let root = contract.holding;
    for (let depth = 0; depth < 3 && under.get(root); ++depth) {
      const above = under.get(root) as string; // the loop asked for it
      const known = contracts.has(above) ? above : (bySymbol.get(above) ?? above);
      if (known === root) break;
      root = known;
    }
    contract.root = root;
  }
  return contracts;
});

function* rowsOf({trades, positions, corporate_actions, transfers}: LedgerTables): Iterable<Row> {
  yield* trades;
  yield* positions;
  yield* corporate_actions;
  yield* transfers;
}
