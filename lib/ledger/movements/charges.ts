import type {LedgerRow, LedgerTables} from "../tables.js";
import {cashMovement} from "./cash.js";
import type {CashKind, Movement} from "./movement.js";

type Charge = LedgerRow<"charges">;

const KINDS: Readonly<Record<string, CashKind>> = {
  SalesTax: "tax",
  TransactionTax: "tax",
  CFDCharge: "settlement",
  ClientFee: "fee",
  DebitCardActivity: "deposit"
};

/** Returns what a charge moved: a sales or transaction tax, a CFD's financing, a client's fee, a card payment. */
export function ofCharge(row: Charge): Movement {
  const kind = KINDS[row.element ?? ""] ?? "other";
  return cashMovement(row, {table: "charges", time: null, kind, action: null});
}

/**
 * Returns what tells whether a charge moves cash by itself. CashReport has a line of its own for each kind of charge, so
 * it does, but for two: one whose own transactionID a cash transaction has is that cash transaction, and a transaction
 * tax is in the `taxes` of the trade that it names (of any trade of the instrument and day, where it names none).
 */
export function isChargeAlone({cash, trades}: LedgerTables): (row: Charge) => boolean {
  const booked = new Set<string>();
  for (const {account, transactionID} of cash) if (transactionID) booked.add(`${account}/${transactionID}`);
  const taxed = new Set<string>();
  for (const {account, day, conid, taxes, tradeID, transactionID} of trades) {
    if (!taxes) continue;
    for (const number of [tradeID, transactionID]) if (number) taxed.add(`${account}/${number}`);
    if (conid) taxed.add(`${account}/${day}/${conid}`);
  }
  return ({account, day, element, conid, tradeID, transactionID}) => {
    if (transactionID && booked.has(`${account}/${transactionID}`)) return false;
    if (element !== "TransactionTax") return true;
    return !taxed.has(tradeID ? `${account}/${tradeID}` : `${account}/${day}/${conid}`);
  };
}
