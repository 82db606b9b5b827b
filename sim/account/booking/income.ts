/** Deposits, fees, dividends and interest: the cash transactions. */

import type {AccountBook} from "./account-book.js";
import type {Accrual, CashLine, Part} from "./chart.js";
import {amount, exact, float, multiply, roundAmount, rounded, type Amount} from "./amounts.js";
import {daysBetween} from "../market/calendar.js";
import type {Instrument} from "../market/instruments.js";

interface CashEvent {
  type: string;
  description: string;
  currency: string;
  amount: Amount;
  part: Part;
  line: CashLine;
  instrument?: Instrument;
  /** When IBKR dates it, if not today. */
  date?: string;
  exDate?: string;
  actionID?: string;
  code?: string;
  /** Prints the SUMMARY row too, as a query with both levels does. */
  summary?: boolean;
}

/** Books cash that came or went without a trade. */
export function cashEvent(book: AccountBook, event: CashEvent): void {
  const {type, description, currency, amount: local, part, line, instrument, date = book.day} = event;
  book.post([
    {book: "cash", of: currency, currency, local, line},
    {book: part, currency, local: -local}
  ]);
  if (instrument) book.earned(instrument).other += exact(local, book.rate(currency));
  const fields = {
    description,
    dateTime: instrument ? `${date};202000` : date,
    settleDate: date,
    amount: local,
    type,
    code: event.code,
    exDate: event.exDate,
    actionID: event.actionID,
    currency
  };
  if (event.summary)
    book.row("CashTransactions", "CashTransaction", {...fields, levelOfDetail: "SUMMARY"}, instrument);
  book.row(
    "CashTransactions",
    "CashTransaction",
    {...fields, transactionID: book.world.id("transaction"), levelOfDetail: "DETAIL"},
    instrument
  );
}

export function deposit(book: AccountBook, currency: string, local: Amount): void {
  cashEvent(book, {
    type: "Deposits & Withdrawals",
    description:
      local < 0n ? "DISBURSEMENT INITIATED BY CUSTOMER" : "CASH RECEIPTS / ELECTRONIC FUND TRANSFERS",
    currency,
    amount: local,
    part: "depositsWithdrawals",
    line: local < 0n ? "withdrawals" : "deposits"
  });
}

export function fee(book: AccountBook, description: string, local: Amount, currency = "USD"): void {
  cashEvent(book, {
    type: "Other Fees",
    description,
    currency,
    amount: local,
    part: "otherFees",
    line: "otherFees"
  });
}

/** Accrues a dividend for what is held at the close before its ex-date. */
export function accrue(
  book: AccountBook,
  instrument: Instrument,
  {exDate, payDate, perShare, taxRate}: {exDate: string; payDate: string; perShare: Amount; taxRate: string}
): void {
  const quantity = book.quantity(instrument);
  if (quantity === 0n) return;
  const decimals = instrument.currency === "JPY" ? 0 : 2;
  const gross = roundAmount(multiply(quantity, perShare), decimals);
  const tax = quantity < 0n ? 0n : roundAmount(multiply(gross, amount(taxRate)), decimals);
  const actionID = book.world.id("action");
  const accrual = {
    instrument,
    exDate,
    payDate,
    quantity,
    grossRate: perShare,
    gross,
    tax,
    net: gross - tax,
    actionID
  };
  book.accruals.push(accrual);
  postAccrual(book, accrual, "Po");
}

/** Posts (`Po`) an accrual, or reverses (`Re`) it; `transfer` names the other account when it moved there. */
export function postAccrual(
  book: AccountBook,
  accrual: Accrual,
  code: "Po" | "Re",
  transfer?: {fromAcct: string; toAcct: string}
): void {
  const {instrument, exDate, payDate, quantity, grossRate, gross, tax, net} = accrual;
  const {currency} = instrument;
  const sign = code === "Po" ? 1n : -1n;
  book.post([
    {book: "dividendAccruals", of: currency, currency, local: sign * net},
    {book: transfer ? "assetTransfers" : "changeInDividendAccruals", currency, local: -sign * net}
  ]);
  if (!transfer) book.earned(instrument).accruals += sign * exact(net, book.rate(currency));
  book.row(
    "ChangeInDividendAccruals",
    "ChangeInDividendAccrual",
    {
      date: book.day,
      exDate,
      payDate,
      quantity,
      tax: sign * tax,
      fee: 0n,
      grossRate,
      grossAmount: sign * gross,
      netAmount: sign * net,
      code,
      ...transfer
    },
    instrument
  );
}

/** What was paid on a dividend, for a later reversal. */
export interface Paid {
  accrual: Accrual;
  day: string;
  tax: Amount;
}

/** Pays the dividends that fall due; `taxed` may change what is withheld. */
export function payDue(book: AccountBook, taxed: (accrual: Accrual, day: string) => Amount): Paid[] {
  const due = book.accruals.filter(({payDate}) => payDate <= book.day);
  book.accruals = book.accruals.filter(({payDate}) => payDate > book.day);
  return due.map((accrual) => {
    postAccrual(book, accrual, "Re");
    const tax = taxed(accrual, book.day);
    payout(book, accrual, {gross: accrual.gross, tax});
    return {accrual, day: book.day, tax};
  });
}

/** The cash of one dividend, or (negative amounts) its reversal. */
export function payout(
  book: AccountBook,
  accrual: Accrual,
  {gross, tax, date = book.day, code}: {gross: Amount; tax: Amount; date?: string; code?: string}
): void {
  const {instrument, exDate, quantity, grossRate, actionID} = accrual;
  const {symbol, isin, currency} = instrument;
  const short = quantity < 0n;
  const what = `${symbol}(${isin}) ${short ? "PAYMENT IN LIEU OF DIVIDEND" : "CASH DIVIDEND"} ${currency} ${float(grossRate)} PER SHARE`;
  const common = {currency, instrument, exDate, actionID, date, ...(code && {code})};
  cashEvent(book, {
    ...common,
    type: short ? "Payment In Lieu Of Dividends" : "Dividends",
    description: short ? what : `${what} (Ordinary Dividend)`,
    amount: gross,
    part: "dividends",
    line: short ? "paymentInLieu" : "dividends",
    summary: symbol.startsWith("V")
  });
  if (tax !== 0n) {
    cashEvent(book, {
      ...common,
      type: "Withholding Tax",
      description: `${what} - ${isin!.slice(0, 2)} TAX`,
      amount: -tax,
      part: "withholdingTax",
      line: "withholdingTax"
    });
  }
}

/** Yearly rates of interest on cash, by currency: on credit above a free amount, and on debit. */
const INTEREST: Record<string, {credit: number; free: number; debit: number; basis: number}> = {
  USD: {credit: 0.0333, free: 10_000, debit: 0.0583, basis: 360},
  EUR: {credit: 0.0145, free: 10_000, debit: 0.0398, basis: 360},
  GBP: {credit: 0.0346, free: 8_000, debit: 0.0597, basis: 365},
  JPY: {credit: 0, free: 5_000_000, debit: 0.0225, basis: 360}
};
const BORROW_RATE = 0.043;
const CFD_SPREAD = 0.058;

/** Accrues a night's (or weekend's) interest on cash, the fee for borrowed shares, the financing of CFDs. */
export function accrueInterest(book: AccountBook, nextDay: string): void {
  const nights = daysBetween(book.day, nextDay);
  for (const [currency, {credit, free, debit, basis}] of Object.entries(INTEREST)) {
    const cash = float(book.cash(currency));
    const yearly = cash < 0 ? cash * debit : Math.max(0, cash - free) * credit;
    addInterest(book, currency, "INT", rounded((yearly * nights) / basis, 2));
  }
  for (const {instrument, lots} of book.positions.values()) {
    const worth = float(
      book.worth(
        instrument,
        lots.reduce((sum, {quantity}) => sum + quantity, 0n)
      )
    );
    const {assetCategory, currency} = instrument;
    if (assetCategory === "STK" && worth < 0) {
      addInterest(book, currency, "BORROW FEES", rounded((worth * BORROW_RATE * nights) / 360, 2));
    }
    if (assetCategory === "CFD") {
      addInterest(book, currency, "CFD INT", rounded((-worth * CFD_SPREAD * nights) / 360, 2));
    }
  }
}

function addInterest(book: AccountBook, currency: string, kind: string, local: Amount): void {
  if (local === 0n) return;
  const key = `${currency} ${kind} ${book.day.slice(0, 7)}`;
  book.interest.set(key, (book.interest.get(key) ?? 0n) + local);
  book.interestFlow(currency).accrued += local;
  book.post([
    {book: "interestAccruals", of: currency, currency, local},
    {book: "changeInInterestAccruals", currency, local: -local}
  ]);
}

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

/** Posts what was accrued before this month. */
export function postInterest(book: AccountBook): void {
  for (const [key, local] of Array.from(book.interest)) {
    const month = key.slice(-7);
    if (month >= book.day.slice(0, 7)) continue;
    book.interest.delete(key);
    const currency = key.slice(0, 3);
    const kind = key.slice(4, -8);
    book.interestFlow(currency).reversed -= local;
    book.post([
      {book: "interestAccruals", of: currency, currency, local: -local},
      {book: "changeInInterestAccruals", currency, local}
    ]);
    if (local === 0n) continue;
    const side = kind === "INT" ? (local < 0n ? "DEBIT " : "CREDIT ") : "";
    cashEvent(book, {
      type: local < 0n ? "Broker Interest Paid" : "Broker Interest Received",
      description: `${currency} ${side}${kind} FOR ${MONTHS[Number(month.slice(5)) - 1]}-${month.slice(0, 4)}`,
      currency,
      amount: local,
      part: "interest",
      line: "brokerInterest"
    });
  }
}

/** Market data, as IBKR charges it at the start of a month. */
export function marketData(book: AccountBook): void {
  const month = `${MONTHS[Number(book.day.slice(5, 7)) - 1]} ${book.day.slice(0, 4)}`;
  fee(book, `D******01:US SECURITIES SNAPSHOT BUNDLE FOR ${month}`, amount("-10"));
  fee(book, `D******01:OPRA L1 FOR ${month}`, amount("-1.5"));
}
