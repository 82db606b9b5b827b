import {type Amount, absolute} from "../money/amount.js";
import {BASE_SUMMARY} from "./cash.js";
import type {Movement} from "./movements/movement.js";
import {movementsOf} from "./movements/movements.js";
import {oncePerLedger} from "./once-per-ledger.js";
import {daysBetween} from "../time/day.js";
import {lastAtOrBefore, lastBefore} from "./sorted-days.js";
import type {LedgerRow} from "./tables.js";

type Report = LedgerRow<"cash_balances"> & {fromDate: string; toDate: string; currency: string};

/**
 * Returns the cash of a row's currency in its account after the row, by row id: from the starting cash of the shortest
 * Cash Report that covers its day, by all rows of that period. Only where these rows lead to the ending cash that the
 * report says; else it is not known.
 */
export const runningCash = oncePerLedger((ledger): ReadonlyMap<string, Amount> => {
  const known = new Map<string, Amount>();
  const settled = new Set<string>();
  const reports = ledger.cash_balances
    .filter(
      (row): row is Report =>
        row.fromDate !== null &&
        row.toDate !== null &&
        row.currency !== null &&
        row.currency !== BASE_SUMMARY &&
        row.startingCash !== null &&
        row.endingCash !== null
    )
    .sort((a, b) => daysBetween(a.fromDate, a.toDate) - daysBetween(b.fromDate, b.toDate));
  const movements = movementsOf(ledger);
  const daysOf = new Map([...movements].map(([account, own]) => [account, own.map(({day}) => day)]));
  for (const {account, currency, fromDate, toDate, startingCash, endingCash} of reports) {
    const days = daysOf.get(account) ?? [];
    const own = movements.get(account) ?? [];
    const rows = own.slice(lastBefore(days, fromDate) + 1, lastAtOrBefore(days, toDate) + 1);
    if (rows.every(({id}) => settled.has(`${currency}/${id}`))) continue;
    let cash = startingCash ?? 0n;
    const after = rows.map((movement) => ({movement, cash: (cash += inCurrency(movement, currency))}));
    if (absolute(cash - (endingCash ?? 0n)) > TOLERANCE) continue;
    for (const {movement, cash: balance} of after) {
      settled.add(`${currency}/${movement.id}`);
      if (movement.currency === currency && !known.has(movement.id)) known.set(movement.id, balance);
    }
  }
  return known;
});

/** Half of the last decimal that a report prints, for each of two figures. */
const TOLERANCE = 10n ** 10n;

function inCurrency({cash}: Movement, currency: string): Amount {
  return cash.reduce((sum, leg) => (leg.currency === currency ? sum + leg.amount : sum), 0n);
}
