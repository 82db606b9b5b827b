import {oncePerLedger} from "../once-per-ledger.js";
import type {LedgerRow} from "../tables.js";
import type {RowRef} from "./lot.js";

/** The rows that movements were made of, by their id. */
export interface MovementRows {
  trade(row: RowRef): LedgerRow<"trades"> | undefined;
  action(row: RowRef): LedgerRow<"corporate_actions"> | undefined;
  transfer(row: RowRef): LedgerRow<"transfers"> | undefined;
}

/** Returns the look-up of a ledger's movements' rows. */
export const movementRows = oncePerLedger(({trades, corporate_actions, transfers}): MovementRows => {
  const byId = <Row extends {id: string}>(rows: readonly Row[]) => new Map(rows.map((row) => [row.id, row]));
  const [trade, action, transfer] = [byId(trades), byId(corporate_actions), byId(transfers)];
  return {
    trade: ({table, id}) => (table === "trades" ? trade.get(id) : undefined),
    action: ({table, id}) => (table === "corporate_actions" ? action.get(id) : undefined),
    transfer: ({table, id}) => (table === "transfers" ? transfer.get(id) : undefined)
  };
});

/** Names a holding in an account. */
export function bookKey(account: string, holding: string): string {
  return `${account}/${holding}`;
}
