/** Transfers between two accounts of the same person: both sides are booked on the same day. */

import type {AccountBook} from "./account-book.js";
import {componentOf} from "./chart.js";
import {whole, type Amount} from "./amounts.js";
import {postAccrual} from "./income.js";
import type {Instrument} from "../market/instruments.js";
import {sumOf, take} from "./lots.js";

function transferRow(
  book: AccountBook,
  other: AccountBook,
  direction: "IN" | "OUT",
  fields: Record<string, string | Amount>,
  instrument?: Instrument
): void {
  book.row(
    "Transfers",
    "Transfer",
    {
      date: book.day,
      dateTime: `${book.day};202500`,
      type: "INTERNAL",
      direction,
      company: "--",
      account: other.id,
      accountName: "Perdita Nowhere",
      transferPrice: 0n,
      pnlAmount: 0n,
      ...fields,
      levelOfDetail: "TRANSFER",
      transactionID: book.world.id("transaction")
    },
    instrument
  );
}

export function transferCash(from: AccountBook, to: AccountBook, currency: string, amount: Amount): void {
  for (const [book, other, local, direction] of [
    [from, to, -amount, "OUT"],
    [to, from, amount, "IN"]
  ] as const) {
    book.post([
      {book: "cash", of: currency, currency, local, line: "internalTransfers"},
      {book: "internalCashTransfers", currency, local: -local}
    ]);
    transferRow(book, other, direction, {
      currency,
      description: "INTERNAL CASH TRANSFER",
      quantity: 0n,
      positionAmount: 0n,
      positionAmountInBase: 0n,
      cashTransfer: local
    });
  }
}

/** A position in kind: the oldest lots go with their cost and dates, at the day's market value. */
export function transferPosition(
  from: AccountBook,
  to: AccountBook,
  instrument: Instrument,
  quantity: Amount
): void {
  const {conid, currency} = instrument;
  const source = from.position(instrument);
  const target = to.position(instrument);
  from.earned(instrument);
  to.earned(instrument);
  const moved = take(source.lots, quantity);
  target.lots = [...target.lots, ...moved].sort((a, b) => (a.opened < b.opened ? -1 : 1));
  for (const [book, other, position, sign, direction] of [
    [from, to, source, -1n, "OUT"],
    [to, from, target, 1n, "IN"]
  ] as const) {
    const local = book.valueOf(position) - position.value;
    position.value += local;
    book.post([
      {book: componentOf(instrument)!, of: conid, currency, local},
      {book: "assetTransfers", currency, local: -local}
    ]);
    transferRow(
      book,
      other,
      direction,
      {
        quantity: sign * sumOf(moved, "quantity"),
        positionAmount: local,
        positionAmountInBase: (local * book.rate(currency)) / whole(1),
        cashTransfer: 0n
      },
      instrument
    );
  }
}

/** IBKR gives an account another number: everything moves, the old one ends at zero. */
export function migrate(from: AccountBook, to: AccountBook): void {
  for (const {instrument, lots} of Array.from(from.positions.values())) {
    const quantity = sumOf(lots, "quantity");
    if (quantity !== 0n) transferPosition(from, to, instrument, quantity);
  }
  for (const [key, {currency, local}] of Array.from(from.balances)) {
    if (key.startsWith("cash:") && local !== 0n) transferCash(from, to, currency, local);
  }
  for (const accrual of from.accruals) {
    const accounts = {fromAcct: from.id, toAcct: to.id};
    postAccrual(from, accrual, "Re", accounts);
    postAccrual(to, accrual, "Po", accounts);
    to.accruals.push(accrual);
  }
  from.accruals = [];
  for (const [key, local] of from.interest) {
    moveInterest(from, key.slice(0, 3), -local);
    moveInterest(to, key.slice(0, 3), local);
    to.interest.set(key, local);
  }
  from.interest.clear();
  to.unsettled.push(...from.unsettled.splice(0));
}

/** Accrued interest goes along: reversed here, accrued there. */
function moveInterest(book: AccountBook, currency: string, local: Amount): void {
  book.interestFlow(currency)[local < 0n ? "reversed" : "accrued"] += local;
  book.post([
    {book: "interestAccruals", of: currency, currency, local},
    {book: "assetTransfers", currency, local: -local}
  ]);
}
