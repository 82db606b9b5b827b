/** One account at the end of one day: everything that its statement prints, and the postings behind it. */

import type {AccountBook} from "./account-book.js";
import {
  CASH_LINES,
  PARTS,
  type Accrual,
  type CashLine,
  type Component,
  type InterestFlow,
  type Part,
  type Performance,
  type Posting,
  type Row
} from "./chart.js";
import {exact, share, whole, type Amount} from "./amounts.js";
import type {Instrument} from "../market/instruments.js";
import {openMoney, sumOf, type Lot} from "./lots.js";

export interface CashReport {
  /** A currency, or BASE_SUMMARY in base. */
  currency: string;
  starting: Amount;
  lines: Partial<Record<CashLine, Amount>>;
  /** Only in base. */
  translation: Amount;
  ending: Amount;
  settled: Amount;
}

export interface PositionLine {
  instrument: Instrument;
  quantity: Amount;
  mark: Amount;
  /** Quantity x mark x multiplier, in the instrument's currency: notional for futures and CFDs. */
  worth: Amount;
  /** What it stands for in NAV, in the instrument's currency. */
  value: Amount;
  cost: Amount;
  openMoney: Amount;
  lots: Lot[];
}

export interface AccountDay {
  account: string;
  day: string;
  /** NAV by component at the end of the day before, and of this day; in base. */
  start: ReadonlyMap<Component, Amount>;
  end: ReadonlyMap<Component, Amount>;
  startNav: Amount;
  endNav: Amount;
  parts: Record<Part, Amount>;
  /** Percent; IBKR's convention, flows at the end of the day. */
  twr: Amount;
  /** The base summary first. */
  cash: CashReport[];
  /** What cash in other currencies cost, in base, at average. */
  fxCost: ReadonlyMap<string, Amount>;
  positions: PositionLine[];
  accruals: Accrual[];
  interest: (InterestFlow & {currency: string})[];
  performance: Performance[];
  rows: Row[];
  postings: Posting[];
}

const FLOWS: readonly Part[] = ["depositsWithdrawals", "internalCashTransfers", "assetTransfers"];

/** Closes the day of a book. */
export function closeDay(book: AccountBook): AccountDay {
  const end = book.nav();
  const sum = (nav: Map<Component, Amount>): Amount => [...nav.values()].reduce((a, b) => a + b, 0n);
  const startNav = sum(book.startNav);
  const endNav = sum(end);
  const parts = Object.fromEntries(PARTS.map((part) => [part, 0n])) as Record<Part, Amount>;
  for (const {book: name, base} of book.postings) if (name in parts) parts[name as Part] -= base;
  const flows = FLOWS.reduce((total, part) => total + parts[part], 0n);
  const day: AccountDay = {
    account: book.id,
    day: book.day,
    start: book.startNav,
    end,
    startNav,
    endNav,
    parts,
    twr: startNav === 0n ? 0n : share(whole(100), endNav - flows - startNav, startNav, 9),
    cash: cashReports(book),
    fxCost: fxCosts(book),
    positions: positionLines(book),
    accruals: [...book.accruals],
    interest: [...book.interestFlows].map(([currency, flow]) => ({currency, ...flow})),
    performance: [...book.performance.values()],
    rows: book.rows,
    postings: book.postings
  };
  for (const [conid, {lots}] of book.positions) if (!lots.length) book.positions.delete(conid);
  for (const [key, {local, base}] of book.balances) if (!local && !base) book.balances.delete(key);
  return day;
}

function positionLines(book: AccountBook): PositionLine[] {
  const lines = [];
  for (const {instrument, lots, value} of book.positions.values()) {
    if (!lots.length) continue;
    const quantity = sumOf(lots, "quantity");
    lines.push({
      instrument,
      quantity,
      mark: book.mark(instrument),
      worth: book.worth(instrument, quantity),
      value,
      cost: sumOf(lots, "cost"),
      openMoney: exact(openMoney(lots), instrument.multiplier),
      lots: [...lots]
    });
  }
  const key = ({assetCategory, symbol}: Instrument): string => `${ORDER.indexOf(assetCategory)}${symbol}`;
  return lines.sort((a, b) => (key(a.instrument) < key(b.instrument) ? -1 : 1));
}

/** Average cost: what comes in adds its worth of the day, what goes out takes its share. */
function fxCosts(book: AccountBook): Map<string, Amount> {
  for (const [key, {currency, local: ending}] of book.balances) {
    if (!key.startsWith("cash:") || currency === "USD") continue;
    const starting = book.startCash.get(currency)?.local ?? 0n;
    const cost = book.fxCost.get(currency) ?? 0n;
    const change = ending - starting;
    const through = starting < 0n !== ending < 0n || starting === 0n;
    const grows = starting < 0n === change < 0n;
    const next = through
      ? exact(ending, book.rate(currency))
      : cost + (grows ? exact(change, book.rate(currency)) : share(cost, change, starting, 9));
    book.fxCost.set(currency, next);
  }
  return new Map(book.fxCost);
}

const ORDER = ["STK", "BILL", "OPT", "FUT", "CFD", "CASH"];

function cashReports(book: AccountBook): CashReport[] {
  const currencies = new Set(["USD", ...book.startCash.keys()]);
  for (const key of book.cashLines.keys()) currencies.add(key.slice(-3));
  const base: CashReport = {
    currency: "BASE_SUMMARY",
    starting: 0n,
    lines: {},
    translation: 0n,
    ending: 0n,
    settled: 0n
  };
  const reports = [...currencies].sort().map((currency): CashReport => {
    const rate = book.rate(currency);
    const starting = book.startCash.get(currency) ?? {local: 0n, base: 0n};
    const ending = book.cash(currency);
    const pending = book.unsettled.reduce((sum, u) => (u.currency === currency ? sum + u.amount : sum), 0n);
    const lines: CashReport["lines"] = {};
    for (const line of CASH_LINES) {
      const shown = book.cashLines.get(`${line}:${currency}`);
      if (!shown) continue;
      lines[line] = shown.local;
      base.lines[line] = (base.lines[line] ?? 0n) + shown.base;
    }
    base.starting += starting.base;
    base.translation += exact(starting.local, rate) - starting.base;
    base.ending += exact(ending, rate);
    base.settled += exact(ending - pending, rate);
    return {currency, starting: starting.local, lines, translation: 0n, ending, settled: ending - pending};
  });
  return [base, ...reports];
}
