import {formatAmount, type Amount} from "../money/amount.js";
import {sessionBefore} from "../time/calendar.js";
import {accountNavs} from "./account-nav.js";
import {baseCurrencies} from "./base-currency.js";
import {bridgeEnding, type Bridge} from "./bridges.js";
import {money, noMoney} from "./money-view.js";
import {partOf, type Part} from "./nav-parts.js";
import type {NavSeries} from "./nav-series.js";
import {ratesOf} from "./rates.js";
import type {LedgerTables} from "./tables.js";
import type {ChangePart, SummaryView} from "./views.js";
import {lastBefore} from "./sorted-days.js";

type Change = SummaryView["change"];

const ORDER: readonly Part[] = ["price", "fx", "income", "cost", "flows", "other"];

/** The line of what the reporting currency gained on the base currencies. */
const TRANSLATION = "reporting currency";

/**
 * Returns what changed from the statement before to the last one: IBKR's ChangeInNAV of the last period, its
 * parts grouped, against the NAV of EquitySummary, so that the residual is what the one does not explain of the
 * other. The parts and the residual sum to the total exactly.
 */
export function lastChange(ledger: LedgerTables, series: NavSeries): Change {
  const at = series.days.length - 1;
  const end = series.nav.at(-1) ?? null;
  if (end === null) {
    return unknown(
      series,
      null,
      series.problems[0] ?? "no net asset value: tick Net Asset Value (NAV) in Base"
    );
  }
  const to = series.days[at];
  const bridges = lastBridges(ledger, series, to);
  if (typeof bridges === "string") return unknown(series, end, bridges);

  const begin = lastBefore(series.days, bridges[0].from);
  const from = begin < 0 ? sessionBefore(bridges[0].from) : series.days[begin];
  const lines = new Map<Part, Map<string, Amount>>();
  const add = (part: Part, name: string, amount: Amount) => {
    const group = lines.get(part) ?? new Map<string, Amount>();
    lines.set(part, group.set(name, (group.get(name) ?? 0n) + amount));
  };
  const [before, after] = [atRateOf(from, ledger, series), atRateOf(to, ledger, series)];
  let opening = 0n;
  for (const {account, start, parts} of bridges) {
    const [then, now] = [before(account, start ?? 0n), after(account, start ?? 0n)];
    if (then === null || now === null) {
      return unknown(series, end, `no rate of ${account}'s base currency on ${then === null ? from : to}`);
    }
    opening += then;
    if (then !== now) add("fx", TRANSLATION, now - then);
    for (const [name, amount] of parts) add(partOf(name), name, after(account, amount) as Amount); // the rate is there
  }
  const start = series.nav[begin] ?? opening;
  const parts = ORDER.filter((part) => part !== "other" || lines.has(part)).map((part): ChangePart => {
    const group = [...(lines.get(part) ?? [])];
    return {
      part,
      amount: money(group.reduce((sum, [, amount]) => sum + amount, 0n)),
      lines: group.map(([name, amount]) => ({name, amount: formatAmount(amount)}))
    };
  });
  const explained = [...lines.values()]
    .flatMap((group) => [...group.values()])
    .reduce((sum, x) => sum + x, 0n);
  return {
    from,
    to,
    start: money(start),
    end: money(end),
    total: money(end - start),
    parts: [...parts, {part: "residual", amount: money(end - start - explained), lines: []}],
    source: "ChangeInNAV against EquitySummary"
  };
}

/** The shortest bridge of each account that was there, all from one day; else why there is none. */
function lastBridges(ledger: LedgerTables, series: NavSeries, to: string): Bridge[] | string {
  const bridges: Bridge[] = [];
  for (const account of series.accounts) {
    const nav = accountNavs(ledger).get(account);
    if (!nav) continue;
    const bridge = bridgeEnding(ledger, account, to);
    if (bridge) bridges.push(bridge);
    else if (nav.values.get(to))
      return `no Change in NAV of ${account} up to ${to}: tick Change in NAV in the Flex query, with Breakout by Day`;
  }
  const [first] = bridges;
  if (!first)
    return `no Change in NAV up to ${to}: tick Change in NAV in the Flex query, with Breakout by Day`;
  const begin = lastBefore(series.days, first.from);
  const other = bridges.find(({from}) => lastBefore(series.days, from) !== begin);
  return other
    ? `the last Change in NAV of ${first.account} begins ${first.from}, that of ${other.account} ${other.from}: pull both with Breakout by Day`
    : bridges;
}

/** Converts an account's base amounts at a day's rate; null without it. */
function atRateOf(day: string, ledger: LedgerTables, {currency}: NavSeries) {
  return (account: string, amount: Amount): Amount | null => {
    const base = baseCurrencies(ledger)(account, day);
    return base && currency ? ratesOf(ledger).convert(amount, base, currency, day) : null;
  };
}

function unknown({days}: NavSeries, end: Amount | null, reason: string): Change {
  const none = noMoney(reason);
  return {
    from: null,
    to: days.at(-1) ?? null,
    start: none,
    end: end === null ? none : money(end),
    total: none,
    parts: [],
    source: "ChangeInNAV"
  };
}
