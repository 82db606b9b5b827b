import {EventName} from "@stoqey/ib";
import {createServer, type Server, type Socket} from "node:net";
import {afterEach, describe, expect, it} from "vitest";
import {frame} from "../../../../sim/tws/wire/frames.js";
import {CHIPS, CLIENT_ID, linked, order, phase, poll, standIn, VERSIONS, wireTo} from "./stand.js";

const servers: Server[] = [];
const sockets: Socket[] = [];
afterEach(async () => {
  const closed = servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve)));
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(closed);
});

/** Something else that listens. */
async function other(talk: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    sockets.push(socket.on("error", () => undefined));
    talk(socket);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as {port: number}).port;
}

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

describe.each(VERSIONS)("at version %i, with what goes wrong", (version) => {
  it("nightly reset: 1100, the session ends, nobody answers, then it is back by itself", async () => {
    const {tws, wire, told, readies} = await linked({version});
    tws.controls.nightlyReset();
    await phase(wire, "restarting");
    await poll(() => wire.status().tries >= 2, "some tries");
    tws.faults.down = false;
    await phase(wire, "ready");
    const phases = told.map((status) => status.phase).filter((one, i, all) => one !== all[i - 1]);
    expect(phases).toEqual(["ready", "cut", "restarting", "ready"]);
    expect(readies).toEqual(["connected", "connected"]);
    expect(wire.status()).toMatchObject({tries: 0, breaker: "closed", nextTryAt: null});
  });

  it("a TWS that has lost IBKR when it is connected to is cut, and a new connection once IBKR is back", async () => {
    const {tws, wire, readies} = await linked({version});
    tws.controls.loseLink();
    tws.controls.drop();
    await phase(wire, "restarting");
    await phase(wire, "cut");
    tws.controls.restoreLink("kept");
    await phase(wire, "ready");
    expect(readies.filter((why) => why === "connected")).toHaveLength(2);
  });

  it("Read-Only API: 321 makes it a mode, orders are kept here, all else goes on", async () => {
    const {tws, wire} = await linked({version, faults: {readOnly: true}});
    await wire.send("order", (api) => api.placeOrder(1_000_000, CHIPS, order({lmtPrice: 100})));
    const status = await poll(() => (wire.status().isReadOnly ? wire.status() : undefined), "the mode");
    expect(status.phase).toBe("ready");
    expect(status.sentence).toContain("untick it in its API settings");
    expect(await wire.send("order", (api) => api.placeOrder(1_000_001, CHIPS, order({lmtPrice: 100})))).toBe(
      false
    );
    expect(await wire.send("request", (api) => api.reqPositions())).toBe(true);
    tws.faults.readOnly = false;
    tws.controls.drop();
    await poll(() => wire.status().phase !== "ready", "the loss");
    expect((await phase(wire, "ready")).isReadOnly).toBe(false);
  });

  it("a competing session is told while it has the data", async () => {
    const {tws, wire} = await linked({version, faults: {competing: true}});
    const id = wire.takeRequestId();
    const errors: number[] = [];
    wire.onRequestError(id, (code) => void errors.push(code));
    await wire.send("request", (api) => api.reqMktData(id, CHIPS, "", false, false));
    await poll(() => wire.status().sentence.includes("another session of the same user"), "the note");
    expect([errors, wire.status().phase]).toEqual([[10197], "ready"]);
    tws.faults.competing = false;
    await wire.send("request", (api) => api.reqMktData(wire.takeRequestId(), CHIPS, "", false, false));
    await poll(() => !wire.status().sentence.includes("another session"), "its end");
  });
});

it("TWS not running: it says what to do, tries five times quickly, then slowly, and is there when TWS is", async () => {
  const gone = await standIn();
  const {port} = gone;
  await gone.close();
  const {wire, told} = wireTo(port);
  const status = await poll(() => told.find(({breaker}) => breaker === "open"), "the slow tries");
  expect(status).toMatchObject({phase: "login", tries: 5});
  expect(status.sentence).toMatch(
    /^nobody answers at 127\.0\.0\.1:\d+: start TWS or IB Gateway, log in, and allow API/
  );
  const waits = told.filter(({nextTryAt}) => nextTryAt !== null).map(({tries}) => tries);
  expect([...new Set(waits)].slice(0, 5)).toEqual([1, 2, 3, 4, 5]);
  await standIn({port});
  await phase(wire, "ready");
});

it("wrong port: what answers in another protocol, or ends the connection, is named", async () => {
  const web = await other((socket) =>
    socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"))
  );
  const closing = await other((socket) => socket.end());
  const of = async (port: number) => (await phase(wireTo(port).wire, "login")).sentence;
  expect(await of(web)).toBe(
    `127.0.0.1:${web} does not speak TWS's protocol (a message of 1213486160 bytes): look whether another program listens on that port`
  );
  expect(await of(closing)).toContain(`127.0.0.1:${closing} ends the connection without saying a version`);
  expect(await of(closing)).toContain("another program listens there");
});

it("wrong port: what takes the connection and says nothing is given up, and named", async () => {
  const port = await other(() => undefined);
  const {wire} = wireTo(port, {patienceMs: 60});
  const {sentence} = await phase(wire, "login");
  expect(sentence).toContain("takes the connection and says nothing");
});

it("a version that is not spoken is refused once and tried slowly", async () => {
  const port = await other((socket) =>
    socket.once("data", () => socket.write(frame([201, "20261122 10:00:00 EST"])))
  );
  const {wire} = wireTo(port, {retry: {firstMs: 1, openMs: 60_000}});
  const status = await phase(wire, "refused");
  expect(status).toMatchObject({tries: 1, breaker: "open"});
  expect(status.sentence).toContain("Unsupported Version 201");
});

it("a TWS that never says it is ready waits for its login", async () => {
  const port = await other((socket) =>
    socket.once("data", () => socket.write(frame([176, "20261122 10:00:00 EST"])))
  );
  const {wire} = wireTo(port, {patienceMs: 60});
  expect((await phase(wire, "login")).sentence).toBe(
    `TWS at 127.0.0.1:${port} does not say that it is ready: finish its login`
  );
  expect(await wire.send("request", (api) => api.reqPositions())).toBe(false);
});

it("port reset (1300) asks for the new port and follows it nowhere", async () => {
  const {tws, wire} = await linked({}, {retry: {firstMs: 1, openMs: 60_000}});
  tws.controls.note(1300, "TWS socket port has been reset and this connection is being dropped.-7498");
  tws.controls.drop();
  const {sentence} = await phase(wire, "refused");
  expect(sentence).toContain("set IBKR_PORT to the new port");
});

it("takeRequestId() never gives a number of an order, nor one whose answer is still listened to", async () => {
  const {wire} = await linked();
  const first = wire.takeRequestId();
  const off = wire.onRequestError(first, () => undefined);
  let [most, met] = [0, false];
  for (let i = 0; i < 1_000_000; ++i) {
    const id = wire.takeRequestId();
    most = Math.max(most, id);
    met ||= id === first;
  }
  expect([most, met]).toEqual([999_999, false]);
  off();
});

it("close() ends everything: no try, no session, nothing sent", async () => {
  const {tws, wire} = await linked();
  await wire.close();
  await wire.close();
  await poll(() => tws.clients().length === 0, "the end of the session");
  expect(wire.status()).toMatchObject({phase: "off", nextTryAt: null});
  expect(await wire.send("request", (api) => api.reqPositions())).toBe(false);
});
