import {sessionBefore, sessionsBetween} from "../../time/calendar.js";
import {addDays} from "../../time/day.js";
import {oncePerLedger} from "../once-per-ledger.js";
import {lastBefore} from "../sorted-days.js";
import type {LedgerTables} from "../tables.js";

/** First and last day of a statement, both included. */
export interface Period {
  from: string;
  to: string;
}

/** Tables whose rows say the period of the statement that they stand in. */
const TABLES = ["cash_balances", "mtm", "fifo", "change_in_nav", "interest_accruals"] as const;

/** Returns the periods that statements of a state have, by account: by last day, of the same last day the longest first. */
export const periodsOf = oncePerLedger((ledger: LedgerTables): ReadonlyMap<string, readonly Period[]> => {
  const byAccount = new Map<string, Map<string, Period>>();
  for (const table of TABLES) {
    let [last, start, end]: (string | null)[] = [null, null, null];
    for (const {account, fromDate, toDate} of ledger[table]) {
      if (!fromDate || !toDate || (fromDate === start && toDate === end && account === last)) continue;
      [last, start, end] = [account, fromDate, toDate];
      let own = byAccount.get(account);
      if (!own) byAccount.set(account, (own = new Map()));
      const key = `${toDate}/${fromDate}`;
      if (!own.has(key)) own.set(key, {from: fromDate, to: toDate});
    }
  }
  return new Map(
    [...byAccount].map(([account, own]) => [
      account,
      [...own].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, period]) => period)
    ])
  );
});

/**
 * Returns what gives the day whose close a statement of a day begins with: the last before it that any statement of the
 * ledger ends on, or the exchange's session before it, whichever is later.
 */
export const dayBefore = oncePerLedger((ledger: LedgerTables): ((day: string) => string) => {
  const ends = [
    ...new Set([...periodsOf(ledger).values()].flatMap((periods) => periods.map(({to}) => to)))
  ].sort();
  const known = new Map<string, string>();
  return (day) => {
    let before = known.get(day);
    if (before === undefined) {
      const session = sessionBefore(day);
      const at = lastBefore(ends, day);
      known.set(day, (before = at >= 0 && ends[at] > session ? ends[at] : session));
    }
    return before;
  };
});

/** Returns the stretches that each account's statements cover without a session missing between them, oldest first. */
export const stretchesOf = oncePerLedger((ledger: LedgerTables): ReadonlyMap<string, readonly Period[]> => {
  const known = new Map<string, boolean>();
  const isNext = (to: string, from: string) => {
    const key = `${to}/${from}`;
    let next = known.get(key);
    if (next === undefined) known.set(key, (next = isNextSession(to, from)));
    return next;
  };
  const join = (periods: readonly Period[]) => {
    const stretches: Period[] = [];
    for (const {from, to} of periods.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))) {
      const last = stretches.at(-1);
      if (last && (from <= last.to || isNext(last.to, from))) last.to = last.to > to ? last.to : to;
      else stretches.push({from, to});
    }
    return stretches;
  };
  return new Map([...periodsOf(ledger)].map(([account, periods]) => [account, join(periods)]));
});

/** Whether no session lies between the end of one and the start of another. */
function isNextSession(to: string, from: string): boolean {
  const day = addDays(to, 1);
  return from <= day || sessionsBetween(day, addDays(from, -1)).length === 0;
}
