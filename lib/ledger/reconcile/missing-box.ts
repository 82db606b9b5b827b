import type {LedgerRow} from "../tables.js";
import type {CheckWhat} from "./check.js";

interface Rows {
  trades: readonly unknown[];
  cash: readonly unknown[];
  positions: readonly unknown[];
  mtm: readonly LedgerRow<"mtm">[];
  change_in_nav: readonly LedgerRow<"change_in_nav">[];
}

/** Checks whose figure no cash transaction leads to. */
const WITHOUT_CASH: ReadonlySet<CheckWhat> = new Set([
  "positions",
  "realized",
  "cost",
  "mtm",
  "marks",
  "trades"
]);

/** Parts of ChangeInNAV that cash transactions are booked under. */
const CASH_PARTS: ReadonlySet<string | null> = new Set([
  "depositsWithdrawals",
  "dividends",
  "withholdingTax",
  "withholding871m",
  "interest",
  "otherFees",
  "advisorFees",
  "clientFees",
  "feesReceivables"
]);

/**
 * Returns the boxes to tick where what led to a figure may not be in an account's statements: a section has no row in any
 * of them, and nothing says that there was nothing to tell; null where all is there.
 */
export function missingBox(rows: Rows, what: CheckWhat): string | null {
  const {trades, cash, positions, mtm} = rows;
  const lacksCash = !cash.length && !WITHOUT_CASH.has(what) && !hadNoCash(rows);
  const lacksTrades = !trades.length && !tradedNothing(rows);
  if (lacksCash && lacksTrades) return "Cash Transactions (Detail) and Trades (Execution)";
  if (lacksCash) return "Cash Transactions (Detail)";
  if (lacksTrades) return "Trades (Execution)";
  return mtm.length || positions.length
    ? null
    : "Open Positions and Mark-to-Market Performance Summary in Base, which tell whether the trades are all there,";
}

/** ChangeInNAV states what cash transactions are booked under, and all of it is zero. */
function hadNoCash({change_in_nav}: Rows): boolean {
  const stated = change_in_nav.filter(({part}) => CASH_PARTS.has(part));
  return stated.length > 0 && !stated.some(({amount}) => amount);
}

/** Mark-to-market says of each instrument that as much was held after the day as before it. */
function tradedNothing({mtm}: Rows): boolean {
  const instruments = mtm.filter(({conid, assetCategory}) => conid && assetCategory !== "CASH");
  return (
    instruments.length > 0 &&
    instruments.every(({prevCloseQuantity, closeQuantity}) => prevCloseQuantity === closeQuantity)
  );
}
