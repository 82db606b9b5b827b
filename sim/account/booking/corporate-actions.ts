/** Corporate actions: booked in the morning, before the day's marks. */

import type {AccountBook} from "./account-book.js";
import {componentOf, type Line} from "./chart.js";
import {exact, float, multiply, roundAmount, share, whole, type Amount} from "./amounts.js";
import {addDays} from "../market/calendar.js";
import type {Instrument} from "../market/instruments.js";
import {sumOf} from "./lots.js";

interface ActionRow {
  instrument: Instrument;
  type: string;
  text: string;
  quantity: Amount;
  proceeds?: Amount;
  value?: Amount;
  realized?: Amount;
  mtm?: Amount;
  actionID: string;
}

function actionRow(book: AccountBook, row: ActionRow): void {
  const {
    instrument,
    type,
    text,
    quantity,
    proceeds = 0n,
    value = 0n,
    realized = 0n,
    mtm = 0n,
    actionID
  } = row;
  book.row(
    "CorporateActions",
    "CorporateAction",
    {
      description: text,
      actionDescription: text,
      dateTime: `${addDays(book.day, -1)};202500`,
      amount: -proceeds,
      proceeds,
      value,
      quantity,
      fifoPnlRealized: realized,
      mtmPnl: mtm,
      type,
      levelOfDetail: "DETAIL",
      transactionID: book.world.id("transaction"),
      actionID
    },
    instrument
  );
}

const label = ({symbol, issuer, isin}: Instrument): string =>
  `(${symbol}, ${issuer!.toUpperCase()}, ${isin})`;
const named = ({symbol, isin}: Instrument): string => `${symbol}(${isin})`;

/** Each share becomes `ratio` shares; value and cost stay. */
export function forwardSplit(book: AccountBook, instrument: Instrument, ratio: number): void {
  const position = book.positions.get(instrument.conid);
  if (!position) return;
  const before = sumOf(position.lots, "quantity");
  position.lots = position.lots.map((lot) => ({
    ...lot,
    quantity: lot.quantity * BigInt(ratio),
    openPrice: share(lot.openPrice, 1n, BigInt(ratio), 6)
  }));
  actionRow(book, {
    instrument,
    type: "FS",
    text: `${named(instrument)} SPLIT ${ratio} FOR 1 ${label(instrument)}`,
    quantity: before * BigInt(ratio - 1),
    actionID: book.world.id("action")
  });
}

/** The issuer takes another name, symbol and ISIN: the lots go on under a new number. */
export function rename(book: AccountBook, from: Instrument, to: Instrument): void {
  const old = book.positions.get(from.conid);
  if (!old) return;
  const quantity = sumOf(old.lots, "quantity");
  const {value} = old;
  const {currency} = from;
  const actionID = book.world.id("action");
  const text = `${named(from)} CUSIP/ISIN CHANGE TO (${to.isin})`;
  book.earned(to);
  Object.assign(book.position(to), {lots: old.lots, value});
  Object.assign(old, {lots: [], value: 0n});
  book.post([
    {book: "stock", of: from.conid, currency, local: -value},
    {book: "stock", of: to.conid, currency, local: value}
  ]);
  const former = {...from, symbol: `${from.symbol}.OLD`};
  actionRow(book, {
    instrument: former,
    type: "IC",
    text: `${text} ${label(former)}`,
    quantity: -quantity,
    value: -value,
    actionID
  });
  actionRow(book, {instrument: to, type: "IC", text: `${text} ${label(to)}`, quantity, value, actionID});
}

/** Shares of a child come for the parent's; a part of the cost goes with them, by value at the close. */
export function spinOff(book: AccountBook, parent: Instrument, child: Instrument, forEach: number): void {
  const position = book.positions.get(parent.conid);
  if (!position) return;
  const held = sumOf(position.lots, "quantity");
  const worth = {
    parent: book.worth(parent, held),
    child: book.worth(child, share(held, 1n, BigInt(forEach), 4))
  };
  book.earned(child);
  const received = book.position(child);
  position.lots = position.lots.map((lot) => {
    const cost = share(lot.cost, worth.child, worth.parent + worth.child, 4);
    const quantity = share(lot.quantity, 1n, BigInt(forEach), 4);
    received.lots.push({...lot, quantity, cost, openPrice: share(cost, whole(1), quantity, 4)});
    return {...lot, cost: lot.cost - cost};
  });
  const quantity = sumOf(received.lots, "quantity");
  const value = book.worth(child, quantity);
  received.value = value;
  book.post([
    {book: "stock", of: child.conid, currency: child.currency, local: value},
    {book: "mtm", currency: child.currency, local: -value}
  ]);
  book.earned(child).transactionMtm += exact(value, book.rate(child.currency));
  actionRow(book, {
    instrument: child,
    type: "SO",
    text: `${named(parent)} SPINOFF 1 FOR ${forEach} ${label(child)}`,
    quantity,
    value,
    mtm: value,
    actionID: book.world.id("action")
  });
}

/** Each share becomes cash and a part of a share of the buyer; a fraction left over is paid in cash. */
export function merge(
  book: AccountBook,
  from: Instrument,
  to: Instrument,
  {cash, ratio}: {cash: Amount; ratio: Amount}
): void {
  const old = book.positions.get(from.conid);
  if (!old) return;
  const {currency} = from;
  const rate = book.rate(currency);
  const actionID = book.world.id("action");
  const held = sumOf(old.lots, "quantity");
  const cost = sumOf(old.lots, "cost");
  const exchanged = exact(held, ratio);
  const shares = whole(Math.floor(float(exchanged)));
  const worth = book.worth(to, shares);
  const proceeds = exact(held, cash);
  const fraction = roundAmount(multiply(exchanged - shares, book.mark(to)), 2);
  const realized = proceeds + worth - cost;
  const mtm = proceeds + worth - old.value;
  const text =
    `${named(from)} MERGED(Acquisition) WITH ${to.isin} ${float(ratio)} FOR 1 ` +
    `AND FOR ${currency} ${float(cash).toFixed(2)} PER SHARE`;
  const lines: Line[] = [
    {book: "stock", of: from.conid, currency, local: -old.value},
    {book: "stock", of: to.conid, currency, local: worth},
    {book: "cash", of: currency, currency, local: proceeds, line: "netTradesSales"},
    {book: "mtm", currency, local: -mtm},
    {book: "cash", of: currency, currency, local: fraction, line: "netTradesSales"},
    {book: "corporateActionProceeds", currency, local: -fraction}
  ];
  book.post(lines);
  actionRow(book, {
    instrument: from,
    type: "TC",
    text: `${text} ${label(from)}`,
    quantity: -held,
    proceeds,
    value: -old.value,
    realized,
    mtm,
    actionID
  });
  const earned = book.earned(from);
  earned.transactionMtm += exact(mtm, rate);
  earned.realizedLongTerm += exact(realized, rate);
  Object.assign(old, {lots: [], value: 0n});

  book.earned(to);
  const position = book.position(to);
  position.lots.push({
    quantity: shares,
    cost: worth,
    openPrice: book.mark(to),
    opened: `${book.day}T202500`.replace(/T(..)(..)(..)/, "T$1:$2:$3"),
    transactionID: book.world.id("transaction"),
    orderID: ""
  });
  position.value += worth;
  const received = book.earned(to);
  received.other += exact(fraction, rate);
  received.realizedLongTerm += exact(fraction, rate);
  actionRow(book, {
    instrument: to,
    type: "TC",
    text: `${text} ${label(to)}`,
    quantity: shares,
    value: worth,
    actionID
  });
  if (fraction) {
    actionRow(book, {
      instrument: to,
      type: "TC",
      text: `${text} - CASH IN LIEU OF FRACTIONAL SHARES ${label(to)}`,
      quantity: 0n,
      proceeds: fraction,
      realized: fraction,
      actionID
    });
  }
}

/** A treasury bill pays its face value. */
export function mature(book: AccountBook, instrument: Instrument): void {
  const position = book.positions.get(instrument.conid);
  if (!position) return;
  const {currency, multiplier} = instrument;
  const face = sumOf(position.lots, "quantity");
  const proceeds = exact(exact(face, whole(100)), multiplier);
  const realized = proceeds - sumOf(position.lots, "cost");
  const mtm = proceeds - position.value;
  book.post([
    {book: componentOf(instrument)!, of: instrument.conid, currency, local: -position.value},
    {book: "cash", of: currency, currency, local: proceeds, line: "netTradesSales"},
    {book: "mtm", currency, local: -mtm}
  ]);
  actionRow(book, {
    instrument,
    type: "TM",
    text: `${named(instrument)} TBILL MATURITY ${label(instrument)}`,
    quantity: -face,
    proceeds,
    value: -position.value,
    realized,
    mtm,
    actionID: book.world.id("action")
  });
  const earned = book.earned(instrument);
  earned.transactionMtm += exact(mtm, book.rate(currency));
  earned.realizedShortTerm += exact(realized, book.rate(currency));
  Object.assign(position, {lots: [], value: 0n});
}
