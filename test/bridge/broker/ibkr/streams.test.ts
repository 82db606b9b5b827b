/** What TWS leaves out, says twice or says in an odd way. */

import {EventName} from "@stoqey/ib";
import {expect, it} from "vitest";
import type {ContractFacts} from "../../../../bridge/broker/broker.js";
import {createAccounts} from "../../../../bridge/broker/ibkr/account.js";
import {describe as describeContract} from "../../../../bridge/broker/ibkr/describe.js";
import {createPositions} from "../../../../bridge/broker/ibkr/positions.js";
import {createQuotes} from "../../../../bridge/broker/ibkr/quotes.js";
import {fakeWire} from "./fake-wire.js";

const FACTS = {
  contract: {conId: 7, symbol: "X", secType: "OPT", currency: "GBP", exchange: "SMART", multiplier: 1000},
  label: "X 18DEC26 5 C",
  priceMagnifier: 100
} as unknown as ContractFacts; // all that a quote reads of it

function quoting() {
  const wire = fakeWire();
  let now = 1000;
  const quotes = createQuotes({wire, now: () => now, tell: () => undefined});
  quotes.watch(FACTS);
  const id = wire.idOf("reqMktData");
  return {wire, quotes, id, at: (ms: number) => void (now = ms), get: () => quotes.get(7)!};
}

it("delayed data are asked for where there are no live ones, and frozen ones where a venue is shut", () => {
  const {wire} = quoting();
  expect(wire.sent).toEqual([
    ["reqMarketDataType", 4],
    ["reqMktData", 1000, {conId: 7, exchange: "SMART"}, "", false, false]
  ]);
});

it("a delayed tick makes a quote delayed though no word of it came", () => {
  const {wire, id, get} = quoting();
  wire.say(EventName.tickPrice, id, 67, 520);
  expect([get().kind, get().ask]).toEqual(["delayed", 5.2]);
});

it("a quote that becomes live keeps nothing of the delayed one", () => {
  const {wire, id, get} = quoting();
  wire.say(EventName.marketDataType, id, 3);
  wire.say(EventName.tickPrice, id, 66, 510);
  wire.say(EventName.marketDataType, id, 1);
  wire.say(EventName.tickPrice, id, 2, 530);
  expect([get().kind, get().bid, get().ask]).toEqual(["live", null, 5.3]);
});

it("a quote that freezes keeps its prices, and its badge", () => {
  const {wire, id, get} = quoting();
  wire.say(EventName.tickPrice, id, 1, 510);
  wire.say(EventName.marketDataType, id, 2);
  expect([get().kind, get().bid]).toEqual(["frozen", 5.1]);
});

it("greeks that TWS does not know yet are null, what it tells is in pounds", () => {
  const {wire, id, get} = quoting();
  wire.say(
    EventName.tickOptionComputation,
    id,
    13,
    0,
    undefined,
    0.5,
    40,
    undefined,
    0.002,
    3,
    undefined,
    520
  );
  expect(get().greeks).toEqual({
    impliedVolatility: null,
    delta: 0.5,
    gamma: 0.2,
    vega: 0.03,
    theta: null,
    underlying: 5.2
  });
  wire.say(EventName.tickOptionComputation, id, 10, 0, 0.9, 0.9, 41, 0, 0.9, 9, 9, 520); // of the bid
  expect(get().greeks!.delta).toBe(0.5);
});

it("every tick says that its line is alive: the quote's time is the last one's", () => {
  const {wire, id, at, get, quotes} = quoting();
  expect(quotes.lastAt()).toBeNull();
  wire.say(EventName.tickPrice, id, 1, 510);
  at(2000);
  wire.say(EventName.tickSize, id, 8, 100);
  expect([get().at, quotes.lastAt()]).toEqual([2000, 2000]);
});

it("a last price of 0 is none, a bid of 0 is one", () => {
  const {wire, id, get} = quoting();
  wire.say(EventName.tickPrice, id, 4, 0);
  wire.say(EventName.tickPrice, id, 1, 0);
  expect([get().last, get().bid]).toEqual([null, 0]);
});

it("ticks of a line that was released are nobody's", () => {
  const wire = fakeWire();
  const quotes = createQuotes({wire, now: () => 1, tell: () => undefined});
  quotes.watch(FACTS)();
  wire.say(EventName.tickPrice, 1000, 1, 510);
  expect([quotes.get(7), quotes.lastAt()]).toEqual([null, null]);
});

it("profit that TWS does not tell is null, never 0", () => {
  const wire = fakeWire();
  const accounts = createAccounts({wire, now: () => 5, tell: () => undefined});
  const id = wire.idOf("reqAccountSummary");
  wire.say(EventName.accountSummary, id, "DU1", "NetLiquidation", "1000.50", "EUR");
  wire.say(EventName.accountSummary, id, "DU1", "Cushion", "", "");
  wire.say(EventName.accountSummary, id, "DU1", "BuyingPower", "1.7976931348623157E308", "EUR");
  wire.say(EventName.accountSummary, id, "DU1", "LookAheadNextChange", "1795420800", "");
  wire.say(EventName.pnl, wire.idOf("reqPnL"), undefined, 12.5, undefined);
  expect(accounts.figures("DU1")).toMatchObject({
    currency: "EUR",
    at: 5,
    netLiquidation: 1000.5,
    cash: null,
    cushion: null,
    buyingPower: null,
    lookAhead: {at: 1_795_420_800_000, initMargin: null},
    profit: {daily: null, unrealized: 12.5, realized: null},
    cashByCurrency: {},
    rates: {EUR: 1}
  });
});

it("figures are of the time when money and margin came, whatever profit comes after", () => {
  const wire = fakeWire();
  let now = 5;
  const accounts = createAccounts({wire, now: () => now, tell: () => undefined});
  wire.say(EventName.accountSummary, wire.idOf("reqAccountSummary"), "DU1", "NetLiquidation", "10", "USD");
  now = 9;
  wire.say(EventName.pnl, wire.idOf("reqPnL"), 1, 2, 3);
  expect(accounts.figures("DU1")).toMatchObject({at: 5, profit: {daily: 1}});
  expect(accounts.health()).toEqual({at: 9, problem: null});
});

it("a currency of which the next summary tells nothing is gone", () => {
  const wire = fakeWire();
  const accounts = createAccounts({wire, now: () => 5, tell: () => undefined});
  const tell = (...rows: [tag: string, value: string, currency: string][]) => {
    const id = wire.idOf("reqAccountSummary");
    for (const [tag, value, currency] of rows)
      wire.say(EventName.accountSummary, id, "DU1", tag, value, currency);
    wire.say(EventName.accountSummaryEnd, id);
  };
  tell(["NetLiquidation", "10", "USD"], ["TotalCashBalance", "4", "GBP"], ["ExchangeRate", "1.25", "GBP"]);
  tell(["TotalCashBalance", "10", "BASE"], ["TotalCashBalance", "5", "GBP"]);
  expect(accounts.figures("DU1")).toMatchObject({cashByCurrency: {GBP: 5}, rates: {USD: 1, GBP: 1.25}});
});

it("a position whose worth is not told has none; one that has just changed has its price", () => {
  const wire = fakeWire();
  const positions = createPositions({wire, now: () => 5, tell: () => undefined});
  const contract = {conId: 9, symbol: "Y", secType: "STK", currency: "USD", exchange: "NYSE", multiplier: 0};
  wire.say(EventName.position, "DU1", contract, 10, 99.5);
  const id = wire.idOf("reqPnLSingle");
  const none = {price: null, priceAt: null, value: null, unrealized: null, daily: null};
  expect(positions.list()).toEqual([
    {
      account: "DU1",
      contract: {...contract, exchange: "SMART", multiplier: 1},
      label: "Y",
      units: 10,
      averageCost: 99.5,
      ...none
    }
  ]);
  wire.say(EventName.pnlSingle, id, 10, undefined, undefined, undefined, undefined);
  expect(positions.list()[0]).toMatchObject(none);
  wire.say(EventName.pnlSingle, id, 10, -3, 5, 0, 1000);
  expect(positions.list()[0]).toMatchObject({price: 100, value: 1000, unrealized: 5, daily: -3});
  wire.say(EventName.position, "DU1", contract, 4, 99.5);
  expect(positions.list()[0]).toMatchObject({
    units: 4,
    price: 100,
    value: 400,
    unrealized: null,
    daily: null
  });
});

it("a position that went flat takes no other with it, and one of the same contract elsewhere stays", () => {
  const wire = fakeWire();
  const positions = createPositions({wire, now: () => 5, tell: () => undefined});
  const stock = (conId: number) => ({
    conId,
    symbol: `S${conId}`,
    secType: "STK",
    currency: "USD",
    multiplier: 0
  });
  for (const conId of [1, 2, 3]) wire.say(EventName.position, "DU1", stock(conId), 10, 1);
  wire.say(EventName.position, "DU2", stock(2), 5, 1);
  wire.say(EventName.position, "DU1", stock(2), 0, 0);
  expect(positions.list().map(({account, contract, units}) => [account, contract.conId, units])).toEqual([
    ["DU1", 1, 10],
    ["DU1", 3, 10],
    ["DU2", 2, 5]
  ]);
});

it("a contract is described by what TWS tells of it; a derivative without a multiplier by nothing", () => {
  const future = {
    conId: 4,
    symbol: "ES",
    secType: "FUT",
    currency: "USD",
    exchange: "CME",
    multiplier: 50,
    lastTradeDateOrContractMonth: "20261218 08:30 US/Central"
  } as const;
  expect(describeContract(future as never)).toMatchObject({
    label: "ES 18DEC26",
    expiry: "20261218",
    strike: null
  });
  expect(describeContract({...future, multiplier: 0} as never)).toBeNull();
  expect(describeContract({...future, secType: "BAG"} as never)).toBeNull();
  expect(describeContract({conId: 5, symbol: "EUR", secType: "CASH", currency: "USD"} as never)?.label).toBe(
    "EUR.USD"
  );
  expect(
    describeContract({conId: 6, symbol: "T", secType: "BILL", currency: "USD"} as never)?.contract
  ).toEqual({
    conId: 6,
    symbol: "T",
    secType: "BOND",
    currency: "USD",
    exchange: "",
    multiplier: 1
  });
});
