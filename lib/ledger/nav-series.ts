import type {Amount} from "../money/amount.js";
import {addDays, weekday} from "../time/day.js";
import {externalFlows, type Flow} from "./flows.js";
import {lastAtOrBefore, Rates} from "./rates.js";
import type {Coverage, LedgerTables} from "./tables.js";

/** Net asset value of some accounts together, day by day, in one currency, and what crossed their border. */
export interface NavSeries {
  accounts: string[];
  /** Null when no statement says a base currency. */
  currency: string | null;
  /** ISO days on which the value of every account is known, oldest first. */
  days: string[];
  nav: Amount[];
  /** Since the day before in the series, this day included; both positive. */
  inflow: Amount[];
  outflow: Amount[];
  /** What keeps a day, or a flow, from being computed. */
  problems: string[];
}

interface AccountNav {
  account: string;
  days: string[];
  values: Map<string, Amount>;
  /** Value before the first day that is in the rows; a contribution when others were there before. */
  opening: Amount;
}

/** Looks up the base currency of an account on a day: of the statement that covers it, else the last before it, else the first. */
export function baseCurrencies(
  coverage: readonly Coverage[]
): (account: string, day: string) => string | null {
  const byAccount = Map.groupBy(
    coverage.filter(({base}) => base),
    ({account}) => account
  );
  return (account, day) => {
    const spans = byAccount.get(account) ?? [];
    const before = spans.filter(({from}) => from <= day);
    return (before.at(-1) ?? spans[0])?.base ?? null;
  };
}

/**
 * Returns the accounts' value in one currency by day.
 *
 * A day counts when each account's value is known on it: from a statement, or because the account had not begun
 * or had ended at zero. A transfer between two of the accounts is no flow; an account that joins brings its
 * opening value as a contribution.
 *
 * @param accounts account ids; all of the ledger when empty
 * @param currency reporting currency; the base currency of the last day when absent
 */
export function navSeries(
  ledger: LedgerTables,
  accounts: readonly string[] = [],
  currency?: string
): NavSeries {
  const rates = new Rates(ledger.rates);
  const base = baseCurrencies(ledger.coverage);
  const chosen = accountsOf(ledger, accounts);
  const all = chosen.map((account) => accountNav(ledger, account)).filter(({days}) => days.length);
  const last = all
    .flatMap(({account, days}) => days.slice(-1).map((day) => ({account, day})))
    .sort((a, b) => (a.day < b.day ? 1 : -1));
  const to = currency ?? (last[0] ? base(last[0].account, last[0].day) : null);
  const series: NavSeries = {
    accounts: chosen,
    currency: to,
    days: [],
    nav: [],
    inflow: [],
    outflow: [],
    problems: []
  };
  const problems = new Set<string>();

  const convert = (amount: Amount, account: string, day: string): Amount | null => {
    const from = base(account, day);
    if (from === to) return amount;
    if (amount === 0n) return 0n;
    const converted = from && to ? rates.convert(amount, from, to, day) : null;
    if (converted === null) {
      problems.add(
        from ? `no rate ${from}/${to} on ${day}` : `no base currency of ${account}: tick Account Information`
      );
    }
    return converted;
  };

  for (const day of [...new Set(all.flatMap(({days}) => days))].sort()) {
    const values = all.map((one) => valueOn(one, day, problems));
    if (values.includes(null)) continue;
    const converted = values.map((value, i) => convert(value as Amount, all[i].account, day));
    if (converted.includes(null)) continue;
    series.days.push(day);
    series.nav.push((converted as Amount[]).reduce((a, b) => a + b, 0n));
    series.inflow.push(0n);
    series.outflow.push(0n);
  }

  const inScope = new Set(chosen);
  const add = (day: string, amount: Amount) => {
    const at = lastAtOrBefore(series.days, addDays(day, -1)) + 1;
    if (at === 0 || at >= series.days.length) return;
    if (amount > 0n) series.inflow[at] += amount;
    else series.outflow[at] -= amount;
  };
  const flows = externalFlows(ledger, base, rates).filter(({account}) => inScope.has(account));
  for (const {account, days, opening} of all) {
    const own = flows.filter((flow) => flow.account === account);
    const internal = ({counterparty}: Flow) => counterparty !== null && inScope.has(counterparty);
    let joining = opening;
    for (const flow of own) {
      const amount = flow.amount === null ? null : convert(flow.amount, account, flow.day);
      if (amount === null) problems.add(`no rate for the transfer or deposit of ${flow.day} in ${account}`);
      else if (flow.day > days[0]) {
        if (!internal(flow)) add(flow.day, amount);
      } else if (internal(flow)) joining -= flow.amount as Amount;
    }
    const brought = joining === 0n ? 0n : convert(joining, account, days[0]);
    if (brought) add(days[0], brought);
  }
  series.problems = [...problems];
  return series;
}

/** Returns the chosen accounts that the ledger has; all of them when none is chosen. */
export function accountsOf(ledger: LedgerTables, accounts: readonly string[] = []): string[] {
  const known = new Set(
    [...ledger.coverage, ...ledger.nav, ...ledger.trades, ...ledger.cash, ...ledger.positions].map(
      ({account}) => account
    )
  );
  const chosen = accounts.length ? accounts.filter((account) => known.has(account)) : [...known];
  return [...new Set(chosen)].sort();
}

function accountNav(ledger: LedgerTables, account: string): AccountNav {
  const values = new Map<string, Amount>();
  for (const row of ledger.nav) {
    if (row.account === account && row.total !== null)
      values.set(row.day, (values.get(row.day) ?? 0n) + row.total);
  }
  const bridge = ledger.change_in_nav.filter((row) => row.account === account && !row.currency && !row.model);
  for (const {part, toDate, amount} of bridge) {
    if (part === "endingValue" && toDate && amount !== null && !values.has(toDate))
      values.set(toDate, amount);
  }
  let days = [...values.keys()].sort();
  const start = bridge
    .filter(
      ({part, fromDate, amount}) =>
        part === "startingValue" && fromDate && amount !== null && fromDate <= (days[0] ?? "")
    )
    .sort((a, b) => ((a.fromDate as string) < (b.fromDate as string) ? -1 : 1))[0];
  if (start) {
    const before = previousWeekday(start.fromDate as string);
    values.set(before, start.amount as Amount);
    days = [before, ...days];
  }
  return {account, days, values, opening: values.get(days[0]) ?? 0n};
}

function previousWeekday(day: string): string {
  return addDays(day, weekday(day) === 1 ? -3 : weekday(day) === 7 ? -2 : -1);
}

function valueOn({account, days, values}: AccountNav, day: string, problems: Set<string>): Amount | null {
  const value = values.get(day);
  if (value !== undefined) return value;
  if (day < days[0]) return 0n;
  const last = days.at(-1) as string;
  if (day > last) {
    if (values.get(last) === 0n) return 0n;
    problems.add(`statements of ${account} end ${last}: import later ones, or leave the account out`);
    return null;
  }
  problems.add(`no value of ${account} on ${day}`);
  return null;
}
