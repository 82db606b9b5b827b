import {EventName} from "@stoqey/ib";
import {describe, expect, it} from "vitest";
import {CHIPS, CLIENT_ID, linked, order, phase, poll, VERSIONS} from "./stand.js";

describe.each(VERSIONS)("at version %i", (version) => {
  it("createWire(…) is ready with version, accounts, a first number and the time there and back", async () => {
    const {tws, wire, readies} = await linked({version});
    await poll(() => wire.status().latencyMs !== null, "a beat");
    expect(wire.status()).toMatchObject({
      phase: "ready",
      serverVersion: version,
      accounts: ["DU7000001", "DU7000002"],
      clientId: CLIENT_ID,
      address: `127.0.0.1:${tws.port}`,
      tries: 0,
      breaker: "closed",
      isReadOnly: false
    });
    expect(readies).toEqual(["connected"]);
    expect(wire.nextValidId).toBe(1);
    expect(tws.clients()).toEqual([CLIENT_ID]);
  });

  it("placeOrder while the link is down sends nothing after reconnect", async () => {
    const {tws, wire} = await linked({version});
    tws.controls.drop();
    await poll(() => wire.status().phase !== "ready", "the loss");
    const sent = await wire.send("order", (api) => api.placeOrder(1_000_000, CHIPS, order({lmtPrice: 100})));
    expect(sent).toBe(false);
    await phase(wire, "ready");
    await wire.send("request", (api) => api.reqPositions());
    await poll(() => tws.calls.some(({request}) => request.kind === "positions"), "the request after it");
    expect(tws.calls.filter(({request}) => request.kind === "placeOrder")).toEqual([]);
  });

  it("a quote stream survives the rejection of an order with the same number", async () => {
    const {tws, wire} = await linked({version});
    const id = wire.takeRequestId();
    const errors: number[] = [];
    let ticks = 0;
    wire.onRequestError(id, (code) => void errors.push(code));
    wire.on(EventName.tickPrice, () => void ++ticks);
    const rejected: number[] = [];
    wire.on(EventName.error, ((_: Error, code: number) => void rejected.push(code)) as never);
    await wire.send("request", (api) => api.reqMktData(id, CHIPS, "", false, false));
    await poll(() => ticks > 0, "a quote");
    await wire.send("order", (api) => api.placeOrder(id, CHIPS, order({lmtPrice: 100.005})));
    await poll(() => rejected.length > 0, "the rejection");
    expect([rejected, errors]).toEqual([[110], []]);
    const before = ticks;
    tws.market.pin(900100777, {last: 151, bid: 150.98, ask: 151.02, bidSize: 300, askSize: 400, close: 148});
    tws.tick();
    await poll(() => ticks > before, "a quote after it");
  });
});
