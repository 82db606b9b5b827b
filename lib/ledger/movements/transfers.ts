import {isNotional, worth} from "../exposure.js";
import type {LedgerRow} from "../tables.js";
import type {Amount} from "../../money/amount.js";
import {holdingKey} from "./holding.js";
import type {Movement} from "./movement.js";

/**
 * Returns what a transfer moved, in kind and in cash: from another broker (ACATS, FOP), between own accounts, granted.
 * What goes OUT is negative, also where IBKR prints it as positive.
 */
export function ofTransfer(row: LedgerRow<"transfers">): Movement {
  const {id, account, day, currency} = row;
  const out = row.direction?.toUpperCase() === "OUT";
  const signed = (amount: Amount) => (out && amount > 0n ? -amount : amount);
  const quantity = signed(row.quantity ?? 0n);
  const cash = signed(row.cashTransfer ?? 0n);
  return {
    table: "transfers",
    id,
    account,
    day,
    time: row.date ?? day,
    kind: "transfer",
    holding: quantity ? holdingKey(row) : null,
    quantity,
    currency,
    proceeds: quantity ? valueOf(row, quantity) : 0n,
    costs: 0n,
    cash: cash && currency ? [{currency, amount: cash, kind: "transfer"}] : [],
    realized: row.pnlAmount,
    action: null
  };
}

/** What moved, signed as cash: by the row's own value, else by its price; a notional has none. */
function valueOf(row: LedgerRow<"transfers">, quantity: Amount): Amount | null {
  if (isNotional(row)) return 0n;
  const {positionAmount, transferPrice} = row;
  if (positionAmount) return positionAmount > 0n === quantity > 0n ? -positionAmount : positionAmount;
  const worthThen = transferPrice ? worth(row, quantity, transferPrice) : null;
  return worthThen === null ? null : -worthThen;
}
