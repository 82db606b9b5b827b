import {connect} from "node:net";
import {statSync} from "node:fs";
import {join} from "node:path";
import {expect, it} from "vitest";
import {contentPolicy} from "../../../scripts/finish-site.js";
import {SCRIPT_HASH, startBridge, type TestBridge} from "../harness.js";

/** The cookie that the start link gives. */
async function signIn({send, startUrl}: TestBridge): Promise<string> {
  const {headers} = await send(startUrl.replace(/^http:\/\/[^/]+/, ""));
  return headers["set-cookie"]![0].split(";", 1)[0];
}

const html = {Accept: "text/html"};

it("the token survives a restart and only its owner may read it", async () => {
  const first = await startBridge();
  await first.bridge.close();
  const second = await startBridge({folder: first.folder});
  expect(second.token).toBe(first.token);
  expect(first.token).toMatch(/^[\w-]{43}$/);
  expect(statSync(join(first.folder, "token")).mode & 0o777).toBe(0o600);
});

it("the start link sets a cookie that is not the token and goes on without it", async () => {
  const {send, token, port} = await startBridge();
  const {status, headers} = await send(`/positions?token=${token}&range=YTD`);
  expect(status).toBe(303);
  expect(headers.location).toBe("/positions?range=YTD");
  expect(headers["referrer-policy"]).toBe("no-referrer");
  const [cookie] = headers["set-cookie"]!;
  expect(cookie).toMatch(
    new RegExp(`^tearsheet_session_${port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`)
  );
  expect(cookie).not.toContain(token);
});

it("the start link never leads to another host", async () => {
  const {send, token} = await startBridge();
  for (const path of [
    `//evil.example/?token=${token}`,
    `/\\evil.example/?token=${token}`,
    `///evil.example?token=${token}`
  ]) {
    const {headers} = await send(path);
    expect(headers.location).toMatch(/^\/evil\.example/);
  }
});

it("a wrong token in the link is told where the right one is", async () => {
  const {send, folder} = await startBridge();
  const {status, text, headers} = await send("/?token=wrong");
  expect(status).toBe(401);
  expect(text).toContain(join(folder, "token"));
  expect(headers["set-cookie"]).toBeUndefined();
});

it("in DEMO reading needs no token, changing does", async () => {
  const {send, url} = await startBridge();
  expect((await send("/api/session")).json()).toMatchObject({mode: "demo", known: false});
  const {status, json, headers} = await send("/api/fetch-data", {method: "POST", headers: {Origin: url}});
  expect(status).toBe(401);
  expect(json()).toMatchObject({status: 401, code: "no-token", title: "Unauthorized"});
  expect(headers["content-type"]).toMatch(/^application\/problem\+json/);
  expect(headers["www-authenticate"]).toMatch(/^Bearer/);
});

it("a real account shows nothing to whoever has no session", async () => {
  const {send, folder} = await startBridge({status: {mode: "real"}});
  expect((await send("/api/positions")).status).toBe(401);
  expect((await send("/_file/trades.parquet")).status).toBe(401);
  const page = await send("/", {headers: html});
  expect(page.status).toBe(401);
  expect(page.text).toContain(join(folder, "token"));
  expect(page.headers["set-cookie"]).toBeUndefined();
  expect((await send("/health")).json()).toEqual({status: "up"});
});

it("a session opens pages and files of a real account", async () => {
  const bridge = await startBridge({status: {mode: "real"}});
  const Cookie = await signIn(bridge);
  expect((await bridge.send("/api/session", {headers: {Cookie}})).json()).toMatchObject({
    mode: "real",
    known: true
  });
  expect((await bridge.send("/_file/trades.parquet", {headers: {Cookie}})).text).toBe("PAR1");
  const page = await bridge.send("/positions", {headers: {Cookie, ...html}});
  expect(page.status).toBe(200);
  expect(page.headers["set-cookie"]).toEqual([
    `tearsheet_bridge_${bridge.port}=real; Path=/; SameSite=Strict`
  ]);
});

it("a cookie of the same name that another port planted does not shut the session out", async () => {
  const bridge = await startBridge({status: {mode: "real"}});
  const cookie = await signIn(bridge);
  const Cookie = `tearsheet_session_${bridge.port}=planted; ${cookie}`;
  expect((await bridge.send("/api/session", {headers: {Cookie}})).status).toBe(200);
});

it("a restart revokes every session", async () => {
  const first = await startBridge({status: {mode: "real"}});
  const Cookie = await signIn(first);
  await first.bridge.close();
  const second = await startBridge({folder: first.folder, port: first.port, status: {mode: "real"}});
  expect((await second.send("/api/session", {headers: {Cookie}})).status).toBe(401);
  expect((await second.send("/_file/trades.parquet", {headers: {Cookie}})).status).toBe(401);
});

it("the token is taken as bearer, a wrong one refused even in DEMO", async () => {
  const {send} = await startBridge();
  expect((await send("/api/session", {bearer: true})).json()).toMatchObject({known: true});
  for (const Authorization of ["Bearer wrong", "Basic d3Jvbmc=", "Bearer", ""]) {
    const {status, json} = await send("/api/session", {headers: {Authorization}});
    expect([Authorization, status, json().code]).toEqual([Authorization, 401, "wrong-token"]);
  }
});

it("a request for another host is refused, whatever is forwarded", async () => {
  const {send, port} = await startBridge();
  for (const Host of [
    "evil.example",
    `evil.example:${port}`,
    "127.0.0.1",
    `127.0.0.1:${port + 1}`,
    `127.0.0.1.evil.example:${port}`
  ]) {
    for (const path of ["/", "/health", "/api/session"]) {
      expect([Host, path, (await send(path, {headers: {Host}})).status]).toEqual([Host, path, 421]);
    }
  }
  const forwarded = {
    Host: "evil.example",
    "X-Forwarded-Host": `127.0.0.1:${port}`,
    Forwarded: `host=127.0.0.1:${port}`
  };
  expect((await send("/api/session", {headers: forwarded})).status).toBe(421);
  for (const Host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`]) {
    expect((await send("/api/session", {headers: {Host}})).status).toBe(200);
  }
});

it("a request without a host is refused", async () => {
  const {port} = await startBridge();
  for (const head of ["1.0", "1.1", "1.1\r\nHost:"]) {
    const reply = await new Promise<string>((resolve, reject) => {
      const socket = connect(port, "127.0.0.1", () =>
        socket.write(`GET /health HTTP/${head}\r\nConnection: close\r\n\r\n`)
      );
      let text = "";
      socket.on("data", (data) => (text += data.toString()));
      socket.on("end", () => resolve(text)).on("error", reject);
    });
    expect(reply).toMatch(/^HTTP\/1\.1 4(00|21) /);
  }
});

it("a change needs an origin that is ours; only a bearer may have none", async () => {
  const bridge = await startBridge();
  const {send, port} = bridge;
  const Cookie = await signIn(bridge);
  const post = (headers: Record<string, string>, bearer = false) =>
    send("/api/fetch-data", {method: "POST", headers, bearer});
  const foreign = [
    "http://evil.example",
    `http://127.0.0.1:${port + 1}`,
    `https://127.0.0.1:${port}`,
    "null",
    ""
  ];
  for (const Origin of foreign) {
    expect([Origin, (await post({Cookie, Origin})).status]).toEqual([Origin, 403]);
    expect([Origin, (await post({Origin}, true)).status]).toEqual([Origin, 403]);
  }
  expect((await post({Cookie})).json()).toMatchObject({code: "no-origin"});
  expect((await post({Cookie, Origin: `http://localhost:${port}`})).status).toBe(202);
  expect((await post({}, true)).status).toBe(202);
});

it("every answer carries the policy, with the hashes of the built pages and nothing looser", async () => {
  const {send} = await startBridge();
  for (const path of ["/", "/health", "/api/session", "/nothing", "/docs"]) {
    const {headers} = await send(path, {headers: html});
    const policy = String(headers["content-security-policy"])
      .split(";")
      .map((part) => part.trim());
    expect(policy.join("; ")).toBe(`${contentPolicy([SCRIPT_HASH])}; frame-ancestors 'none'`);
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
      "cross-origin-resource-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin"
    });
    expect(headers["strict-transport-security"]).toBeUndefined();
    expect(headers["x-powered-by"]).toBeUndefined();
    expect(headers["access-control-allow-origin"]).toBeUndefined();
  }
});

it("nothing above the site's folder is served", async () => {
  const {send} = await startBridge();
  const paths = [
    "/../token",
    "/..%2ftoken",
    "/%2e%2e/token",
    "/_file/..%2f..%2ftoken",
    "/..\\token",
    "/%00",
    "/positions/../../token",
    "/.%2e/tearsheet.db",
    "/%E0%A4%A"
  ];
  for (const path of paths) {
    const {status, text} = await send(path);
    expect([path, status >= 400, text.includes("SQLite format")]).toEqual([path, true, false]);
  }
});

it("the log has each request without its query, and no secret", async () => {
  const {send, token, lines} = await startBridge();
  await send(`/?token=${token}`);
  await send(`/api/session?t=${token}`, {bearer: true});
  const log = lines.join("");
  expect(log).toContain("GET /api/session");
  expect(log).not.toContain(token);
  expect(log).not.toContain("?");
});
