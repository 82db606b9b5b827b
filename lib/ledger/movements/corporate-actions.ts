import type {LedgerRow, LedgerTables} from "../tables.js";
import type {Amount} from "../../money/amount.js";
import {oncePerLedger} from "../once-per-ledger.js";
import {holdingKey} from "./holding.js";
import type {Movement} from "./movement.js";

type Action = LedgerRow<"corporate_actions">;

/**
 * Returns what a corporate action moved, by its deltas alone (R22): a quantity, and the cash that its row says unless
 * a cash transaction has it.
 * @param bookedElsewhere whether a cash transaction says the same money
 */
export function ofCorporateAction(row: Action, bookedElsewhere: boolean): Movement {
  const {id, account, day, dateTime, currency, value, fifoPnlRealized, actionID} = row;
  const quantity = row.quantity ?? 0n;
  const money = bookedElsewhere ? 0n : moneyOf(row);
  return {
    table: "corporate_actions",
    id,
    account,
    day,
    time: dateTime ?? day,
    kind: "corporate-action",
    holding: holdingKey(row),
    quantity,
    currency,
    proceeds: money || -(value ?? 0n),
    costs: 0n,
    cash: money && currency ? [{currency, amount: money, kind: "corporate-action"}] : [],
    realized: fifoPnlRealized,
    action: actionID
  };
}

/** Cash that came in: `proceeds`, else `amount`, which IBKR prints with the other sign. */
function moneyOf({proceeds, amount}: Action): Amount {
  return proceeds ?? -(amount ?? 0n);
}

/**
 * Returns what tells whether a cash transaction says the money of a corporate action too (a coupon, a choice dividend):
 * one of the same transactionID, or of the same actionID, currency and amount.
 */
export function cashOfActions({cash}: LedgerTables): (row: Action) => boolean {
  const known = new Set<string>();
  for (const {account, transactionID, actionID, currency, amount} of cash) {
    if (transactionID) known.add(`${account}/${transactionID}`);
    if (actionID && amount !== null) known.add(`${account}/${actionID}/${currency}/${amount}`);
  }
  return (row) =>
    (row.transactionID !== null && known.has(`${row.account}/${row.transactionID}`)) ||
    (row.actionID !== null && known.has(`${row.account}/${row.actionID}/${row.currency}/${moneyOf(row)}`));
}

/** A corporate action that says too little to be booked without a look at it. */
export interface UnresolvedAction {
  account: string;
  day: string;
  id: string;
  symbol: string | null;
  type: string | null;
  description: string;
  /** One sentence: what is not known, and what to do. */
  reason: string;
}

/** Types that take shares away for nothing: worthless, expired rights. */
const FOR_NOTHING = new Set(["DW", "ED"]);

/** Types of which nothing moves: a vote, a fee that is booked as cash. */
const NOTHING_MOVES = new Set(["PV", "FA"]);

/** Types whose rows move shares from one instrument to another: each has its counterpart. */
const EXCHANGES = new Set(["IC", "TC", "TO", "TI", "RS", "CC", "BC"]);

/**
 * Returns the corporate actions whose rows do not tell all that happened: no instrument, no currency for their money,
 * neither shares nor money, or shares that went without anything in return. Their deltas are booked all the same.
 */
export const unresolvedActions = oncePerLedger(({corporate_actions}): UnresolvedAction[] => {
  const together = Map.groupBy(corporate_actions, groupOf);
  return corporate_actions.flatMap((row) => {
    const reason = whyUnresolved(row, together.get(groupOf(row)) ?? []);
    if (reason === null) return [];
    const {account, day, id, symbol, type, actionDescription, description} = row;
    return [{account, day, id, symbol, type, description: actionDescription ?? description ?? "", reason}];
  });
});

/** Rows of one action: by IBKR's number, else of one account, day and type. */
function groupOf({account, day, type, actionID}: Action): string {
  return `${account}/${actionID ?? `${day}/${type}`}`;
}

function whyUnresolved(row: Action, together: readonly Action[]): string | null {
  const {type, quantity} = row;
  const money = moneyOf(row);
  if (NOTHING_MOVES.has(type ?? "")) return null;
  if (quantity && holdingKey(row) === null)
    return "it names no instrument: tick Conid and Symbol in Corporate Actions";
  if (money && !row.currency) return "its money has no currency: tick Currency in Corporate Actions";
  if (!quantity && !money)
    return "it says neither shares nor money: compare the position before and after it";
  if (!quantity || quantity > 0n || money || FOR_NOTHING.has(type ?? "")) return null;
  const returned = together.some((other) => (other.quantity ?? 0n) > 0n || moneyOf(other) !== 0n);
  if (!returned && EXCHANGES.has(type ?? ""))
    return "shares went, and neither shares nor money came for them: import the statement that has the rest";
  return null;
}
