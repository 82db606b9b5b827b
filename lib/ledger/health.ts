import {formatAmount, roundAmount, type Amount} from "../money/amount.js";
import {sessionsBetween} from "../time/calendar.js";
import {externalFlows} from "./flows.js";
import {baseCurrencies} from "./nav-series.js";
import {Rates} from "./rates.js";
import type {Study} from "./study.js";
import type {ChangeSummary, Finding, HealthView} from "./views.js";

const NOT_PARTS =
  /^(startingValue|endingValue|twr|realized|changeInUnrealized|costAdjustments|transferredPnlAdjustments)$/;

/** Returns what is wrong with the data, and what to do about it; the worst first. */
export function healthView(study: Study): HealthView {
  const {ledger, series, scope, context} = study;
  const mine = new Set(series.accounts);
  const findings = [
    ...missingDays(study),
    ...missingRates(study),
    ...brokenBridges(study),
    ...unbookedFlows(study),
    ...unknownBase(study),
    ...context.changes.filter(({account}) => mine.has(account)).map(ofChange),
    ...context.failures.map((sentence): Finding => ({
      code: "failed",
      severity: "error",
      account: null,
      day: context.now.slice(0, 10),
      sentence,
      next: "see the Flex status",
      rows: []
    }))
  ];
  const rank = {error: 0, warning: 1, info: 2};
  return {
    scope,
    findings: findings.sort(
      (a, b) => rank[a.severity] - rank[b.severity] || ((a.day ?? "") < (b.day ?? "") ? 1 : -1)
    ),
    coverage: ledger.coverage.filter(({account}) => mine.has(account))
  };
}

/** Exchange days between an account's first and last value on which no statement gives one. */
function missingDays({ledger, series}: Study): Finding[] {
  return series.accounts.flatMap((account): Finding[] => {
    const have = new Set(ledger.nav.filter((row) => row.account === account).map(({day}) => day));
    const days = [...have].sort();
    if (days.length < 2) return [];
    const sessions = sessionsBetween(days[0], days[days.length - 1]);
    const missing = sessions.filter((day) => !have.has(day));
    if (missing.length > sessions.length / 2) {
      return [
        {
          code: "no-daily-values",
          severity: "warning",
          account,
          day: null,
          sentence: `${account} has a value on ${have.size} of ${sessions.length} exchange days`,
          next: "tick Breakout by Day in the Flex query, or import the files in between",
          rows: []
        }
      ];
    }
    return missing.map((day) => ({
      code: "missing-day",
      severity: "warning",
      account,
      day,
      sentence: `no statement of ${account} for ${day}`,
      next: "pull or download the statement of that day and import it",
      rows: []
    }));
  });
}

/** Days with a value, between the first and last rate of a currency, without its rate. */
function missingRates({ledger, series}: Study): Finding[] {
  const findings: Finding[] = [];
  const days = new Map<string, Set<string>>();
  for (const {account, fromCurrency, toCurrency, day, rate} of ledger.rates) {
    if (!series.accounts.includes(account) || rate === null || fromCurrency === toCurrency) continue;
    const pair = `${fromCurrency}/${toCurrency}`;
    const set = days.get(pair) ?? new Set();
    days.set(pair, set.add(day));
  }
  for (const [pair, have] of days) {
    const sorted = [...have].sort();
    for (const day of series.days) {
      if (day <= sorted[0] || day >= sorted[sorted.length - 1] || have.has(day)) continue;
      findings.push({
        code: "missing-rate",
        severity: "warning",
        account: null,
        day,
        sentence: `no rate ${pair} on ${day}: the one before is carried forward`,
        next: "tick Include Currency Rates in the Flex query and import that day again",
        rows: []
      });
    }
  }
  return findings;
}

/** Periods whose ChangeInNAV does not add up. */
function brokenBridges({ledger, series}: Study): Finding[] {
  const rows = ledger.change_in_nav.filter(({account}) => series.accounts.includes(account));
  const periods = Map.groupBy(rows, ({account, fromDate, toDate, currency, model}) =>
    [account, fromDate, toDate, currency, model].join("/")
  );
  return [...periods.values()].flatMap((parts): Finding[] => {
    const find = (name: string) => parts.find(({part}) => part === name)?.amount ?? null;
    const [start, end] = [find("startingValue"), find("endingValue")];
    if (start === null || end === null) return [];
    const sum = parts
      .filter(({part}) => !NOT_PARTS.test(part ?? ""))
      .reduce((total, {amount}) => total + (amount ?? 0n), start);
    const {account, fromDate, toDate} = parts[0];
    if (roundAmount(sum - end, 2) === 0n) return [];
    return [
      {
        code: "nav-identity",
        severity: "error",
        account,
        day: toDate,
        sentence: `the Change in NAV of ${account}, ${fromDate} to ${toDate}, is off by ${formatAmount(sum - end)}`,
        next: "import that statement again; if it stays, ask IBKR",
        rows: parts.map(({id}) => id)
      }
    ];
  });
}

/** Periods whose deposits by row are not those of ChangeInNAV. */
function unbookedFlows({ledger, series}: Study): Finding[] {
  const base = baseCurrencies(ledger.coverage);
  const flows = Map.groupBy(externalFlows(ledger, base, new Rates(ledger.rates)), ({account}) => account);
  const said = new Map<
    string,
    {account: string; fromDate: string; toDate: string; amount: Amount; rows: string[]}
  >();
  for (const {id, account, fromDate, toDate, currency, model, part, amount} of ledger.change_in_nav) {
    if (
      !FLOW_PARTS.has(part ?? "") ||
      currency ||
      model ||
      !fromDate ||
      !toDate ||
      !series.accounts.includes(account)
    )
      continue;
    const key = [account, fromDate, toDate].join("/");
    const entry = said.get(key) ?? {account, fromDate, toDate, amount: 0n, rows: []};
    said.set(key, {...entry, amount: entry.amount + (amount ?? 0n), rows: [...entry.rows, id]});
  }
  return [...said.values()].flatMap(({account, fromDate, toDate, amount, rows}): Finding[] => {
    const own = (flows.get(account) ?? []).filter(({day}) => day >= fromDate && day <= toDate);
    const ours = own.reduce((total, flow) => total + (flow.amount ?? 0n), 0n);
    if (roundAmount(ours - amount, 2) === 0n) return [];
    return [
      {
        code: "flows-differ",
        severity: "warning",
        account,
        day: toDate,
        sentence: `deposits, withdrawals and transfers of ${account}, ${fromDate} to ${toDate}: rows give ${formatAmount(ours)}, Change in NAV ${formatAmount(amount)}`,
        next: "tick Cash Transactions (Detail) and Transfers in the Flex query",
        rows
      }
    ];
  });
}

const FLOW_PARTS = new Set([
  "depositsWithdrawals",
  "internalCashTransfers",
  "assetTransfers",
  "debitCardActivity",
  "billPay",
  "donations",
  "grantActivity",
  "cryptoTransfers"
]);

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

function ofChange({kind, account, element, key, day, differences}: ChangeSummary): Finding {
  const what = differences
    .map(([name, before, now]) => `${name} ${before ?? "nothing"} → ${now ?? "nothing"}`)
    .join(", ");
  const says = {
    contradiction: `two files contradict each other on a ${element} of ${day}: ${what}`,
    changed: `IBKR changed a ${element} of ${day}: ${what}`,
    gone: `IBKR took back a ${element} of ${day}`
  };
  return {
    code: kind,
    severity: kind === "contradiction" ? "warning" : "info",
    account,
    day,
    sentence: says[kind],
    next:
      kind === "contradiction"
        ? "the later statement counts; pull that day again to settle it"
        : "nothing: the later statement counts",
    rows: [`${element}:${account}:${key}`]
  };
}
