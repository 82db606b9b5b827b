import {toNumber, type Amount} from "../money/amount.js";
import {figure, unavailable} from "../returns/figure.js";
import {growth} from "../returns/growth.js";
import {chain} from "../returns/time-weighted.js";
import {RowConverter} from "./exposure.js";
import {gainBetween, knownBefore, type Gain} from "./gain.js";
import {money, moneyOr, noMoney} from "./money-view.js";
import type {Study} from "./study.js";
import type {PnlDay, PnlSeriesView, PnlView} from "./views.js";
import {lastBefore} from "./sorted-days.js";

/** Returns gain, flow and return of each day of the range, oldest first; the base day is not among them. */
export function pnlView(study: Study): PnlView {
  const {series, span, daily, convention, scope, nothing} = study;
  if (!span) {
    const none = noMoney(nothing);
    return {
      scope,
      days: [],
      total: {pnl: none, flow: none, realized: none, return: unavailable(nothing)}
    };
  }
  const {from, to} = span;
  const realized = realizedByDay(study);
  const index = growth(daily[convention], {from, to, start: 1});
  const reasons = returnReasons(study);
  const days = series.days.slice(from + 1, to + 1).map((day, k): PnlDay => {
    const i = from + 1 + k;
    const value = series.nav[i];
    const reason = reasons.get(i) ?? `no capital before ${day}`;
    const {flows} = gainBetween(series, i - 1, i);
    const {gain, reason: why} = gainBetween(series, knownBefore(series, i), i);
    return {
      day,
      nav: moneyOr(value, reason),
      flow: moneyOr(flows, reason),
      pnl: moneyOr(gain, why),
      realized: moneyOr(realized[i], `no rate for a trade closed on ${day}`),
      return: figure(daily[convention].returns[i], reason),
      cumulative: value === null ? unavailable(reason) : figure(index[k + 1] - 1, broken(study))
    };
  });
  const total = rangeGain(study);
  const closed = realized.slice(from + 1, to + 1);
  return {
    scope,
    days,
    total: {
      pnl: moneyOr(total.gain, total.reason),
      flow: moneyOr(total.flows, total.reason),
      realized: closed.includes(null)
        ? noMoney("a rate is missing for a trade in the range")
        : money((closed as Amount[]).reduce((a, b) => a + b, 0n)), // none is null
      return: chain(daily[convention], span)
    }
  };
}

/** Returns the same as columns for charts. */
export function pnlSeriesView({series, span, nav, daily, convention, scope}: Study): PnlSeriesView {
  if (!span) return {scope, days: [], nav: [], contributions: [], return: [], cumulative: []};
  const {from, to} = span;
  const index = growth(daily[convention], {from, to, start: 1});
  const days = series.days.slice(from, to + 1);
  return {
    scope,
    days,
    nav: finite(nav.slice(from, to + 1)),
    contributions: contributions(series, from, to),
    return: finite(daily[convention].returns.slice(from, to + 1).fill(NaN, 0, 1)),
    cumulative: finite(index.map((value, k) => (Number.isNaN(nav[from + k]) ? NaN : value - 1)))
  };
}

/** Value of the base day plus the flows since; null from a flow that is not known on. */
function contributions({nav, inflow, outflow}: Study["series"], from: number, to: number): (number | null)[] {
  let sum = nav[from];
  const column = [];
  for (let i = from; i <= to; ++i) {
    const [into, out] = i === from ? [0n, 0n] : [inflow[i], outflow[i]];
    sum = sum === null || into === null || out === null ? null : sum + into - out;
    column.push(sum === null ? null : toNumber(sum));
  }
  return column;
}

/** Returns the column with null where it is not a number. */
export function finite(column: Float64Array): (number | null)[] {
  return Array.from(column, (value) => (Number.isFinite(value) ? value : null));
}

/** Why days have no return, by index. */
function returnReasons({series, daily, convention}: Study): Map<number, string> {
  const reasons = new Map<number, string>();
  for (const {index, breaks, message} of daily[convention].warnings) if (breaks) reasons.set(index, message);
  series.reasons.forEach((reason, i) => reason !== null && reasons.set(i, reason));
  return reasons;
}

function broken({daily, convention, span}: Study): string {
  const from = span?.from ?? 0;
  const first = daily[convention].warnings.find(({breaks, index}) => breaks && index > from);
  return `the chain of returns breaks: ${first?.message ?? "a day has none"}`;
}

/** Realized gain as IBKR booked it, trades and corporate actions, by day of the series; null where a rate is missing. */
function realizedByDay({ledger, series}: Study): (Amount | null)[] {
  const converter = new RowConverter(ledger, series.currency);
  const accounts = new Set(series.accounts);
  const byDay: (Amount | null)[] = series.days.map(() => 0n);
  for (const rows of [ledger.trades, ledger.corporate_actions]) {
    for (const row of rows) {
      if (!row.fifoPnlRealized || !accounts.has(row.account)) continue;
      const at = lastBefore(series.days, row.day) + 1;
      const before = byDay[at];
      if (before === undefined || before === null) continue;
      const amount = converter.convert(row, row.fifoPnlRealized);
      byDay[at] = amount === null ? null : before + amount;
    }
  }
  return byDay;
}

/** Returns the gain of the range net of flows, and the flows; null with the reason where they are not known. */
export function rangeGain({series, span, nothing}: Study): Gain {
  if (!span) return {gain: null, flows: null, reason: nothing};
  if (span.from === span.to) {
    return {
      gain: null,
      flows: null,
      reason: `one value only, of ${span.toDay}: there is none to compare it with`
    };
  }
  return gainBetween(series, span.from, span.to);
}
