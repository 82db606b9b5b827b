import type {Amount} from "../../money/amount.js";
import type {LedgerRow} from "../tables.js";
import {holdingKey, type Named} from "./holding.js";
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
  const {dateTime, type, actionID} = row;
  return cashMovement(row, {
    table: "cash",
    time: dateTime,
    kind: KINDS[type ?? ""] ?? "other",
    action: actionID
  });
}

/** A row that moves cash and no holding. */
type CashRow = Named & {
  id: string;
  account: string;
  day: string;
  currency: string | null;
  amount: Amount | null;
};

/** Returns a movement of cash alone, on the instrument that the row names. */
export function cashMovement(
  row: CashRow,
  {table, time, kind, action}: Pick<Movement, "table" | "action"> & {time: string | null; kind: CashKind}
): Movement {
  const {id, account, day, currency, amount} = row;
  return {
    table,
    id,
    account,
    day,
    time: time ?? day,
    kind: "cash",
    holding: holdingKey(row),
    quantity: 0n,
    currency,
    proceeds: 0n,
    costs: 0n,
    cash: amount && currency ? [{currency, amount, kind}] : [],
    realized: null,
    action
  };
}
