import type {Amount} from "../../money/amount.js";
import {BASE_SUMMARY} from "../cash.js";
import type {CheckWhat} from "./check.js";
import type {Frame} from "./frame.js";
import {toleranceOf} from "./tolerance.js";

interface Balance {
  id: string;
  currency: string;
  start: Amount | null;
  end: Amount | null;
}

interface Row {
  id: string;
  day: string;
  currency: string | null;
  fromDate: string | null;
  toDate: string | null;
}

/**
 * Says which currency has no row in a day's cash or accrued interest, though the day before ended with some of it, or the
 * day after starts with some.
 */
export function checkBalanceRows(frame: Frame): void {
  const {cash_balances, interest_accruals} = frame.rows;
  checkSection(frame, "cash", "CashReport", statesOf(cash_balances, "startingCash", "endingCash"));
  const accrued = statesOf(interest_accruals, "startingAccrualBalance", "endingAccrualBalance");
  checkSection(frame, "interest", "InterestAccruals", accrued);
}

/** The balances of each day's own statement. */
function statesOf<Start extends string, End extends string>(
  rows: readonly (Row & Record<Start | End, Amount | null>)[],
  start: Start,
  end: End
): Map<string, Balance[]> {
  const states = new Map<string, Balance[]>();
  for (const row of rows) {
    const {id, currency, fromDate, toDate} = row;
    if (!currency || !toDate || fromDate !== toDate) continue;
    const own = states.get(toDate) ?? [];
    states.set(toDate, own);
    own.push({id, currency, start: row[start], end: row[end]});
  }
  return states;
}

function checkSection(
  frame: Frame,
  what: CheckWhat,
  section: string,
  states: ReadonlyMap<string, readonly Balance[]>
): void {
  const days = [...states.keys()].sort();
  const isBroken = (day: string | undefined) =>
    (states.get(day ?? "") ?? []).some(({currency}) => currency !== BASE_SUMMARY);
  for (const [i, day] of days.entries()) {
    const [before, after] = [days[i - 1], days[i + 1]];
    // A day with the sum alone is of a query without currencies, but for one between days that have them.
    if (!isBroken(day) && !(isBroken(before) && isBroken(after))) continue;
    const named = new Set(states.get(day)?.map(({currency}) => currency));
    const ended = before && frame.dayBefore(day) === before ? (states.get(before) ?? []) : [];
    const started = after && frame.dayBefore(after) === day ? (states.get(after) ?? []) : [];
    const sides = [
      ...ended.map(({end, ...row}) => ({
        ...row,
        amount: end,
        of: `${section} (no row; the day before ended)`
      })),
      ...started.map(({start, ...row}) => ({
        ...row,
        amount: start,
        of: `${section} (no row; the day after starts)`
      }))
    ];
    for (const {id, currency, amount, of} of sides) {
      if (!amount || named.has(currency) || currency === BASE_SUMMARY) continue;
      named.add(currency);
      const line = {day, item: currency, of, ours: amount, theirs: 0n, rows: [id], itself: true as const};
      frame.compare({what, period: frame.periodAt(day)}, {...line, tolerance: toleranceOf(2, 1)});
    }
  }
}
