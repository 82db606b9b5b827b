import {compareText} from "../../order.js";
import {formatAmount, multiply, roundAmount, type Amount} from "../../money/amount.js";
import {addDays, daysBetween, isDay} from "../../time/day.js";
import {lastDayOf, lastNavDays, latestPositions, RowConverter} from "../exposure.js";
import {moneyOr} from "../money-view.js";
import type {LedgerRow, LedgerTables} from "../tables.js";

import type {Money} from "../views.js";
import {paymentsOf, type Payment} from "./payments.js";

/** A payment that is to come. */
export interface ComingPayment {
  /** `expected`: accrued by IBKR, the ex-date is known; `forecast`: ours, from last year's pattern, nobody has declared it. */
  status: "expected" | "forecast";
  account: string;
  symbol: string;
  conid: string | null;
  currency: string;
  exDate: string | null;
  payDate: string;
  quantity: string;
  /** Per share; null where it is not known. */
  rate: string | null;
  gross: string;
  withheld: string;
  net: string;
  /** In the reporting currency, at the rate of the last statement. */
  netBase: Money;
  /** Where it comes from, as a sentence. */
  basis: string;
  rows: string[];
}

/** Returns what IBKR has accrued and not paid: the open accruals of each account's last statement day. */
export function expectedPayments(
  ledger: LedgerTables,
  accounts: readonly string[],
  currency: string | null
): ComingPayment[] {
  const converter = new RowConverter(ledger, currency);
  const stated = lastDayOf(ledger.dividend_accruals);
  return ledger.dividend_accruals
    .filter(
      ({account, day, payDate}) =>
        accounts.includes(account) &&
        payDate !== null &&
        day === (lastNavDays(ledger).get(account) ?? stated.get(account))
    )
    .map((row): ComingPayment => {
      const withheld = -((row.tax ?? 0n) + (row.fee ?? 0n));
      const gross = row.grossAmount ?? 0n;
      const net = row.netAmount ?? gross + withheld;
      return {
        status: "expected",
        ...nameOf(row),
        exDate: row.exDate,
        payDate: row.payDate as string, // the others were left out
        quantity: formatAmount(row.quantity ?? 0n),
        rate: row.grossRate === null ? null : formatAmount(row.grossRate),
        gross: formatAmount(gross),
        withheld: formatAmount(withheld),
        net: formatAmount(net),
        netBase: moneyOr(converter.convert(row, net), converter.reason(row)),
        basis: `accrued in the statement of ${row.day}`,
        rows: [row.id]
      };
    })
    .sort(byDay);
}

/** How far apart a declared dividend and last year's may lie to be the same one. */
const SAME_WITHIN_DAYS = 25;

/**
 * Returns what the dividends of the last twelve months would be if each came again a year later on what is held now;
 * one that is accrued already is left out. A pattern, no promise: companies change and drop dividends.
 */
export function forecastPayments(
  ledger: LedgerTables,
  accounts: readonly string[],
  currency: string | null
): ComingPayment[] {
  const converter = new RowConverter(ledger, currency);
  const expected = expectedPayments(ledger, accounts, currency);
  const rates = ratesPerShare(ledger);
  const held = latestPositions(ledger, accounts).filter(({position}) => (position ?? 0n) > 0n);
  const {payments} = paymentsOf(ledger);
  return held
    .flatMap((position) =>
      payments
        .filter((payment) => isOfLastYear(payment, position))
        .flatMap((payment): ComingPayment[] => {
          const payDate = yearLater(payment.payDate);
          const isDeclared = expected.some(
            ({account, conid, payDate: due}) =>
              account === position.account &&
              conid === position.conid &&
              Math.abs(daysBetween(due, payDate)) <= SAME_WITHIN_DAYS
          );
          const gross = sum(payment.gross);
          if (isDeclared || payDate <= position.day || gross <= 0n) return [];
          const rate = rates.get(`${position.conid}/${payment.payDate}`) ?? null;
          const quantity = position.position as Amount; // those without were left out
          const due = rate === null ? gross : roundAmount(multiply(rate, quantity), 2);
          const withheld = roundAmount((due * sum(payment.withheld)) / gross, 2);
          return [
            {
              status: "forecast",
              ...nameOf(position),
              exDate: payment.exDate && yearLater(payment.exDate),
              payDate,
              quantity: formatAmount(quantity),
              rate: rate === null ? null : formatAmount(rate),
              gross: formatAmount(due),
              withheld: formatAmount(withheld),
              net: formatAmount(due + withheld),
              netBase: moneyOr(converter.convert(position, due + withheld), converter.reason(position)),
              basis:
                rate === null
                  ? `the amount of ${payment.payDate}, whatever was held then`
                  : `the dividend of ${payment.payDate} a share, on what is held now`,
              rows: [...payment.gross, ...payment.withheld].map(({id}) => id)
            }
          ];
        })
    )
    .sort(byDay);
}

function isOfLastYear(
  {kind, payDate, gross: [first]}: Payment,
  {account, conid, currency, day}: LedgerRow<"positions">
): boolean {
  return (
    kind === "dividend" &&
    first.account === account &&
    conid !== null &&
    first.conid === conid &&
    first.currency === currency &&
    payDate <= day &&
    payDate > addDays(day, -365)
  );
}

/** What was paid per share, by instrument and pay date, of all accounts. */
function ratesPerShare({dividend_accruals, dividend_changes}: LedgerTables): Map<string, Amount> {
  const rates = new Map<string, Amount>();
  for (const {conid, payDate, grossRate} of [...dividend_accruals, ...dividend_changes])
    if (conid && payDate && grossRate) rates.set(`${conid}/${payDate}`, grossRate);
  return rates;
}

function yearLater(day: string): string {
  const later = `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`;
  return isDay(later) ? later : `${later.slice(0, 8)}28`;
}

function nameOf(row: LedgerRow<"positions"> | LedgerRow<"dividend_accruals">) {
  const {account, symbol, conid, currency} = row;
  return {account, symbol: symbol ?? "", conid, currency: currency ?? ""};
}

function sum(rows: readonly {amount: Amount | null}[]): Amount {
  return rows.reduce((total, {amount}) => total + (amount ?? 0n), 0n);
}

function byDay(a: ComingPayment, b: ComingPayment): number {
  return (
    compareText(a.payDate, b.payDate) || compareText(a.symbol, b.symbol) || compareText(a.account, b.account)
  );
}
