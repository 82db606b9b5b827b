import {sessionsBetween} from "../time/calendar.js";
import {accountNavs, type AccountNav} from "./account-nav.js";
import {bridgesOf} from "./bridges.js";
import {beyondReach} from "./health-reach.js";
import type {Study} from "./study.js";
import type {LedgerTables} from "./tables.js";
import type {Finding} from "./views.js";
import {lastAtOrBefore, lastBefore} from "./sorted-days.js";

/**
 * Returns exchange days between an account's first and last value that no statement covers, or none says the value
 * of, or, between its first and last Change in NAV, that none of those leads over: the next day's statement repeats
 * the value of the day before, but not what was booked on it. Days in a row are one finding.
 */
export function missingDays({ledger, series, today}: Study): Finding[] {
  return series.accounts.flatMap((account) => {
    const nav = accountNavs(ledger).get(account);
    return nav && nav.days.length > 1 ? ofAccount(ledger, nav, beyondReach(today)) : [];
  });
}

function ofAccount(ledger: LedgerTables, {account, days, values}: AccountNav, unreached: string): Finding[] {
  const spans = ledger.coverage.filter((span) => span.account === account);
  const covered = covering(spans);
  const begins = spans.reduce((a, {from}) => (from < a ? from : a), "9999-12-31");
  const sessions = sessionsBetween(begins > days[0] ? begins : days[0], days[days.length - 1]);
  const bridges = bridgesOf(ledger).get(account) ?? [];
  const bridged = covering(bridges);
  const [begin, end] = [
    bridges.reduce((a, {from}) => (from < a ? from : a), "9999-12-31"),
    bridges.at(-1)?.to ?? ""
  ];
  const valueless = sessions.filter((day) => !values.has(day));
  if (2 * valueless.length > sessions.length) {
    return [
      {
        code: "no-daily-values",
        severity: "warning",
        account,
        day: null,
        sentence: `${account} has a value on ${sessions.length - valueless.length} of ${sessions.length} exchange days`,
        next: "tick Breakout by Day in the Flex query, or import the files in between",
        rows: []
      }
    ];
  }
  const isTold = (day: string) =>
    covered(day) && values.has(day) && (day < begin || day > end || bridged(day));
  const wasEmpty = (day: string) => values.get(days[lastBefore(days, day)]) === 0n;
  const known = sessions.slice(Math.max(0, sessions.findIndex(isTold)));
  const missing = known.filter((day) => !isTold(day) && !wasEmpty(day));
  return runsOf(missing, sessions).map((run): Finding => {
    const when =
      run.length === 1 ? run[0] : `${run[0]} to ${run[run.length - 1]}, ${run.length} exchange days`;
    return {
      code: "missing-day",
      severity: "warning",
      account,
      day: run[0],
      sentence: `no statement of ${account} for ${when}`,
      next: "pull or download the statement and import it",
      rows: [],
      fix: run[run.length - 1] > unreached ? {kind: "fetch", what: "all"} : null
    };
  });
}

/** Returns whether a day lies in one of the spans. */
function covering(spans: readonly {from: string; to: string}[]): (day: string) => boolean {
  const starts = spans.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  const from = starts.map((span) => span.from);
  let furthest = "";
  const until = starts.map(({to}) => (furthest = to > furthest ? to : furthest));
  return (day) => {
    const at = lastAtOrBefore(from, day);
    return at >= 0 && until[at] >= day;
  };
}

/** Returns days that follow one another in the list of all, together. */
export function runsOf(days: readonly string[], all: readonly string[]): string[][] {
  const place = new Map(all.map((day, i) => [day, i]));
  const runs: string[][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    const before = run && place.get(run[run.length - 1]);
    if (run && before !== undefined && place.get(day) === before + 1) run.push(day);
    else runs.push([day]);
  }
  return runs;
}
