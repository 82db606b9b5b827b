import {createServer, type Server, type Socket} from "node:net";
import {afterEach, describe, expect, it} from "vitest";
import {checkLink, type CheckOptions, type LinkCheck} from "../../../../bridge/broker/ibkr/check.js";
import {runConformance, type ConformanceItem} from "../../../../bridge/broker/ibkr/conformance.js";
import {masker, type Recorder} from "../../../../bridge/broker/ibkr/recorder.js";
import {CHIPS_ID, NOW, standIn, VERSIONS} from "./stand.js";

const servers: Server[] = [];
const sockets: Socket[] = [];
afterEach(async () => {
  const closed = servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve)));
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(closed);
});

async function other(talk: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    sockets.push(socket.on("error", () => undefined));
    talk(socket);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as {port: number}).port;
}

async function check(port: number, options: Partial<CheckOptions> = {}): Promise<LinkCheck[]> {
  const checks: LinkCheck[] = [];
  const all = {
    host: "127.0.0.1",
    port,
    clientId: 77,
    mode: "paper",
    patienceMs: 20_000,
    now: () => NOW.getTime()
  } as const;
  for await (const one of checkLink({...all, ...options})) checks.push(one);
  return checks;
}

const brief = (checks: readonly LinkCheck[]) => checks.map(({what, status}) => `${what} ${status}`);

describe.each(VERSIONS)("at version %i", (version) => {
  it("checkLink(…) goes through all steps, and places nothing", async () => {
    const tws = await standIn({version});
    const checks = await check(tws.port);
    expect(brief(checks)).toEqual([
      "port warning", // not a usual one
      "protocol ok",
      "session ok",
      "accounts ok",
      "clock ok",
      "positions ok",
      "orders ok",
      "executions ok",
      "quotes ok",
      "messages ok"
    ]);
    expect(checks[1].sentence).toContain(`TWS speaks version ${version}`);
    expect(checks[3].sentence).toBe("DU7000001, DU7000002 on paper");
    expect(await tws.ledger()).toEqual([]);
    expect(tws.broken).toEqual([]);
  });

  it("runConformance(…) finds all well on the stand-in, and leaves nothing at work", async () => {
    const tws = await standIn({version});
    const items: ConformanceItem[] = [];
    const options = {host: "127.0.0.1", port: tws.port, clientId: 78, conId: CHIPS_ID, limit: 10};
    for await (const one of runConformance({...options, paperPorts: [tws.port], patienceMs: 20_000}))
      items.push(one);
    expect(items.filter(({status}) => status === "error")).toEqual([]);
    expect(items.map(({what}) => what)).toEqual([
      "session",
      "contract",
      "order",
      "reference",
      "working orders",
      "cancel",
      "completed orders",
      "what-if",
      "bracket",
      "bracket cancel",
      "price off its step",
      "reconnect",
      "cancel after reconnect",
      "messages"
    ]);
    const last = new Map<number, string>();
    for (const entry of await tws.ledger()) if (entry.kind === "status") last.set(entry.permId, entry.status);
    expect([...last.values()]).toEqual(Array.from({length: 5}, () => "Cancelled")); // one, a bracket's three, one
  });
});

it("checkLink(…) says that TWS is read-only, delayed, or another mode's, each as it is", async () => {
  const tws = await standIn({faults: {readOnly: true, marketData: "delayed"}});
  const checks = await check(tws.port, {mode: "live"});
  const of = (what: string) => checks.find((one) => one.what === what);
  expect(of("orders")).toMatchObject({status: "warning"});
  expect(of("orders")?.sentence).toContain("untick Read-Only API");
  expect(of("quotes")).toMatchObject({status: "warning"});
  expect(of("quotes")?.sentence).toContain("is delayed");
  expect(of("accounts")).toEqual({
    what: "accounts",
    status: "error",
    sentence: "DU7000001, DU7000002 on paper: TRADING_MODE=live does not go with that, so no orders"
  });
});

it("checkLink(…) tells apart who does not answer", async () => {
  const gone = await standIn();
  await gone.close();
  const web = await other((socket) =>
    socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"))
  );
  const closing = await other((socket) => socket.end());
  const mute = await other(() => undefined);
  const sentences = [];
  for (const port of [gone.port, web, closing, mute]) {
    const [first, ...rest] = await check(port, {patienceMs: port === mute ? 100 : 10_000});
    expect([first.what, first.status, rest]).toEqual(["port", "error", []]);
    sentences.push(first.sentence.replace(/127\.0\.0\.1:\d+/, "HOST:PORT"));
  }
  expect(sentences).toEqual([
    expect.stringMatching(/^nobody listens at HOST:PORT \(ECONNREFUSED\): start TWS or IB Gateway/),
    expect.stringMatching(/^what listens at HOST:PORT is not TWS: it says "HTTP\/1\.1 400 Bad Request"/),
    expect.stringMatching(/^HOST:PORT ends the connection without a word/),
    expect.stringMatching(/^HOST:PORT takes the connection and says nothing/)
  ]);
});

it("checkLink(…) says which client id is taken", async () => {
  const tws = await standIn({faults: {taken: new Set([77])}});
  const checks = await check(tws.port);
  expect(checks.at(-1)).toMatchObject({what: "session", status: "error"});
  expect(checks.at(-1)?.sentence).toContain("client id 77 is in use");
});

it("runConformance(…) refuses a port or an account that is not on paper before it sends anything", async () => {
  const tws = await standIn({accounts: [{account: "U1234567", cash: {USD: 1e5}, positions: []}]});
  const options = {host: "127.0.0.1", port: tws.port, clientId: 78, conId: CHIPS_ID, limit: 10};
  await expect(runConformance(options).next()).rejects.toThrow(
    new RangeError(`the checklist runs on paper accounts alone, port 7497 or 4002: not ${tws.port}`)
  );
  expect(tws.calls).toEqual([]);
  await expect(runConformance({...options, paperPorts: [tws.port]}).next()).rejects.toThrow(
    new RangeError("the checklist runs on paper accounts alone: U1234567")
  );
  expect(tws.calls.map(({request}) => request.kind)).not.toContain("placeOrder");
});

it("a record has every message, in both directions, with accounts masked", async () => {
  const tws = await standIn();
  let recorder: Recorder | undefined;
  await check(tws.port, {onRecord: (one) => (recorder = one)});
  const text = recorder?.text() ?? "";
  expect(text).not.toMatch(/7000001|7000002/);
  const messages = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as {at: number; from: string; fields: string[]});
  expect(messages.length).toBe(recorder?.count);
  expect(new Set(messages.map(({from}) => from))).toEqual(new Set(["tws", "client"]));
  expect(messages.find(({fields}) => fields[0] === "15")?.fields[2]).toMatch(/^DU0000001,DU0000002,?$/);
});

it("masker(accounts) keeps kind and length, gives the same account the same mask, and knows strangers by their form", () => {
  const mask = masker(["U1234567", "DU765432"]);
  expect(mask("U1234567,DU765432,")).toBe("U0000001,DU000002,");
  expect(mask("transfer from F9999999 to U1234567")).toBe("transfer from F0000003 to U0000001");
  expect(mask("EUR.USD 20261120 15:00:00")).toBe("EUR.USD 20261120 15:00:00");
});
