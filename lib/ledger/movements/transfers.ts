import {isNotional, worth} from "../exposure.js";
import type {LedgerRow, LedgerTables} from "../tables.js";
import type {Amount} from "../../money/amount.js";
import {holdingKey} from "./holding.js";
import type {Movement} from "./movement.js";

/**
 * Returns what a transfer moved, in kind and in cash: from another broker (ACATS, FOP), between own accounts, granted.
 * What goes OUT is negative, also where IBKR prints it as positive; but a short position that leaves is bought back.
 * Of a day without a time, what comes in does so before the day's trades, and what goes out does so after them.
 * @param isShort whether it is the leaving side of a short position
 */
export function ofTransfer(row: LedgerRow<"transfers">, isShort: boolean): Movement {
  const {id, account, day, currency} = row;
  const out = row.direction?.toUpperCase() === "OUT";
  const signed = (amount: Amount) => (out && amount > 0n ? -amount : amount);
  const quantity = isShort ? (row.quantity ?? 0n) : signed(row.quantity ?? 0n);
  const cash = signed(row.cashTransfer ?? 0n);
  return {
    table: "transfers",
    id,
    account,
    day,
    time: row.dateTime?.includes("T") ? row.dateTime : out ? `${day}T23:59:59` : (row.date ?? day),
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

/**
 * Returns what tells whether a row is the leaving side of a short position: the account that it names has a row of that
 * day in which as much comes in with a minus.
 */
export function shortsMoved({transfers}: LedgerTables): (row: LedgerRow<"transfers">) => boolean {
  const keyOf = (row: LedgerRow<"transfers">, to: string | null, quantity: Amount) =>
    `${to}/${row.day}/${holdingKey(row)}/${quantity}`;
  const came = new Set(
    transfers.flatMap((row) =>
      row.direction?.toUpperCase() === "IN" && row.quantity && row.quantity < 0n
        ? [keyOf(row, row.account, row.quantity)]
        : []
    )
  );
  return (row) =>
    row.direction?.toUpperCase() === "OUT" &&
    row.quantity !== null &&
    row.quantity > 0n &&
    came.has(keyOf(row, row.counterparty, -row.quantity));
}

/**
 * Buys back what went OUT with a plus, and was taken to be unsigned, where the account was short of as much just then.
 * @param movements of one account, in order
 * @param unsigned those of them whose sign is by their direction alone
 */
export function buyBackShorts(movements: readonly Movement[], unsigned: ReadonlySet<Movement>): void {
  const held = new Map<string, Amount>();
  for (const movement of movements) {
    const {holding, quantity, proceeds} = movement;
    if (holding === null) continue;
    const before = held.get(holding) ?? 0n;
    if (unsigned.has(movement) && before <= quantity) {
      movement.quantity = -quantity;
      movement.proceeds = proceeds === null ? null : -proceeds;
    }
    held.set(holding, before + movement.quantity);
  }
}
