/** The stand-in writes what real servers were recorded to write: the same fields, in the same order, for the same values. */

import {expect, it} from "vitest";
import type {Listing} from "../../../sim/tws/listing.js";
import * as account from "../../../sim/tws/wire/encode-account.js";
import * as contract from "../../../sim/tws/wire/encode-contract.js";
import * as execution from "../../../sim/tws/wire/encode-execution.js";
import * as market from "../../../sim/tws/wire/encode-market.js";
import * as orders from "../../../sim/tws/wire/encode-order.js";
import * as status from "../../../sim/tws/wire/encode-status.js";
import {fieldsOf, frame, type Message} from "../../../sim/tws/wire/frames.js";
import {type Order, readPlaceOrder} from "../../../sim/tws/wire/order.js";
import {FieldReader} from "../../../sim/tws/wire/reader.js";
import type {Fill, Working} from "../../../sim/tws/working.js";
import {
  ACCOUNT_MESSAGES,
  CONTRACTS,
  ERROR_200,
  FILLED_ORDER,
  known,
  MARKET_MESSAGES,
  ORDERS,
  type Recorded,
  WELCOME
} from "./recorded.js";

/** Versions that the stand-in has for those that were recorded: nothing differs between them, `later` aside. */
const OLD = 176;
const NEW = 193;

/**
 * Compares what the stand-in writes with what was recorded: as many fields, and each the same text or number.
 * @param free places of which the stand-in has no value of its own
 */
function expectSame(ours: Message, recorded: Recorded, free: readonly number[] = []): void {
  const [mine, theirs] = [fieldsOf(frame(ours).toString("utf8", 4)), known(recorded)];
  expect(mine.length, recorded.source).toBe(theirs.length);
  const plain = (fields: readonly string[]) =>
    fields.map((field, i) => {
      if (free.includes(i)) return "";
      return field !== "" && Number.isFinite(Number(field)) ? Number(field) : field;
    });
  expect(plain(mine), recorded.source).toEqual(plain(theirs));
}

const AAPL: Listing = {
  conId: 265598,
  symbol: "AAPL",
  secType: "STK",
  expiry: "",
  expiryTime: "",
  strike: 0,
  right: "",
  multiplier: 1,
  primaryExchange: "NASDAQ",
  exchanges: CONTRACTS.share173.fields[16].split(","),
  currency: "USD",
  localSymbol: "AAPL",
  tradingClass: "NMS",
  longName: "APPLE INC",
  industry: "Technology",
  stockType: "COMMON",
  isin: "US0378331005",
  minTick: 0.01,
  priceMagnifier: 1,
  marketRule: 26,
  timeZone: "US/Eastern",
  underlying: undefined,
  price: 200,
  volatility: 0.3
};

const INDEX: Listing = {...AAPL, conId: 11004968, symbol: "ES", secType: "IND"};

const future = (fields: Partial<Listing>): Listing => ({
  ...AAPL,
  symbol: "ES",
  secType: "FUT",
  multiplier: 50,
  primaryExchange: "",
  exchanges: ["CME", "QBALGO"],
  tradingClass: "ES",
  longName: "E-mini S&P 500",
  industry: "",
  stockType: "",
  isin: "",
  minTick: 0.25,
  marketRule: 67,
  timeZone: "US/Central",
  underlying: INDEX,
  ...fields
});

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

it("contractDetails is TWS's: of a share, a future and an option, before and after 182", () => {
  const hours = (recorded: Recorded, at: number) => ({
    trading: recorded.fields[at],
    liquid: recorded.fields[at + 1]
  });
  /** Kinds of order, category and subcategory: the stand-in has a list of its own, and none. */
  const free = (shift: number) => [15, 23, 24].map((at) => at + shift);
  const {share173, future173, share200, future200, option200} = CONTRACTS;
  expectSame(contract.contractDetails(OLD, 9000, AAPL, "SMART", hours(share173, 26)), share173, free(0));
  const today: Listing = {...AAPL, exchanges: share200.fields[17].split(",")};
  expectSame(contract.contractDetails(NEW, 1001, today, "SMART", hours(share200, 27)), share200, free(1));
  const june = future({
    conId: 620731015,
    localSymbol: "ESM5",
    expiry: "20250620",
    expiryTime: "08:30 US/Central"
  });
  expectSame(contract.contractDetails(OLD, 9000, june, "CME", hours(future173, 26)), future173, free(0));
  const december = future({
    conId: 515416632,
    localSymbol: "ESZ6",
    expiry: "20261218",
    expiryTime: "08:30:00 US/Central"
  });
  expectSame(contract.contractDetails(NEW, 1001, december, "CME", hours(future200, 27)), future200, free(1));
  const call: Listing = {
    ...AAPL,
    conId: 675811965,
    secType: "OPT",
    expiry: "20260618",
    strike: 100,
    right: "C",
    multiplier: 100,
    primaryExchange: "",
    exchanges: option200.fields[17].split(","),
    localSymbol: "AAPL  260618C00100000",
    tradingClass: "AAPL",
    industry: "",
    stockType: "",
    isin: "",
    underlying: AAPL
  };
  const RULES = 35; // the stand-in has one for all venues
  expectSame(contract.contractDetails(NEW, 1001, call, "SMART", hours(option200, 27)), option200, [
    ...free(1),
    RULES
  ]);
  expectSame(contract.contractDetailsEnd(1001), CONTRACTS.end);
});

it("samples, market rules and the end of option chains are TWS's", () => {
  const found: [Listing, string[]][] = [];
  const {fields} = CONTRACTS.samples;
  for (let at = 3; at < fields.length;) {
    const [conId, symbol, secType, primaryExchange, currency, count] = fields.slice(at, at + 6);
    const derivatives = fields.slice(at + 6, (at += 6 + Number(count)));
    const named = {conId: Number(conId), symbol, secType: secType as Listing["secType"]}; // BOND among them
    found.push([{...AAPL, ...named, primaryExchange, currency}, derivatives]);
  }
  expect(found).toHaveLength(16);
  expectSame(contract.symbolSamples(175, 9000, found), CONTRACTS.samples); // names and issuers from 176 on
  expectSame(contract.marketRule(26, [{lowEdge: 0, increment: 0.01}]), CONTRACTS.rule);
  expectSame(contract.optionParametersEnd(3), CONTRACTS.optionsEnd);
});

it("accounts, positions and profit are TWS's", () => {
  const {holding, position, position173, profit} = ACCOUNT_MESSAGES;
  const owner = "DU9000001";
  const value = (tag: string, text: string, currency: string) => ({tag, value: text, currency});
  expectSame(account.accountValue(value("AccountCode", owner, ""), owner), ACCOUNT_MESSAGES.value);
  const worth = {marketPrice: 0, marketValue: 0, unrealized: 0, realized: 0};
  const short = {
    listing: AAPL,
    quantity: -100,
    marketPrice: 291.6234436,
    marketValue: -29162.34,
    averageCost: 291.2660812,
    unrealized: -35.74,
    realized: -71.44
  };
  expectSame(account.portfolioValue(short, owner), holding);
  expectSame(account.accountTime("14:34"), ACCOUNT_MESSAGES.clock);
  expectSame(account.accountDownloadEnd(owner), ACCOUNT_MESSAGES.downloadEnd);
  expectSame(
    account.accountUpdateMulti(1001, owner, value("Currency", "EUR", "EUR")),
    ACCOUNT_MESSAGES.multi
  );
  expectSame(account.accountUpdateMultiEnd(1001), ACCOUNT_MESSAGES.multiEnd);
  const power = value("BuyingPower", "300000.00", "EUR");
  expectSame(account.accountSummary(1001, owner, power), ACCOUNT_MESSAGES.summary);
  expectSame(account.accountSummaryEnd(1001), ACCOUNT_MESSAGES.summaryEnd);
  const river: Listing = {...AAPL, conId: 3691937, symbol: "AMZN", localSymbol: "AMZN"};
  expectSame(
    account.position(owner, {...worth, listing: river, quantity: 15, averageCost: 200.25}),
    position
  );
  const cars: Listing = {...AAPL, conId: 76792991, symbol: "TSLA", localSymbol: "TSLA"};
  expectSame(
    account.position("DU1234567", {...worth, listing: cars, quantity: 500, averageCost: 196.77}),
    position173
  );
  expectSame(account.positionEnd(), ACCOUNT_MESSAGES.positionEnd);
  const [, reqId, daily, unrealized, realized] = profit.fields.map(Number);
  expectSame(account.pnl(reqId, {daily, unrealized, realized}), profit);
});

it("quotes and bars are TWS's", () => {
  const {parameters, days, hours, option} = MARKET_MESSAGES;
  expectSame(market.tickPrice(1001, 68, 255.45, 200, 0), MARKET_MESSAGES.price);
  expectSame(market.tickSize(1001, 74, 312894), MARKET_MESSAGES.size);
  expectSame(market.marketDataType(1001, 3), MARKET_MESSAGES.type);
  expectSame(market.tickSnapshotEnd(1001), MARKET_MESSAGES.snapshotEnd);
  const PERMISSIONS = 4; // what snapshots the account may have; the stand-in's may have others
  expectSame(market.tickReqParams(1001, 0.01, "9c0001"), parameters, [PERMISSIONS]);
  expectSame(market.tickGeneric(1001, 46, 3), MARKET_MESSAGES.generic);
  expectSame(market.tickString(1001, 88, "1775174157"), MARKET_MESSAGES.text);
  const [, reqId, type, , volatility, delta, price, , gamma, vega, theta, underlying] =
    option.fields.map(Number);
  const PV_DIVIDEND = 7; // unknown (-1) there, none in the stand-in's world
  const greeks = {volatility, delta, price, gamma, vega, theta, underlying};
  expectSame(market.tickOption(reqId, type, greeks), option, [PV_DIVIDEND]);
  expectSame(market.headTimestamp(1001, "19801212-14:30:00"), MARKET_MESSAGES.head);
  const bars = (recorded: Recorded, from: number) =>
    Array.from({length: (recorded.fields.length - from) / 8}, (_, i) => {
      const [time, ...numbers] = recorded.fields.slice(from + 8 * i, from + 8 * i + 8);
      const [open, high, low, close, volume, average, count] = numbers.map(Number);
      return {time, open, high, low, close, volume, average, count};
    });
  const [, , from, to] = days.fields;
  expectSame(market.historicalData(9000, from, to, bars(days, 5)), days);
  const ends = ["20260406 07:37:52 US/Eastern", "20260406 08:37:52 US/Eastern"];
  const whole = {...hours, fields: hours.fields.toSpliced(2, 0, ...ends)};
  expectSame(market.historicalData(1001, ends[0], ends[1], bars(hours, 3)), whole);
});

it("the session's own messages are TWS's", () => {
  expectSame(status.error(OLD, -1, 2104, "Market data farm connection is OK:usfarm"), WELCOME.farm);
  const at193 = {...ERROR_200, fields: ["4", "2", ...ERROR_200.fields.slice(1, -1)]};
  expectSame(status.error(NEW, -1, 2104, "Market data farm connection is OK:usfarm"), at193);
  const ACCOUNTS = 2; // a list of one has no comma, one of several ends with it
  expectSame(status.managedAccounts(["DU1234567"]), WELCOME.accounts, [ACCOUNTS]);
  expectSame(status.nextValidId(5), WELCOME.nextValidId);
  expectSame(status.nextValidId(1), ACCOUNT_MESSAGES.nextValidId);
  expectSame(status.currentTime(new Date(1_781_163_646_000)), ACCOUNT_MESSAGES.time);
  expectSame(status.userInfo(1), ACCOUNT_MESSAGES.user);
});
