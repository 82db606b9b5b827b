import {beforeAll, expect, it} from "vitest";
import {endpoints} from "../../../bridge/api/index.js";
import type {ContractAsk, ContractFacts} from "../../../bridge/broker/broker.js";
import type {Trading} from "../../../bridge/execution/trading.js";
import {DEFAULT_LIMITS} from "../../../lib/orders/risk/limits.js";
import {AAPL, ACCOUNT, factsOf, openDesk, ScriptedBroker} from "../execution/desk.js";
import {fakeTrading} from "../fake-trading.js";
import {keepBridge, type Reply, type SendOptions, type TestBridge} from "../harness.js";

const ORDER_ID = "5c2fb3bb-9b0c-4d50-a1c8-6e6a5d7f8a01";
const NONE = "00000000-0000-4000-8000-000000000000";

const ASK = {
  id: ORDER_ID,
  account: ACCOUNT,
  conId: AAPL,
  action: "BUY",
  quantity: 5,
  type: "LMT",
  limit: 100,
  tif: "DAY"
};

/** A broker that also has ABC, in New York and in London: to name it alone is ambiguous. */
class Market extends ScriptedBroker {
  override async contracts({conId, symbol, currency}: ContractAsk): Promise<ContractFacts[]> {
    if (conId !== undefined && conId > 100) return super.contracts({conId});
    if (symbol === "AAPL") return super.contracts({conId: AAPL});
    const pounds = factsOf(22, "ABC");
    const both = [
      {...factsOf(21, "ABC"), primaryExchange: "NYSE"},
      {...pounds, contract: {...pounds.contract, currency: "GBP"}, primaryExchange: "LSE"}
    ];
    return both.filter(
      ({contract}) =>
        (conId === undefined || contract.conId === conId) &&
        (symbol === undefined || contract.symbol === symbol) &&
        (currency === undefined || contract.currency === currency)
    );
  }
}

let current: Trading;
let bridge: TestBridge;

beforeAll(async () => {
  const trading = new Proxy({} as Trading, {
    get: (_, name) => Reflect.get(current, name) as unknown // of the test that runs
  });
  bridge = await keepBridge({services: {trading}});
});

function call(method: string, path: string, body?: unknown, options: SendOptions = {}): Promise<Reply> {
  return bridge.send(path, {
    bearer: true,
    ...options,
    method,
    ...(body !== undefined && {
      headers: {"content-type": "application/json", ...options.headers},
      body: typeof body === "string" ? body : JSON.stringify(body)
    })
  });
}

/** A desk over a broker that does what a test says, behind the one bridge. */
async function desk() {
  const broker = new Market();
  const {desk: trading} = await openDesk(broker);
  current = trading;
  return {broker, trading, lines: () => trading.journal({after: 0, limit: 1000}).length};
}

it("POST /api/orders sends an order, GET lists it with its fills, DELETE cancels it", async () => {
  const {broker, trading} = await desk();
  const sent = await call("POST", "/api/orders", ASK);
  expect([sent.status, sent.json()]).toMatchObject([
    200,
    {order: {id: ORDER_ID, status: "sent"}, decision: {allowed: true}}
  ]);
  const [{orderId}] = broker.placed;
  broker.tellStatus(orderId, "Submitted");
  broker.fill(orderId, 2);
  const list = async () => (await call("GET", "/api/orders?state=working")).json();
  expect(await list()).toMatchObject({orders: [{id: ORDER_ID, status: "partly-filled", filled: 2}]});
  expect((await call("GET", `/api/orders/${ORDER_ID}`)).json()).toMatchObject({
    order: {id: ORDER_ID, commission: 1},
    fills: [{shares: 2, order: ORDER_ID}]
  });
  expect((await call("GET", "/api/fills")).json()).toMatchObject({fills: [{shares: 2, price: 100}]});
  expect((await call("DELETE", `/api/orders/${ORDER_ID}`)).json()).toMatchObject({
    order: {status: "cancelling"}
  });
  expect(broker.cancelled).toEqual([orderId]);
  broker.tellStatus(orderId, "Cancelled", 2);
  expect((await call("DELETE", `/api/orders/${ORDER_ID}`)).status).toBe(409);
  expect(await list()).toEqual({orders: []});
  const by = trading
    .journal({after: 0, limit: 1000})
    .flatMap(({body}) => (body.kind === "intent" || body.kind === "control" ? [body.by] : []));
  expect(by.filter((who) => !who.startsWith("the "))).toEqual(["bearer", "bearer"]);
});

it("POST /api/orders with an id that is known gives the same order, and refuses it for something else", async () => {
  const {broker} = await desk();
  const [first, same] = await Promise.all([
    call("POST", "/api/orders", ASK),
    call("POST", "/api/orders", ASK)
  ]);
  const again = await call("POST", "/api/orders", ASK);
  expect([first.status, same.status, again.status]).toEqual([200, 200, 200]);
  expect(again.json()).toMatchObject({order: {id: ORDER_ID, orderId: broker.placed[0].orderId}});
  expect((await call("POST", "/api/orders", {...ASK, quantity: 6})).json()).toMatchObject({
    status: 409,
    code: "other-order"
  });
  expect(broker.placed).toHaveLength(1);
});

it("POST /api/orders writes an order that the risk gate refuses down, says why, and sends nothing", async () => {
  const {broker} = await desk();
  const refused = await call("POST", "/api/orders", {...ASK, quantity: 5000});
  expect([refused.status, refused.json()]).toMatchObject([
    200,
    {order: {status: "rejected"}, decision: {allowed: false, reason: expect.stringContaining("5000")}}
  ]);
  expect(broker.placed).toEqual([]);
});

it("POST /api/orders says which part of an order is not understood, and writes nothing down", async () => {
  const {lines} = await desk();
  const before = lines();
  const bad: [what: object | string, where: string][] = [
    [{...ASK, quantity: 0}, "quantity: "],
    [{...ASK, quantity: -1}, "quantity: "],
    [JSON.stringify(ASK).replace('"quantity":5', '"quantity":NaN'), "the body is not JSON"],
    [{...ASK, quantity: null}, "quantity: "],
    [{...ASK, quantity: "5"}, "quantity: "],
    [JSON.stringify(ASK).replace('"quantity":5', '"quantity":1e999'), "quantity: "],
    [{...ASK, id: "1"}, "id: "],
    [{...ASK, action: "HOLD"}, "action: "],
    [{...ASK, conId: 0}, "conId: "],
    [{...ASK, more: 1}, "more"],
    [{...ASK, conId: undefined}, "name the contract by conId or by contract"],
    [{...ASK, contract: {symbol: "INVT"}}, "name the contract by conId or by contract"]
  ];
  for (const [body, detail] of bad) {
    const reply = await call("POST", "/api/orders", body);
    expect([reply.status, reply.json()["detail"]]).toEqual([400, expect.stringContaining(detail)]);
  }
  const other = await call("POST", "/api/orders", {...ASK, account: "DU9"});
  expect(other.json()).toMatchObject({status: 422, code: "no-such-account"});
  expect(lines()).toBe(before);
});

it("POST /api/orders takes a contract by what is known of it, and offers the choices where several fit", async () => {
  const {broker} = await desk();
  const {conId: _, ...rest} = ASK;
  const named = (contract: object) => call("POST", "/api/orders", {...rest, contract});
  expect((await named({symbol: "xyz"})).json()).toMatchObject({
    status: 422,
    code: "unknown-contract",
    detail: expect.stringContaining("XYZ")
  });
  expect((await named({symbol: "abc"})).json()).toMatchObject({
    status: 409,
    code: "ambiguous-contract",
    choices: [
      {conId: 21, currency: "USD", exchange: "NYSE"},
      {conId: 22, currency: "GBP", exchange: "LSE"}
    ]
  });
  expect((await call("POST", "/api/orders", {...ASK, conId: 99})).json()).toMatchObject({status: 422});
  expect(broker.placed).toEqual([]);
  expect((await named({symbol: "aapl"})).json()).toMatchObject({order: {conId: AAPL, status: "sent"}});
});

it("POST /api/orders and its preview refuse a price that is on no tick, and name the nearest two", async () => {
  const {broker, lines} = await desk();
  const before = lines();
  for (const path of ["/api/orders", "/api/orders/preview"]) {
    expect((await call("POST", path, {...ASK, limit: 100.253})).json()).toMatchObject({
      status: 422,
      code: "off-tick",
      detail: "AAPL is not priced at 100.253: 100.25 and 100.26 are the nearest"
    });
    const bracket = {...ASK, bracket: {takeProfit: 110, stopLoss: 99.999}};
    expect((await call("POST", path, bracket)).json()).toMatchObject({status: 422, code: "off-tick"});
  }
  expect((await call("POST", "/api/orders/preview", ASK)).json()).toMatchObject({
    label: "AAPL",
    units: {before: 0, after: 5},
    decision: {allowed: true}
  });
  expect([broker.placed, lines()]).toEqual([[], before]);
});

it("GET /api/contracts gives none, the one, or the choices", async () => {
  await desk();
  const ids = async (query: string) =>
    ((await call("GET", `/api/contracts?${query}`)).json()["contracts"] as {conId: number}[]).map(
      ({conId}) => conId
    );
  expect([await ids("symbol=nothing"), await ids("symbol=aapl"), await ids("symbol=abc")]).toEqual([
    [],
    [AAPL],
    [21, 22]
  ]);
  expect(await ids("conId=22")).toEqual([22]);
  expect((await call("GET", "/api/contracts")).status).toBe(400);
});

it("an order that is not there is not found", async () => {
  await desk();
  expect((await call("GET", `/api/orders/${NONE}`)).json()).toMatchObject({
    status: 404,
    code: "no-such-order"
  });
  expect((await call("DELETE", `/api/orders/${NONE}`)).status).toBe(404);
  expect((await call("POST", `/api/orders/${NONE}/settle`, {as: "cancelled"})).status).toBe(404);
  expect((await call("GET", "/api/orders/mine")).status).toBe(400);
});

it("limits and state hold for the next order, for accounts that the broker has, and are there to see", async () => {
  const {broker} = await desk();
  const limits = {
    account: {...DEFAULT_LIMITS, orderValue: 400, dailyLoss: null},
    strategies: {"sma-cross": {orderUnits: 10}}
  };
  expect((await call("PUT", "/api/risk/limits", {account: ACCOUNT, limits})).json()).toEqual({
    account: ACCOUNT,
    limits
  });
  expect((await call("PUT", "/api/risk/limits", {account: "U1", limits})).status).toBe(404);
  const wrong = {...limits, account: {...limits.account, orderValue: -1}};
  expect((await call("PUT", "/api/risk/limits", {account: ACCOUNT, limits: wrong})).json()).toMatchObject({
    status: 400,
    detail: expect.stringContaining("orderValue")
  });
  const unnamed = {...limits, strategies: {"sma-cross": {orderUnit: 10}}};
  expect((await call("PUT", "/api/risk/limits", {account: ACCOUNT, limits: unnamed})).status).toBe(400);
  expect((await call("POST", "/api/orders", ASK)).json()).toMatchObject({
    decision: {reason: "the order's value, 500, is above 400"}
  });
  await call("PUT", "/api/risk/state", {state: "REDUCING", reason: "a long day"});
  expect((await call("PUT", "/api/risk/state", {state: "HALTED", reason: " "})).status).toBe(400);
  expect((await call("POST", "/api/orders", {...ASK, id: NONE, quantity: 3})).json()).toMatchObject({
    decision: {reason: "only orders that reduce a position go out"}
  });
  expect((await call("GET", "/api/risk")).json()).toMatchObject({
    status: {state: "REDUCING"},
    links: {broker: {phase: "ready"}},
    accounts: [{account: ACCOUNT, limits}]
  });
  expect(broker.placed).toEqual([]);
});

it("POST /api/kill-switch blocks and cancels what opens, tells each cancel, and lets go again", async () => {
  const {broker} = await desk();
  await call("POST", "/api/orders", ASK);
  broker.tellStatus(broker.placed[0].orderId, "Submitted");
  const thrown = await call("POST", "/api/kill-switch", {on: true, reason: "wrong size"});
  expect(thrown.json()).toMatchObject({
    status: {kill: {reason: "wrong size", by: "bearer"}},
    results: [{order: ORDER_ID, what: "sent"}]
  });
  expect(broker.cancelled).toEqual([broker.placed[0].orderId]);
  expect((await call("POST", "/api/orders", {...ASK, id: NONE})).json()).toMatchObject({
    order: {status: "rejected"},
    decision: {reason: "the kill switch is thrown, by bearer: wrong size"}
  });
  expect((await call("POST", "/api/kill-switch", {on: true})).status).toBe(400);
  expect((await call("POST", "/api/kill-switch", {on: false, reason: "found"})).json()).toMatchObject({
    status: {kill: null},
    results: []
  });
  expect(broker.placed).toHaveLength(1);
});

it("cancelling everything and going live need the account's id typed", async () => {
  const {broker} = await desk();
  const everything = (typed: string) =>
    call("POST", "/api/kill-switch/everything", {account: ACCOUNT, typed});
  expect((await everything("DU7")).status).toBe(403);
  expect((await call("POST", "/api/live/confirm", {typed: "yes"})).status).toBe(403);
  expect(broker.everything).toBe(0);
  expect((await everything(ACCOUNT)).status).toBe(200);
  expect((await call("POST", "/api/live/confirm", {typed: ACCOUNT})).status).toBe(200);
  expect(broker.everything).toBe(1);
});

it("a position that differs locks the desk until it is acknowledged", async () => {
  const {broker} = await desk();
  const standing = async () =>
    ((await call("GET", "/api/risk")).json() as {status: {reconciliation: {isUnlocked: boolean}}}).status;
  expect((await standing()).reconciliation.isUnlocked).toBe(true);
  broker.move(AAPL, 7);
  expect((await call("POST", "/api/reconciliation")).json()).toMatchObject({
    status: {
      reconciliation: {
        isUnlocked: false,
        discrepancies: [{kind: "position", conId: AAPL, ours: 0, theirs: 7}]
      }
    }
  });
  await call("POST", "/api/reconciliation/acknowledge", {account: ACCOUNT, conId: AAPL, units: 7});
  expect((await call("POST", "/api/reconciliation")).json()).toMatchObject({
    status: {reconciliation: {isUnlocked: true, discrepancies: []}}
  });
});

it("POST /api/rebalance plans and sends nothing; the plan's id then sends exactly that, once", async () => {
  const {broker} = await desk();
  const asked = await call("POST", "/api/rebalance", {
    account: ACCOUNT,
    targets: [{conId: AAPL, target: 0.05}]
  });
  expect([asked.status, asked.json()]).toMatchObject([
    200,
    {
      sent: null,
      plan: {orders: [{label: "AAPL", ask: {action: "BUY", quantity: 25}, decision: {allowed: true}}]}
    }
  ]);
  expect(broker.placed).toEqual([]);
  const {id} = asked.json()["plan"] as {id: string};
  const send = () => call("POST", "/api/rebalance", {send: id});
  const sent = (await send()).json();
  expect(sent).toMatchObject({plan: null, sent: {stopped: null, orders: [{quantity: 25}]}});
  await send();
  expect(broker.placed).toHaveLength(1);
  expect((await call("POST", "/api/rebalance", {send: "another"})).status).toBe(404);
  const nan = {account: ACCOUNT, targets: [{conId: AAPL, target: "half"}]};
  expect((await call("POST", "/api/rebalance", nan)).status).toBe(400);
});

it("the journal is there to read from a line on, and to verify", async () => {
  const {lines} = await desk();
  const before = lines();
  await call("PUT", "/api/risk/state", {state: "HALTED", reason: "a test"});
  const {entries} = (await call("GET", `/api/journal?after=${before}`)).json() as {entries: {hash: string}[]};
  expect(entries).toMatchObject([
    {seq: before + 1, body: {kind: "control", by: "bearer", control: {what: "state", reason: "a test"}}}
  ]);
  expect((await call("GET", "/api/journal/verify")).json()).toEqual({
    lines: before + 1,
    head: entries[0].hash,
    problem: null
  });
  const other = await call("GET", `/api/journal/verify?head=${"0".repeat(64)}`);
  expect(other.json()).toMatchObject({problem: {sentence: expect.stringContaining("cut short")}});
});

const CHANGES = endpoints.filter(({tag, method}) => tag === "trading" && method !== "get");

it("each endpoint of trading says its role, and every one that is no GET is for those who may trade", () => {
  const all = endpoints.filter(({tag}) => tag === "trading");
  expect(all.length).toBeGreaterThan(15);
  for (const {method, path, role} of all)
    expect([method, path, role ?? "read"]).toEqual([method, path, method === "get" ? "read" : "trade"]);
});

it("who shows no token, comes from another page or repeats what it overheard changes nothing, in DEMO too", async () => {
  const trading = fakeTrading();
  current = trading;
  const {send} = bridge;
  const entered = await send(new URL(bridge.startUrl).search.replace("?", "/?"));
  const cookie = (entered.headers["set-cookie"] ?? []).map((each) => each.split(";", 1)[0]).join("; ");
  const address = (path: string) => path.replace("{id}", ORDER_ID);
  const forged: [what: string, options: SendOptions, status: number][] = [
    ["nobody", {bearer: false}, 403],
    ["nobody, of our page", {bearer: false, headers: {origin: bridge.url}}, 401],
    [
      "another page, with the session",
      {bearer: false, headers: {cookie, origin: "http://evil.example"}},
      403
    ],
    ["a page of no origin, with the session", {bearer: false, headers: {cookie, origin: "null"}}, 403],
    ["another port, with the session", {bearer: false, headers: {cookie, origin: "http://127.0.0.1:1"}}, 403],
    ["a session, replayed by a program", {bearer: false, headers: {cookie}}, 403],
    ["a wrong token", {bearer: false, headers: {authorization: `Bearer ${"x".repeat(43)}`}}, 401],
    ["another page, with the token", {headers: {origin: "http://evil.example"}}, 403],
    ["another name of this host", {headers: {host: `evil.example:${bridge.port}`}}, 421]
  ];
  for (const {method, path} of CHANGES) {
    for (const [what, options, status] of forged) {
      const reply = await call(
        method.toUpperCase(),
        address(path),
        method === "delete" ? undefined : {},
        options
      );
      expect([path, what, reply.status]).toEqual([path, what, status]);
    }
  }
  expect(trading.heard).toEqual([]);
  const ours = {bearer: false, headers: {cookie, origin: bridge.url}};
  expect((await call("POST", "/api/orders", ASK, ours)).status).toBe(200);
  expect(trading.heard).toEqual([["submit", ASK, "session"]]);
});
