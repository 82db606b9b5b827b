import {compareText} from "../../order.js";
import {formatAmount, type Amount} from "../../money/amount.js";
import {RowConverter} from "../exposure.js";
import {moneyOr} from "../money-view.js";
import type {Study} from "../study.js";
import {sumMoney} from "../sum-money.js";
import type {LedgerRow} from "../tables.js";
import {bookedIn} from "../trades-view.js";
import type {Money, Scope} from "../views.js";
import {expectedPayments, forecastPayments, type ComingPayment} from "./expected.js";
import {INCOME_KINDS, paymentsOf, type IncomeKind} from "./payments.js";

/** What came, what was withheld of it, what is left; in the reporting currency, each row at its own day's rate. */
export interface IncomeSum {
  gross: Money;
  withheld: Money;
  net: Money;
}

/** A payment that was booked, with its reversals and what was withheld of it. */
export interface PaymentRow {
  account: string;
  kind: IncomeKind;
  symbol: string;
  conid: string | null;
  currency: string;
  exDate: string | null;
  payDate: string;
  /** In its own currency, of the rows of the range. */
  gross: string;
  withheld: string;
  net: string;
  base: IncomeSum;
  /** Whether a part of it was taken back. */
  reversed: boolean;
  rows: string[];
}

export interface IncomeView {
  scope: Scope;
  total: IncomeSum;
  byKind: ({kind: IncomeKind} & IncomeSum)[];
  byCurrency: {currency: string; gross: string; withheld: string; net: string; base: IncomeSum}[];
  /** Month by security and kind; interest on cash stands as its currency. */
  grid: {
    months: string[];
    rows: {
      name: string;
      conid: string | null;
      kind: IncomeKind;
      cells: ({month: string} & IncomeSum)[];
      total: IncomeSum;
    }[];
  };
  /** Newest first. */
  payments: PaymentRow[];
  unmatched: {
    id: string;
    account: string;
    day: string;
    symbol: string;
    currency: string;
    amount: string;
    base: Money;
    reason: string;
  }[];
  expected: ComingPayment[];
  forecast: ComingPayment[];
  expectedNet: Money;
  forecastNet: Money;
  notes: string[];
}

const NOTES = [
  "A month's income is what was booked in it; a reversal is negative and keeps its own day.",
  "Withholding is matched with its payment by account, instrument, pay date, action and kind, never by amount.",
  "Expected is what IBKR has accrued by the last statement; forecast is last year's pattern on what is held now, which nobody has declared."
];

type Cash = LedgerRow<"cash">;

/** A row of income in the range, with the security and kind that it stands under. */
interface Line {
  row: Cash;
  amount: Amount;
  base: Money;
  kind: IncomeKind;
  isTax: boolean;
}

/** Returns dividends, payments in lieu and interest of the range, and what is to come. */
export function incomeView(study: Study): IncomeView {
  const {ledger, series, scope} = study;
  const accounts = new Set(series.accounts);
  const inRange = bookedIn(study);
  const converter = new RowConverter(ledger, series.currency);
  const lineOf = (row: Cash, kind: IncomeKind, isTax: boolean): Line[] => {
    if (!accounts.has(row.account) || !inRange(row)) return [];
    const amount = row.amount ?? 0n;
    return [{row, amount, kind, isTax, base: moneyOr(converter.convert(row, amount), converter.reason(row))}];
  };
  const {payments, unmatched} = paymentsOf(ledger);
  const paid = payments.flatMap((payment) => {
    const {kind, gross, withheld} = payment;
    const lines = [
      ...gross.flatMap((row) => lineOf(row, kind, false)),
      ...withheld.flatMap((row) => lineOf(row, kind, true))
    ];
    return lines.length ? [{payment, lines}] : [];
  });
  const left = unmatched.flatMap(({row, kind, reason}) =>
    lineOf(row, kind, true).map((line) => ({...line, reason}))
  );
  const lines = [...paid.flatMap((one) => one.lines), ...left];
  const expected = expectedPayments(ledger, series.accounts, series.currency);
  const forecast = forecastPayments(ledger, series.accounts, series.currency);
  return {
    scope,
    total: sums(lines),
    byKind: INCOME_KINDS.flatMap((kind) => {
      const own = lines.filter((line) => line.kind === kind);
      return own.length ? [{kind, ...sums(own)}] : [];
    }),
    byCurrency: [...Map.groupBy(lines, ({row}) => row.currency ?? "")]
      .map(([currency, own]) => ({currency, ...amounts(own), base: sums(own)}))
      .sort((a, b) => compareText(a.currency, b.currency)),
    grid: gridOf(lines),
    payments: paid.map(({payment: {kind, exDate, payDate, gross}, lines: own}): PaymentRow => {
      const [{account, symbol, conid, currency}] = gross;
      const signs = new Set(own.filter(({isTax}) => !isTax).map(({amount}) => amount > 0n));
      return {
        account,
        kind,
        symbol: symbol ?? "",
        conid,
        currency: currency ?? "",
        exDate,
        payDate,
        ...amounts(own),
        base: sums(own),
        reversed: signs.size > 1,
        rows: own.map(({row}) => row.id)
      };
    }),
    unmatched: left.map(({row, amount, base, reason}) => ({
      id: row.id,
      account: row.account,
      day: row.day,
      symbol: row.symbol ?? "",
      currency: row.currency ?? "",
      amount: formatAmount(amount),
      base,
      reason
    })),
    expected,
    forecast,
    expectedNet: sumMoney(expected.map(({netBase}) => netBase)),
    forecastNet: sumMoney(forecast.map(({netBase}) => netBase)),
    notes: NOTES
  };
}

function gridOf(lines: readonly Line[]): IncomeView["grid"] {
  const months = [...new Set(lines.map(monthOf))].sort(compareText);
  const groups = Map.groupBy(lines, ({row, kind}) => `${nameOf(row)}/${row.conid ?? ""}/${kind}`);
  const rows = [...groups.values()].map((own) => ({
    name: nameOf(own[0].row),
    conid: own[0].row.conid,
    kind: own[0].kind,
    cells: [...Map.groupBy(own, monthOf)]
      .map(([month, list]) => ({month, ...sums(list)}))
      .sort((a, b) => compareText(a.month, b.month)),
    total: sums(own)
  }));
  return {
    months,
    rows: rows.sort(
      (a, b) =>
        INCOME_KINDS.indexOf(a.kind) - INCOME_KINDS.indexOf(b.kind) ||
        Number(b.total.net.value ?? 0) - Number(a.total.net.value ?? 0) ||
        compareText(a.name, b.name)
    )
  };
}

function monthOf({row}: Line): string {
  return row.day.slice(0, 7);
}

function nameOf({symbol, currency}: Cash): string {
  return symbol ?? `${currency ?? ""} cash`.trim();
}

function sums(lines: readonly Line[]): IncomeSum {
  const of = (list: readonly Line[]) => sumMoney(list.map(({base}) => base));
  return {
    gross: of(lines.filter(({isTax}) => !isTax)),
    withheld: of(lines.filter(({isTax}) => isTax)),
    net: of(lines)
  };
}

function amounts(lines: readonly Line[]): {gross: string; withheld: string; net: string} {
  const of = (list: readonly Line[]) => list.reduce((sum, {amount}) => sum + amount, 0n);
  const gross = of(lines.filter(({isTax}) => !isTax));
  const net = of(lines);
  return {gross: formatAmount(gross), withheld: formatAmount(net - gross), net: formatAmount(net)};
}
