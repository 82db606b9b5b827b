import {formatAmount, type Amount} from "../money/amount.js";
import {RowConverter} from "./exposure.js";
import {moneyOr, noMoney} from "./money-view.js";
import type {Study} from "./study.js";
import type {LedgerRow} from "./tables.js";
import type {ActivityRow, ActivityView, TradesQuery, TradesView} from "./views.js";

const PAGE = 100;
const MOST = 100_000;

/**
 * Returns executions of the range, newest first, a page at a time, with totals by currency of all that match.
 * @param query.symbol matches the symbol or the underlying, whatever the case
 */
export function tradesView(
  {ledger, series, scope}: Study,
  {symbol, conid, page = 1, size = PAGE, from, to}: TradesQuery
): TradesView {
  const wanted = symbol?.toUpperCase();
  const first = from ?? scope.from ?? "";
  const last = to ?? scope.to ?? "9999-12-31";
  const rows = ledger.trades.filter(
    (row) =>
      series.accounts.includes(row.account) &&
      row.day >= first &&
      row.day <= last &&
      (!wanted || [row.symbol, row.underlyingSymbol].some((name) => name?.toUpperCase() === wanted)) &&
      (!conid || row.conid === conid)
  );
  rows.sort((a, b) => compare(b.dateTime ?? b.day, a.dateTime ?? a.day) || compare(b.id, a.id));
  const limit = Math.min(Math.max(1, size), MOST);
  const totals = [...Map.groupBy(rows, (row) => row.currency ?? "")].map(([currency, group]) => ({
    currency,
    count: group.length,
    proceeds: sum(group, ({proceeds}) => proceeds),
    commission: sum(group, ({ibCommission}) => ibCommission),
    realized: sum(group, ({fifoPnlRealized}) => fifoPnlRealized)
  }));
  return {
    scope,
    rows: rows.slice((page - 1) * limit, page * limit).map((row) => ({
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
    })),
    total: rows.length,
    page,
    size: limit,
    totals: totals.sort((a, b) => compare(a.currency, b.currency))
  };
}

type Booked =
  | LedgerRow<"trades">
  | LedgerRow<"cash">
  | LedgerRow<"corporate_actions">
  | LedgerRow<"transfers">;

/** Returns everything that was booked in the range, newest first: trades, cash, corporate actions, transfers. */
export function activityView({ledger, series, scope}: Study): ActivityView {
  const converter = new RowConverter(ledger, series.currency);
  const inRange = <R extends Booked>(rows: readonly R[]) =>
    rows.filter(
      ({account, day}) =>
        series.accounts.includes(account) && day >= (scope.from ?? "") && day <= (scope.to ?? "9999-12-31")
    );
  const line = (
    row: Booked,
    rest: Omit<
      ActivityRow,
      "id" | "account" | "day" | "symbol" | "description" | "currency" | "amount" | "amountBase"
    >,
    amount: Amount | null
  ): ActivityRow => ({
    id: row.id,
    account: row.account,
    day: row.day,
    symbol: row.symbol ?? "",
    description: row.description ?? "",
    currency: row.currency ?? "",
    amount: text(amount),
    amountBase:
      amount === null
        ? noMoney("nothing was paid")
        : moneyOr(converter.convert(row, amount), `no rate for ${row.currency} on ${row.day}`),
    ...rest
  });
  const rows = [
    ...inRange(ledger.trades).map((row) =>
      line(
        row,
        {
          type: row.buySell ?? "Trade",
          quantity: text(row.quantity),
          price: text(row.tradePrice),
          realized: text(row.fifoPnlRealized),
          notes: row.notes,
          table: "trades"
        },
        row.netCash ?? row.proceeds
      )
    ),
    ...inRange(ledger.cash).map((row) =>
      line(
        row,
        {
          type: row.type ?? "Cash",
          quantity: null,
          price: null,
          realized: null,
          notes: row.code,
          table: "cash"
        },
        row.amount
      )
    ),
    ...inRange(ledger.corporate_actions).map((row) =>
      line(
        {...row, description: row.actionDescription ?? row.description},
        {
          type: `Corporate action ${row.type ?? ""}`.trim(),
          quantity: text(row.quantity),
          price: null,
          realized: text(row.fifoPnlRealized),
          notes: null,
          table: "corporate_actions"
        },
        row.proceeds ?? row.amount
      )
    ),
    ...inRange(ledger.transfers).map((row) =>
      line(
        row,
        {
          type: `Transfer ${row.direction ?? ""}`.trim(),
          quantity: text(row.quantity),
          price: text(row.transferPrice),
          realized: null,
          notes: row.counterparty,
          table: "transfers"
        },
        row.cashTransfer || row.positionAmount
      )
    )
  ].sort((a, b) => compare(b.day, a.day) || compare(a.id, b.id));
  const types = [...Map.groupBy(rows, ({type}) => type)].map(([type, group]) => ({
    type,
    count: group.length
  }));
  return {scope, rows, types: types.sort((a, b) => b.count - a.count || compare(a.type, b.type))};
}

function sum<R>(rows: readonly R[], pick: (row: R) => Amount | null): string {
  return formatAmount(rows.reduce((total, row) => total + (pick(row) ?? 0n), 0n));
}

function text(amount: Amount | null): string | null {
  return amount === null ? null : formatAmount(amount);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
