import {formatAmount, parseAmount, toNumber, type Amount} from "../money/amount.js";
import {figure, unavailable} from "../returns/figure.js";
import {chain} from "../returns/time-weighted.js";
import {cashByCurrency} from "./cash.js";
import {lastChange} from "./change.js";
import {isNotional} from "./exposure.js";
import {healthView} from "./health.js";
import {money, moneyOr, noMoney} from "./money-view.js";
import {needs} from "./needs.js";
import {rangeGain} from "./pnl.js";
import {positionRows} from "./positions.js";
import type {Study} from "./study.js";
import type {Money, PositionRow, SummaryView} from "./views.js";

/** Returns Portfolio's first screen: worth, what changed, what needs attention, leverage, allocation. */
export function summaryView(study: Study): SummaryView {
  const {ledger, series, context, span, daily, convention, scope} = study;
  const last = series.nav.length - 1;
  const nothing = noMoney("no net asset value: tick Net Asset Value (NAV) in Base in the Flex query");
  const noReturn = unavailable(nothing.reason as string);
  const positions = positionRows(ledger, series, context);
  const cash = cashByCurrency(ledger, series.accounts, series.currency);
  const health = healthView(study);
  const gained = rangeGain(study);
  const flow = last > 0 ? series.inflow[last] - series.outflow[last] : 0n;
  return {
    scope,
    nav: last < 0 ? nothing : money(series.nav[last]),
    day:
      last < 1
        ? {
            from: null,
            amount: noMoney("one day only: there is no day before"),
            return: unavailable("one day only")
          }
        : {
            from: series.days[last - 1],
            amount: money(series.nav[last] - series.nav[last - 1] - flow),
            return: figure(daily[convention].returns[last], "no capital on the day before")
          },
    range: {
      gain: moneyOr(gained && gained.gain, nothing.reason as string),
      flows: moneyOr(gained && gained.flows, nothing.reason as string),
      return: span ? chain(daily[convention], span) : noReturn
    },
    change: lastChange(ledger, series),
    cash,
    leverage: leverage(positions, cash, last < 0 ? null : series.nav[last]),
    allocation: allocation(positions, cash, last < 0 ? null : series.nav[last]),
    needs: needs(study, positions, health.findings),
    health: {
      errors: health.findings.filter(({severity}) => severity === "error").length,
      warnings: health.findings.filter(({severity}) => severity === "warning").length
    }
  };
}

/** Gross and net exposure against net asset value. */
function leverage(
  positions: readonly PositionRow[],
  cash: SummaryView["cash"],
  nav: Amount | null
): SummaryView["leverage"] {
  const missing = positions.find(({valueBase}) => valueBase.value === null);
  const values = positions.map(({valueBase}) =>
    valueBase.value === null ? 0n : parseAmount(valueBase.value)
  );
  const long = values.filter((value) => value > 0n).reduce((a, b) => a + b, 0n);
  const short = values.filter((value) => value < 0n).reduce((a, b) => a + b, 0n);
  const none = missing && `${missing.symbol}: ${missing.valueBase.reason}`;
  const amount = (value: Amount): Money => (none ? noMoney(none) : money(value));
  const share = (value: Amount) =>
    none
      ? unavailable(none)
      : nav && nav > 0n
        ? figure(toNumber(value) / toNumber(nav))
        : unavailable("net asset value is not positive");
  const cashMissing = cash.find(({base}) => base.value === null);
  return {
    gross: amount(long - short),
    long: amount(long),
    short: amount(short),
    cash: cashMissing
      ? noMoney(cashMissing.base.reason ?? "a rate is missing")
      : money(cash.reduce((sum, {base}) => sum + parseAmount(base.value as string), 0n)),
    leverage: share(long - short),
    net: share(long + short)
  };
}

/** Value by class, currency and sector, cash beside it; futures and CFDs count nothing, as in net asset value. */
function allocation(
  positions: readonly PositionRow[],
  cash: SummaryView["cash"],
  nav: Amount | null
): SummaryView["allocation"] {
  const held = positions.filter((row) => !isNotional(row) && row.valueBase.value !== null);
  const lines = (name: (row: PositionRow) => string, cashName: (currency: string) => string) => {
    const sums = new Map<string, Amount>();
    const add = (key: string, value: string | null) =>
      value !== null && sums.set(key, (sums.get(key) ?? 0n) + parseAmount(value));
    for (const row of held) add(name(row), row.valueBase.value);
    for (const {currency, base} of cash) add(cashName(currency), base.value);
    return [...sums]
      .sort(([, a], [, b]) => (a > b ? -1 : 1))
      .map(([key, value]) => ({
        name: key,
        value: formatAmount(value),
        weight: nav && nav > 0n ? toNumber(value) / toNumber(nav) : null
      }));
  };
  return [
    {
      by: "class",
      items: lines(
        ({assetCategory}) => assetCategory,
        () => "Cash"
      )
    },
    {
      by: "currency",
      items: lines(
        ({currency}) => currency,
        (currency) => currency
      )
    },
    {
      by: "sector",
      items: lines(
        ({sector}) => sector,
        () => "Cash"
      )
    }
  ];
}
