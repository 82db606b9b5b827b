/** The stand-in writes what real servers were recorded to write: the same fields, in the same order, for the same values. */

import {expect, it} from "vitest";
import type {Listing} from "../../../sim/tws/listing.js";
import * as account from "../../../sim/tws/wire/encode-account.js";
import * as contract from "../../../sim/tws/wire/encode-contract.js";
import * as market from "../../../sim/tws/wire/encode-market.js";
import * as status from "../../../sim/tws/wire/encode-status.js";
import {ACCOUNT_MESSAGES, CONTRACTS, ERROR_200, MARKET_MESSAGES, type Recorded, WELCOME} from "./recorded.js";
import {AAPL, expectSame, NEW, OLD} from "./recorded-stand.js";

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
