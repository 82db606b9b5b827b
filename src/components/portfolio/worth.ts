import type {PnlSeriesView, SummaryView} from "../../lib/ledger/views.js";
import {siteHref} from "../actions.js";
import {shownMoney, shownNumber, shownPercent} from "../figure.js";
import {formatDay} from "../format.js";
import {metricRow} from "../metric.js";
import {noMetrics, originOf, viewOf} from "../view-card.js";
import type {Watched} from "../watch-view.js";

const SPARK_DAYS = 60;
const SPARK_LEAST = 5;

/** Returns what the accounts are worth, what that gained, and how far it is stretched. */
export function worth(watched: Watched<SummaryView>, series: Watched<PnlSeriesView>): HTMLElement {
  const view = viewOf(watched);
  if (!view) return noMetrics(watched);
  const {scope, nav, day, range, leverage} = view;
  const {currency} = scope;
  const navs = viewOf(series)?.nav.slice(-SPARK_DAYS) ?? [];
  const word = /custom|ALL/.test(scope.range) ? "" : `, ${scope.range}`;
  const origin = originOf(scope);
  return metricRow([
    {
      label: "Net asset value",
      value: shownMoney(nav, currency),
      unit: currency,
      size: "hero",
      spark: navs.length < SPARK_LEAST ? [] : navs.filter((value) => value !== null),
      href: siteHref("/performance"),
      definition: "What all accounts in view are worth, cash and accruals included, as IBKR values them.",
      note: origin ? `${origin.source} · ${formatDay(origin.asOf)} · ${origin.age}` : "no statement yet"
    },
    {
      label: day.from ? `Gain since ${formatDay(day.from, {year: false})}` : "Gain of the day",
      value: shownMoney(day.amount, currency, {signed: true}),
      unit: currency,
      signed: true,
      href: "#what-changed",
      definition: "Change of value on the last report day less deposits and withdrawals.",
      changes: [{shown: shownPercent(day.return, {signed: true}), word: "1 day"}]
    },
    {
      label: "Gain in the range",
      value: shownMoney(range.gain, currency, {signed: true}),
      unit: currency,
      signed: true,
      href: siteHref("/performance"),
      definition: "Change of value over the range less what was paid in and out.",
      changes: [{shown: shownPercent(range.return, {signed: true}), word: `time-weighted${word}`}]
    },
    {
      label: "Paid in, net",
      value: shownMoney(range.flows, currency, {signed: true}),
      unit: currency,
      href: siteHref("/history"),
      definition: "Deposits less withdrawals and transfers over the range."
    },
    {
      label: "Leverage",
      value: shownNumber(leverage.leverage),
      unit: "x",
      href: siteHref("/positions"),
      definition: "Sum of all exposures without sign, futures at notional, over net asset value.",
      note: `net exposure ${shownPercent(leverage.net, {digits: 0}).text}`
    }
  ]);
}
