import {sessionsBetween} from "../time/calendar.js";
import {addDays} from "../time/day.js";
import {accountNavs} from "./account-nav.js";
import {bridgesOf} from "./bridges.js";
import type {Study} from "./study.js";
import type {Finding} from "./views.js";

/** Days that a Flex query reaches back, today's own not counted: what is older is downloaded by hand. */
const REACH_DAYS = 365;

/** Sessions that a statement may be behind: one is made overnight, and may be late over a week-end. */
const PATIENCE = 3;

/** Returns the day that lies just beyond what a fetch can bring, ISO. */
export function beyondReach(today: string): string {
  return addDays(today, -REACH_DAYS);
}

/** Returns accounts whose statements end more than three sessions ago, unless nothing was left in them. */
export function staleAccounts({ledger, series, today}: Study): Finding[] {
  return series.accounts.flatMap((account): Finding[] => {
    const last = ledger.coverage.reduce((to, span) => later(to, span.account === account ? span.to : ""), "");
    const nav = accountNavs(ledger).get(account);
    const isEmpty = nav !== undefined && nav.values.get(nav.days[nav.days.length - 1]) === 0n;
    if (last === "" || isEmpty) return [];
    const sessions = sessionsBetween(addDays(last, 1), addDays(today, -1)).length;
    if (sessions <= PATIENCE) return [];
    return [
      {
        code: "stale-account",
        severity: "warning",
        account,
        day: null,
        sentence: `the statements of ${account} end ${last}, ${sessions} exchange days ago`,
        next: "fetch what is new, or download the statement and import it",
        rows: [],
        fix: {kind: "fetch", what: "new"}
      }
    ];
  });
}

/** Returns accounts that had something in them already when their first statement began. */
export function shortHistories({ledger, series, today}: Study): Finding[] {
  return series.accounts.flatMap((account): Finding[] => {
    const covered = ledger.coverage.filter((span) => span.account === account);
    const first = covered.reduce((day, {from}) => (from < day ? from : day), "9999-12-31");
    const bridge = (bridgesOf(ledger).get(account) ?? []).find(({from}) => from === first);
    if (!bridge?.start) return [];
    const isNear = first > beyondReach(today);
    return [
      {
        code: "short-history",
        severity: "info",
        account,
        day: first,
        sentence: `the statements of ${account} begin ${first}, when something was in it already`,
        next: isNear
          ? "fetch the whole period of the queries, a year at most"
          : "run the query in the portal for the years before, and import the files",
        rows: bridge.rows,
        fix: isNear ? {kind: "fetch", what: "all"} : null
      }
    ];
  });
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}
