/** Trades as IBKR books them: executions, orders, closed lots, cancels; forex, futures, CFDs. */

import type {AccountBook} from "./account-book.js";
import {componentOf, type Line} from "./chart.js";
import {absolute, exact, share, whole, type Amount} from "./amounts.js";
import {addBusinessDays, addDays} from "../market/calendar.js";
import type {Instrument} from "../market/instruments.js";
import {sumOf, take, type Lot} from "./lots.js";

export interface Execution {
  instrument: Instrument;
  /** Signed: bought above zero. */
  quantity: Amount;
  price: Amount;
  /** Signed as in cash: what was paid is below zero. */
  commission?: Amount;
  taxes?: Amount;
  time?: string;
  type?: "ExchTrade" | "BookTrade" | "FracShare";
  notes?: string;
  orderID?: string;
  orderType?: string;
  orderReference?: string;
  exchange?: string;
  /** Premium of an option that was exercised against this trade; it becomes part of the basis. */
  premium?: Amount;
  /** An option closed by assignment: its premium goes to the shares, it realizes nothing. */
  assigned?: boolean;
}

/** What was booked, as a later cancel needs it. */
export interface Booked extends Execution {
  day: string;
  time: string;
  tradeID: string;
  transactionID: string;
  orderID: string;
  /** Basis taken out of the lots, signed as they were. */
  basis: Amount;
}

/** Books one execution. */
export function execute(book: AccountBook, execution: Execution): Booked {
  const {
    instrument,
    quantity,
    price,
    commission = 0n,
    taxes = 0n,
    premium = 0n,
    assigned = false
  } = execution;
  const {time = "103000", type = "ExchTrade"} = execution;
  const {conid, currency, multiplier} = instrument;
  const position = book.position(instrument);
  const earned = book.earned(instrument);
  const held = sumOf(position.lots, "quantity");
  const closing = held !== 0n && held < 0n !== quantity < 0n;
  if (closing && absolute(quantity) > absolute(held)) {
    throw new RangeError(
      `${book.id} holds ${held} of ${instrument.symbol}, cannot trade ${quantity} at once`
    );
  }

  const money = exact(exact(quantity, price), multiplier);
  const mtm = book.worth(instrument, quantity) - money;
  const ids = {
    tradeID: book.world.id("trade"),
    transactionID: book.world.id("transaction"),
    orderID: execution.orderID ?? book.world.id("order")
  };
  const closed = closing ? take(position.lots, -quantity) : [];
  const basis = sumOf(closed, "cost");
  const net = commission + taxes - money;
  const cost = closing ? premium - basis : -net - premium;
  const realized = closing && !assigned ? net + cost : 0n;
  if (!closing) {
    const opened = `${book.day}T${time.replace(/(..)(..)(..)/, "$1:$2:$3")}`;
    position.lots.push({quantity, cost, openPrice: price, opened, ...ids});
  }

  const lines: Line[] = [
    {book: "cash", of: currency, currency, local: commission, line: "commissions"},
    {book: "commissions", currency, local: -commission},
    {book: "cash", of: currency, currency, local: taxes, line: "transactionTax"},
    {book: "transactionTax", currency, local: -taxes},
    {book: "mtm", currency, local: -mtm}
  ];
  const before = position.value;
  position.value = book.valueOf(position);
  const component = componentOf(instrument);
  const settled = component ? mtm - (position.value - before) : mtm;
  if (component) lines.push({book: component, of: conid, currency, local: position.value - before});
  lines.push({book: "cash", of: currency, currency, local: settled, line: cashLine(instrument, quantity)});
  book.post(lines);

  const rate = book.rate(currency);
  earned.transactionMtm += exact(mtm, rate);
  earned.commissions += exact(commission + taxes, rate);
  const netCash = isSecurity(instrument) ? net : commission + taxes;
  const settles = settlementDay(instrument, book.day);
  book.unsettled.push({currency, amount: netCash, settles});

  const booked: Booked = {...execution, ...ids, day: book.day, time, basis};
  book.row(
    "Trades",
    "Trade",
    {
      ...identity(booked),
      transactionType: type,
      exchange: execution.exchange ?? (type === "ExchTrade" ? venue(instrument) : "--"),
      quantity,
      tradePrice: price,
      tradeMoney: money,
      proceeds: -money,
      taxes,
      ibCommission: commission,
      ibCommissionCurrency: currency,
      netCash,
      closePrice: book.mark(instrument),
      openCloseIndicator: closing ? "C" : "O",
      notes: execution.notes,
      cost,
      fifoPnlRealized: realized,
      mtmPnl: mtm,
      buySell: quantity < 0n ? "SELL" : "BUY",
      settleDateTarget: settles,
      ibExecID: type === "ExchTrade" ? `0000d3e0.${Number(ids.tradeID).toString(16)}.01.01` : undefined,
      levelOfDetail: "EXECUTION",
      orderType: type === "ExchTrade" ? (execution.orderType ?? "LMT") : undefined,
      isAPIOrder: execution.orderReference ? "Y" : "N",
      orderReference: execution.orderReference
    },
    instrument
  );
  if (closing) {
    if (!assigned) lotRows(book, booked, closed, realized);
    for (const {term, profit} of split(closed, realized, book.day)) {
      earned[term === "LT" ? "realizedLongTerm" : "realizedShortTerm"] += exact(profit, rate);
    }
  }
  return booked;
}

/** Attributes that tell one trade from another. */
export function identity({day, time, tradeID, transactionID, orderID}: Booked): Record<string, string> {
  return {
    tradeID,
    transactionID,
    ibOrderID: orderID,
    tradeDate: day,
    dateTime: `${day};${time}`,
    orderTime: `${day};${time}`
  };
}

/** An order of several fills, with IBKR's ORDER row above them. */
export function order(book: AccountBook, fills: readonly Execution[]): Booked[] {
  const orderID = book.world.id("order");
  const at = book.rows.length;
  const booked = fills.map((fill) => execute(book, {...fill, orderID}));
  const rows = book.rows.slice(at).filter(({element}) => element === "Trade");
  const sum = (key: string): Amount => rows.reduce((total, {fields}) => total + (fields[key] as Amount), 0n);
  const {instrument, fields} = rows[0];
  const quantity = sum("quantity");
  const summary = {
    section: "Trades",
    element: "Order",
    ...(instrument && {instrument}),
    fields: {
      ...fields,
      tradeID: undefined,
      transactionID: undefined,
      ibExecID: undefined,
      transactionType: undefined,
      exchange: undefined,
      quantity,
      tradePrice: share(
        whole(1),
        absolute(sum("tradeMoney")),
        absolute(exact(quantity, instrument!.multiplier)),
        6
      ),
      ...Object.fromEntries(
        [
          "tradeMoney",
          "proceeds",
          "taxes",
          "ibCommission",
          "netCash",
          "cost",
          "fifoPnlRealized",
          "mtmPnl"
        ].map((key) => [key, sum(key)])
      ),
      levelOfDetail: "ORDER"
    }
  };
  book.rows.splice(at, 0, summary);
  return booked;
}

/** IBKR's CLOSED_LOT rows under the trade that closed them. */
function lotRows(book: AccountBook, trade: Booked, closed: readonly Lot[], realized: Amount): void {
  const profits = split(closed, realized, book.day);
  closed.forEach((lot, i) => {
    book.row(
      "Trades",
      "Lot",
      {
        transactionID: lot.transactionID,
        tradeDate: trade.day,
        dateTime: `${trade.day};${trade.time}`,
        quantity: absolute(lot.quantity),
        tradePrice: lot.openPrice,
        cost: lot.cost,
        fifoPnlRealized: profits[i].profit,
        buySell: trade.quantity < 0n ? "SELL" : "BUY",
        notes: profits[i].term,
        openDateTime: lot.opened.replace("T", ";").replaceAll(/(\d\d):(\d\d):(\d\d)/g, "$1$2$3"),
        levelOfDetail: "CLOSED_LOT"
      },
      trade.instrument
    );
  });
}

/** Realized profit by closed lot: by proceeds of equal price, each lot's own cost; the last takes the rest. */
function split(closed: readonly Lot[], realized: Amount, day: string): {term: "ST" | "LT"; profit: Amount}[] {
  const quantity = sumOf(closed, "quantity");
  const gross = realized + sumOf(closed, "cost");
  let left = realized;
  return closed.map((lot, i) => {
    const profit = i === closed.length - 1 ? left : share(gross, lot.quantity, quantity, 4) - lot.cost;
    left -= profit;
    return {term: lot.opened.slice(0, 10) < addDays(day, -365) ? "LT" : "ST", profit};
  });
}

const isSecurity = ({assetCategory}: Instrument): boolean =>
  assetCategory !== "FUT" && assetCategory !== "CFD";

function cashLine({assetCategory}: Instrument, quantity: Amount): NonNullable<Line["line"]> {
  if (assetCategory === "FUT") return "cashSettlingMtm";
  if (assetCategory === "CFD") return "realizedVm";
  return quantity < 0n ? "netTradesSales" : "netTradesPurchases";
}

function venue({assetCategory, listingExchange, symbol}: Instrument): string {
  if (assetCategory === "CFD") return "IBCFD";
  if (assetCategory === "BILL") return "TRADEWEBG";
  return symbol.startsWith("V") && listingExchange === "ARCA" ? "IBKRATS" : listingExchange;
}

/** The market's day of settlement: T+1 for what trades in the United States (T+2 before 28 May 2024), T+2 elsewhere. */
export function settlementDay({assetCategory, currency}: Instrument, day: string): string {
  const next = assetCategory === "OPT" || assetCategory === "FUT" || assetCategory === "BILL";
  return addBusinessDays(day, next || (currency === "USD" && day >= "2024-05-28") ? 1 : 2);
}
