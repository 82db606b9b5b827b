import {request} from "node:http";
import {expect, it} from "vitest";
import {openStore} from "../../../bridge/store/open.js";
import {StoreError} from "../../../bridge/store/errors.js";
import {startBridge, type TestBridge} from "../harness.js";
import {flexStatement} from "../statement.js";

const xml = {"Content-Type": "application/xml"};

const post = (bridge: TestBridge, body: string, query = "", headers: Record<string, string> = xml) =>
  bridge.send(`/api/import${query}`, {method: "POST", body, bearer: true, headers});

async function filesOf(bridge: TestBridge): Promise<unknown> {
  return (await bridge.send("/api/imports")).json().files;
}

it("a question that is not understood is told which part of it", async () => {
  const {send} = await startBridge();
  const wrong: [address: string, detail: string][] = [
    ["/api/positions?accounts=U1;drop", "accounts.0: an account id has letters, digits, - and _ only"],
    ["/api/positions?currency=dollars", "currency: a currency is three capital letters"],
    ["/api/pnl?range=2Y", "range: "],
    ["/api/pnl?from=2024-02-30", "from: "],
    ["/api/pnl?from=2024-03-01&to=2024-02-01", "from 2024-03-01 is after to 2024-02-01"],
    ["/api/pnl?range=1Y&from=2024-03-01", "from and to go with range custom, not 1Y"],
    ["/api/pnl?range=custom", "range custom needs from, to or both"],
    ["/api/pnl?convention=mine", "convention: "],
    ["/api/pnl?range=1Y&range=3Y", "range: "],
    ["/api/trades?page=0", "page: "],
    ["/api/trades?size=1e9", "size: "],
    ["/api/trades?page=NaN", "page: "],
    ["/api/ledger/secrets", "there are trades, cash, "],
    ["/api/ledger/trades?positions=some", "positions: "],
    ["/api/changes?since=yesterday", "since: "],
    ["/api/jobs/1", "id: "]
  ];
  for (const [address, detail] of wrong) {
    const {status, json, headers} = await send(address);
    expect([address, status, headers["content-type"]]).toEqual([
      address,
      400,
      "application/problem+json; charset=utf-8"
    ]);
    expect(json()).toMatchObject({code: "invalid-input", detail: expect.stringContaining(detail)});
  }
});

it("an account that is not there is not found, by every view", async () => {
  const bridge = await startBridge();
  expect((await bridge.send("/api/positions?accounts=U9")).json()).toMatchObject({
    status: 404,
    code: "no-such-account",
    detail: "no such account: U9: no statement has been imported yet"
  });
  await post(bridge, flexStatement());
  for (const path of ["/api/account/summary", "/api/trades", "/api/performance", "/api/ledger/trades"]) {
    expect((await bridge.send(`${path}?accounts=U1000001,U9`)).json()).toMatchObject({
      code: "no-such-account",
      detail: "no such account: U9: there are U1000001"
    });
  }
});

it("what is not there, and what may not be done with it, is told so", async () => {
  const {send} = await startBridge();
  expect((await send("/api/nothing")).json()).toMatchObject({status: 404, code: "no-such-endpoint"});
  expect((await send("/api")).json()).toMatchObject({status: 404});
  expect((await send("/api/positions/")).json()).toMatchObject({status: 404});
  for (const [method, path, allow] of [
    ["POST", "/api/positions", "GET, HEAD"],
    ["GET", "/api/import", "POST"],
    ["PUT", "/api/jobs/1", "GET, HEAD, DELETE"],
    ["POST", "/health", "GET, HEAD"],
    ["OPTIONS", "/api/positions", "GET, HEAD"]
  ]) {
    const {status, headers} = await send(path, {method, bearer: true});
    expect([method, path, status, headers.allow]).toEqual([method, path, 405, allow]);
  }
  const none = "0".repeat(64);
  expect((await send(`/api/imports/${none}`, {method: "DELETE", bearer: true})).json()).toMatchObject({
    status: 404,
    code: "no-such-file"
  });
});

it("a refused file is told why, and the store stays as it was", async () => {
  const bridge = await startBridge();
  await post(bridge, flexStatement());
  const before = [bridge.services.status().version, await filesOf(bridge)];
  const whole = flexStatement({account: "U1000002"});
  const refused: [what: string, body: string, query?: string][] = [
    ["truncated", whole.slice(0, -60)],
    ["empty", ""],
    ["a web page", "<!doctype html><html><body>Sign in</body></html>"],
    ["a bomb", '<!DOCTYPE x [<!ENTITY a "aaaa">]><FlexQueryResponse>&a;</FlexQueryResponse>'],
    ["a zip", "PK\u0003\u0004 and so on"],
    ["not a number", whole.replace('quantity="10"', 'quantity="NaN"')],
    ["of another account", whole, "?account=U1000003"]
  ];
  for (const [what, body, query] of refused) {
    const {status, json} = await post(bridge, body, query);
    expect([what, status, json()]).toEqual([
      what,
      422,
      expect.objectContaining({
        code: expect.stringMatching(/^[a-z-]+$/),
        detail: expect.stringMatching(/^.{20,}$/)
      })
    ]);
  }
  expect([bridge.services.status().version, await filesOf(bridge)]).toEqual(before);
});

it("a body of another type is refused before it is read", async () => {
  const bridge = await startBridge();
  for (const type of [
    "multipart/form-data; boundary=x",
    "application/zip",
    "application/x-www-form-urlencoded"
  ]) {
    const {status, json} = await post(bridge, "x", "", {"Content-Type": type});
    expect([type, status, json().code]).toEqual([type, 415, "wrong-content-type"]);
  }
  const fetchData = (body: string, type: string) =>
    bridge.send("/api/fetch-data", {method: "POST", body, bearer: true, headers: {"Content-Type": type}});
  expect((await fetchData("source=flex", "text/plain")).status).toBe(415);
  expect((await fetchData("{", "application/json")).json()).toMatchObject({
    status: 400,
    code: "invalid-json"
  });
  expect((await fetchData('{"source": "yahoo"}', "application/json")).json()).toMatchObject({status: 400});
  expect((await fetchData(`{"source": "${"x".repeat(100_000)}"}`, "application/json")).json()).toMatchObject({
    status: 413,
    code: "too-large"
  });
});

it("a file that says it is too large is refused at once", async () => {
  const bridge = await startBridge();
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const sending = request(
      {
        host: "127.0.0.1",
        port: bridge.port,
        path: "/api/import",
        method: "POST",
        headers: {...xml, Authorization: `Bearer ${bridge.token}`, "Content-Length": String(5 * 1024 ** 3)}
      },
      (response) => {
        response.resume();
        resolve(response.statusCode);
        sending.destroy();
      }
    );
    sending.on("error", reject);
    sending.write("<FlexQueryResponse>");
  });
  expect(status).toBe(413);
  expect(await filesOf(bridge)).toEqual([]);
});

it("a browser that goes away in the middle of a file leaves the store as it was", async () => {
  const bridge = await startBridge();
  const states = () => bridge.services.jobs.list().map(({state}) => state);
  const sending = request({
    host: "127.0.0.1",
    port: bridge.port,
    path: "/api/import",
    method: "POST",
    headers: {...xml, Authorization: `Bearer ${bridge.token}`}
  });
  sending.on("error", () => {});
  sending.write(flexStatement().slice(0, 900));
  await expect.poll(states).toEqual(["running"]);
  sending.destroy();
  await expect.poll(states).toEqual(["failed"]);
  expect(await filesOf(bridge)).toEqual([]);
  expect((await post(bridge, flexStatement())).json()).toMatchObject({known: false});
  expect(states()).toEqual(["failed", "done"]);
});

it("two files at once are both stored", async () => {
  const bridge = await startBridge();
  const accounts = ["U1000001", "U1000002"];
  const replies = await Promise.all(accounts.map((account) => post(bridge, flexStatement({account}))));
  expect(replies.map(({status}) => status)).toEqual([200, 200]);
  expect((await bridge.send("/api/accounts")).json()).toMatchObject({
    accounts: accounts.map((account) => ({account}))
  });
});

it("an import is a job that its socket and /api/jobs tell", async () => {
  const bridge = await startBridge();
  const heard: string[] = [];
  bridge.services.announcements.subscribe((event) => {
    if (event.type === "job") heard.push(`${event.job.kind} ${event.job.state}`);
  });
  await post(bridge, flexStatement(), "?name=mine.xml");
  expect([heard[0], heard.at(-1)]).toEqual(["import running", "import done"]);
  expect((await bridge.send("/api/jobs")).json()).toMatchObject({
    jobs: [{kind: "import", state: "done", message: "mine.xml: 11 new, 0 changed", code: null}]
  });
});

it("an undone file is out of every view, and may come back", async () => {
  const bridge = await startBridge();
  const {json} = await post(bridge, flexStatement());
  expect((await bridge.send("/api/account/summary")).json()).toMatchObject({nav: {value: "1033"}});
  const undo = () => bridge.send(`/api/imports/${String(json().sha256)}`, {method: "DELETE", bearer: true});
  expect((await undo()).status).toBe(200);
  expect((await undo()).status).toBe(404);
  expect((await bridge.send("/api/account/summary")).json()).toMatchObject({nav: {value: null}});
  expect((await post(bridge, flexStatement())).json()).toMatchObject({known: false});
  expect((await bridge.send("/api/account/summary")).json()).toMatchObject({nav: {value: "1033"}});
});

it("what another process commits is shown", async () => {
  const bridge = await startBridge();
  const sha256 = String((await post(bridge, flexStatement())).json().sha256);
  await bridge.send("/api/account/summary");
  const {undoFile} = await import("../../../bridge/store/undo.js");
  const other = await openStore({url: `${bridge.folder}/tearsheet.db`});
  await undoFile(other, sha256, {now: () => new Date(0)});
  other.close();
  expect((await bridge.send("/api/account/summary")).json()).toMatchObject({nav: {value: null}});
});

it("a store in the way is told as such", async () => {
  for (const [code, status] of [
    ["locked", 503],
    ["full", 507],
    ["read-only", 500]
  ] as const) {
    const error = new StoreError(code, `the database is ${code}`);
    const imports = {
      add: () => Promise.reject(error),
      undo: async () => false,
      export: () => Promise.reject(error),
      restore: () => Promise.reject(error)
    };
    const bridge = await startBridge({services: {imports}});
    expect((await post(bridge, flexStatement())).json()).toMatchObject({
      status,
      code,
      detail: `the database is ${code}`
    });
  }
});

it("an error of Flex is told with its code", async () => {
  const error = Object.assign(new Error("the Flex token has expired (1012)"), {
    name: "FlexError",
    code: 1012
  });
  const flex = {
    status: () => Promise.reject(error),
    fetch: () => bridge.services.jobs.start("flex", () => Promise.reject(error))
  };
  const bridge = await startBridge({services: {flex}});
  expect((await bridge.send("/api/flex-query/status")).json()).toMatchObject({
    status: 502,
    code: "flex-1012",
    detail: error.message
  });
  const started = await bridge.send("/api/fetch-data", {method: "POST", bearer: true});
  expect(started.status).toBe(202);
  expect((await bridge.send(`/api/jobs/${String(started.json().id)}`)).json()).toMatchObject({
    state: "failed",
    code: "1012",
    message: error.message
  });
});

it("what nobody foresaw is one sentence outside and whole in the log", async () => {
  const figures = {
    view: () => Promise.reject(new Error("boom /secret/path")),
    table: () => Promise.reject(new Error("boom"))
  };
  const {send, lines} = await startBridge({services: {figures}});
  const {status, text} = await send("/api/positions");
  expect(status).toBe(500);
  expect(text).not.toMatch(/boom|secret|at .*\.ts/);
  expect(lines.join("")).toContain("boom /secret/path");
});
