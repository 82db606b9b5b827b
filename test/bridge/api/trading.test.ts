import {beforeAll, expect, it} from "vitest";
import {endpoints} from "../../../bridge/api/index.js";
import {DEFAULT_LIMITS} from "../../../lib/orders/risk/limits.js";
import {ACCOUNT, fakeTrading, ORDER_ID} from "../fake-trading.js";
import {keepBridge, type Reply, type SendOptions, type TestBridge} from "../harness.js";

const ASK = {
  id: ORDER_ID,
  account: ACCOUNT,
  conId: 11,
  action: "BUY",
  quantity: 5,
  type: "LMT",
  limit: 10.25,
  tif: "DAY"
};

const NONE = "00000000-0000-4000-8000-000000000000";

const trading = fakeTrading();
let bridge: TestBridge;

beforeAll(async () => {
  bridge = await keepBridge({services: {trading}});
});

/** The one bridge, with trading as it is at first. */
function desk() {
  Object.assign(trading, fakeTrading());
  const {send} = bridge;
  const call = (method: string, path: string, body?: unknown, options: SendOptions = {}): Promise<Reply> =>
    send(path, {
      bearer: true,
      ...options,
      method,
      ...(body !== undefined && {
        headers: {"content-type": "application/json", ...options.headers},
        body: typeof body === "string" ? body : JSON.stringify(body)
      })
    });
  return {send, call, heard: () => trading.heard.map(([what]) => what)};
}

it("POST /api/orders sends an order, GET lists it, DELETE cancels it once, each by whom it was asked", async () => {
  const {call} = desk();
  const sent = await call("POST", "/api/orders", ASK);
  expect([sent.status, sent.json()]).toMatchObject([200, {order: {id: ORDER_ID, status: "working"}}]);
  expect((await call("GET", "/api/orders?state=working")).json()).toMatchObject({orders: [{id: ORDER_ID}]});
  expect((await call("GET", `/api/orders/${ORDER_ID}`)).json()).toMatchObject({
    order: {id: ORDER_ID},
    fills: [{shares: 1}]
  });
  const cancelled = await call("DELETE", `/api/orders/${ORDER_ID}`);
  expect(cancelled.json()).toMatchObject({order: {status: "cancelled"}});
  expect((await call("DELETE", `/api/orders/${ORDER_ID}`)).status).toBe(409);
  expect((await call("GET", "/api/orders?state=working")).json()).toEqual({orders: []});
  expect(trading.heard).toEqual([
    ["submit", ASK, "bearer"],
    ["cancel", ORDER_ID, "bearer"]
  ]);
});

it("POST /api/orders with an id that is known gives the same order, and refuses it for something else", async () => {
  const {call, heard} = desk();
  const first = await call("POST", "/api/orders", ASK);
  const again = await call("POST", "/api/orders", ASK);
  expect([again.status, again.text]).toEqual([200, first.text]);
  expect((await call("POST", "/api/orders", {...ASK, quantity: 6})).json()).toMatchObject({status: 409});
  expect(heard()).toEqual(["submit"]);
});

it("POST /api/orders says which part of an order is not understood, and sends nothing", async () => {
  const {call, heard} = desk();
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
  expect(heard()).toEqual([]);
});

it("POST /api/orders takes a contract by what is known of it, and offers the choices where several fit", async () => {
  const {call} = desk();
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
  expect(trading.heard).toEqual([]);
  expect((await named({symbol: "abc", currency: "GBP"})).status).toBe(200);
  expect(trading.heard).toEqual([["submit", {...rest, conId: 22}, "bearer"]]);
});

it("POST /api/orders and its preview refuse a price that is on no tick, and name the nearest two", async () => {
  const {call, heard} = desk();
  for (const path of ["/api/orders", "/api/orders/preview"]) {
    expect((await call("POST", path, {...ASK, limit: 10.253})).json()).toMatchObject({
      status: 422,
      code: "off-tick",
      errors: [{where: "limit", message: "10.253 is between two ticks, 10.25 and 10.26"}]
    });
    const bracket = {...ASK, bracket: {takeProfit: 11, stopLoss: 9.999}};
    expect((await call("POST", path, bracket)).json()).toMatchObject({errors: [{where: "stopLoss"}]});
  }
  expect(heard()).toEqual([]);
  expect((await call("POST", "/api/orders/preview", ASK)).json()).toMatchObject({units: {after: 5}});
  expect(heard()).toEqual([]);
});

it("GET /api/contracts gives none, the one, or the choices", async () => {
  const {call} = desk();
  const ids = async (query: string) =>
    ((await call("GET", `/api/contracts?${query}`)).json()["contracts"] as {conId: number}[]).map(
      ({conId}) => conId
    );
  expect([await ids("symbol=nothing"), await ids("symbol=INVT"), await ids("symbol=abc")]).toEqual([
    [],
    [11],
    [21, 22]
  ]);
  expect(await ids("conId=22")).toEqual([22]);
  expect((await call("GET", "/api/contracts")).status).toBe(400);
});

it("what orders there are not is not found", async () => {
  const {call} = desk();
  expect((await call("GET", `/api/orders/${NONE}`)).json()).toMatchObject({
    status: 404,
    code: "no-such-order"
  });
  expect((await call("DELETE", `/api/orders/${NONE}`)).status).toBe(404);
  expect((await call("GET", "/api/orders/mine")).status).toBe(400);
});

it("limits and state are set, for accounts that the broker has, and are there to see", async () => {
  const {call} = desk();
  const limits = {
    account: {...DEFAULT_LIMITS, orderValue: 500, dailyLoss: null},
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
  await call("PUT", "/api/risk/state", {state: "REDUCING", reason: "a long day"});
  expect((await call("PUT", "/api/risk/state", {state: "HALTED", reason: " "})).status).toBe(400);
  expect((await call("GET", "/api/risk")).json()).toMatchObject({
    status: {state: "REDUCING"},
    links: {broker: {phase: "ready"}},
    accounts: [{account: ACCOUNT, limits}],
    events: [{kind: "decision"}]
  });
  expect(trading.heard).toEqual([
    ["limits", ACCOUNT, "bearer"],
    ["state", "REDUCING", "a long day", "bearer"]
  ]);
});

it("POST /api/kill-switch throws it with a reason, tells each cancel, and lets go again", async () => {
  const {call} = desk();
  const thrown = await call("POST", "/api/kill-switch", {on: true, reason: "wrong size"});
  expect(thrown.json()).toMatchObject({
    status: {kill: {reason: "wrong size", by: "bearer"}},
    results: [{order: ORDER_ID, what: "sent"}]
  });
  expect((await call("POST", "/api/kill-switch", {on: true})).status).toBe(400);
  expect((await call("POST", "/api/kill-switch", {on: false, reason: "found"})).json()).toMatchObject({
    status: {kill: null},
    results: []
  });
  expect(trading.heard).toEqual([
    ["kill-switch", true, "wrong size", "opening", "bearer"],
    ["kill-switch", false, "found", "opening", "bearer"]
  ]);
});

it("cancelling everything and going live need the account's id typed", async () => {
  const {call, heard} = desk();
  const everything = (typed: string) =>
    call("POST", "/api/kill-switch/everything", {account: ACCOUNT, typed});
  expect((await everything("DU7")).status).toBe(403);
  expect((await call("POST", "/api/live/confirm", {typed: "yes"})).status).toBe(403);
  expect(heard()).toEqual([]);
  expect((await everything(ACCOUNT)).status).toBe(200);
  expect((await call("POST", "/api/live/confirm", {typed: ACCOUNT})).status).toBe(200);
  expect(heard()).toEqual(["everything", "confirm"]);
});

it("the journal is there to read from a line on, and to verify", async () => {
  const {call} = desk();
  await call("POST", "/api/orders", ASK);
  await call("POST", "/api/reconciliation");
  const {entries} = (await call("GET", "/api/journal?after=1")).json() as {entries: {hash: string}[]};
  expect(entries).toMatchObject([
    {seq: 2, body: {kind: "control", by: "bearer", control: {reason: "reconcile"}}}
  ]);
  expect((await call("GET", "/api/journal/verify")).json()).toEqual({
    lines: 2,
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
    expect([method, path, role]).toEqual([method, path, method === "get" ? "read" : "trade"]);
});

it("who shows no token, comes from another page or repeats what it overheard changes nothing, in DEMO too", async () => {
  const {call, send, heard} = desk();
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
  expect(heard()).toEqual([]);
  const ours = {bearer: false, headers: {cookie, origin: bridge.url}};
  expect((await call("POST", "/api/orders", ASK, ours)).status).toBe(200);
  expect(heard()).toEqual(["submit"]);
});
