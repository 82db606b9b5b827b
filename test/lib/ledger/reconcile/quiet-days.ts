/** Twenty days of an account of shares, dollars and pounds on which nothing happens, as rows of tables. */
import type {ledgerOf} from "../tables.js";

type Lists = Parameters<typeof ledgerOf>[0];

export const DAYS = ["02", "09", "16", "23"].flatMap((monday) =>
  [0, 1, 2, 3, 4].map((n) => `2026-03-${String(Number(monday) + n).padStart(2, "0")}`)
);

const share = {conid: "1", symbol: "ACME", assetCategory: "STK", currency: "USD", multiplier: "1"};
const balance = {startingCash: "5", endingCash: "5"};
const accrual = {startingAccrualBalance: "2", interestAccrued: "0", endingAccrualBalance: "2"};
const gain = {totalRealizedPnl: "0", totalUnrealizedPnl: "0", totalFifoPnl: "0"};
const mtm = {prevCloseQuantity: "3", closeQuantity: "3", prevClosePrice: "4", closePrice: "4", total: "0"};
const quiet = {transactionMtm: "0", priorOpenMtm: "0", commissions: "0", other: "0"};

/** The rows of each table on the days on which it is to have them. */
export function quietDays(has: (table: keyof Lists, day: string, item: string) => boolean): Lists {
  const rows = (table: keyof Lists, item: string, fields: Record<string, string>) =>
    DAYS.filter((day) => has(table, day, item)).map((day) => ({day, fromDate: day, toDate: day, ...fields}));
  const both = (table: "cash_balances" | "interest_accruals", fields: Record<string, string>) =>
    ["BASE_SUMMARY", "USD", "GBP"].flatMap((currency) => rows(table, currency, {currency, ...fields}));
  return {
    nav: rows("nav", "", {cash: "10", stock: "12", total: "22"}),
    change_in_nav: rows("change_in_nav", "", {part: "endingValue", amount: "22"}),
    cash_balances: both("cash_balances", balance),
    interest_accruals: both("interest_accruals", accrual),
    positions: rows("positions", "ACME", {...share, position: "3", markPrice: "4", positionValue: "12"}),
    mtm: [
      ...rows("mtm", "ACME", {...share, ...mtm, ...quiet}),
      ...rows("mtm", "Total", {description: "Total (All Assets)", total: "0"})
    ],
    fifo: [
      ...rows("fifo", "ACME", {...share, ...gain}),
      ...rows("fifo", "Total", {description: "Total (All Assets)", ...gain})
    ]
  };
}
