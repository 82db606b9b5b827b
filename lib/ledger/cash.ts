import {formatAmount} from "../money/amount.js";
import {RowConverter, lastDayOf} from "./exposure.js";
import {moneyOr} from "./money-view.js";
import type {LedgerTables} from "./tables.js";
import type {SummaryView} from "./views.js";

/**
 * Returns ending cash by currency, of each account's last cash report; the base-currency total is left out.
 * @returns largest first by value in the reporting currency; empty without a Cash Report
 */
export function cashByCurrency(
  ledger: LedgerTables,
  accounts: readonly string[],
  currency: string | null
): SummaryView["cash"] {
  const rows = ledger.cash_balances.filter(
    (row) =>
      accounts.includes(row.account) &&
      row.currency &&
      row.currency !== "BASE_SUMMARY" &&
      row.endingCash !== null
  );
  const lastDay = lastDayOf(rows);
  const latest = rows.filter((row) => row.day === lastDay.get(row.account));
  const shortest = new Map<string, string>();
  for (const {account, fromDate} of latest) {
    if ((fromDate ?? "") > (shortest.get(account) ?? "")) shortest.set(account, fromDate ?? "");
  }
  const counted = latest.filter((row) => (row.fromDate ?? "") === (shortest.get(row.account) ?? ""));
  const converter = new RowConverter(ledger, currency);
  const lines = [...Map.groupBy(counted, (row) => row.currency as string)].map(([code, group]) => {
    const amount = group.reduce((sum, {endingCash}) => sum + (endingCash as bigint), 0n);
    const parts = group.map((row) => converter.convert(row, row.endingCash as bigint));
    const base = parts.includes(null) ? null : (parts as bigint[]).reduce((sum, part) => sum + part, 0n);
    return {code, amount, base, asOf: group[0].day};
  });
  return lines
    .filter(({amount}) => amount !== 0n)
    .sort((a, b) => ((a.base ?? 0n) > (b.base ?? 0n) ? -1 : 1))
    .map(({code, amount, base, asOf}) => ({
      currency: code,
      amount: formatAmount(amount),
      base: moneyOr(base, `no rate for ${code} on ${asOf}`),
      asOf
    }));
}
