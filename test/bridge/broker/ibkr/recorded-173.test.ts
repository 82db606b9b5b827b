/** What a real server of version 173 was recorded to send, read by the whole link: client library, wire and broker. */

import {EventName} from "@stoqey/ib";
import {expect, it} from "vitest";
import {
  ACCOUNT_MESSAGES,
  CONTRACTS,
  FILLED_ORDER,
  known,
  MARKET_MESSAGES,
  ORDERS,
  WELCOME
} from "../../../sim/tws/recorded.js";
import {ASK, contractsOf, recordedUpTo, rule, session, under} from "./replay.js";
import {poll} from "./stand.js";

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
      [ASK.completed]: () => [known(ORDERS.completed173), known(ORDERS.completedEnd)],
      [ASK.executions]: ([, , id]) => [under(FILLED_ORDER.execution, id), under(ORDERS.executionsEnd, id, 2)],
      [ASK.bars]: ([, id]) => [under(MARKET_MESSAGES.days, id)]
    },
    AT_173
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

it("version 173: nothing that was recorded is beyond the link", async () => {
  const {wire, say, faults} = await at173();
  const all = recordedUpTo(176).filter((one) => one !== WELCOME.version);
  say(
    ...all.map((one) => (one === ORDERS.completedFilled ? [...known(one), "", "", "", "", ""] : known(one)))
  ); // gate 170
  say(["9", "1", "99"]);
  await poll(() => wire.nextValidId === 99, "what was said last");
  expect(all.length).toBeGreaterThan(15);
  expect([wire.protocolErrors, faults, wire.status().phase]).toEqual([0, [], "ready"]);
});
