import {compareText} from "../../order.js";
import {formatAmount, toNumber, type Amount} from "../../money/amount.js";
import {unavailable} from "../../returns/figure.js";
import {chain, dailyReturns} from "../../returns/time-weighted.js";
import {findCampaigns} from "../campaigns/find.js";
import {contractsOf} from "../campaigns/contracts.js";
import {worth} from "../exposure.js";
import {gainBetween} from "../gain.js";
import {scopeWithBalances} from "../lake/lake-use.js";
import {moneyOr} from "../money-view.js";
import type {Movement} from "../movements/movement.js";
import {ratesOf} from "../rates.js";
import {marksOf} from "../roll/marks.js";
import type {Study} from "../study.js";
import {tagger} from "../tags/tags-of.js";

import type {Figure, Money, Scope, ViewQuery} from "../views.js";
import {differenceOf, type Change} from "./difference.js";

export interface TwinQuery extends ViewQuery {
  /** Without the trades after this day; by default after the day whose close the range starts from. */
  after?: string;
  /** Without the trades that have this tag, instead. */
  tag?: string;
}

/** An account beside what it would be without some of its trades. */
export interface TwinView {
  scope: Scope;
  without: {after: string | null; tag: string | null; rows: string[]};
  days: string[];
  /** Net asset value; null where n/a. */
  actual: (number | null)[];
  twin: (number | null)[];
  /** Over the range, net of flows; `added` is what the trades brought. */
  gain: {actual: Money; twin: Money; added: Money};
  /** Time-weighted. */
  return: {actual: Figure; twin: Figure; added: Figure};
  /** What the account holds more, or less, than the twin at the end. */
  changed: {symbol: string; account: string; quantity: string; value: Money}[];
  /** Days on which the twin's value is n/a, and why on the first of them. */
  unknown: {days: number; reason: string | null};
  assumptions: string[];
}

const ASSUMED = [
  "Deposits, withdrawals and transfers from elsewhere are the same, between these accounts they follow; what was not spent on the trades stays as cash, in the currency that it would have been paid in.",
  "That cash earns and costs no interest; interest, fees and borrowing are as they were booked.",
  "Trades that are left out take their commissions and taxes along, and every dividend, assignment and corporate action in the proportion that follows from what the twin holds.",
  "A dividend that is accrued and not paid counts as booked; the twin's differs from its pay date on.",
  "Marks are those of the statements, each of its day; without one the day is n/a."
];

/** Returns the account beside its twin that did not do the trades after a day, or those of a tag. */
export function twinView(study: Study, {after, tag}: TwinQuery): TwinView {
  const {series, span, nav, inflow, outflow, convention, daily} = study;
  const scope = scopeWithBalances(study);
  const from = tag === undefined ? (after ?? scope.from ?? "") : null;
  const isRemoved = from === null ? withTag(study, tag ?? "") : ({day}: Movement) => day > from;
  const {changes, removed, assumed} = differenceOf(study.ledger, series.accounts, isRemoved);
  const path = valuePath(study, changes);
  const twinNav = series.nav.map((value, i) => {
    const more = path.values[i];
    return value === null || more === null ? null : value - more;
  });
  const twin = Float64Array.from(twinNav, (value) => (value === null ? NaN : toNumber(value)));
  const first = span?.from ?? 0;
  const last = span?.to ?? -1;
  const shown = series.days.slice(first, last + 1);
  const returns = dailyReturns(twin, inflow, outflow, {convention, days: series.days});
  const ofActual = span ? chain(daily[convention], span) : unavailable(study.nothing);
  const ofTwin =
    !span || Number.isNaN(twin[last]) || Number.isNaN(twin[first])
      ? unavailable(path.reasons[last] ?? path.reasons[first] ?? study.nothing)
      : chain(returns, span);
  const gain = span ? gainBetween(series, first, last) : {gain: null, reason: study.nothing};
  const [start, end] = [path.values[first] ?? null, path.values[last] ?? null];
  const added = span && start !== null && end !== null ? end - start : null;
  const why = path.reasons[last] ?? path.reasons[first] ?? study.nothing;
  const missing = path.reasons.slice(first, last + 1).filter((reason) => reason !== null);
  return {
    scope,
    without: {after: from, tag: tag ?? null, rows: removed},
    days: shown,
    actual: numbers(nav.slice(first, last + 1)),
    twin: numbers(twin.slice(first, last + 1)),
    gain: {
      actual: moneyOr(gain.gain, gain.reason),
      twin: moneyOr(
        gain.gain === null || added === null ? null : gain.gain - added,
        gain.gain === null ? gain.reason : why
      ),
      added: moneyOr(added, why)
    },
    return: {
      actual: ofActual,
      twin: ofTwin,
      added:
        ofActual.value === null
          ? ofActual
          : ofTwin.value === null
            ? ofTwin
            : {value: ofActual.value - ofTwin.value}
    },
    changed: changedOf(study, changes),
    unknown: {days: missing.length, reason: missing[0] ?? null},
    assumptions: [...ASSUMED, ...assumed]
  };
}

function withTag({ledger, context}: Study, tag: string): (movement: Movement) => boolean {
  const structures = new Map(
    findCampaigns(ledger).campaigns.flatMap(({chain: {steps}, structure}) =>
      steps.map(({movement}) => [movement.id, structure] as const)
    )
  );
  const tagsOf = tagger(context.tags, (id) => structures.get(id) ?? null);
  const tagged = new Set(ledger.trades.filter((row) => tagsOf(row).tags.includes(tag)).map(({id}) => id));
  return ({id}) => tagged.has(id);
}

/** What the differences are worth at the end of each day of the series, in the reporting currency. */
function valuePath(
  study: Study,
  changes: readonly Change[]
): {values: (Amount | null)[]; reasons: (string | null)[]} {
  const {series} = study;
  const sorted = changes.toSorted((a, b) => compareText(a.day, b.day));
  const open = new Map<string, {what: Change["what"]; amount: Amount}>();
  const values: (Amount | null)[] = [];
  const reasons: (string | null)[] = [];
  let next = 0;
  for (const day of series.days) {
    for (; next < sorted.length && sorted[next].day <= day; ++next) {
      const {what, amount} = sorted[next];
      const key = JSON.stringify(what);
      const sum = (open.get(key)?.amount ?? 0n) + amount;
      if (sum === 0n) open.delete(key);
      else open.set(key, {what, amount: sum});
    }
    let total: Amount | null = 0n;
    let reason: string | null = null;
    for (const {what, amount} of open.values()) {
      const value = valueOf(study, what, amount, day);
      if (typeof value === "string") {
        total = null;
        reason = value;
        break;
      }
      total += value;
    }
    values.push(total);
    reasons.push(reason);
  }
  return {values, reasons};
}

/** What an amount of a holding or a currency is worth on a day; a sentence where that is not known. */
function valueOf(
  {ledger, series: {currency: to}}: Study,
  what: Change["what"],
  amount: Amount,
  day: string
): Amount | string {
  if (to === null) return "no reporting currency";
  const convert = (value: Amount, from: string): Amount | string =>
    ratesOf(ledger).convert(value, from, to, day) ?? `no rate ${from}/${to} on ${day}`;
  if ("currency" in what) return convert(amount, what.currency);
  const contract = contractsOf(ledger).get(what.holding);
  const mark = marksOf(ledger).holding(what.holding, day);
  const value = contract && mark && worth(contract, amount, mark.price);
  if (!contract || value === null || value === undefined)
    return `no mark of ${contract?.symbol ?? "a holding"} on ${day}`;
  return convert(value, contract.currency);
}

function changedOf(study: Study, changes: readonly Change[]): TwinView["changed"] {
  const day = study.scope.to ?? study.series.days.at(-1) ?? "";
  const sums = new Map<string, {account: string; holding: string; quantity: Amount}>();
  for (const {account, what, amount, day: on} of changes) {
    if (!("holding" in what) || on > day) continue;
    const key = `${account}/${what.holding}`;
    const sum = sums.get(key) ?? {account, holding: what.holding, quantity: 0n};
    sums.set(key, {...sum, quantity: sum.quantity + amount});
  }
  return [...sums.values()]
    .filter(({quantity}) => quantity !== 0n)
    .map(({account, holding, quantity}) => {
      const value = valueOf(study, {holding}, quantity, day);
      return {
        symbol: contractsOf(study.ledger).get(holding)?.symbol ?? holding,
        account,
        quantity: formatAmount(quantity),
        value: typeof value === "string" ? {value: null, reason: value} : {value: formatAmount(value)}
      };
    })
    .sort((a, b) => compareText(a.symbol, b.symbol) || compareText(a.account, b.account));
}

function numbers(column: Float64Array): (number | null)[] {
  return Array.from(column, (value) => (Number.isNaN(value) ? null : value));
}
