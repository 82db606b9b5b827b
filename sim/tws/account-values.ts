/** An account's values under TWS's names. */

import {BASE, type House, type Totals} from "./house.js";
import type {AccountValue} from "./wire/encode-account.js";

const money = (value: number): string => value.toFixed(2);

/** Tags in base currency, as account summary and account updates both have them. */
export function summaryValues(totals: Totals): AccountValue[] {
  const {
    cash,
    accrued,
    stocks,
    options,
    futures,
    gross,
    netLiquidation,
    equityWithLoan,
    margin,
    unrealized,
    realized
  } = totals;
  const available = equityWithLoan - margin.initial;
  const excess = equityWithLoan - margin.maintenance;
  const amounts: [tag: string, value: number][] = [
    ["NetLiquidation", netLiquidation],
    ["TotalCashValue", cash],
    ["SettledCash", cash],
    ["AccruedCash", accrued],
    ["BuyingPower", Math.max(0, 4 * available)],
    ["EquityWithLoanValue", equityWithLoan],
    ["PreviousEquityWithLoanValue", equityWithLoan],
    ["GrossPositionValue", gross],
    ["ReqTEquity", stocks + cash],
    ["ReqTMargin", margin.initial],
    ["SMA", available],
    ["InitMarginReq", margin.initial],
    ["MaintMarginReq", margin.maintenance],
    ["AvailableFunds", available],
    ["ExcessLiquidity", excess],
    ["FullInitMarginReq", margin.initial],
    ["FullMaintMarginReq", margin.maintenance],
    ["FullAvailableFunds", available],
    ["FullExcessLiquidity", excess],
    ["LookAheadInitMarginReq", margin.initial],
    ["LookAheadMaintMarginReq", margin.maintenance],
    ["LookAheadAvailableFunds", available],
    ["LookAheadExcessLiquidity", excess],
    ["StockMarketValue", stocks],
    ["OptionMarketValue", options],
    ["FuturesPNL", futures],
    ["UnrealizedPnL", unrealized],
    ["RealizedPnL", realized]
  ];
  return [
    {tag: "AccountType", value: "INDIVIDUAL", currency: ""},
    {tag: "Cushion", value: (excess / netLiquidation).toFixed(6), currency: ""},
    {tag: "LookAheadNextChange", value: "0", currency: ""},
    {tag: "DayTradesRemaining", value: "-1", currency: ""},
    {tag: "Leverage", value: (gross / netLiquidation).toFixed(2), currency: ""},
    ...amounts.map(([tag, value]) => ({tag, value: money(value), currency: BASE}))
  ];
}

/** What is held in each currency, and in base. */
export function currencyValues(house: House, account: string, now: Date): AccountValue[] {
  const holdings = house.holdings(account, now);
  const rows = (currency: string, cash: number, stocks: number, rate: number): AccountValue[] => [
    {tag: "Currency", value: currency, currency},
    {tag: "CashBalance", value: money(cash), currency},
    {tag: "TotalCashBalance", value: money(cash), currency},
    {tag: "StockMarketValue", value: money(stocks), currency},
    {tag: "ExchangeRate", value: rate.toFixed(6), currency}
  ];
  const {cash, stocks} = house.totals(account, now);
  const balances = house.cash(account);
  const currencies = new Set([...balances.keys(), ...holdings.map(({listing}) => listing.currency)]);
  return [
    ...rows("BASE", cash, stocks, 1),
    ...[...currencies].flatMap((currency) => {
      const held = holdings.filter(({listing}) => listing.currency === currency && listing.secType === "STK");
      const worth = held.reduce((sum, {marketValue}) => sum + marketValue, 0);
      return rows(currency, balances.get(currency) ?? 0, worth, house.rate(currency, now));
    })
  ];
}

/** A summary's answer: the tags asked for, `$LEDGER` for the base currency's rows, `$LEDGER:ALL` for all. */
export function askedValues(
  house: House,
  account: string,
  tags: readonly string[],
  now: Date
): AccountValue[] {
  const all = summaryValues(house.totals(account, now));
  return tags.flatMap((tag) => {
    if (!tag.startsWith("$LEDGER")) return all.filter((one) => one.tag === tag);
    const wanted = tag.split(":")[1] ?? "BASE";
    const rows = currencyValues(house, account, now);
    return wanted === "ALL" ? rows : rows.filter(({currency}) => currency === wanted);
  });
}
