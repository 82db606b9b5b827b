import {compareText} from "../order.js";
import {navIdentities, unbookedFlows} from "./health-nav.js";
import {cashAgainstNav, oddPositions, positionsAgainstNav} from "./health-holdings.js";
import {missingDays} from "./health-days.js";
import {shortHistories, staleAccounts} from "./health-reach.js";
import {tradesTwice} from "./health-twice.js";
import {futureDays, missingSections, openActions, unmatchedWithholding} from "./health-work.js";
import {fromLake, missingRates, unconvertible} from "./health-rates.js";
import type {Study} from "./study.js";
import type {ChangeSummary, Finding, Fix, HealthView} from "./views.js";

const CHECKS: readonly ((study: Study) => Finding[])[] = [
  missingDays,
  staleAccounts,
  shortHistories,
  missingRates,
  unconvertible,
  fromLake,
  navIdentities,
  unbookedFlows,
  positionsAgainstNav,
  cashAgainstNav,
  oddPositions,
  tradesTwice,
  unmatchedWithholding,
  openActions,
  futureDays,
  unknownBase,
  changes,
  failures
];

const RANK = {error: 0, warning: 1, info: 2};

/** Returns what is wrong with the data, and what to do about it; the worst first, then the latest. */
export function healthView(study: Study): HealthView {
  const {ledger, series, scope} = study;
  return {
    scope,
    findings: findingsOf(study)
      .map((finding) => ({...finding, fix: finding.fix ?? null}))
      .toSorted(
        (a, b) =>
          RANK[a.severity] - RANK[b.severity] ||
          compareText(b.day ?? "", a.day ?? "") ||
          compareText(a.sentence, b.sentence)
      ),
    missingSections: missingSections(study),
    coverage: ledger.coverage.filter(({account}) => series.accounts.includes(account))
  };
}

const kept = new WeakMap<Study["series"], {context: Study["context"]; findings: Finding[]}>();

/** The findings of a series are the same whatever the range. */
function findingsOf(study: Study): Finding[] {
  const known = kept.get(study.series);
  if (known?.context === study.context) return known.findings;
  const findings = CHECKS.flatMap((check) => check(study));
  kept.set(study.series, {context: study.context, findings});
  return findings;
}

function unknownBase({ledger, series}: Study): Finding[] {
  const known = new Set(ledger.coverage.filter(({base}) => base).map(({account}) => account));
  return series.accounts
    .filter((account) => !known.has(account))
    .map((account) => ({
      code: "unknown-base",
      severity: "warning",
      account,
      day: null,
      sentence: `no statement says the base currency of ${account}`,
      next: "tick Account Information (Currency) in the Flex query",
      rows: []
    }));
}

/** What is booked by hand or by the market; balances, values and sums follow from it. */
const BOOKED = new Set(["Trade", "CashTransaction", "CorporateAction", "Transfer", "TradeConfirm"]);

/** What IBKR changed, and where files contradict each other: what was booked line by line, what follows from it as a count. */
function changes({series, context}: Study): Finding[] {
  const mine = context.changes.filter(({account}) => series.accounts.includes(account));
  const told = mine.filter(({kind, element}) => kind === "contradiction" || BOOKED.has(element));
  const following = mine.filter((change) => !told.includes(change));
  return [
    ...told.map((change) => ofChange(change, context.files)),
    ...[...Map.groupBy(following, ({account}) => account).values()].map(ofFollowing)
  ];
}

function ofFollowing(list: readonly ChangeSummary[]): Finding {
  const days = list
    .map(({day}) => day)
    .filter((day) => day !== "")
    .sort();
  const since = days.length
    ? ` of ${days[0] === days.at(-1) ? days[0] : `${days[0]} to ${days.at(-1)}`}`
    : "";
  const [{account}] = list;
  return {
    code: "changed",
    severity: "info",
    account,
    day: days.at(-1) ?? null,
    sentence: `IBKR changed ${list.length} balances, values and sums of ${account}${since}`,
    next: "nothing: the later statement counts",
    rows: list.slice(0, MOST_ROWS).map(({element, key}) => `${element}:${account}:${key}`)
  };
}

/** Rows that a finding names at most. */
const MOST_ROWS = 50;

/** What a thing is called, without a day, may change as time goes by; what was booked on a day may not. */
function ofChange(
  {kind, account, element, key, day, differences, oldFile, nowFile}: ChangeSummary,
  files: Study["context"]["files"]
): Finding {
  const what = differences
    .map(([name, before, now]) => `${name} ${before ?? "nothing"} → ${now ?? "nothing"}`)
    .join(", ");
  const row = day ? `${element} of ${day}` : element;
  const says = {
    contradiction: `two files contradict each other on a ${row}: ${what}`,
    changed: `IBKR changed a ${row}: ${what}`,
    gone: `IBKR took back a ${row}`
  };
  return {
    code: kind,
    severity: kind === "contradiction" && day ? "warning" : "info",
    account,
    day: day || null,
    sentence: says[kind],
    next:
      kind === "contradiction"
        ? "the later statement counts; pull that day again to settle it"
        : "nothing: the later statement counts",
    rows: [`${element}:${account}:${key}`],
    fix: kind === "contradiction" && day ? undoOf([oldFile, nowFile], files) : null
  };
}

/** Either of two files that contradict each other may be the wrong one; a file of both can only be kept. */
function undoOf(hashes: readonly (string | null)[], files: Study["context"]["files"]): Fix | null {
  const sides = [...new Set(hashes)].flatMap((hash) => {
    const file = files.find(({sha256}) => sha256 === hash);
    return file ? [{sha256: file.sha256, name: file.name, rows: file.rows}] : [];
  });
  return sides.length === hashes.length ? {kind: "undo-file", files: sides} : null;
}

/** Data that failed to come. */
function failures({context, today}: Study): Finding[] {
  return context.failures.map((sentence) => ({
    code: "failed",
    severity: "error",
    account: null,
    day: today,
    sentence,
    next: "see the Flex status",
    rows: []
  }));
}
