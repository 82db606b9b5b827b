import {formatAmount, parseAmount, type Amount} from "../money/amount.js";
import {baseCurrencies} from "./base-currency.js";
import {lastDayOf, lastNavDays, RowConverter} from "./exposure.js";
import {money, moneyOr, noMoney} from "./money-view.js";
import type {LedgerRow, LedgerTables} from "./tables.js";
import type {Money, SummaryView} from "./views.js";

type Balance = LedgerRow<"cash_balances"> & {endingCash: Amount};

/** IBKR's name of the total in base currency, which is no currency. */
export const BASE_SUMMARY = "BASE_SUMMARY";

/**
 * Returns ending cash by currency, of each account's last cash report. Where a report has nothing but the total in
 * base currency, that stands for it.
 * @returns largest first by value in the reporting currency; empty without a Cash Report
 */
export function cashByCurrency(
  ledger: LedgerTables,
  accounts: readonly string[],
  currency: string | null
): SummaryView["cash"] {
  const base = baseCurrencies(ledger);
  const rows = accounts.flatMap((account) => {
    const report = lastReport(ledger, account);
    const broken = report.filter((row) => row.currency !== BASE_SUMMARY);
    return broken.length ? broken : report.map((row) => ({...row, currency: base(row.account, row.day)}));
  });
  const converter = new RowConverter(ledger, currency);
  const held = rows.filter(({endingCash}) => endingCash !== 0n);
  return [...Map.groupBy(held, (row) => row.currency ?? "")]
    .map(([code, group]) => ({
      code,
      amount: group.reduce((sum, {endingCash}) => sum + endingCash, 0n),
      base: converter.sum(group, ({endingCash}) => endingCash),
      oldest: group.reduce((a, b) => (b.day < a.day ? b : a))
    }))
    .filter(({amount}) => amount !== 0n)
    .sort((a, b) => compare(b.base ?? 0n, a.base ?? 0n) || (a.code < b.code ? -1 : 1))
    .map(({code, amount, base: inBase, oldest}) => ({
      currency: code,
      amount: formatAmount(amount),
      base: moneyOr(inBase, converter.reason(oldest)),
      asOf: oldest.day
    }));
}

/** Rows of the account's last Cash Report that say an ending balance: of the shortest period that ends that day. */
function lastReport({cash_balances}: LedgerTables, account: string): Balance[] {
  const rows = cash_balances.filter(
    (row): row is Balance => row.account === account && row.endingCash !== null && row.currency !== null
  );
  const last = lastDayOf(rows).get(account);
  const ending = rows.filter(({day}) => day === last);
  const begin = ending
    .map(({fromDate}) => fromDate ?? "")
    .sort()
    .at(-1);
  return ending.filter(({fromDate}) => (fromDate ?? "") === begin);
}

/**
 * Returns the accounts' cash in the reporting currency: as EquitySummary has it, else of the Cash Report.
 * @param cash as from `cashByCurrency`
 */
export function totalCash(
  ledger: LedgerTables,
  accounts: readonly string[],
  currency: string | null,
  cash: SummaryView["cash"]
): Money {
  const converter = new RowConverter(ledger, currency);
  const rows = lastNavRows(ledger, accounts);
  if (rows.length && rows.every((row) => row.cash !== null)) {
    return converter.total(rows, (row) => row.cash);
  }
  const missing = cash.find(({base}) => base.value === null);
  if (missing) return missing.base;
  if (!cash.length) return noMoney("no cash: tick Cash Report, and Cash in Net Asset Value (NAV) in Base");
  return money(cash.reduce((sum, {base}) => sum + parseAmount(base.value as string), 0n)); // none is missing
}

/** The last EquitySummary row of each account, in base currency. */
export function lastNavRows(ledger: LedgerTables, accounts: readonly string[]) {
  const last = lastNavDays(ledger);
  const base = baseCurrencies(ledger);
  return ledger.nav
    .filter(({account, day}) => accounts.includes(account) && day === last.get(account))
    .map((row) => ({...row, currency: base(row.account, row.day)}));
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
