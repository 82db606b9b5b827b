/** What a real server of version 200 was recorded to send, read as 193, by the whole link: client library, wire and broker. */

import {EventName} from "@stoqey/ib";
import {expect, it} from "vitest";
import {
  ACCOUNT_MESSAGES,
  CONTRACTS,
  ERROR_200,
  known,
  MARKET_MESSAGES,
  ORDERS
} from "../../../sim/tws/recorded.js";
import {ASK, contractsOf, recordedUpTo, rule, session, under} from "./replay.js";
import {poll} from "./stand.js";

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
      [ASK.completed]: () => [known(ORDERS.completed200), known(ORDERS.completedEnd)],
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

it("version 200 as 193: nothing that was recorded is beyond the link", async () => {
  const {wire, say, faults} = await at200();
  const all = recordedUpTo(200).filter(({version}) => version === 200);
  const ends = ["20260406 07:37:52 US/Eastern", "20260406 08:37:52 US/Eastern"]; // gate 196
  say(
    ...all.map((one) => (one === MARKET_MESSAGES.hours ? known(one).toSpliced(2, 0, ...ends) : known(one)))
  );
  say(["9", "1", "99"]);
  await poll(() => wire.nextValidId === 99, "what was said last");
  expect(all.length).toBeGreaterThan(30);
  expect([wire.protocolErrors, faults, wire.status().phase]).toEqual([0, [], "ready"]);
});
