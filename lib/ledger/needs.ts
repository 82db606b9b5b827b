import {formatAmount} from "../money/amount.js";
import {addDays, daysBetween} from "../time/day.js";
import {lastDayOf} from "./exposure.js";
import type {Study} from "./study.js";
import type {Finding, Need, PositionRow} from "./views.js";

/** How far ahead the first screen looks. */
export const HORIZON_DAYS = 7;

/**
 * Returns what asks for attention from today to seven days on: expiries with their moneyness, short calls that
 * may be assigned, ex-dates, and data that failed. Soonest first.
 */
export function needs(
  {ledger, series, context}: Study,
  positions: readonly PositionRow[],
  findings: readonly Finding[]
): Need[] {
  const today = context.now.slice(0, 10);
  const last = addDays(today, HORIZON_DAYS);
  const soon = (day: string | null): day is string => day !== null && day >= today && day <= last;
  const list: Need[] = [];
  const exDates = upcomingExDates(ledger, series.accounts).filter(({exDate}) => soon(exDate));

  for (const row of positions) {
    if (soon(row.expiry)) list.push(expiry(row, today));
    if (!isShortCall(row)) continue;
    const dividend = exDates.find(({conid}) => conid !== null && conid === row.underlyingConid);
    const inTheMoney = (row.moneyness.value ?? -1) > 0;
    if (inTheMoney || (dividend && (row.moneyness.value ?? -1) > -0.03)) {
      list.push({
        kind: "short-call",
        day: dividend?.exDate ?? row.expiry ?? today,
        daysLeft: daysBetween(today, dividend?.exDate ?? row.expiry ?? today),
        account: row.account,
        symbol: row.symbol,
        title: `${row.symbol}: short call may be assigned`,
        detail: `${percent(row.moneyness.value)} in the money${dividend ? `, ex-dividend ${dividend.exDate}` : ""}; ${row.quantity} contracts`,
        severity: "warning"
      });
    }
  }
  for (const {exDate, symbol, account, quantity, rate, currency} of exDates) {
    list.push({
      kind: "ex-dividend",
      day: exDate as string,
      daysLeft: daysBetween(today, exDate as string),
      account,
      symbol,
      title: `${symbol} goes ex-dividend`,
      detail: rate ? `${rate} ${currency} a share on ${quantity}` : `${quantity} shares`,
      severity: "info"
    });
  }
  for (const sentence of context.failures) list.push(data(today, sentence, "error"));
  for (const {severity, sentence, day} of findings) {
    if (severity !== "info" && day !== null && daysBetween(day, today) <= HORIZON_DAYS)
      list.push(data(today, sentence, severity));
  }
  return list.sort((a, b) => a.daysLeft - b.daysLeft || (a.title < b.title ? -1 : 1));
}

function expiry(row: PositionRow, today: string): Need {
  const {value} = row.moneyness;
  const where =
    value === null
      ? ""
      : value > 0
        ? `, ${percent(value)} in the money`
        : `, ${percent(-value)} out of the money`;
  return {
    kind: "expiry",
    day: row.expiry as string,
    daysLeft: daysBetween(today, row.expiry as string),
    account: row.account,
    symbol: row.symbol,
    title: `${row.symbol} expires`,
    detail: `${row.quantity} contracts${where}`,
    severity: value !== null && value > -0.02 ? "warning" : "info"
  };
}

function isShortCall({putCall, quantity}: PositionRow): boolean {
  return putCall === "C" && quantity.startsWith("-");
}

function upcomingExDates(ledger: Study["ledger"], accounts: readonly string[]) {
  const last = lastDayOf(ledger.nav);
  return ledger.dividend_accruals
    .filter((row) => accounts.includes(row.account) && row.day === last.get(row.account))
    .map((row) => ({
      exDate: row.exDate,
      account: row.account,
      symbol: row.symbol ?? "",
      conid: row.conid,
      quantity: formatAmount(row.quantity ?? 0n),
      rate: row.grossRate && formatAmount(row.grossRate),
      currency: row.currency ?? ""
    }));
}

function data(day: string, sentence: string, severity: "warning" | "error"): Need {
  return {
    kind: "data",
    day,
    daysLeft: 0,
    account: null,
    symbol: null,
    title: "Data",
    detail: sentence,
    severity
  };
}

function percent(value: number | null): string {
  return `${((value ?? 0) * 100).toFixed(1)} %`;
}
