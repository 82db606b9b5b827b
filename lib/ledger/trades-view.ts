import {compareText} from "../order.js";
import {formatAmount, type Amount} from "../money/amount.js";
import {oncePerLedger} from "./once-per-ledger.js";
import type {Study} from "./study.js";
import type {LedgerRow} from "./tables.js";
import type {TradeRow, TradesQuery, TradesView} from "./views.js";

const PAGE = 100;
const MOST = 100_000;

type Trade = LedgerRow<"trades">;

/**
 * Returns executions of the range, newest first, a page at a time, with totals by currency of all that match.
 * @param query.symbol matches the symbol or the underlying, whatever the case
 */
export function tradesView(study: Study, {symbol, conid, page = 1, size = PAGE}: TradesQuery): TradesView {
  const {ledger, series, scope} = study;
  const wanted = symbol?.trim().toUpperCase();
  const accounts = new Set(series.accounts);
  const inRange = bookedIn(study);
  const rows = newestFirst(ledger).filter(
    (row) =>
      accounts.has(row.account) &&
      inRange(row) &&
      (!wanted || [row.symbol, row.underlyingSymbol].some((name) => name?.toUpperCase() === wanted)) &&
      (!conid || row.conid === conid)
  );
  const limit = Math.min(Math.max(1, Math.trunc(size)), MOST);
  const at = Math.max(1, Math.trunc(page));
  const totals = [...Map.groupBy(rows, (row) => row.currency ?? "")].map(([currency, group]) => ({
    currency,
    count: group.length,
    proceeds: sum(group, ({proceeds}) => proceeds),
    commission: sum(group, ({ibCommission}) => ibCommission),
    realized: sum(group, ({fifoPnlRealized}) => fifoPnlRealized)
  }));
  return {
    scope,
    rows: rows.slice((at - 1) * limit, at * limit).map(tradeRow),
    total: rows.length,
    page: at,
    size: limit,
    totals: totals.sort((a, b) => compareText(a.currency, b.currency))
  };
}

/**
 * Returns whether a row was booked in the range: after the day whose close the range starts from; all of them for
 * range ALL and without any value. Days that are asked for count themselves, both included.
 */
export function bookedIn({query, scope}: Pick<Study, "query" | "scope">): (row: {day: string}) => boolean {
  const {range = "ALL", from, to} = query;
  if (range === "custom" || from !== undefined || to !== undefined) {
    return ({day}) => day >= (from ?? "") && day <= (to ?? "9999-12-31");
  }
  const base = range === "ALL" ? null : scope.from;
  return base === null ? () => true : ({day}) => day > base;
}

const newestFirst = oncePerLedger(({trades}) =>
  trades
    .toReversed()
    .sort((a, b) => compareText(b.dateTime ?? b.day, a.dateTime ?? a.day) || compareText(b.id, a.id))
);

function tradeRow(row: Trade): TradeRow {
  return {
    id: row.id,
    account: row.account,
    day: row.day,
    dateTime: row.dateTime,
    symbol: row.symbol ?? "",
    description: row.description ?? "",
    assetCategory: row.assetCategory ?? "",
    currency: row.currency ?? "",
    buySell: row.buySell ?? "",
    quantity: text(row.quantity) ?? "0",
    price: text(row.tradePrice),
    proceeds: text(row.proceeds),
    commission: text(row.ibCommission),
    commissionCurrency: row.ibCommissionCurrency,
    netCash: text(row.netCash),
    realized: text(row.fifoPnlRealized),
    notes: row.notes,
    conid: row.conid,
    transactionType: row.transactionType
  };
}

function sum<R>(rows: readonly R[], pick: (row: R) => Amount | null): string {
  return formatAmount(rows.reduce((total, row) => total + (pick(row) ?? 0n), 0n));
}

/** Returns the amount as text; null where there is none. */
export function text(amount: Amount | null): string | null {
  return amount === null ? null : formatAmount(amount);
}
