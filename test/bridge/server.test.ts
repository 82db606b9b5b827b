import {mkdirSync, writeFileSync} from "node:fs";
import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {join} from "node:path";
import {expect, it, onTestFinished} from "vitest";
import {WebSocket, WebSocketServer} from "ws";
import {startBridge, temporaryFolder} from "./harness.js";

const html = {Accept: "text/html"};

it("a busy port is told in one sentence", async () => {
  const {port} = await startBridge();
  await expect(startBridge({port})).rejects.toMatchObject({
    name: "ListenError",
    code: "port-busy",
    message: expect.stringMatching(
      new RegExp(`^port ${port} of 127\\.0\\.0\\.1 is taken.*set PORT to another one$`)
    )
  });
});

it("the bridge does not listen where others can reach it", async () => {
  for (const bind of ["0.0.0.0", "::", "192.168.1.5", "example.com"]) {
    await expect(startBridge({bind})).rejects.toMatchObject({name: "ListenError", code: "not-loopback"});
  }
});

it("the bridge listens on every name of this machine", async () => {
  for (const [bind, name] of [
    ["localhost", "localhost"],
    ["127.0.0.1", "127.0.0.1"]
  ]) {
    const {url, port} = await startBridge({bind});
    expect(url).toBe(`http://${name}:${port}`);
    expect((await fetch(`${url}/health`)).status).toBe(200);
  }
});

it("until there is something to show, pages say how far the start is and ask again", async () => {
  const {send, status} = await startBridge({status: {ready: false, step: "making the <demo>"}});
  const page = await send("/positions", {headers: html});
  expect(page.status).toBe(503);
  expect(page.text).toContain("making the &lt;demo&gt;");
  expect(page.text).not.toContain("<script");
  expect(page.headers).toMatchObject({refresh: "1", "retry-after": "1", "cache-control": "no-store"});
  expect((await send("/health")).status).toBe(200);
  expect((await send("/api/positions")).json()).toMatchObject({status: 503, code: "starting"});
  expect((await send("/api/session")).json()).toMatchObject({ready: false, step: "making the <demo>"});
  expect((await send("/api/health")).json()).toMatchObject({status: "starting"});

  status.ready = true;
  expect((await send("/positions", {headers: html})).text).toContain("<title>Positions</title>");
});

it("pages are served by their clean names, marked as ours; others are not found", async () => {
  const {send, port} = await startBridge();
  const page = await send("/", {headers: html});
  expect(page.headers["set-cookie"]).toEqual([`tearsheet_bridge_${port}=demo; Path=/; SameSite=Strict`]);
  expect(page.headers["cache-control"]).toBe("no-cache");
  expect((await send("/_file/trades.parquet")).headers["set-cookie"]).toBeUndefined();
  const missing = await send("/no-such-page", {headers: html});
  expect([missing.status, missing.text]).toEqual([404, expect.stringContaining("Not found")]);
  expect((await send("/positions", {method: "POST", bearer: true})).status).toBe(405);
});

it("the documentation is browsable without a script of its page or a request elsewhere", async () => {
  const {send} = await startBridge();
  const page = await send("/docs", {headers: html});
  const scripts = [...page.text.matchAll(/<script([^>]*)>([^<]*)</g)];
  expect(scripts.map(([, , inline]) => inline.trim())).toEqual(["", ""]);
  const addresses = [...page.text.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address);
  for (const address of addresses.filter((one) => !one.startsWith("data:"))) {
    const {status, headers} = await send(address);
    expect([address, status, headers["content-type"]?.split(";")[0]]).toEqual([
      address,
      200,
      address.endsWith(".css") ? "text/css" : "text/javascript"
    ]);
  }
  expect((await send("/docs/openapi.json")).json()).toMatchObject({openapi: "3.1.0"});
});

it("in development pages and sockets come from the preview, ours first", async () => {
  const preview = createServer((request, response) => response.end(`preview of ${request.url}`));
  new WebSocketServer({server: preview, path: "/_observablehq"}).on("connection", (socket) =>
    socket.send("patch")
  );
  await new Promise<void>((resolve) => preview.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void preview.close());
  const previewUrl = `http://127.0.0.1:${(preview.address() as AddressInfo).port}`;
  const {send, url, port} = await startBridge({site: {previewUrl}});
  expect((await send("/positions", {headers: html})).text).toBe("preview of /positions");
  expect((await send("/api/session")).json()).toMatchObject({mode: "demo"});
  expect((await send("/api/nothing")).status).toBe(404);

  const open = (origin: string) =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/_observablehq`, {origin});
      socket.on("message", (data: Buffer) => {
        resolve(data.toString());
        socket.close();
      });
      socket.on("error", ({message}) => resolve(message));
    });
  expect(await open(url)).toBe("patch");
  expect(await open("http://evil.example")).toBe("Unexpected server response: 403");
});

it("a preview that is not up yet is waited for", async () => {
  const {send} = await startBridge({site: {previewUrl: "http://127.0.0.1:1"}});
  const page = await send("/", {headers: html});
  expect([page.status, page.headers.refresh]).toEqual([503, "1"]);
  expect(page.text).toContain("waiting for the preview of the pages");
});

it("modules that carry a hash in their name are kept by the browser, pages and data are not", async () => {
  const {send, folder} = await startBridge();
  mkdirSync(join(folder, "dist/_import"));
  writeFileSync(join(folder, "dist/_import/a.0123abcd.js"), "");
  const cached = async (path: string) => (await send(path)).headers["cache-control"];
  expect(await cached("/_import/a.0123abcd.js")).toBe("max-age=31536000, immutable");
  expect(await cached("/_file/trades.parquet")).toBe("no-cache");
  expect(await cached("/positions")).toBe("no-cache");
});

it("a token that cannot be kept, or is damaged, is told in one sentence", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "token"), "short");
  await expect(startBridge({folder})).rejects.toMatchObject({name: "ListenError", code: "bad-token"});
  const blocked = temporaryFolder();
  mkdirSync(join(blocked, "token"));
  await expect(startBridge({folder: blocked})).rejects.toMatchObject({
    name: "ListenError",
    code: "no-token",
    message: expect.stringContaining("set DATA_DIR")
  });
});

it("close ends what is open", async () => {
  const {bridge, url} = await startBridge({folder: temporaryFolder()});
  const socket = new WebSocket(`${url.replace("http", "ws")}/api/ws/page`, {origin: url});
  const closed = new Promise<number>((resolve) => socket.on("close", resolve));
  await new Promise((resolve) => socket.on("message", resolve));
  await bridge.close();
  expect(await closed).toBe(1001);
  await expect(fetch(`${url}/health`)).rejects.toThrow();
});
