import {toNumber} from "../money/amount.js";
import {RowConverter} from "./exposure.js";
import {oncePerLedger} from "./once-per-ledger.js";
import type {Study} from "./study.js";
import type {LedgerRow, LedgerTables} from "./tables.js";

type Trade = LedgerRow<"trades">;

/**
 * Returns realized gain or loss of each closing execution of the range, in the reporting currency; a cancelled trade
 * and its cancellation are no trades.
 * @returns floats in order of account and day; NaN where a rate is missing
 */
export function closedTrades({ledger, series, scope}: Study): Float64Array {
  const converter = new RowConverter(ledger, series.currency);
  const accounts = new Set(series.accounts);
  const none = voided(ledger);
  const rows = ledger.trades.filter(
    (row) =>
      row.fifoPnlRealized &&
      accounts.has(row.account) &&
      row.day > (scope.from ?? "") &&
      row.day <= (scope.to ?? "") &&
      !none.has(row)
  );
  return Float64Array.from(rows, (row) => {
    const amount = converter.convert(row, row.fifoPnlRealized ?? 0n);
    return amount === null ? NaN : toNumber(amount);
  });
}

/** Returns whether the row takes back another one (R20). */
export function isCancel({transactionType, buySell}: Trade): boolean {
  return transactionType === "TradeCancel" || (buySell ?? "").includes("(Ca.)");
}

/** Cancellations, and the trades that they cancel: by IBKR's number, else the trade that is its exact opposite. */
export const voided = oncePerLedger(({trades}: LedgerTables): ReadonlySet<Trade> => {
  const cancels = trades.filter(isCancel);
  const none = new Set<Trade>(cancels);
  if (!cancels.length) return none;
  const byId = new Map(trades.map((row) => [`${row.account}/${row.transactionID}`, row]));
  for (const cancel of cancels) {
    const named = cancel.origTransactionID && byId.get(`${cancel.account}/${cancel.origTransactionID}`);
    const original = named || trades.find((row) => !none.has(row) && isOpposite(row, cancel));
    if (original) none.add(original);
  }
  return none;
});

function isOpposite(row: Trade, cancel: Trade): boolean {
  return (
    row.account === cancel.account &&
    row.conid === cancel.conid &&
    row.tradeDate === cancel.tradeDate &&
    row.tradePrice === cancel.tradePrice &&
    row.quantity !== null &&
    row.quantity === -(cancel.quantity ?? 0n)
  );
}
