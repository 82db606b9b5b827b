/** A trade that is cancelled and booked again. */

import {exact, type Amount} from "./amounts.js";
import type {AccountBook} from "./account-book.js";
import {componentOf} from "./chart.js";
import {identity, settlementDay, type Booked} from "./trading.js";

/** Undoes a trade of an earlier day that opened a lot, and books it again at another price (commission stays). */
export function cancelAndRebook(book: AccountBook, original: Booked, price: Amount): Booked {
  const {instrument, quantity} = original;
  const {conid, currency} = instrument;
  const position = book.position(instrument);
  const lot = position.lots.find(({transactionID}) => transactionID === original.transactionID);
  if (lot?.quantity !== quantity) throw new RangeError(`trade ${original.tradeID} is no longer a whole lot`);
  const money = exact(quantity, original.price);
  const money2 = exact(quantity, price);
  const worth = book.worth(instrument, quantity);
  const ids = () => ({tradeID: book.world.id("trade"), transactionID: book.world.id("transaction")});
  const rebooked: Booked = {...original, ...ids(), price};
  Object.assign(lot, {
    cost: lot.cost - money + money2,
    openPrice: price,
    transactionID: rebooked.transactionID
  });
  book.post([
    {book: "cash", of: currency, currency, local: money, line: "netTradesPurchases"},
    {book: componentOf(instrument)!, of: conid, currency, local: -worth},
    {book: "mtm", currency, local: worth - money}
  ]);
  book.post([
    {book: "cash", of: currency, currency, local: -money2, line: "netTradesPurchases"},
    {book: componentOf(instrument)!, of: conid, currency, local: worth},
    {book: "mtm", currency, local: money2 - worth}
  ]);
  book.earned(instrument).transactionMtm += exact(money - money2, book.rate(currency));

  const common = {
    exchange: "--",
    taxes: 0n,
    ibCommission: 0n,
    ibCommissionCurrency: currency,
    closePrice: book.mark(instrument),
    fifoPnlRealized: 0n,
    levelOfDetail: "EXECUTION",
    isAPIOrder: "N",
    settleDateTarget: settlementDay(instrument, original.day)
  };
  book.row(
    "Trades",
    "Trade",
    {
      ...identity({...original, ...ids()}),
      ...common,
      transactionType: "TradeCancel",
      quantity: -quantity,
      tradePrice: original.price,
      tradeMoney: -money,
      proceeds: money,
      netCash: money,
      notes: "Ca",
      cost: -money,
      mtmPnl: money - worth,
      buySell: "BUY (Ca.)",
      origTradePrice: original.price,
      origTradeDate: original.day,
      origTradeID: original.tradeID,
      origOrderID: original.orderID,
      origTransactionID: original.transactionID
    },
    instrument
  );
  book.row(
    "Trades",
    "Trade",
    {
      ...identity(rebooked),
      ...common,
      transactionType: "TradeCorrect",
      quantity,
      tradePrice: price,
      tradeMoney: money2,
      proceeds: -money2,
      netCash: -money2,
      openCloseIndicator: "O",
      notes: "Co",
      cost: money2,
      mtmPnl: worth - money2,
      buySell: "BUY"
    },
    instrument
  );
  return rebooked;
}
