import type {Amount} from "../../money/amount.js";
import {accountNavs} from "../account-nav.js";
import {baseCurrencies} from "../base-currency.js";
import {RowConverter} from "../exposure.js";
import type {NavSeries} from "../nav-series.js";
import {oncePerLedger} from "../once-per-ledger.js";
import {ratesOf} from "../rates.js";
import {lastBefore} from "../sorted-days.js";
import type {LedgerRow, LedgerTables} from "../tables.js";
import {cashEvents} from "./cash-events.js";
import type {GainPart, Step} from "./steps.js";

/** What an account's cash earned, cost and gained by its currencies on a day of the series. */
export interface CashStep {
  account: string;
  /** Of the cash; null where rows do not say it. */
  currency: string | null;
  to: number;
  part: GainPart;
  amount: Amount;
}

/**
 * Returns what belongs to no holding: interest, fees and taxes by row, interest accrued, currency trades against the
 * day's rate, and the translation of what cash stood there at the start of each day (R15), where the Cash Report says it.
 * @param steps of the holdings: dividends that were announced for them are theirs, and taken off the account's
 * @returns in the reporting currency
 */
export function cashSteps(ledger: LedgerTables, series: NavSeries, steps: readonly Step[]): CashStep[] {
  const converter = new RowConverter(ledger, series.currency);
  const at = (day: string) => lastBefore(series.days, day) + 1;
  const accounts = new Set(series.accounts);
  const result: CashStep[] = [];
  for (const {account, holding, row, day, part, amount, of} of cashEvents(ledger)) {
    if (holding !== null || !accounts.has(account)) continue;
    const converted = converter.convert(row, amount);
    const to = at(day);
    if (converted && to < series.days.length) {
      result.push({account, currency: of ?? row.currency, to, part, amount: converted});
    }
  }
  for (const account of series.accounts) {
    result.push(...translations(ledger, series, account), ...accruals(ledger, series, account));
  }
  for (const {account, to, accrued} of steps) {
    if (accrued !== 0n)
      result.push({account, currency: series.currency, to, part: "income", amount: -accrued});
  }
  return result.filter(({amount}) => amount !== 0n);
}

/** Cash by currency at the end of days, by account. */
const balances = oncePerLedger(({cash_balances}) => {
  const own = cash_balances.filter(
    ({currency, endingCash}) => currency !== null && currency !== "BASE_SUMMARY" && endingCash !== null
  );
  return new Map(
    [...Map.groupBy(own, ({account}) => account)].map(([account, rows]) => [
      account,
      Map.groupBy(rows, ({toDate, day}) => toDate ?? day)
    ])
  );
});

function translations(ledger: LedgerTables, series: NavSeries, account: string): CashStep[] {
  const byDay = balances(ledger).get(account);
  const to = series.currency;
  if (!byDay || to === null) return [];
  const rates = ratesOf(ledger);
  const result: CashStep[] = [];
  for (let i = 1; i < series.days.length; ++i) {
    const [before, now] = [series.days[i - 1], series.days[i]];
    for (const {currency, endingCash} of byDay.get(before) ?? []) {
      if (!endingCash || !currency || currency === to) continue;
      const [then, after] = [before, now].map((day) => rates.convert(endingCash, currency, to, day));
      if (then !== null && after !== null) {
        result.push({account, currency, to: i, part: "currency", amount: after - then});
      }
    }
  }
  return result;
}

/** Changes of interest and dividends accrued. */
function accruals(ledger: LedgerTables, series: NavSeries, account: string): CashStep[] {
  const to = series.currency;
  const nav = accountNavs(ledger).get(account);
  if (to === null || !nav) return [];
  const rows = navByDay(ledger).get(account) ?? new Map<string, LedgerRow<"nav">>();
  const [rates, base] = [ratesOf(ledger), baseCurrencies(ledger)];
  const result: CashStep[] = [];
  let before = 0n;
  for (const [i, day] of series.days.entries()) {
    const row = rows.get(day);
    const currency = base(account, day);
    if (!row || currency === null) continue;
    const accrued = (row.interestAccruals ?? 0n) + (row.dividendAccruals ?? 0n);
    const now = rates.convert(accrued, currency, to, day) ?? before;
    if (i > 0) result.push({account, currency: to, to: i, part: "income", amount: now - before});
    before = now;
  }
  return result;
}

const navByDay = oncePerLedger(({nav}) => {
  const byAccount = Map.groupBy(nav, ({account}) => account);
  return new Map(
    [...byAccount].map(([account, rows]) => [account, new Map(rows.map((row) => [row.day, row]))])
  );
});
