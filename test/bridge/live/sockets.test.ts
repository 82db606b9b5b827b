import {expect, it} from "vitest";
import {WebSocket, type ClientOptions} from "ws";
import {Outbox} from "../../../bridge/live/outbox.js";
import {startBridge, type TestBridge} from "../harness.js";

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
  for (const n of [1, 2, 3]) outbox.push("import", `import ${n}`);
  for (const n of [1, 2]) outbox.push("mode", `mode ${n}`);
  expect(sent).toEqual(["import 1"]);
  while (done.length) done.shift()!();
  expect(sent).toEqual(["import 1", "import 3", "mode 2"]);
});
