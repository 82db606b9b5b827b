/** Sections about the account as a whole: its owner, NAV and what changed it, cash, rates. */

import {CASH_LINES, COMPONENTS, PARTS, type Component} from "../booking/chart.js";
import type {AccountDay, CashReport} from "../booking/account-day.js";
import {exact, share, whole, type Amount} from "../booking/amounts.js";
import {addBusinessDays} from "../market/calendar.js";
import type {Market} from "../market/market.js";
import {attributes, container, leaf, type Value} from "./element.js";

/** The owner is plain fiction: no name or address of this statement may ever be stored. */
export function accountInformation(accountId: string, dateOpened: string): string {
  return leaf(
    "AccountInformation",
    attributes({
      accountId,
      acctAlias: "Rainy Day Fund of Perdita Nowhere",
      currency: "USD",
      name: "Perdita Nowhere",
      accountType: "Individual",
      customerType: "Individual",
      accountCapabilities: "Margin",
      tradingPermissions: "Stocks,Options,Forex,Futures",
      accountRepName: "Horatio Madeup",
      accountRepPhone: "+1 555 0100",
      dateOpened,
      dateFunded: dateOpened,
      street: "13 Imaginary Lane",
      city: "Atlantis",
      country: "Utopia",
      postalCode: "ZZ-0000",
      streetResidentialAddress: "14 Imaginary Lane",
      masterName: "Nowhere Family Office",
      ibEntity: "IBLLC-US",
      primaryEmail: "perdita.nowhere@example.invalid"
    })
  );
}

const NO_COMPONENTS = {
  slbCashCollateral: 0n,
  slbDirectSecuritiesLent: 0n,
  commodities: 0n,
  notes: 0n,
  funds: 0n,
  crypto: 0n,
  softDollars: 0n,
  forexCfdUnrealizedPl: 0n
};

/** The day before and the day, as IBKR does. */
export function equitySummary({account, day, start, end, startNav, endNav}: AccountDay): string {
  const row = (reportDate: string, nav: ReadonlyMap<Component, Amount>, total: Amount): string =>
    leaf(
      "EquitySummaryByReportDateInBase",
      attributes({
        accountId: account,
        reportDate,
        ...Object.fromEntries(COMPONENTS.map((component) => [component, nav.get(component)!])),
        ...NO_COMPONENTS,
        total
      })
    );
  const rows = row(addBusinessDays(day, -1), start, startNav) + row(day, end, endNav);
  return container("EquitySummaryInBase", rows);
}

export function changeInNav({account, day, startNav, endNav, parts, twr}: AccountDay): string {
  return leaf(
    "ChangeInNAV",
    attributes({
      accountId: account,
      currency: "USD",
      fromDate: day,
      toDate: day,
      startingValue: startNav,
      ...Object.fromEntries(PARTS.map((part) => [part, parts[part]])),
      realized: 0n,
      changeInUnrealized: 0n,
      costAdjustments: 0n,
      transferredPnlAdjustments: 0n,
      debitCardActivity: 0n,
      billPay: 0n,
      withholding871m: 0n,
      advisorFees: 0n,
      salesTax: 0n,
      other: 0n,
      endingValue: endNav,
      twr
    })
  );
}

export function cashReport({account, day, cash}: AccountDay): string {
  const rows = cash.map((report) => {
    const {currency, starting, translation, ending, settled} = report;
    const base = currency === "BASE_SUMMARY";
    return leaf(
      "CashReportCurrency",
      attributes({
        accountId: account,
        currency,
        levelOfDetail: base ? "BaseCurrency" : "Currency",
        fromDate: day,
        toDate: day,
        startingCash: starting,
        ...moved(report),
        fxTranslationGainLoss: base ? translation : undefined,
        endingCash: ending,
        endingSettledCash: settled
      })
    );
  });
  return container("CashReport", rows.join(""));
}

/** The lines that moved. */
function moved({lines}: CashReport): Record<string, Value> {
  const fields: Record<string, Value> = {};
  const {deposits = 0n, withdrawals = 0n} = lines;
  if (deposits || withdrawals) fields["depositWithdrawals"] = deposits + withdrawals;
  for (const line of CASH_LINES) if (lines[line]) fields[line] = lines[line];
  return fields;
}

export function interestAccruals({account, day, interest}: AccountDay, rate: Rate): string {
  const total = {starting: 0n, accrued: 0n, reversed: 0n, translation: 0n, ending: 0n};
  let rows = "";
  for (const {currency, start, accrued, reversed} of interest) {
    const ending = start + accrued + reversed;
    if (!start && !accrued && !reversed) continue;
    const today = rate(currency);
    total.starting += exact(start, rate(currency, 1));
    total.accrued += exact(accrued, today);
    total.reversed += exact(reversed, today);
    total.translation += exact(start, today) - exact(start, rate(currency, 1));
    total.ending += exact(ending, today);
    rows += row(currency, start, accrued, reversed, 0n, ending);
  }
  return container(
    "InterestAccruals",
    row("BASE_SUMMARY", total.starting, total.accrued, total.reversed, total.translation, total.ending) + rows
  );

  function row(
    currency: string,
    start: Amount,
    accrued: Amount,
    reversed: Amount,
    fx: Amount,
    end: Amount
  ): string {
    return leaf(
      "InterestAccrualsCurrency",
      attributes({
        accountId: account,
        currency,
        fromDate: day,
        toDate: day,
        startingAccrualBalance: start,
        interestAccrued: accrued,
        accrualReversal: reversed,
        fxTranslation: fx,
        endingAccrualBalance: end
      })
    );
  }
}

/** US dollars for one unit of a currency on the statement's day, or some days back. */
export type Rate = (currency: string, back?: number) => Amount;

export function rateOn(market: Market, day: number): Rate {
  return (currency, back = 0) => market.rate(currency, day - back);
}

/** Cash in other currencies, at average cost. */
export function fxPositions({account, day, cash, fxCost}: AccountDay, rate: Rate): string {
  let rows = "";
  for (const {currency, ending} of cash) {
    if (currency === "BASE_SUMMARY" || currency === "USD" || ending === 0n) continue;
    const value = exact(ending, rate(currency));
    const cost = fxCost.get(currency) ?? value;
    rows += leaf(
      "FxLot",
      attributes({
        accountId: account,
        reportDate: day,
        functionalCurrency: "USD",
        fxCurrency: currency,
        quantity: ending,
        costPrice: share(whole(1), cost, ending, 9),
        costBasis: -cost,
        closePrice: rate(currency),
        value,
        unrealizedPL: value - cost,
        levelOfDetail: "SUMMARY"
      })
    );
  }
  return container("FxPositions", rows && container("FxLots", rows));
}

/** Rates to base; -1 where IBKR has none. */
export function conversionRates(reportDate: string, rate: Rate, missing: ReadonlySet<string>): string {
  const rows: [string, Amount][] = [
    ...["EUR", "GBP", "JPY"].map((currency): [string, Amount] => [currency, rate(currency)]),
    ["CNH", whole(-1)]
  ];
  return container(
    "ConversionRates",
    rows
      .filter(([fromCurrency]) => !missing.has(fromCurrency))
      .map(([fromCurrency, value]) =>
        leaf("ConversionRate", attributes({reportDate, fromCurrency, toCurrency: "USD", rate: value}))
      )
      .join("")
  );
}
