import {parseAmount, toNumber, type Amount} from "../money/amount.js";
import {figure, unavailable} from "../returns/figure.js";
import {chain} from "../returns/time-weighted.js";
import {allocationOf} from "./allocation.js";
import {cashByCurrency, totalCash} from "./cash.js";
import {lastChange} from "./change.js";
import {gainBetween, knownBefore} from "./gain.js";
import {healthView} from "./health.js";
import {money, moneyOr, noMoney} from "./money-view.js";
import {needs} from "./needs.js";
import {rangeGain} from "./pnl.js";
import {positionRows} from "./positions.js";
import type {Study} from "./study.js";
import type {Money, PositionRow, SummaryView} from "./views.js";

/** Returns Portfolio's first screen: worth, what changed, what needs attention, leverage, allocation. */
export function summaryView(study: Study): SummaryView {
  const {ledger, series, context, span, daily, convention, scope, nothing} = study;
  const nav = series.nav.at(-1) ?? null;
  const positions = positionRows(ledger, series, context);
  const cash = cashByCurrency(ledger, series.accounts, series.currency);
  const total = totalCash(ledger, series.accounts, series.currency, cash);
  const {findings} = healthView(study);
  const ofRange = rangeGain(study);
  const count = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  return {
    scope,
    nav: moneyOr(nav, series.problems[0] ?? nothing),
    day: lastDay(study),
    range: {
      gain: moneyOr(ofRange.gain, ofRange.reason),
      flows: moneyOr(ofRange.flows, ofRange.reason),
      return: span ? chain(daily[convention], span) : unavailable(nothing)
    },
    change: lastChange(ledger, series),
    cash,
    leverage: leverageOf(positions, total, nav),
    allocation: allocationOf(study, positions, cash, total),
    needs: needs(study, positions, findings),
    health: {errors: count("error"), warnings: count("warning")}
  };
}

/** Gain and return of the last day against the one before it that has a value. */
function lastDay({series, daily, convention}: Study): SummaryView["day"] {
  const last = series.days.length - 1;
  const before = knownBefore(series, last);
  if (before < 0) {
    const reason = "one day only: there is no day before";
    return {from: null, amount: noMoney(reason), return: unavailable(reason)};
  }
  const {gain, reason} = gainBetween(series, before, last);
  const broken = daily[convention].warnings.find(({index, breaks}) => breaks && index === last)?.message;
  return {
    from: series.days[before],
    amount: moneyOr(gain, reason),
    return: figure(daily[convention].returns[last], broken ?? "no capital on the day before")
  };
}

/** Gross and net exposure against net asset value. */
function leverageOf(rows: readonly PositionRow[], cash: Money, nav: Amount | null): SummaryView["leverage"] {
  const missing = rows.find(({valueBase}) => valueBase.value === null);
  const none = missing && `${missing.symbol}: ${missing.valueBase.reason}`;
  let [long, short] = [0n, 0n];
  for (const {valueBase} of rows) {
    const value = parseAmount(valueBase.value ?? "0");
    if (value > 0n) long += value;
    else short += value;
  }
  const amount = (value: Amount): Money => (none === undefined ? money(value) : noMoney(none));
  const share = (value: Amount) => {
    if (none !== undefined) return unavailable(none);
    if (nav === null) return unavailable("no net asset value");
    if (nav <= 0n) return unavailable("net asset value is not positive");
    return figure(toNumber(value) / toNumber(nav), "net asset value is too small");
  };
  return {
    gross: amount(long - short),
    long: amount(long),
    short: amount(short),
    cash,
    leverage: share(long - short),
    net: share(long + short)
  };
}
