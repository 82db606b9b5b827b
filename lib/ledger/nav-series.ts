import type {Amount} from "../money/amount.js";
import {accountFlows} from "./account-flows.js";
import {accountNavs, accountsOf, type AccountNav} from "./account-nav.js";
import {baseCurrencies, NO_BASE} from "./base-currency.js";
import {ratesOf} from "./rates.js";
import type {LedgerTables} from "./tables.js";
import {lastBefore} from "./sorted-days.js";

/** Net asset value of some accounts together, day by day, in one currency, and what crossed their border. */
export interface NavSeries {
  accounts: string[];
  /** Null when no statement says a base currency. */
  currency: string | null;
  /** ISO days on which one of the accounts has a value, oldest first; the first and the last are known. */
  days: string[];
  /** Null where the value of an account, or a rate, is missing. */
  nav: (Amount | null)[];
  /** Since the day before in the series, this day included; both positive. Null where a flow is not known. */
  inflow: (Amount | null)[];
  outflow: (Amount | null)[];
  /** Why the day's value or flow is null. */
  reasons: (string | null)[];
  /** What keeps days or flows from being computed, a sentence each. */
  problems: string[];
}

/** Why an amount is not known; without a day if it is so on every day. */
interface Unknown {
  what: string;
  day: string | null;
}

type Known = Amount | Unknown;
type Convert = (amount: Amount, account: string, day: string) => Known;

const isKnown = (value: Known): value is Amount => typeof value === "bigint";
const sentence = ({what, day}: Unknown) => (day === null ? what : `${what} on ${day}`);

/**
 * Returns the accounts' value in one currency by day.
 *
 * A day is known when each account's value is: from a statement, or because the account had not begun or had ended
 * at zero. A transfer between two of the accounts is no flow; an account that joins brings its opening value as a
 * contribution (R7). Where most days are unknown because an account has few values, only the known ones are kept.
 *
 * @param accounts account ids; all of the ledger when empty
 * @param currency reporting currency; when absent the base currency of the last day
 */
export function navSeries(
  ledger: LedgerTables,
  accounts: readonly string[] = [],
  currency?: string
): NavSeries {
  const chosen = accountsOf(ledger, accounts);
  const members = chosen.flatMap((account) => accountNavs(ledger).get(account) ?? []);
  const to = currency ?? lastBase(ledger, chosen);
  const convert = converter(ledger, to);
  const all = [...new Set(members.flatMap(({days}) => days))].sort();
  const totals = all.map((day) => ({day, value: totalOn(members, day, convert)}));
  const rows = between(totals);
  const series: NavSeries = {
    accounts: chosen,
    currency: to,
    days: rows.map(({day}) => day),
    nav: rows.map(({value}) => (isKnown(value) ? value : null)),
    inflow: rows.map(() => 0n),
    outflow: rows.map(() => 0n),
    reasons: rows.map(({value}) => (isKnown(value) ? null : sentence(value))),
    problems: []
  };
  const unknown = placeFlows(series, ledger, members, convert);
  series.problems = summaries([...totals.flatMap(({value}) => (isKnown(value) ? [] : [value])), ...unknown]);
  return series;
}

/** The base currency of the account with the latest value; of one without values where none has them. */
function lastBase(ledger: LedgerTables, accounts: readonly string[]): string | null {
  const base = baseCurrencies(ledger);
  const last = accounts
    .map((account) => ({account, day: accountNavs(ledger).get(account)?.days.at(-1) ?? ""}))
    .sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0));
  for (const {account, day} of last) {
    const found = base(account, day || LATEST);
    if (found !== null) return found;
  }
  return null;
}

const LATEST = "9999-12-31";

function converter(ledger: LedgerTables, to: string | null): Convert {
  const base = baseCurrencies(ledger);
  const rates = ratesOf(ledger);
  return (amount, account, day) => {
    const from = base(account, day);
    if (!from || !to) return {what: NO_BASE, day: null};
    if (from === to || amount === 0n) return amount;
    return rates.convert(amount, from, to, day) ?? {what: `no rate ${from}/${to}`, day};
  };
}

function totalOn(members: readonly AccountNav[], day: string, convert: Convert): Known {
  let total = 0n;
  for (const member of members) {
    const value = valueOn(member, day);
    const converted = isKnown(value) ? convert(value, member.account, day) : value;
    if (!isKnown(converted)) return converted;
    total += converted;
  }
  return total;
}

function valueOn({account, days, values}: AccountNav, day: string): Known {
  const value = values.get(day);
  if (value !== undefined) return value;
  if (day < days[0]) return 0n;
  const last = days[days.length - 1];
  if (day < last) return {what: `no value of ${account}`, day};
  if (values.get(last) === 0n) return 0n;
  return {
    what: `statements of ${account} end ${last}: import later ones, or leave the account out`,
    day: null
  };
}

/** From the first known day to the last; none where nothing but the emptiness before the first deposit is known. */
function between<Row extends {value: Known}>(rows: readonly Row[]): Row[] {
  const known = ({value}: Row) => isKnown(value);
  if (!rows.every(known) && rows.every(({value}) => !isKnown(value) || value === 0n)) return [];
  const inside = rows.slice(Math.max(0, rows.findIndex(known)), rows.findLastIndex(known) + 1);
  const there = inside.filter(known);
  return 2 * there.length < inside.length ? there : inside;
}

/** Puts every flow on the first day of the series that is not before it; returns those that are not known. */
function placeFlows(
  series: NavSeries,
  ledger: LedgerTables,
  members: readonly AccountNav[],
  convert: Convert
): Unknown[] {
  const unknown: Unknown[] = [];
  const at = (day: string) => lastBefore(series.days, day) + 1;
  const forget = (i: number, why: Unknown) => {
    unknown.push(why);
    series.inflow[i] = series.outflow[i] = null;
    series.reasons[i] ??= sentence(why);
  };
  const place = (i: number, amount: Known) => {
    if (i < 1 || i >= series.days.length) return;
    if (!isKnown(amount)) forget(i, amount);
    else if (amount > 0n && series.inflow[i] !== null) series.inflow[i] += amount;
    else if (amount < 0n && series.outflow[i] !== null) series.outflow[i] -= amount;
  };

  const joined = new Map(members.map(({account, days}) => [account, at(days[0])]));
  for (const {account, days, values} of members) {
    const {flows = [], undated = []} = accountFlows(ledger).get(account) ?? {};
    const begin = joined.get(account) as number; // it is a member
    let opening: Known = values.get(days[0]) ?? 0n;
    for (const {day, amount, counterparty} of flows) {
      const i = at(day);
      const internal = counterparty !== null && (joined.get(counterparty) ?? Infinity) <= i;
      const flow: Known = amount ?? {what: `no rate or price for a flow of ${account}`, day};
      if (day > days[0]) {
        if (!internal) place(i, isKnown(flow) ? convert(flow, account, day) : flow);
      } else if (internal && i === begin) {
        opening = isKnown(flow) && isKnown(opening) ? opening - flow : flow;
      }
    }
    place(begin, isKnown(opening) ? convert(opening, account, days[0]) : opening);
    for (const {from, to, reason} of undated) {
      for (let i = Math.max(1, at(from)); i < series.days.length && series.days[i] <= to; ++i) {
        forget(i, {what: reason, day: null});
      }
    }
  }
  return unknown;
}

/** One sentence for each thing, with the days it is so on. */
function summaries(unknown: readonly Unknown[]): string[] {
  const days = Map.groupBy(unknown, ({what}) => what);
  return [...days].map(([what, list]) => {
    const {length} = list;
    if (length === 1 || list[0].day === null) return sentence(list[0]);
    return `${what} on ${length} days, ${list[0].day} to ${list[length - 1].day}`;
  });
}
