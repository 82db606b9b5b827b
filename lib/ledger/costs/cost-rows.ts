import {formatAmount, multiply, type Amount} from "../../money/amount.js";
import {RowConverter, type Convertible} from "../exposure.js";
import {moneyOr, noMoney} from "../money-view.js";
import {isChargeAlone} from "../movements/charges.js";
import {currenciesOf} from "../movements/trades.js";
import {ratesOf} from "../rates.js";
import type {LedgerRow, LedgerTables, TableName} from "../tables.js";
import type {Money} from "../views.js";

/** What money went for. */
export const COST_KINDS = [
  "commission",
  "financing",
  "borrow",
  "data",
  "advisor",
  "fee",
  "tax",
  "withholding",
  "conversion"
] as const;
export type CostKind = (typeof COST_KINDS)[number];

/** One cost, as its row says it. */
export interface CostRow {
  /** The ledger row, and its table. */
  id: string;
  table: TableName;
  account: string;
  day: string;
  kind: CostKind;
  /** Null for what belongs to the whole account. */
  symbol: string | null;
  assetCategory: string | null;
  description: string;
  currency: string;
  /** Signed as cash: a cost is negative, a refund positive. Null where no rate of the day gives it. */
  amount: string | null;
  /** In the reporting currency, at the row's own rate or its day's. */
  base: Money;
}

type Cash = LedgerRow<"cash">;

const BORROWED = /borrow|short stock|stock loan|\bslb\b/i;
const DATA = /snapshot|bundle|level ?(i|1|2)|\bl[12]\b|market data|real.?time|subscription|quote|data fee/i;

/** Cash types that are a cost whatever they say. */
const TYPES: Readonly<Record<string, CostKind>> = {
  "Advisor Fees": "advisor",
  "Commission Adjustments": "commission",
  "Withholding Tax": "withholding",
  "871(m) Withholding": "withholding"
};

/** Returns what a cash transaction went for; null when it is no cost. */
export function cashCost({
  type,
  description,
  conid
}: Pick<Cash, "type" | "description" | "conid">): CostKind | null {
  const text = description ?? "";
  switch (type) {
    case "Broker Interest Paid":
      return BORROWED.test(text) ? "borrow" : "financing";
    case "Broker Fees":
    case "Other Fees":
      if (BORROWED.test(text)) return "borrow";
      return !conid && DATA.test(text) ? "data" : "fee";
    default:
      return TYPES[type ?? ""] ?? null;
  }
}

/** Row elements of charges that are a cost; a card payment is a withdrawal. */
const CHARGES: Readonly<Record<string, CostKind>> = {
  SalesTax: "tax",
  TransactionTax: "tax",
  CFDCharge: "financing",
  ClientFee: "advisor"
};

/**
 * Returns every cost of the ledger, each from its row: commissions and taxes of trades, cash transactions, charges. A
 * forex trade also costs what its price lies beside the day's conversion rate: kind `conversion`, which is no cash.
 * @param keep tells which rows are asked for
 */
export function costRows(
  ledger: LedgerTables,
  currency: string | null,
  keep: (row: {account: string; day: string}) => boolean
): CostRow[] {
  const converter = new RowConverter(ledger, currency);
  const rows: CostRow[] = [];
  const add = (row: CostRow, amount: Amount | null, by: Convertible, reason: string) =>
    rows.push({
      ...row,
      amount: amount === null ? null : formatAmount(amount),
      base: amount === null ? noMoney(reason) : moneyOr(converter.convert(by, amount), converter.reason(by))
    });
  for (const row of ledger.trades) {
    if (!keep(row)) continue;
    const paidIn = row.ibCommissionCurrency ?? row.currency;
    const by = paidIn === row.currency ? row : {...row, currency: paidIn, fxRateToBase: null};
    const head = headOf(row, "trades");
    if (row.ibCommission)
      add({...head, kind: "commission", currency: paidIn ?? ""}, row.ibCommission, by, "");
    if (row.taxes) add({...head, kind: "tax"}, row.taxes, row, "");
    if (row.assetCategory === "CASH") {
      const {amount, quote, reason} = conversionOf(row, ledger);
      if (amount !== 0n)
        add({...head, kind: "conversion", currency: quote}, amount, {...row, currency: quote}, reason);
    }
  }
  for (const row of ledger.cash) {
    const kind = row.amount && keep(row) ? cashCost(row) : null;
    if (kind) add({...headOf(row, "cash"), kind}, row.amount, row, "");
  }
  const alone = isChargeAlone(ledger);
  for (const row of ledger.charges) {
    const kind = CHARGES[row.element ?? ""];
    if (kind && row.amount && keep(row) && alone(row))
      add(
        {...headOf(row, "charges"), kind, description: row.text ?? row.description ?? ""},
        row.amount,
        row,
        ""
      );
  }
  return rows;
}

type Booked = LedgerRow<"trades"> | Cash | LedgerRow<"charges">;

function headOf(row: Booked, table: TableName): Omit<CostRow, "kind"> {
  const {id, account, day, symbol, assetCategory, description, currency} = row;
  return {
    id,
    table,
    account,
    day,
    symbol,
    assetCategory,
    description: description ?? "",
    currency: currency ?? "",
    amount: null,
    base: {value: null}
  };
}

/** What a forex trade's price cost against the day's conversion rate, in the currency that it was paid in. */
function conversionOf(
  row: LedgerRow<"trades">,
  ledger: LedgerTables
): {amount: Amount | null; quote: string; reason: string} {
  const pair = currenciesOf(row);
  const [of, quote] = pair ?? ["", row.currency ?? ""];
  if (!pair || !row.quantity || row.tradePrice === null)
    return {amount: null, quote, reason: `a forex trade of ${row.day} has no pair, quantity or price`};
  const found = ratesOf(ledger).find(of, quote, row.day);
  return found && found.ageDays === 0
    ? {amount: multiply(row.quantity, found.rate - row.tradePrice), quote, reason: ""}
    : {amount: null, quote, reason: `no conversion rate ${of}/${quote} of ${row.day}: tick Conversion Rates`};
}
