import {expect, it} from "vitest";
import {WebSocket, type ClientOptions} from "ws";
import {Outbox} from "../../../bridge/live/outbox.js";
import {LiveRoom} from "../../../bridge/live/room.js";
import {startBridge, type TestBridge} from "../harness.js";
import {linkStatus} from "../broker-told.js";

/** A socket, what it heard, and how it ended. */
function open({url}: TestBridge, id: string, options: ClientOptions = {origin: url}) {
  const socket = new WebSocket(`${url.replace("http", "ws")}/api/ws/${id}`, options);
  const heard: {type: string; [name: string]: unknown}[] = [];
  const waiting: (() => void)[] = [];
  socket.on("message", (data: Buffer) => {
    heard.push(JSON.parse(data.toString()));
    for (const wake of waiting.splice(0)) wake();
  });
  const ended = new Promise<string>((resolve) => {
    socket.on("error", ({message}) => resolve(message));
    socket.on("close", (code) => resolve(String(code)));
  });
  const until = async (type: string) => {
    for (;;) {
      const found = heard.find((message) => message.type === type);
      if (found) return found;
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };
  return {socket, heard, ended, until};
}

it("a socket hears what is, then what happens", async () => {
  const bridge = await startBridge();
  const {until} = open(bridge, "page-1");
  const {version} = bridge.services.status();
  expect(await until("hello")).toEqual({type: "hello", mode: "demo", version, ready: true});
  bridge.services.announcements.announce({type: "import", version: 7, accounts: ["U1"]});
  expect(await until("import")).toEqual({type: "import", version: 7, accounts: ["U1"]});
  await bridge.services.jobs.run("count", async (report) => {
    report({message: "half", done: 1, total: 2});
    return {message: "counted", result: 2};
  });
  expect(await until("job")).toMatchObject({job: {kind: "count"}});
});

it("a socket of another page, or of none, is refused", async () => {
  const bridge = await startBridge();
  for (const origin of ["http://evil.example", `http://127.0.0.1:${bridge.port + 1}`, "null"]) {
    expect(await open(bridge, "page", {origin}).ended).toBe("Unexpected server response: 403");
  }
  expect(await open(bridge, "page", {}).ended).toBe("Unexpected server response: 403");
  const headers = {Authorization: `Bearer ${bridge.token}`};
  expect((await open(bridge, "script", {headers}).until("hello")).mode).toBe("demo");
});

it("a socket that names another host or another place is refused", async () => {
  const bridge = await startBridge();
  const {url} = bridge;
  const headers = {Host: "evil.example"};
  expect(await open(bridge, "page", {origin: url, headers}).ended).toBe("Unexpected server response: 421");
  expect(await open(bridge, "a/b").ended).toBe("Unexpected server response: 404");
  expect(await open(bridge, "x".repeat(65)).ended).toBe("Unexpected server response: 404");
});

it("a real account's socket needs a session, and a demo's ends when the account becomes real", async () => {
  const bridge = await startBridge();
  const {until, ended} = open(bridge, "page");
  await until("hello");
  bridge.status.mode = "real";
  bridge.services.announcements.announce({type: "mode", mode: "real", version: 1});
  expect(await until("mode")).toEqual({type: "mode", mode: "real", version: 1});
  expect(await ended).toBe("4401");
  expect(await open(bridge, "page").ended).toBe("Unexpected server response: 401");
  const {headers} = await bridge.send(`/?token=${bridge.token}`);
  const Cookie = headers["set-cookie"]![0];
  const known = open(bridge, "page", {origin: bridge.url, headers: {Cookie}});
  expect((await known.until("hello")).mode).toBe("real");
});

it("a message that is not understood ends the socket politely, a ping is answered", async () => {
  const bridge = await startBridge();
  const pinging = open(bridge, "a");
  await pinging.until("hello");
  pinging.socket.send('{"type":"ping"}');
  expect(await pinging.until("pong")).toEqual({type: "pong"});
  for (const [message, code] of [
    ["{", "1003"],
    [Buffer.from([1, 2, 3]), "1003"],
    ["x".repeat(5000), "1009"]
  ] as const) {
    const {socket, until, ended} = open(bridge, "b");
    await until("hello");
    socket.send(message);
    expect(await ended).toBe(code);
  }
  const broken = open(bridge, "c");
  await broken.until("hello");
  (broken.socket as unknown as {_socket: {write(bytes: Buffer): void}})._socket.write(
    Buffer.from([0xff, 0xff, 0, 0])
  );
  expect(await broken.ended).toMatch(/^1002|^1006/);
  expect((await bridge.send("/health")).status).toBe(200);
});

it("a second connection with the same id replaces the first", async () => {
  const bridge = await startBridge();
  const first = open(bridge, "page");
  await first.until("hello");
  const second = open(bridge, "page");
  await second.until("hello");
  expect(await first.ended).toBe("4000");
  bridge.services.announcements.announce({type: "import", version: 1, accounts: []});
  await second.until("import");
});

it("the sixty-fifth socket is refused", async () => {
  const bridge = await startBridge();
  const sockets = Array.from({length: 64}, (_, i) => open(bridge, `page-${i}`));
  await Promise.all(sockets.map(({until}) => until("hello")));
  expect(await open(bridge, "page-64").ended).toBe("Unexpected server response: 503");
});

it("Outbox keeps only the newest of each kind for a slow reader", () => {
  const sent: string[] = [];
  const done: (() => void)[] = [];
  const outbox = new Outbox((text, finished) => {
    sent.push(text);
    done.push(finished);
  });
  for (const n of [1, 2, 3]) outbox.push("import", () => `import ${n}`);
  for (const n of [1, 2]) outbox.push("mode", () => `mode ${n}`);
  outbox.push("nothing", () => undefined);
  expect(sent).toEqual(["import 1"]);
  while (done.length) done.shift()!();
  expect(sent).toEqual(["import 1", "import 3", "mode 2"]);
});

it("a message that asks for what there is not ends the socket with a sentence", async () => {
  const bridge = await startBridge();
  for (const [message, sentence] of [
    ['{"type":"subscribe","channel":"secrets"}', /channel/],
    ['{"type":"subscribe","channel":"quotes","keys":["1; drop"]}', /keys\.0/],
    [JSON.stringify({type: "subscribe", channel: "quotes", keys: Array(101).fill("7")}), /keys.*100/],
    ['{"type":"subscribe","channel":"link","\u00e9\u00e9":1}', /^not understood/],
    ['{"type":"order"}', /type/],
    ["[]", /^not understood/]
  ] as const) {
    const {socket, until} = open(bridge, "page");
    await until("hello");
    const closed = new Promise<[number, string]>((resolve) =>
      socket.on("close", (code, reason) => resolve([code, String(reason)]))
    );
    socket.send(message);
    expect(await closed).toEqual([1008, expect.stringMatching(sentence)]);
  }
});

it("a page of the demo may listen to what moves without a token, and is told of changes only", async () => {
  const bridge = await startBridge();
  const {tables} = bridge.services.live;
  tables.put("link", "ibkr", linkStatus());
  const {socket, until} = open(bridge, "page");
  await until("hello");
  socket.send('{"type":"subscribe","channel":"link"}');
  expect(await until("snapshot")).toMatchObject({rows: {ibkr: {phase: "ready"}}});
  tables.put("link", "ibkr", linkStatus({phase: "cut"}));
  expect(await until("delta")).toMatchObject({rows: {ibkr: {phase: "cut"}}});
});

it("pages are taken along when another room is shown", async () => {
  let live = new LiveRoom();
  live.tables.put("link", "ibkr", linkStatus());
  const bridge = await startBridge({services: {} as never});
  Object.defineProperty(bridge.services, "live", {get: () => live});
  live = new LiveRoom();
  live.tables.put("link", "paper", linkStatus());
  const {socket, until, heard} = open(bridge, "page");
  await until("hello");
  socket.send('{"type":"subscribe","channel":"link"}');
  await until("snapshot");
  bridge.services.announcements.announce({type: "mode", mode: "demo", version: 1});
  await expect
    .poll(() => heard.filter(({type}) => type === "snapshot").map(({rows}) => Object.keys(rows as object)))
    .toEqual([[], ["paper"]]);
  live.tables.put("link", "paper", linkStatus({phase: "cut"}));
  await until("delta");
});

it("a page that never reads keeps nobody waiting, and finds the newest when it does read", async () => {
  const bridge = await startBridge();
  const {tables} = bridge.services.live;
  const [slow, quick] = [open(bridge, "slow"), open(bridge, "quick")];
  for (const {socket, until} of [slow, quick]) {
    await until("hello");
    socket.send('{"type":"subscribe","channel":"link"}');
    await until("snapshot");
  }
  slow.socket.pause();
  const sentence = "x".repeat(400_000);
  for (let tries = 1; tries <= 60; ++tries) {
    tables.put("link", "ibkr", linkStatus({sentence, tries}));
    await expect
      .poll(() => quick.heard.some(({rows}) => triesIn(rows) === tries), {interval: 2, timeout: 5000})
      .toBe(true);
  }
  slow.socket.resume();
  await expect.poll(() => slow.heard.some(({rows}) => triesIn(rows) === 60), {timeout: 5000}).toBe(true);
  expect(slow.heard.length).toBeLessThan(quick.heard.length / 2);
});

const triesIn = (rows: unknown) => (rows as {ibkr?: {tries: number}} | undefined)?.ibkr?.tries;
