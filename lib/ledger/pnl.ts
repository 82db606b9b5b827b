import {toNumber, type Amount} from "../money/amount.js";
import {figure} from "../returns/figure.js";
import {growth} from "../returns/growth.js";
import {chain} from "../returns/time-weighted.js";
import {RowConverter} from "./exposure.js";
import {money, moneyOr, noMoney} from "./money-view.js";
import {lastAtOrBefore} from "./rates.js";
import type {Study} from "./study.js";
import type {PnlSeriesView, PnlView} from "./views.js";

const NO_NAV = "no net asset value: tick Net Asset Value (NAV) in Base in the Flex query";

/** Returns gain, flow and return of each day of the range, oldest first; the base day is not among them. */
export function pnlView(study: Study): PnlView {
  const {series, span, daily, convention, scope} = study;
  if (!span) {
    const none = noMoney(NO_NAV);
    return {
      scope,
      days: [],
      total: {pnl: none, flow: none, realized: none, return: {value: null, reason: NO_NAV}}
    };
  }
  const {from, to} = span;
  const realized = realizedByDay(study);
  const index = growth(daily[convention], {from, to, start: 1});
  const days = series.days.slice(from + 1, to + 1).map((day, k) => {
    const i = from + 1 + k;
    const flow = series.inflow[i] - series.outflow[i];
    return {
      day,
      nav: money(series.nav[i]),
      flow: money(flow),
      pnl: money(series.nav[i] - series.nav[i - 1] - flow),
      realized: moneyOr(realized[i], `no rate for a trade closed on ${day}`),
      return: figure(
        daily[convention].returns[i],
        "no return on that day: no capital, or a value is missing"
      ),
      cumulative: figure(index[k + 1] - 1, "the chain of returns is broken before that day")
    };
  });
  const flow = sum(series.inflow, from, to) - sum(series.outflow, from, to);
  const closed = realized.slice(from + 1, to + 1);
  return {
    scope,
    days,
    total: {
      pnl: money(series.nav[to] - series.nav[from] - flow),
      flow: money(flow),
      realized: closed.includes(null)
        ? noMoney("a rate is missing for a trade in the range")
        : money((closed as Amount[]).reduce((a, b) => a + b, 0n)),
      return: chain(daily[convention], {from, to})
    }
  };
}

/** Returns the same as columns for charts. */
export function pnlSeriesView({series, span, nav, daily, convention, scope}: Study): PnlSeriesView {
  if (!span) return {scope, days: [], nav: [], contributions: [], return: [], cumulative: []};
  const {from, to} = span;
  const index = growth(daily[convention], {from, to, start: 1});
  let contributed = series.nav[from];
  const contributions = series.days.slice(from, to + 1).map((_, k) => {
    if (k) contributed += series.inflow[from + k] - series.outflow[from + k];
    return toNumber(contributed);
  });
  return {
    scope,
    days: series.days.slice(from, to + 1),
    nav: Array.from(nav.slice(from, to + 1)),
    contributions,
    return: finite(daily[convention].returns.slice(from, to + 1)),
    cumulative: finite(index.map((value) => value - 1))
  };
}

/** Returns the column with null where it is not a number. */
export function finite(column: Float64Array): (number | null)[] {
  return Array.from(column, (value) => (Number.isFinite(value) ? value : null));
}

/** Realized gain as IBKR booked it, trades and corporate actions, by day of the series; null where a rate is missing. */
function realizedByDay({ledger, series}: Study): (Amount | null)[] {
  const converter = new RowConverter(ledger, series.currency);
  const byDay: (Amount | null)[] = series.days.map(() => 0n);
  for (const row of [...ledger.trades, ...ledger.corporate_actions]) {
    if (!row.fifoPnlRealized || !series.accounts.includes(row.account)) continue;
    const exact = lastAtOrBefore(series.days, row.day);
    const at = exact >= 0 && series.days[exact] === row.day ? exact : exact + 1;
    if (at >= byDay.length) continue;
    const amount = converter.convert(row, row.fifoPnlRealized);
    byDay[at] = amount === null || byDay[at] === null ? null : (byDay[at] as Amount) + amount;
  }
  return byDay;
}

function sum(column: readonly Amount[], from: number, to: number): Amount {
  return column.slice(from + 1, to + 1).reduce((a, b) => a + b, 0n);
}

/** Returns the gain of the range net of flows, and the flows; null when no day has a value. */
export function rangeGain({series, span}: Study): {gain: Amount; flows: Amount} | null {
  if (!span) return null;
  const flows = sum(series.inflow, span.from, span.to) - sum(series.outflow, span.from, span.to);
  return {gain: series.nav[span.to] - series.nav[span.from] - flows, flows};
}
