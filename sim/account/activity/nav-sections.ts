/** Sections about the account as a whole. */

import type {CashReport} from "../booking/account-day.js";
import {exact, type Amount} from "../booking/amounts.js";
import {CASH_LINES, COMPONENTS, PARTS, type CashLine, type Component, type Part} from "../booking/chart.js";
import {line} from "./csv.js";
import type {Period} from "./period.js";

const CLASSES: Record<Component, string> = {
  cash: "Cash ",
  stock: "Stock",
  options: "Options",
  bonds: "Bonds",
  dividendAccruals: "Dividend Accruals",
  interestAccruals: "Interest Accruals",
  cfdUnrealizedPl: "CFD Unrealized P/L"
};

const LINES: Record<Part, string> = {
  mtm: "Mark-to-Market",
  depositsWithdrawals: "Deposits & Withdrawals",
  internalCashTransfers: "Internal Cash Transfers",
  assetTransfers: "Position Transfers",
  dividends: "Dividends",
  withholdingTax: "Withholding Tax",
  changeInDividendAccruals: "Change in Dividend Accruals",
  interest: "Interest",
  changeInInterestAccruals: "Change in Interest Accruals",
  otherFees: "Other Fees",
  commissions: "Commissions",
  transactionTax: "Transaction Fees",
  netFxTrading: "Net FX Trading",
  fxTranslation: "Other FX Translations",
  corporateActionProceeds: "Corporate Action Proceeds"
};

const CASH: Record<CashLine, string> = {
  commissions: "Commissions",
  deposits: "Deposits",
  withdrawals: "Withdrawals",
  internalTransfers: "Internal Transfers",
  dividends: "Dividends",
  paymentInLieu: "Payment In Lieu of Dividends",
  brokerInterest: "Broker Interest Paid and Received",
  cashSettlingMtm: "Cash Settling MTM",
  realizedVm: "Realized VM",
  netTradesSales: "Net Trades (Sales)",
  netTradesPurchases: "Net Trades (Purchase)",
  transactionTax: "Transaction Fees",
  withholdingTax: "Withholding Tax",
  otherFees: "Other Fees"
};

const BASE = "Base Currency Summary";

/** Assets by class at the start and the end, and the time-weighted return. */
export function netAssetValue({first, last, twr}: Period): string {
  const section = "Net Asset Value";
  const row = (name: string, prior: Amount, current: Amount): string =>
    line(
      section,
      "Data",
      name,
      prior,
      current > 0n ? current : 0n,
      current < 0n ? current : 0n,
      current,
      current - prior
    );
  let text = line(
    section,
    "Header",
    "Asset Class",
    "Prior Total",
    "Current Long",
    "Current Short",
    "Current Total",
    "Change"
  );
  for (const component of COMPONENTS) {
    const [prior, current] = [first.start.get(component)!, last.end.get(component)!];
    if (prior || current) text += row(CLASSES[component], prior, current);
  }
  text += row("Total", first.startNav, last.endNav);
  return (
    text +
    line(section, "Header", "Time Weighted Rate of Return") +
    line(section, "Data", `${twr.toFixed(9)}%`)
  );
}

export function changeInNav({first, last, parts}: Period): string {
  const section = "Change in NAV";
  const row = (name: string, value: Amount): string => line(section, "Data", name, value);
  let text = line(section, "Header", "Field Name", "Field Value") + row("Starting Value", first.startNav);
  for (const part of PARTS) if (parts[part]) text += row(LINES[part], parts[part]);
  return text + row("Ending Value", last.endNav);
}

export function cashReport({cash}: Period): string {
  const section = "Cash Report";
  let text = line(section, "Header", "Currency Summary", "Currency", "Total", "Securities", "Futures", "");
  for (const report of cash) {
    const currency = report.currency === "BASE_SUMMARY" ? BASE : report.currency;
    for (const [name, value] of cashLines(report))
      text += line(section, "Data", name, currency, value, value, 0n, "");
  }
  return text;
}

function cashLines({
  currency,
  starting,
  lines,
  translation,
  ending,
  settled
}: CashReport): [string, Amount][] {
  return [
    ["Starting Cash", starting],
    ...CASH_LINES.filter((name) => lines[name]).map((name): [string, Amount] => [CASH[name], lines[name]!]),
    ...(currency === "BASE_SUMMARY"
      ? [["Cash FX Translation Gain/Loss", translation] as [string, Amount]]
      : []),
    ["Ending Cash", ending],
    ["Ending Settled Cash", settled]
  ];
}

export function interestAccruals(period: Period): string {
  const section = "Interest Accruals";
  const starts = period.rate(period.first);
  const ends = period.rate(period.last);
  const base = {start: 0n, accrued: 0n, reversed: 0n, end: 0n};
  for (const {interest, day} of period.days) {
    const rate = period.rate({...period.first, day});
    for (const {currency, accrued, reversed} of interest) {
      base.accrued += exact(accrued, rate(currency));
      base.reversed += exact(reversed, rate(currency));
    }
  }
  let rows = "";
  const row = (currency: string, {start, accrued, reversed, end}: typeof base, translation: Amount): string =>
    line(section, "Data", currency, "Starting Accrual Balance", start) +
    line(section, "Data", currency, "Interest Accrued", accrued) +
    line(section, "Data", currency, "Accrual Reversal", reversed) +
    line(section, "Data", currency, "FX Translation", translation) +
    line(section, "Data", currency, "Ending Accrual Balance", end);
  for (const [currency, flow] of period.interest) {
    base.start += exact(flow.start, starts(currency, 1));
    base.end += exact(flow.end, ends(currency));
    rows += row(currency, flow, 0n);
    if (currency !== "USD")
      rows += line(
        section,
        "Data",
        currency,
        "Ending Accrual Balance in USD",
        exact(flow.end, ends(currency))
      );
  }
  const {start, accrued, reversed, end} = base;
  return (
    line(section, "Header", "Currency", "Field Name", "Field Value") +
    row(BASE, base, end - start - accrued - reversed) +
    rows
  );
}
