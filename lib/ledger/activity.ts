import {compareText} from "../order.js";
import type {Amount} from "../money/amount.js";
import {isNotional, RowConverter} from "./exposure.js";
import {moneyOr, noMoney} from "./money-view.js";
import {runningCash} from "./running-cash.js";
import type {Study} from "./study.js";
import type {LedgerRow} from "./tables.js";
import {bookedIn, text} from "./trades-view.js";
import type {ActivityRow, ActivityView} from "./views.js";

type Booked =
  | LedgerRow<"trades">
  | LedgerRow<"cash">
  | LedgerRow<"corporate_actions">
  | LedgerRow<"transfers">;

/** What a line says beside what every booked row has. */
type Rest = Pick<ActivityRow, "type" | "table"> & {
  amount: Amount | null;
  quantity?: Amount | null;
  price?: Amount | null;
  realized?: Amount | null;
  notes: string | null;
};

/** Returns everything that was booked in the range, newest first: trades, cash, corporate actions, transfers. */
export function activityView(study: Study): ActivityView {
  const {ledger, series, scope} = study;
  const converter = new RowConverter(ledger, series.currency);
  const accounts = new Set(series.accounts);
  const inRange = bookedIn(study);
  const cash = runningCash(ledger);
  const lines = <Row extends Booked>(rows: readonly Row[], rest: (row: Row) => Rest) =>
    rows
      .filter((row) => accounts.has(row.account) && inRange(row))
      .map((row) => ({...lineOf(row, rest(row), converter), balance: text(cash.get(row.id) ?? null)}));
  const rows = [
    ...lines(ledger.trades, ofTrade),
    ...lines(ledger.cash, ofCash),
    ...lines(ledger.corporate_actions, ofAction),
    ...lines(ledger.transfers, ofTransfer)
  ].sort((a, b) => compareText(b.day, a.day) || compareText(a.id, b.id));
  const types = [...Map.groupBy(rows, ({type}) => type)].map(([type, group]) => ({
    type,
    count: group.length
  }));
  return {scope, rows, types: types.sort((a, b) => b.count - a.count || compareText(a.type, b.type))};
}

function lineOf(
  row: Booked,
  {type, table, amount, notes, ...rest}: Rest,
  converter: RowConverter
): Omit<ActivityRow, "balance"> {
  return {
    id: row.id,
    account: row.account,
    day: row.day,
    type,
    symbol: row.symbol ?? "",
    description: ("actionDescription" in row && row.actionDescription) || (row.description ?? ""),
    currency: row.currency ?? "",
    quantity: text(rest.quantity ?? null),
    price: text(rest.price ?? null),
    amount: text(amount),
    amountBase:
      amount === null
        ? noMoney("nothing was paid")
        : moneyOr(converter.convert(row, amount), converter.reason(row)),
    realized: text(rest.realized ?? null),
    notes,
    table
  };
}

/** A currency trade is told by its second currency, in which it was paid: IBKR's netCash of it is zero. */
function ofTrade(row: LedgerRow<"trades">): Rest {
  return {
    type: row.buySell || "Trade",
    table: "trades",
    amount: row.assetCategory === "CASH" ? row.proceeds : (row.netCash ?? paidFor(row)),
    quantity: row.quantity,
    price: row.tradePrice,
    realized: row.fifoPnlRealized,
    notes: row.notes
  };
}

/** What a trade without netCash cost: of a future or CFD nothing but its costs. */
function paidFor(row: LedgerRow<"trades">): Amount | null {
  const {proceeds, taxes, ibCommission, ibCommissionCurrency, currency} = row;
  if (proceeds === null) return null;
  const commission = (ibCommissionCurrency ?? currency) === currency ? (ibCommission ?? 0n) : 0n;
  return (isNotional(row) ? 0n : proceeds) + commission + (taxes ?? 0n);
}

function ofCash({type, amount, code}: LedgerRow<"cash">): Rest {
  return {type: type || "Cash", table: "cash", amount, notes: code};
}

function ofAction(row: LedgerRow<"corporate_actions">): Rest {
  return {
    type: `Corporate action ${row.type ?? ""}`.trim(),
    table: "corporate_actions",
    amount: row.proceeds ?? row.amount,
    quantity: row.quantity,
    realized: row.fifoPnlRealized,
    notes: null
  };
}

function ofTransfer(row: LedgerRow<"transfers">): Rest {
  return {
    type: `Transfer ${row.direction ?? ""}`.trim(),
    table: "transfers",
    amount: row.cashTransfer || row.positionAmount,
    quantity: row.quantity,
    price: row.transferPrice,
    notes: row.counterparty
  };
}
