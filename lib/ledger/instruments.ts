import {oncePerLedger} from "./once-per-ledger.js";
import type {LedgerRow, LedgerTables} from "./tables.js";

/** Rows of one instrument in one account, oldest first; trades in the order of their execution. */
export interface InstrumentRows {
  trades: LedgerRow<"trades">[];
  /** What it earned, and the taxes on that. */
  income: LedgerRow<"cash">[];
  actions: LedgerRow<"corporate_actions">[];
  transfers: LedgerRow<"transfers">[];
  positions: LedgerRow<"positions">[];
}

/** Cash types that a position earns, and the taxes on them. */
const INCOME: ReadonlySet<string | null> = new Set([
  "Dividends",
  "Payment In Lieu Of Dividends",
  "Withholding Tax",
  "871(m) Withholding",
  "Bond Interest Received",
  "Bond Interest Paid"
]);

type Named = Pick<LedgerRow<"trades">, "account" | "conid" | "symbol">;

const key = ({account, conid, symbol}: Named) => `${account}/${conid ?? symbol}`;

const time = ({dateTime, day}: LedgerRow<"trades">) => dateTime ?? day;

const byInstrument = oncePerLedger((ledger) => {
  const group = <Row extends Named>(rows: readonly Row[]) => Map.groupBy(rows, key);
  const trades = group(ledger.trades);
  for (const rows of trades.values())
    rows.sort((a, b) => (time(a) < time(b) ? -1 : time(a) > time(b) ? 1 : 0));
  return {
    trades,
    income: group(ledger.cash.filter(({type}) => INCOME.has(type))),
    actions: group(ledger.corporate_actions),
    transfers: group(ledger.transfers),
    positions: group(ledger.positions)
  };
});

/** Returns what the ledger has of the instrument of a row, in its account. */
export function rowsOfInstrument(ledger: LedgerTables, row: Named): InstrumentRows {
  const tables = byInstrument(ledger);
  const name = key(row);
  return {
    trades: tables.trades.get(name) ?? [],
    income: tables.income.get(name) ?? [],
    actions: tables.actions.get(name) ?? [],
    transfers: tables.transfers.get(name) ?? [],
    positions: tables.positions.get(name) ?? []
  };
}
