import {formatAmount, roundAmount, type Amount} from "../money/amount.js";
import {sessionsBetween} from "../time/calendar.js";
import {addDays} from "../time/day.js";
import {accountFlows} from "./account-flows.js";
import {accountNavs} from "./account-nav.js";
import {bridgesOf} from "./bridges.js";
import {oncePerLedger} from "./once-per-ledger.js";
import {lastBefore} from "./sorted-days.js";
import type {Study} from "./study.js";
import type {LedgerRow, LedgerTables} from "./tables.js";
import type {Finding} from "./views.js";

/**
 * Returns where IBKR's own figures of net asset value do not agree, by half a cent or more: a ChangeInNAV that does
 * not add up, one that ends or starts elsewhere than EquitySummary, and an EquitySummary that is not the sum of its
 * parts.
 */
export function navIdentities({ledger, series}: Study): Finding[] {
  return series.accounts.flatMap((account) => [...ofBridges(ledger, account), ...ofParts(ledger, account)]);
}

function ofBridges(ledger: LedgerTables, account: string): Finding[] {
  const findings: Finding[] = [];
  const rowsOf = navByDay(ledger).get(account);
  const days = accountNavs(ledger).get(account)?.days ?? [];
  for (const {from, to, start, end, parts, rows} of bridgesOf(ledger).get(account) ?? []) {
    const period = from === to ? `of ${to}` : `of ${from} to ${to}`;
    const say = (code: string, sentence: string, next: string, more: readonly string[] = []) =>
      findings.push({code, severity: "error", account, day: to, sentence, next, rows: [...rows, ...more]});
    const sum = [...parts.values()].reduce((total, amount) => total + amount, start ?? 0n);
    if (start !== null && end !== null && differ(sum, end)) {
      say(
        "nav-identity",
        `the Change in NAV of ${account} ${period} is off by ${formatAmount(sum - end)}`,
        "import that statement again; if it stays, ask IBKR"
      );
    }
    const closing = rowsOf?.get(to);
    if (end !== null && closing && differ(closing.total, end)) {
      say(
        "nav-differs",
        `the Change in NAV of ${account} ${period} ends at ${formatAmount(end)}, its net asset value is ${formatAmount(closing.total)}`,
        "import the statements of that day again: they are of different editions",
        closing.rows
      );
    }
    const before = days[lastBefore(days, from)] ?? from;
    const opening = rowsOf?.get(before);
    if (start !== null && opening && differ(opening.total, start) && isNext(before, from)) {
      say(
        "nav-continuity",
        `the Change in NAV of ${account} ${period} starts at ${formatAmount(start)}, the value of ${before} is ${formatAmount(opening.total)}`,
        `import the statement of ${before} again: IBKR has restated it`,
        opening.rows
      );
    }
  }
  return findings;
}

/** Whether no session lies between two days. */
function isNext(before: string, day: string): boolean {
  return sessionsBetween(addDays(before, 1), addDays(day, -1)).length === 0;
}

/** Components that a row has when all of them are ticked. */
const ALWAYS = [
  "cash",
  "stock",
  "options",
  "bonds",
  "commodities",
  "notes",
  "funds",
  "dividendAccruals",
  "interestAccruals"
] as const;

const SOMETIMES = [
  "slbCashCollateral",
  "ipoSubscription",
  "slbDirectSecuritiesBorrowed",
  "slbDirectSecuritiesLent",
  "crypto",
  "softDollars",
  "forexCfdUnrealizedPl",
  "cfdUnrealizedPl"
] as const;

function ofParts(ledger: LedgerTables, account: string): Finding[] {
  return ledger.nav.flatMap((row): Finding[] => {
    if (row.account !== account || row.total === null || ALWAYS.some((name) => row[name] === null)) return [];
    const sum = [...ALWAYS, ...SOMETIMES].reduce((total, name) => total + (row[name] ?? 0n), 0n);
    if (!differ(sum, row.total)) return [];
    return [
      {
        code: "nav-parts",
        severity: "warning",
        account,
        day: row.day,
        sentence: `the net asset value of ${account} on ${row.day} is ${formatAmount(row.total)}, its parts sum to ${formatAmount(sum)}`,
        next: "import that statement again; if it stays, it has a part that is not known here: tell us its name",
        rows: [row.id]
      }
    ];
  });
}

/** Returns periods whose deposits, withdrawals and transfers by row are not those of ChangeInNAV. */
export function unbookedFlows({ledger, series}: Study): Finding[] {
  return series.accounts.flatMap((account) => {
    const {gaps = [], undated = []} = accountFlows(ledger).get(account) ?? {};
    return [
      ...gaps.map(({bridge: {from, to, rows}, booked, said}): Finding => ({
        code: "flows-differ",
        severity: "warning",
        account,
        day: to,
        sentence: `deposits, withdrawals and transfers of ${account}, ${from} to ${to}: rows give ${formatAmount(booked)}, Change in NAV ${formatAmount(said)}`,
        next: "tick Cash Transactions (Detail) and Transfers in the Flex query",
        rows
      })),
      ...undated.map(({to, reason}): Finding => ({
        code: "flows-undated",
        severity: "warning",
        account,
        day: to,
        sentence: `${reason}: returns of those days are n/a`,
        next: "tick Cash Transactions (Detail), Transfers, and Breakout by Day in the Flex query",
        rows: []
      }))
    ];
  });
}

interface DayValue {
  total: Amount;
  rows: string[];
}

/** EquitySummary by account and day, models together. */
const navByDay = oncePerLedger(({nav}): ReadonlyMap<string, ReadonlyMap<string, DayValue>> => {
  const byAccount = new Map<string, Map<string, DayValue>>();
  for (const {account, day, total, id} of nav as readonly LedgerRow<"nav">[]) {
    if (total === null) continue;
    const days = byAccount.get(account) ?? new Map<string, DayValue>();
    const before = days.get(day) ?? {total: 0n, rows: []};
    byAccount.set(account, days.set(day, {total: before.total + total, rows: [...before.rows, id]}));
  }
  return byAccount;
});

/** Whether two amounts differ at the second decimal, where IBKR's reports are rounded (R1). */
export function differ(a: Amount, b: Amount): boolean {
  return roundAmount(a - b, 2) !== 0n;
}
