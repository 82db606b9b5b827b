import type {LedgerRow} from "../tables.js";
import {holdingKey} from "./holding.js";
import type {CashKind, Movement} from "./movement.js";

/** What each of IBKR's types of cash transaction is, under its present name. */
const KINDS: Readonly<Record<string, CashKind>> = {
  "Deposits & Withdrawals": "deposit",
  Dividends: "dividend",
  "Payment In Lieu Of Dividends": "payment-in-lieu",
  "Withholding Tax": "withholding",
  "871(m) Withholding": "withholding",
  "Broker Interest Paid": "interest",
  "Broker Interest Received": "interest",
  "Bond Interest Paid": "bond-interest",
  "Bond Interest Received": "bond-interest",
  "Broker Fees": "fee",
  "Other Fees": "fee",
  "Advisor Fees": "fee",
  "Commission Adjustments": "commission",
  "Price Adjustments": "other"
};

/** Returns what a cash transaction moved; a reversal keeps its sign (R19). */
export function ofCash(row: LedgerRow<"cash">): Movement {
  const {id, account, day, dateTime, currency, amount, type, actionID} = row;
  const kind = KINDS[type ?? ""] ?? "other";
  return {
    table: "cash",
    id,
    account,
    day,
    time: dateTime ?? day,
    kind: "cash",
    holding: holdingKey(row),
    quantity: 0n,
    currency,
    proceeds: 0n,
    costs: 0n,
    cash: amount && currency ? [{currency, amount, kind}] : [],
    realized: null,
    action: actionID
  };
}
