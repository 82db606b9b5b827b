/** What real servers were recorded to send, read by the whole link: the client library, the wire and the broker. */

import {EventName} from "@stoqey/ib";
import {expect, it} from "vitest";
import type {BrokerEvent} from "../../../../bridge/broker/broker.js";
import {createIbkrBroker} from "../../../../bridge/broker/ibkr/ibkr.js";
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
} from "../../../sim/tws/recorded.js";
import {type Answers, replay} from "./replay.js";
import {phase, poll, wireTo} from "./stand.js";

/** Numbers of the messages that ask. */
const ASK = {marketData: 1, executions: 7, contracts: 9, bars: 20, positions: 61, openOrders: 16, rule: 91};
const COMPLETED = 99;

/** A recorded message under another request's number. */
const under = (one: Recorded, id: string, at = 1): string[] => known(one).with(at, id);

/** Steps of a rule; that of shares was recorded. */
const rule = ([, id]: string[]) => [id === "26" ? known(CONTRACTS.rule) : ["93", id, "1", "0", "0.25"]];

const contractsOf = (shares: Recorded, others: Readonly<Record<string, Recorded>>) => (asked: string[]) => {
  const [, , id, , symbol] = asked;
  return [under(others[symbol] ?? shares, id), under(CONTRACTS.end, id, 2)];
};

async function session(begin: readonly (readonly string[])[], answers: Answers, at: string) {
  const {port, say} = await replay(begin, answers);
  const now = () => Date.parse(at);
  const one = wireTo(port, {now});
  const broker = createIbkrBroker({
    wire: one.wire,
    log: {error: (...words: unknown[]) => one.faults.push(String(words))},
    now
  });
  const events: BrokerEvent[] = [];
  broker.subscribe((event) => void events.push(event));
  await phase(one.wire, "ready");
  const told = () => events.filter(({kind}) => kind !== "link" && kind !== "position");
  return {...one, broker, say, told};
}

const AT_173 = "2025-04-15T18:38:30Z";
const at173 = () =>
  session(
    [WELCOME.version, WELCOME.accounts, WELCOME.nextValidId, WELCOME.farm].map(known),
    {
      [ASK.contracts]: contractsOf(CONTRACTS.share173, {ES: CONTRACTS.future173}),
      [ASK.rule]: rule,
      [ASK.positions]: () => [known(ACCOUNT_MESSAGES.position173), known(ACCOUNT_MESSAGES.positionEnd)],
      [ASK.openOrders]: () => [
        known(FILLED_ORDER.acknowledged),
        known(FILLED_ORDER.status),
        known(ORDERS.openEnd)
      ],
      [COMPLETED]: () => [known(ORDERS.completed173), known(ORDERS.completedEnd)],
      [ASK.executions]: ([, , id]) => [under(FILLED_ORDER.execution, id), under(ORDERS.executionsEnd, id, 2)],
      [ASK.bars]: ([, id]) => [under(MARKET_MESSAGES.days, id)]
    },
    AT_173
  );

const NEW: readonly (readonly string[])[] = [
  ["193", "20260413 15:27:00 US/Eastern"],
  known(ACCOUNT_MESSAGES.accounts),
  known(ACCOUNT_MESSAGES.nextValidId),
  ["4", "2", ...ERROR_200.fields.slice(1, -1)] // gate 194
];
const AT_200 = "2026-04-13T19:27:00Z";
const at200 = () =>
  session(
    NEW,
    {
      [ASK.contracts]: contractsOf(CONTRACTS.share200, {
        ES: CONTRACTS.future200,
        CALL: CONTRACTS.option200
      }),
      [ASK.rule]: rule,
      [ASK.positions]: () => [known(ACCOUNT_MESSAGES.position), known(ACCOUNT_MESSAGES.positionEnd)],
      [ASK.openOrders]: () =>
        [ORDERS.byHand, ORDERS.statusByHand, ORDERS.conditional, ORDERS.child, ORDERS.openEnd].map(known),
      [COMPLETED]: () => [known(ORDERS.completed200), known(ORDERS.completedEnd)],
      [ASK.executions]: ([, , id]) => [under(ORDERS.execution200, id), under(ORDERS.executionsEnd, id, 2)],
      [ASK.marketData]: ([, , id]) => [
        under(MARKET_MESSAGES.parameters, id),
        under(MARKET_MESSAGES.type, id, 2),
        under(MARKET_MESSAGES.price, id, 2),
        under(MARKET_MESSAGES.size, id, 2),
        under(MARKET_MESSAGES.generic, id, 2),
        under(MARKET_MESSAGES.text, id, 2)
      ]
    },
    AT_200
  );

const never = new AbortController().signal;

it("version 173: who it is, and that its market data is well", async () => {
  const {wire, faults} = await at173();
  expect(wire.status()).toMatchObject({serverVersion: 173, accounts: ["DU1234567"]});
  expect([wire.nextValidId, wire.zoneOffsetMs, wire.protocolErrors]).toEqual([5, 3_600_000, 0]);
  expect(faults).toEqual([]);
});

it("version 173: an order's way to its fill, and its price at its time", async () => {
  const {wire, say, told, broker, faults} = await at173();
  await broker.contracts({symbol: "AAPL"}); // else the fill waits for its price's unit
  const {acknowledged, status, execution, filled} = FILLED_ORDER;
  say(...[acknowledged, status, execution, filled, ORDERS.commissionOpening].map(known));
  await poll(() => told().some(({kind}) => kind === "commission"), "the commission");
  const at = Date.parse(AT_173);
  const order = {kind: "order", orderId: 5, clientId: 100, permId: 600745656, orderRef: null};
  const waiting = {kind: "status", at, status: "PreSubmitted", filled: 0, remaining: 100, permId: 600745656};
  expect(told()).toEqual([
    {...order, event: waiting},
    {...order, event: waiting},
    {
      kind: "execution",
      execution: {
        execId: "0000e0d5.67fe667b.01.01",
        account: "DU1234567",
        conId: 265598,
        side: "BOT",
        shares: 100,
        price: 201.94,
        time: Date.parse("2025-04-15T18:38:31Z"),
        permId: 600745656,
        clientId: 100,
        orderId: 5,
        orderRef: ""
      }
    },
    {...order, event: {...waiting, status: "Filled", filled: 100, remaining: 0}},
    {
      kind: "commission",
      report: {execId: "00025b46.63f8f39c.01.01", commission: 1, currency: "USD"}
    }
  ]);
  expect([wire.protocolErrors, faults]).toEqual([0, []]);
});

it("version 173: the lists, completed orders with the field that the library does not know of", async () => {
  const {wire, broker} = await at173();
  const {positions, working, completed, executions} = await broker.readLists(never);
  expect(positions?.rows).toEqual([{account: "DU1234567", conId: 76792991, units: 500}]);
  expect(working?.rows).toEqual([
    {
      account: "DU1234567",
      conId: 265598,
      permId: 600745656,
      orderId: 5,
      clientId: 100,
      orderRef: "",
      status: "PreSubmitted"
    }
  ]);
  expect(completed?.rows).toEqual([
    {
      account: "DU1234567",
      conId: 265598,
      permId: 1295810623,
      orderId: 0,
      clientId: 0,
      orderRef: "",
      status: "Cancelled"
    }
  ]);
  expect(executions?.rows.map(({execId, shares, price, side}) => [execId, shares, price, side])).toEqual([
    ["0000e0d5.67fe667b.01.01", 100, 201.94, "BOT"]
  ]);
  expect(broker.positions()).toMatchObject([{label: "TSLA", units: 500, averageCost: 196.77}]);
  expect(wire.protocolErrors).toBe(0);
});

it("version 173: every field of a completed order is where it belongs", async () => {
  const {wire, say} = await at173();
  const seen: unknown[][] = [];
  wire.on(EventName.completedOrder, ((...args: unknown[]) => void seen.push(args)) as never);
  say(known(ORDERS.completed173), [...known(ORDERS.completedFilled), "", "", "", "", ""]); // gate 170
  await poll(() => seen.length === 2, "the orders");
  expect(seen).toMatchObject([
    [
      {conId: 265598, exchange: "SMART"},
      {action: "BUY", totalQuantity: 1, lmtPrice: 100, exemptCode: -1, filledQuantity: 0, tif: "DAY"},
      {
        status: "Cancelled",
        completedTime: "20250924 01:21:07 America/New_York",
        completedStatus: "Cancelled by Trader"
      }
    ],
    [
      {conId: 265598},
      {orderType: "MKT", totalQuantity: 0, exemptCode: -1, filledQuantity: 100},
      {status: "Filled", completedStatus: "Filled Size: 100"}
    ]
  ]);
});

it("version 173: a share and a future, with hours, steps and what they stand for", async () => {
  const {broker, wire} = await at173();
  const [share] = await broker.contracts({symbol: "AAPL"});
  expect(share).toMatchObject({
    contract: {
      conId: 265598,
      symbol: "AAPL",
      secType: "STK",
      currency: "USD",
      exchange: "SMART",
      multiplier: 1
    },
    name: "APPLE INC",
    primaryExchange: "NASDAQ",
    steps: [{from: 0, increment: 0.01}],
    priceMagnifier: 1,
    timeZone: "America/New_York"
  });
  expect(share.sessions?.[0]).toEqual({
    from: Date.parse("2025-03-24T13:30:00Z"),
    to: Date.parse("2025-03-24T20:00:00Z")
  });
  const [future] = await broker.contracts({symbol: "ES", secType: "FUT"});
  expect(future).toMatchObject({
    contract: {conId: 620731015, secType: "FUT", exchange: "CME", multiplier: 50},
    label: "ES 20JUN25",
    expiry: "20250620",
    underlying: 11004968,
    timeZone: "America/Chicago"
  });
  expect(wire.protocolErrors).toBe(0);
});

it("version 173: bars of days, and samples of symbols", async () => {
  const {broker, wire, say} = await at173();
  const [facts] = await broker.contracts({symbol: "AAPL"});
  const bars: unknown[] = [];
  const ask = {from: "2023-04-13", to: "2023-04-14", frequency: "1d"} as const;
  for await (const span of broker.history(facts, ask)) bars.push(...span);
  expect(bars).toEqual([
    {
      day: "2023-04-13",
      from: null,
      open: 182.94,
      high: 186.5,
      low: 180.94,
      close: 185.9,
      volume: 948837.22,
      vwap: 184.869,
      trades: 324891
    },
    {
      day: "2023-04-14",
      from: null,
      open: 183.88,
      high: 186.28,
      low: 182.01,
      close: 185,
      volume: 810998.27,
      vwap: 183.9865,
      trades: 277547
    }
  ]);
  const seen: {contract: object; derivativeSecTypes: string[]}[] = [];
  wire.on(EventName.symbolSamples, ((_: number, found: typeof seen) => void seen.push(...found)) as never);
  say(known(CONTRACTS.samples));
  await poll(() => seen.length || undefined, "the samples");
  expect(seen).toHaveLength(16);
  expect(seen[0]).toMatchObject({
    contract: {conId: 76792991, symbol: "TSLA", primaryExch: "ISLAND", currency: "USD"},
    derivativeSecTypes: ["CFD", "OPT", "IOPT", "WAR", "BAG"]
  });
  expect(wire.protocolErrors).toBe(0);
});

it("version 200 as 193: the lists, an order by hand, a condition and a bracket's child among them", async () => {
  const {broker, wire} = await at200();
  const {positions, working, completed, executions} = await broker.readLists(never);
  expect(positions?.rows).toEqual([{account: "DU9000001", conId: 3691937, units: 15}]);
  const row = {account: "DU9000001", conId: 265598, clientId: 1, status: "PreSubmitted"};
  expect(working?.rows).toEqual([
    {...row, conId: 853200900, permId: 9000, orderId: 0, clientId: 0, orderRef: ""},
    {...row, permId: 900356, orderId: 356, orderRef: "ibkrgo-sanitized-20260610T200935Z-001"},
    {...row, permId: 900211, orderId: 211, orderRef: "ibkrgo-sanitized-20260414T183644Z-001"}
  ]);
  expect(completed?.rows).toEqual([
    {...row, permId: 1426085924, orderId: 0, clientId: 0, orderRef: "", status: "Cancelled"}
  ]);
  expect(executions?.rows).toMatchObject([
    {
      execId: "sanitized-native-exec-001",
      price: 257.95,
      shares: 1,
      clientId: 94,
      time: Date.parse("2026-04-13T19:27:04Z")
    }
  ]);
  expect(wire.protocolErrors).toBe(0);
});

it("version 200 as 193: a share, a future that is told with seconds, an option", async () => {
  const {broker, wire} = await at200();
  const [share] = await broker.contracts({symbol: "AAPL"});
  expect(share).toMatchObject({name: "APPLE INC", steps: [{from: 0, increment: 0.01}]});
  expect(share.sessions?.[0]).toEqual({
    from: Date.parse("2026-04-06T13:30:00Z"),
    to: Date.parse("2026-04-06T20:00:00Z")
  });
  const [future] = await broker.contracts({symbol: "ES", secType: "FUT"});
  expect(future).toMatchObject({expiry: "20261218", label: "ES 18DEC26", contract: {multiplier: 50}});
  const [option] = await broker.contracts({symbol: "CALL", secType: "OPT"});
  expect(option).toMatchObject({
    contract: {conId: 675811965, secType: "OPT", multiplier: 100},
    expiry: "20260618",
    strike: 100,
    right: "C",
    underlying: 265598
  });
  expect(wire.protocolErrors).toBe(0);
});

it("version 200 as 193: a delayed quote wears its badge", async () => {
  const {broker, wire, told} = await at200();
  const [facts] = await broker.contracts({symbol: "AAPL"});
  broker.watchQuote(facts);
  await poll(() => broker.quote(265598)?.volume ?? undefined, "the quote");
  expect(broker.quote(265598)).toMatchObject({
    conId: 265598,
    kind: "delayed",
    last: 255.45,
    lastSize: 200,
    volume: 312894
  });
  expect(told().some(({kind}) => kind === "quote")).toBe(true);
  expect(wire.protocolErrors).toBe(0);
});

it("version 200 as 193: what an account says of itself", async () => {
  const {wire, say} = await at200();
  const seen: [EventName, unknown[]][] = [];
  const events = [
    EventName.updateAccountValue,
    EventName.updatePortfolio,
    EventName.updateAccountTime,
    EventName.accountDownloadEnd,
    EventName.accountUpdateMulti,
    EventName.accountUpdateMultiEnd,
    EventName.accountSummary,
    EventName.accountSummaryEnd,
    EventName.pnl,
    EventName.currentTime,
    EventName.userInfo,
    EventName.headTimestamp,
    EventName.tickOptionComputation,
    EventName.tickSnapshotEnd,
    EventName.securityDefinitionOptionParameterEnd
  ];
  for (const event of events)
    wire.on(event, ((...args: unknown[]) => void seen.push([event, args])) as never);
  const {value, holding, clock, downloadEnd, multi, multiEnd, summary, summaryEnd, profit, time, user} =
    ACCOUNT_MESSAGES;
  const {head, option, snapshotEnd} = MARKET_MESSAGES;
  const all = [value, holding, clock, downloadEnd, multi, multiEnd, summary, summaryEnd, profit, time, user];
  say(...[...all, head, option, snapshotEnd, CONTRACTS.optionsEnd].map(known));
  await poll(() => seen.length >= events.length, "all of it");
  expect(seen).toEqual([
    [EventName.updateAccountValue, ["AccountCode", "DU9000001", "", "DU9000001"]],
    [
      EventName.updatePortfolio,
      [
        expect.objectContaining({conId: 265598, symbol: "AAPL", primaryExch: "NASDAQ", tradingClass: "NMS"}),
        -100,
        291.6234436,
        -29162.34,
        291.2660812,
        -35.74,
        -71.44,
        "DU9000001"
      ]
    ],
    [EventName.updateAccountTime, ["14:34"]],
    [EventName.accountDownloadEnd, ["DU9000001"]],
    [EventName.accountUpdateMulti, [1001, "DU9000001", "", "Currency", "EUR", "EUR"]],
    [EventName.accountUpdateMultiEnd, ["1001"]], // the library does not read its number
    [EventName.accountSummary, [1001, "DU9000001", "BuyingPower", "300000.00", "EUR"]],
    [EventName.accountSummaryEnd, [1001]],
    [EventName.pnl, [4, 11340.427636781911, 54385.58271885987, -103.92738339177643]],
    [EventName.currentTime, [1781163646]],
    [EventName.userInfo, [1, ""]],
    [EventName.headTimestamp, [1001, "19801212-14:30:00"]],
    [
      EventName.tickOptionComputation,
      [
        6,
        53,
        0,
        0.3,
        0.5579497967180902,
        2.6596901785543805,
        undefined,
        0.0700889483259586,
        0.07475592510994344,
        -0.7568548883674484,
        293.23
      ]
    ],
    [EventName.tickSnapshotEnd, [1001]],
    [EventName.securityDefinitionOptionParameterEnd, [3]]
  ]);
  expect(wire.protocolErrors).toBe(0);
});
