import type {Amount} from "../money/amount.js";
import {sessionBefore} from "../time/calendar.js";
import {bridgesOf} from "./bridges.js";
import {oncePerLedger} from "./once-per-ledger.js";
import {lastAtOrBefore, lastBefore} from "./sorted-days.js";
import type {LedgerTables} from "./tables.js";

/** Net asset value of one account at the end of each day that a statement says it, in its base currency. */
export interface AccountNav {
  account: string;
  /** ISO days, oldest first; not empty. */
  days: string[];
  values: ReadonlyMap<string, Amount>;
}

/**
 * Returns the value of each account that has one: of EquitySummary, else the ending value of ChangeInNAV. Its first
 * starting value stands at the session before its period.
 */
export const accountNavs = oncePerLedger((ledger): ReadonlyMap<string, AccountNav> => {
  const values = new Map<string, Map<string, Amount>>();
  const of = (account: string) => {
    let own = values.get(account);
    if (!own) values.set(account, (own = new Map()));
    return own;
  };
  for (const {account, day, total} of ledger.nav) {
    if (total !== null) of(account).set(day, (of(account).get(day) ?? 0n) + total);
  }
  for (const [account, bridges] of bridgesOf(ledger)) {
    const own = of(account);
    for (const {to, end} of bridges) if (end !== null && !own.has(to)) own.set(to, end);
    const first = [...own.keys()].reduce((a, b) => (a < b ? a : b), "9999-12-31");
    const earliest = bridges.reduce((a, b) => (b.from < a.from ? b : a));
    if (earliest.start !== null && earliest.from <= first)
      own.set(sessionBefore(earliest.from), earliest.start);
  }
  return new Map(
    [...values]
      .filter(([, own]) => own.size)
      .map(([account, own]) => [account, {account, days: [...own.keys()].sort(), values: own}])
  );
});

/** Returns how many days from one to another, both included, have a value of the account. */
export function valueDays({days}: AccountNav, from: string, to: string): number {
  return lastAtOrBefore(days, to) - lastBefore(days, from);
}

/** Returns the chosen accounts that the ledger has; all of them when none is chosen. */
export function accountsOf(ledger: LedgerTables, accounts: readonly string[] = []): string[] {
  const known = knownAccounts(ledger);
  return accounts.length
    ? [...new Set(accounts)].filter((account) => known.has(account)).sort()
    : [...known].sort();
}

const knownAccounts = oncePerLedger(
  ({coverage, nav, trades, cash, positions}): ReadonlySet<string> =>
    new Set([coverage, nav, trades, cash, positions].flatMap((rows) => rows.map(({account}) => account)))
);
