/** The traps of the client library, and what our connection does about each (numbers as in the link's reference, 1.7). */

import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {EventName} from "@stoqey/ib";
import {afterEach, describe, expect, it, vi} from "vitest";
import {frame} from "../../../../sim/tws/wire/frames.js";
import {CHIPS, CHIPS_ID, CLIENT_ID, linked, order, phase, poll, standIn, VERSIONS, wireTo} from "./stand.js";

const QUOTE = {last: 150, bid: 149.98, ask: 150.02, bidSize: 300, askSize: 400, close: 148};

describe.each(VERSIONS)("at version %i", (version) => {
  it("5: what TWS says of itself comes as info, and is heard", async () => {
    const {tws, wire} = await linked({version});
    tws.controls.note(2110, "Connectivity between Trader Workstation and server is broken.");
    await phase(wire, "cut");
    tws.controls.restoreLink("kept");
    await phase(wire, "ready");
    tws.controls.note(2103, "Market data farm connection is broken:usfarm");
    await poll(() => wire.status().sentence.includes("farms are broken: usfarm"), "the farm's note");
    tws.controls.note(2104, "Market data farm connection is OK:usfarm");
    await poll(() => !wire.status().sentence.includes("usfarm"), "its end");
  });

  it("6: 1100 keeps the connection, stops orders and cancels at once, and lets requests through", async () => {
    const {tws, wire, readies} = await linked({version});
    tws.controls.loseLink();
    const {sentence} = await phase(wire, "cut");
    expect(sentence).toMatch(/^TWS has lost (its connection to )?IBKR/);
    const place = () => wire.send("order", (api) => api.placeOrder(1_000_000, CHIPS, order({lmtPrice: 100})));
    expect(await place()).toBe(false);
    expect(await wire.send("cancel", (api) => api.cancelOrder(1_000_000))).toBe(false);
    expect(await wire.send("request", (api) => api.reqPositions())).toBe(true);
    expect(tws.clients()).toEqual([CLIENT_ID]);
    tws.controls.restoreLink("lost");
    await phase(wire, "ready");
    tws.controls.loseLink();
    await phase(wire, "cut");
    tws.controls.restoreLink("kept");
    await phase(wire, "ready");
    expect(readies).toEqual(["connected", "lost", "kept"]);
    expect(await place()).toBe(true);
  });

  it("7: silence on an open socket ends the connection, and a new one is made", async () => {
    const {tws, wire, told, readies} = await linked(
      {version},
      {heartbeatMs: 60, patienceMs: 500, retry: {firstMs: 100, openMs: 100}}
    );
    tws.faults.silent = true;
    const lost = await poll(() => told.find((status) => status.phase === "waiting"), "the loss");
    expect(lost.sentence).toBe(`nothing came from TWS at 127.0.0.1:${tws.port} for 0 s: it is opened anew`);
    tws.faults.silent = false;
    await phase(wire, "ready");
    expect(readies.length).toBeGreaterThanOrEqual(2);
  });

  it("8: the client id is the same at each connection", async () => {
    const {tws, wire, readies} = await linked({version});
    for (const count of [2, 3]) {
      tws.controls.drop();
      await poll(() => readies.length === count, "the next connection");
    }
    expect(tws.clients()).toEqual([CLIENT_ID]);
    expect(wire.status().clientId).toBe(CLIENT_ID);
    const starts = tws.calls.filter(({request}) => request.kind === "startApi");
    expect(starts.map(({clientId}) => clientId)).toEqual([CLIENT_ID, CLIENT_ID, CLIENT_ID]);
  });

  it("9: nothing that waited for the rate leaves on the next connection", async () => {
    const {tws, wire} = await linked({version});
    const placed = Array.from({length: 60}, (_, i) =>
      wire.send("order", (api) => api.placeOrder(1_000_000 + i, CHIPS, order({lmtPrice: 100})))
    );
    tws.controls.drop();
    const sent = (await Promise.all(placed)).filter((wasSent) => wasSent).length;
    expect(sent).toBeLessThan(50);
    await phase(wire, "ready");
    const before = tws.calls.length;
    await wire.send("cancel", (api) => api.reqPositions()); // before those that wait for the rate
    await poll(() => tws.calls.slice(before).some(({request}) => request.kind === "positions"), "a request");
    expect(tws.calls.slice(before).filter(({request}) => request.kind === "placeOrder")).toEqual([]);
  });

  it("11: a taken client id is told and tried slowly, not in a loop", async () => {
    const tws = await standIn({version, faults: {taken: new Set([CLIENT_ID])}});
    const {wire} = wireTo(tws.port, {retry: {firstMs: 1, openMs: 60_000}});
    const status = await phase(wire, "refused");
    expect(status).toMatchObject({tries: 1, breaker: "open"});
    expect(status.nextTryAt! - Date.now()).toBeGreaterThan(30_000);
    expect(status.sentence).toMatch(/^client id 12 is in use at 127\.0\.0\.1:\d+: close the other program/);
  });

  it("no message of TWS is beyond the client: zero 505", async () => {
    const {tws, wire, faults} = await linked({version, faults: {split: true}});
    tws.market.pin(CHIPS_ID, QUOTE);
    const ends: string[] = [];
    for (const event of [EventName.contractDetailsEnd, EventName.accountSummaryEnd, EventName.historicalData])
      wire.on(event, () => void ends.push(event));
    wire.on(EventName.commissionReport, () => void ends.push("commission"));
    wire.on(EventName.completedOrdersEnd, () => void ends.push("completed"));
    await wire.send("request", (api) => api.reqContractDetails(1001, {symbol: "DMQ"}));
    await wire.send("request", (api) => api.reqAccountSummary(1002, "All", "NetLiquidation,BuyingPower"));
    await wire.send("request", (api) => api.reqMktData(1003, CHIPS, "", false, false));
    await wire.send("request", (api) => api.reqAccountUpdates(true, "DU7000001"));
    await wire.send("request", (api) => api.reqPnL(1004, "DU7000001", ""));
    await wire.send("request", (api) =>
      api.reqHistoricalData(1005, CHIPS, "", "5 D", "1 day" as never, "TRADES" as never, 1, 1, false)
    );
    await wire.send("order", (api) => api.placeOrder(1_000_000, CHIPS, order({orderType: "MKT" as never})));
    await poll(() => tws.calls.some(({request}) => request.kind === "placeOrder"), "the order");
    tws.tick();
    await poll(() => ends.includes("commission"), "the fill");
    await wire.send("request", (api) => api.reqCompletedOrders(false));
    await poll(() => new Set(ends).size === 5, "all ends");
    expect([wire.protocolErrors, faults, tws.broken]).toEqual([0, [], []]);
  });

  it("14: a cancel's confirmation and a warning are no errors of a request", async () => {
    const {tws, wire} = await linked({version});
    const errors: number[] = [];
    wire.onRequestError(1_000_000, (code) => void errors.push(code));
    const ended: number[] = [];
    wire.on(EventName.error, ((_: Error, code: number) => void ended.push(code)) as never);
    await wire.send("order", (api) => api.placeOrder(1_000_000, CHIPS, order({lmtPrice: 100})));
    await wire.send("cancel", (api) => api.cancelOrder(1_000_000));
    await poll(() => ended.includes(202), "the confirmation");
    tws.controls.say(frame([4, 2, 1_000_000, 399, "Order Message: it waits for the open", ""]));
    await poll(() => ended.includes(399), "the warning");
    expect(errors).toEqual([]);
  });
});

const folders: string[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const folder of folders.splice(0)) await rm(folder, {recursive: true});
});

it.each(VERSIONS)(
  "15: neither the environment nor a .env file moves the connection, at version %i",
  async (version) => {
    const folder = await mkdtemp(join(tmpdir(), "wire-"));
    folders.push(folder);
    await writeFile(join(folder, ".env"), "IB_PORT=7496\n");
    vi.stubEnv("DOTENV_CONFIG_PATH", join(folder, ".env"));
    vi.stubEnv("IB_HOST", "192.0.2.1");
    vi.stubEnv("IB_PORT", "7496");
    vi.stubEnv("MAX_REQ_PER_SECOND", "1");
    const {tws, wire} = await linked({version});
    expect(wire.status().address).toBe(`127.0.0.1:${tws.port}`);
    const sent = await Promise.all(
      Array.from({length: 20}, () => wire.send("request", (api) => api.reqPositions()))
    );
    await poll(
      () => tws.calls.filter(({request}) => request.kind === "positions").length === 20,
      "the requests"
    );
    expect(new Set(sent)).toEqual(new Set([true]));
  }
);

it("a listener that fails is logged, and neither the connection nor the next listener suffers", async () => {
  const {wire, faults, tws} = await linked();
  let heard = 0;
  wire.on(EventName.positionEnd, () => {
    throw new Error("a fault of ours");
  });
  wire.on(EventName.positionEnd, () => void ++heard);
  await wire.send("request", (api) => api.reqPositions());
  await poll(() => heard === 1, "the next listener");
  expect(faults).toHaveLength(1);
  expect(tws.clients()).toEqual([CLIENT_ID]);
});
