/** The stand-in writes messages about orders as real servers were recorded to: the same fields for the same values. */

import {it} from "vitest";
import type {Listing} from "../../../sim/tws/listing.js";
import * as execution from "../../../sim/tws/wire/encode-execution.js";
import * as orders from "../../../sim/tws/wire/encode-order.js";
import {type Order, readPlaceOrder} from "../../../sim/tws/wire/order.js";
import {FieldReader} from "../../../sim/tws/wire/reader.js";
import type {Fill, Working} from "../../../sim/tws/working.js";
import {FILLED_ORDER, ORDERS} from "./recorded.js";
import {AAPL, expectSame, NEW, OLD} from "./recorded-stand.js";

const PUT: Listing = {
  ...AAPL,
  conId: 853200900,
  symbol: "OBDC",
  secType: "OPT",
  expiry: "20261120",
  strike: 10,
  right: "P",
  multiplier: 100,
  localSymbol: "OBDC  261120P00010000",
  tradingClass: "OBDC"
};

/** An order as its client sent it, of which only some was said. */
const sent = (fields: Partial<Order>): Order => ({
  ...readPlaceOrder(new FieldReader(Array.from({length: 117}, () => "")), 193).order,
  action: "BUY",
  tif: "DAY",
  ...fields
});

const working = (fields: Omit<Partial<Working>, "order"> & {order: Partial<Order>}): Working => ({
  permId: 0,
  clientId: 1,
  orderId: 1,
  account: "DU9000001",
  listing: AAPL,
  exchange: "SMART",
  status: "PreSubmitted",
  whyHeld: "",
  transmitted: true,
  quantity: fields.order.totalQuantity ?? 0,
  filled: 0,
  averagePrice: 0,
  lastPrice: 0,
  triggered: false,
  trailStop: undefined,
  placedAt: new Date(0),
  ...fields,
  order: sent(fields.order)
});

const MARKET_ORDER = working({
  permId: 600745656,
  clientId: 100,
  orderId: 5,
  account: "DU1234567",
  order: {orderType: "MKT", totalQuantity: 100}
});

it("openOrder is TWS's: of a market order, of one made by hand, of a condition, of a bracket's child", () => {
  expectSame(orders.openOrder(OLD, MARKET_ORDER), FILLED_ORDER.acknowledged);
  const byHand = working({
    permId: 9000,
    clientId: 0,
    orderId: 0,
    listing: PUT,
    order: {action: "SELL", totalQuantity: 1, orderType: "LMT", lmtPrice: 1.2, tif: "GTC"}
  });
  const [REVISION, RULE_80A] = [30, 36]; // which of its revisions it is; 0 where the API's orders have nothing
  expectSame(orders.openOrder(NEW, byHand), ORDERS.byHand, [REVISION, RULE_80A]);
  const conditional = working({
    permId: 900356,
    orderId: 356,
    order: {
      totalQuantity: 100,
      orderType: "LMT",
      lmtPrice: 14.59,
      orderRef: "ibkrgo-sanitized-20260610T200935Z-001",
      conditions: [["1", "a", "1", "2918.10", "265598", "SMART", "4"]],
      conditionsIgnoreRth: true
    }
  });
  expectSame(orders.openOrder(NEW, conditional), ORDERS.conditional);
  const child = working({
    permId: 900211,
    orderId: 211,
    order: {
      action: "SELL",
      totalQuantity: 1,
      orderType: "LMT",
      lmtPrice: 2000,
      ocaGroup: "1571710075",
      orderRef: "ibkrgo-sanitized-20260414T183644Z-001",
      parentId: 210
    }
  });
  expectSame(orders.openOrder(NEW, child), ORDERS.child);
  expectSame(orders.openOrderEnd(), ORDERS.openEnd);
});

it("orderStatus is TWS's; a cancelled order still says what was left of it", () => {
  expectSame(orders.orderStatus(MARKET_ORDER), FILLED_ORDER.status);
  const filled: Working = {
    ...MARKET_ORDER,
    status: "Filled",
    filled: 100,
    averagePrice: 201.94,
    lastPrice: 201.94
  };
  expectSame(orders.orderStatus(filled), FILLED_ORDER.filled);
  const byHand = working({permId: 9000, clientId: 0, orderId: 0, listing: PUT, order: {totalQuantity: 1}});
  expectSame(orders.orderStatus(byHand), ORDERS.statusByHand);
  const cancelled: Working = {...MARKET_ORDER, orderId: 41, permId: 71270927, status: "Cancelled"};
  expectSame(orders.orderStatus(cancelled), ORDERS.cancelled);
});

it("completedOrder is TWS's, with faProfile up to 176; a filled one has nothing left to order", () => {
  const TIME = 94; // the stand-in's is New York's, under IBKR's name for it
  const cancelled = working({
    permId: 1295810623,
    account: "DU1234567",
    status: "Cancelled",
    order: {totalQuantity: 1, orderType: "LMT", lmtPrice: 100},
    completedAt: new Date("2025-09-24T05:21:07Z"),
    completedStatus: "Cancelled by Trader"
  });
  expectSame(orders.completedOrder(OLD, cancelled), ORDERS.completed173, [TIME]);
  const trailing = working({
    permId: 1426085924,
    status: "Cancelled",
    order: {totalQuantity: 1, orderType: "TRAIL LIMIT", lmtPrice: 2000.05, auxPrice: 1, lmtPriceOffset: 0.05},
    trailStop: 2000,
    completedAt: new Date("2026-04-15T15:00:11Z"),
    completedStatus: "Cancelled by Trader"
  });
  expectSame(orders.completedOrder(NEW, trailing), ORDERS.completed200);
  const filled = working({
    permId: 1824933227,
    account: "DU1234567",
    status: "Filled",
    filled: 100,
    order: {totalQuantity: 100, orderType: "MKT"},
    completedAt: new Date("2023-03-06T20:28:30Z"),
    completedStatus: "Filled Size: 100"
  });
  const offsets = {...ORDERS.completedFilled, fields: [...ORDERS.completedFilled.fields, "", "", "", "", ""]};
  expectSame(orders.completedOrder(OLD, filled), offsets, [TIME]);
  expectSame(orders.completedOrdersEnd(), ORDERS.completedEnd);
});

it("execDetails and commissionReport are TWS's", () => {
  const fill: Fill = {
    execId: "0000e0d5.67fe667b.01.01",
    permId: 600745656,
    clientId: 100,
    orderId: 5,
    account: "DU1234567",
    conId: 265598,
    exchange: "IEX",
    action: "BUY",
    quantity: 100,
    price: 201.94,
    cumulative: 100,
    averagePrice: 201.94,
    commission: 1,
    currency: "USD",
    realized: undefined,
    orderRef: "",
    at: new Date("2025-04-15T18:38:31Z")
  };
  const TIME = 15; // on the clock of TWS's own machine, which the stand-in has in New York
  expectSame(execution.execDetails(OLD, -1, fill, AAPL), FILLED_ORDER.execution, [TIME]);
  const later: Fill = {
    ...fill,
    execId: "sanitized-native-exec-001",
    permId: 900001,
    clientId: 94,
    orderId: 1,
    account: "DU9000001",
    quantity: 1,
    price: 257.95,
    cumulative: 1,
    averagePrice: 257.95,
    at: new Date("2026-04-13T19:27:04Z")
  };
  expectSame(execution.execDetails(NEW, -1, later, AAPL), ORDERS.execution200);
  expectSame(execution.execDetailsEnd(3), ORDERS.executionsEnd);
  expectSame(
    execution.commissionReport({...fill, execId: "00025b46.63f8f39c.01.01"}),
    ORDERS.commissionOpening
  );
  const closing = {
    ...fill,
    execId: "sanitized-commission-exec-001",
    commission: 1.0003,
    realized: -68.051912
  };
  expectSame(execution.commissionReport(closing), ORDERS.commissionClosing);
});
