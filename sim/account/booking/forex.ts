/** Forex trades: cash in two currencies, no position. */

import {exact, share, whole, type Amount} from "./amounts.js";
import type {AccountBook} from "./account-book.js";
import {addBusinessDays} from "../market/calendar.js";
import type {Instrument} from "../market/instruments.js";

/** A forex trade: cash in two currencies, no position; the commission is in base. */
export function forex(book: AccountBook, instrument: Instrument, quantity: Amount, price: Amount): void {
  const [base, quote] = instrument.symbol.split(".");
  const money = exact(quantity, price);
  const commission = whole(-2);
  const gain = exact(quantity, book.rate(base)) - exact(money, book.rate(quote));
  const [first, second] =
    quantity > 0n
      ? (["netTradesPurchases", "netTradesSales"] as const)
      : (["netTradesSales", "netTradesPurchases"] as const);
  book.post([
    {book: "cash", of: base, currency: base, local: quantity, line: first},
    {book: "cash", of: quote, currency: quote, local: -money, line: second},
    {book: "netFxTrading", currency: "USD", local: -gain}
  ]);
  book.post([
    {book: "cash", of: "USD", currency: "USD", local: commission, line: "commissions"},
    {book: "commissions", currency: "USD", local: -commission}
  ]);
  const settles = addBusinessDays(book.day, 2);
  book.unsettled.push(
    {currency: base, amount: quantity, settles},
    {currency: quote, amount: -money, settles}
  );
  const tradeID = book.world.id("trade");
  book.row(
    "Trades",
    "Trade",
    {
      tradeID,
      transactionID: book.world.id("transaction"),
      ibOrderID: book.world.id("order"),
      tradeDate: book.day,
      dateTime: `${book.day};101500`,
      orderTime: `${book.day};101500`,
      transactionType: "ExchTrade",
      exchange: "IDEALFX",
      quantity,
      tradePrice: price,
      tradeMoney: money,
      proceeds: -money,
      taxes: 0n,
      ibCommission: commission,
      ibCommissionCurrency: "USD",
      netCash: 0n,
      closePrice: 0n,
      cost: 0n,
      fifoPnlRealized: 0n,
      mtmPnl: share(gain, whole(1), book.rate(quote), 6),
      buySell: quantity < 0n ? "SELL" : "BUY",
      settleDateTarget: settles,
      ibExecID: `0000d3e0.${Number(tradeID).toString(16)}.01.01`,
      levelOfDetail: "EXECUTION",
      orderType: "LMT",
      isAPIOrder: "N"
    },
    instrument
  );
}
