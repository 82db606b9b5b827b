import {sessionsBetween} from "../time/calendar.js";
import {addDays} from "../time/day.js";
import {accountNavs} from "./account-nav.js";
import {oncePerLedger} from "./once-per-ledger.js";

/** The first day that statements cover, by account; none for an account that they show from its beginning, at zero. */
const firstDays = oncePerLedger((ledger): ReadonlyMap<string, string> => {
  const first = new Map<string, string>();
  for (const {account, from} of ledger.coverage) {
    const nav = accountNavs(ledger).get(account);
    const begun = nav !== undefined && nav.values.get(nav.days[0]) === 0n;
    if (!begun && from < (first.get(account) ?? "9999-12-31")) first.set(account, from);
  }
  return first;
});

/**
 * Returns why nothing complete can be said of an account from a day on: its statements begin after a session of it;
 * null where they do not.
 */
export function unknownSince(
  ledger: Parameters<typeof firstDays>[0],
  account: string,
  day: string
): string | null {
  const first = firstDays(ledger).get(account);
  if (first === undefined || first <= day || !sessionsBetween(day, addDays(first, -1)).length) return null;
  return `statements of ${account} begin ${first}, after ${day}`;
}
