import {formatAmount, parseAmount, toNumber, type Amount} from "../money/amount.js";
import {RowConverter} from "./exposure.js";
import {lastNavRows} from "./cash.js";
import type {Study} from "./study.js";
import type {Money, PositionRow, SummaryView} from "./views.js";

type Allocation = SummaryView["allocation"];

/**
 * Returns what net asset value is made of by class, currency and sector: positions as they stand in it (futures
 * nothing, CFDs their unrealized gain), cash, and accruals apart from both (R23). What has no value is left out; it
 * is among the health findings.
 *
 * @param cash by currency, and its total
 */
export function allocationOf(
  {ledger, series}: Study,
  positions: readonly PositionRow[],
  cash: SummaryView["cash"],
  total: Money
): Allocation {
  const nav = series.nav.at(-1) ?? null;
  const accrued = accruals(ledger, series);
  const apart: [string, Amount | null][] = [
    ["Cash", amountOf(total)],
    ["Accruals", accrued]
  ];
  const lines = (name: (row: PositionRow) => string, rest: readonly [string, Amount | null][]) => {
    const sums = new Map<string, Amount>();
    const add = (key: string, value: Amount | null) =>
      value !== null && value !== 0n && sums.set(key, (sums.get(key) ?? 0n) + value);
    for (const row of positions) add(name(row), amountOf(row.inNavBase));
    for (const [key, value] of rest) add(key, value);
    return [...sums]
      .sort(([a, x], [b, y]) => (x > y ? -1 : x < y ? 1 : a < b ? -1 : 1))
      .map(([key, value]) => ({
        name: key,
        value: formatAmount(value),
        weight: nav !== null && nav > 0n ? toNumber(value) / toNumber(nav) : null
      }));
  };
  return [
    {by: "class", items: lines(({assetCategory}) => assetCategory, apart)},
    {
      by: "currency",
      items: lines(
        ({currency}) => currency,
        cash.map(({currency, base}) => [currency, amountOf(base)])
      )
    },
    {by: "sector", items: lines(({sector}) => sector, apart)}
  ];
}

/** Dividends and interest accrued, in the reporting currency. */
function accruals(ledger: Study["ledger"], {accounts, currency}: Study["series"]): Amount | null {
  return new RowConverter(ledger, currency).sum(
    lastNavRows(ledger, accounts),
    ({dividendAccruals, interestAccruals}) => (dividendAccruals ?? 0n) + (interestAccruals ?? 0n)
  );
}

function amountOf({value}: Money): Amount | null {
  return value === null ? null : parseAmount(value);
}
