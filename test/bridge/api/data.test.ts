import {readdirSync, rmSync} from "node:fs";
import {join} from "node:path";
import {tableFromIPC} from "apache-arrow";
import {parse} from "csv-parse/sync";
import {readParquet} from "parquet-wasm";
import {beforeAll, expect, it, vi} from "vitest";
import {SIM_KEYS} from "../../../sim/vendors/service.js";
import {keepLakeBridge, startLakeBridge, type LakeBridge} from "./lake.js";

const BARS = "yahoo/bars/markets/1d";
const FROM = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10);
const PULL = {vendor: "yahoo", symbols: ["AAPL", "^GSPC"], from: FROM};
/** An answer that no test waits for: the pull is held where it is. */
const HELD = {kind: "slow" as const, ms: 3_600_000};
const query = (parameters: Record<string, string>) =>
  `/api/data/query?${new URLSearchParams({dataset: BARS, ...parameters})}`;

/** With the rows of that pull. */
let desk: LakeBridge;
let pulled: Record<string, unknown>;

beforeAll(async () => {
  desk = await keepLakeBridge();
  pulled = await desk.pull(PULL);
}, 160_000);

it("POST /api/data/pull brings rows that the catalog lists, and the history tells of it", async () => {
  const {get, sim} = desk;
  expect(pulled).toMatchObject({
    what: "symbols",
    state: "done",
    title: "yahoo: AAPL, ^GSPC",
    symbols: {done: 2, total: 2},
    failures: [],
    progress: null
  });
  const {datasets, storage} = await get("/api/data/catalog");
  const bars = datasets.find(
    ({dataset, layer}: Record<string, string>) => dataset === BARS && layer === "clean"
  );
  const closes = sim
    .world()
    .bars("yahoo:AAPL")
    .days.filter((day) => day >= FROM);
  expect(bars).toMatchObject({
    source: "Yahoo Finance",
    symbols: 2,
    to: closes.at(-1),
    tracked: true,
    staleDays: 0,
    lastPull: {ok: true}
  });
  expect(storage.parts).toBeGreaterThan(0);
  const {symbols} = await get(`/api/data/symbols?dataset=${BARS}`);
  expect(symbols).toMatchObject([
    {symbol: "AAPL", unit: "USD", from: closes[0], rows: closes.length},
    {symbol: "^GSPC", unit: ""}
  ]);
  const {pulls} = await get("/api/data/pulls");
  const {progress: _, ...record} = pulled;
  expect(pulls.at(-1)).toEqual(record);
});

it("GET /api/data/query answers alike as JSON, Arrow, CSV and Parquet", async () => {
  const {send, get, sim} = desk;
  const bars = sim.world().bars("yahoo:AAPL");
  const first = bars.days.findIndex((day) => day >= FROM);
  const wanted = bars.days.slice(first, first + 5).map((day, i) => [day, bars.close[first + i]]);
  const asked = {columns: "day,close", symbols: "AAPL", limit: "5"};
  const {rows, matches, columns} = await get(query(asked));
  expect(rows).toEqual(wanted);
  expect(matches).toBe(bars.days.length - first);
  expect(columns).toEqual([
    {name: "day", type: "day"},
    {name: "close", type: "number"}
  ]);
  const csv = await send(query({...asked, format: "csv"}));
  expect(csv.headers["content-type"]).toContain("text/csv");
  expect(csv.headers["content-disposition"]).toBe('attachment; filename="yahoo-bars-markets-1d.csv"');
  expect(parse(csv.text)).toEqual([["day", "close"], ...wanted.map(([day, close]) => [day, String(close)])]);
  for (const format of ["arrow", "parquet"]) {
    const {body, headers} = await send(query({...asked, format}));
    expect(headers["rows-matching"]).toBe(String(matches));
    const table = tableFromIPC(format === "arrow" ? body : readParquet(body).intoIPCStream());
    const read = Array.from(table, (row) => [new Date(row.day).toISOString().slice(0, 10), row.close]);
    expect(read).toEqual(wanted);
  }
});

it("GET /api/data/query takes conditions, days and an order", async () => {
  const {get} = desk;
  const {rows} = await get(query({columns: "symbol,day,close", limit: "100000"}));
  const ask = async (parameters: Record<string, string>) =>
    (await get(query({columns: "symbol,day,close", limit: "100000", ...parameters}))).rows;
  expect(await ask({filters: "close>1000;symbol!=AAPL"})).toEqual(
    rows.filter(([symbol]: string[]) => symbol === "^GSPC")
  );
  const [day] = [rows[3][1]];
  expect(await ask({from: day, to: day})).toEqual(rows.filter((row: string[]) => row[1] === day));
  expect(await ask({order: "desc", limit: "2"})).toEqual(rows.slice(-2).reverse());
  expect(await ask({filters: "symbol=AAPL' or '1'='1"})).toEqual([]);
});

const WRONG_QUERIES: [string, Record<string, string>, number, string][] = [
  [
    "a dataset that there is none of",
    {dataset: "yahoo/bars/nothing/1d"},
    404,
    "there is no dataset yahoo/bars/nothing/1d in clean"
  ],
  ["a text that names no dataset", {dataset: "yahoo"}, 400, "invalid dataset: yahoo: write provider/kind"],
  ["a path for a dataset", {dataset: "../../etc/passwd/1d"}, 400, "invalid dataset: ../../etc"],
  ["a column that is SQL", {columns: "close, (select 1)"}, 400, "no such column: (select 1)"],
  ["a condition on SQL", {filters: "1=1 or close>0"}, 400, "no such column: 1"],
  [
    "a condition with a value of another type",
    {filters: "close>high"},
    400,
    "invalid value of close: high: write a number"
  ],
  ["half a condition", {filters: "close"}, 400, "invalid filter: close"],
  ["a huge limit", {limit: "999999999"}, 400, "at most 100,000 rows as json"],
  ["a limit beyond numbers", {limit: "99999999999999999999"}, 400, "a limit is a whole number"],
  ["a negative limit", {limit: "-1"}, 400, "a limit is a whole number"],
  ["reversed days", {from: "2026-02-01", to: "2026-01-01"}, 400, "from 2026-02-01 is after to 2026-01-01"],
  ["a day that is none", {from: "2026-02-30"}, 400, "from: "],
  ["a format that is none", {format: "xlsx"}, 400, "format: "],
  ["a layer that is none", {layer: "silver"}, 400, "layer: "]
];

it("GET /api/data/query refuses what it cannot answer, and says why", async () => {
  const {send} = desk;
  for (const [what, parameters, status, sentence] of WRONG_QUERIES) {
    const reply = await send(query(parameters));
    expect([what, reply.status, reply.json().detail]).toEqual([
      what,
      status,
      expect.stringContaining(sentence)
    ]);
  }
});

const WRONG_PULLS: [string, unknown, number, string][] = [
  [
    "a vendor that there is none of",
    {vendor: "bloomberg", symbols: ["X"]},
    400,
    "unknown vendor: bloomberg: there are yahoo"
  ],
  [
    "a vendor whose key is not set",
    {vendor: "polygon", symbols: ["AAPL"]},
    409,
    "Polygon needs a key: set POLYGON_API_KEY"
  ],
  [
    "a kind that the vendor has not",
    {vendor: "ecb", kind: "bars", symbols: ["X"]},
    400,
    "European Central Bank has no bars"
  ],
  ["reversed days", {...PULL, from: "2026-02-01", to: "2026-01-01"}, 400, "from is after to"],
  ["no symbol", {vendor: "yahoo", symbols: []}, 400, "name a symbol at least"],
  ["a symbol with a blank in it", {vendor: "yahoo", symbols: ["A B"]}, 400, "a symbol has no blanks"],
  ["a universe that is a path", {...PULL, universe: "../.."}, 400, "a universe has lower-case letters"],
  ["what it does not know", {...PULL, priority: 1}, 400, "priority"]
];

it("POST /api/data/pull refuses what cannot be asked for, says why, and asks nobody", async () => {
  const {post, sim} = desk;
  const asked = sim.calls.length;
  for (const [what, body, status, sentence] of WRONG_PULLS) {
    const reply = await post("/api/data/pull", body);
    expect([what, reply.status, reply.json().detail]).toEqual([
      what,
      status,
      expect.stringContaining(sentence)
    ]);
  }
  expect(sim.calls).toHaveLength(asked);
});

it("what changes the lake needs the token or a page of ours, in DEMO too; reading needs neither", async () => {
  const {send, post, sim} = desk;
  const asked = sim.calls.length;
  for (const path of ["pull", "update-all", "verify", "repair", "import"]) {
    expect((await post(`/api/data/${path}`, PULL, {bearer: false})).status).toBe(403);
    const elsewhere = {bearer: false, headers: {origin: "http://elsewhere.example"}};
    expect((await post(`/api/data/${path}`, PULL, elsewhere)).status).toBe(403);
  }
  const lists = {method: "PUT", body: '{"watchlists": []}', headers: {"content-type": "application/json"}};
  expect((await send("/api/market/watchlists", lists)).status).toBe(403);
  expect((await send("/api/data/catalog")).status).toBe(200);
  expect(sim.calls).toHaveLength(asked);
});

it("POST /api/data/update-all pulls what is new, and says what to do while nothing is tracked", async () => {
  const {post, pull, get} = await startLakeBridge();
  const nothing = await post("/api/data/update-all", undefined, {headers: {}});
  expect([nothing.status, nothing.json().detail]).toEqual([
    409,
    "nothing is tracked yet: pull some symbols, or all that Markets reads"
  ]);
  await pull(PULL);
  const started = await post("/api/data/update-all", undefined, {headers: {}});
  expect(started.status).toBe(202);
  const status = await vi.waitFor(async () => {
    const now = await get(`/api/data/pull-status/${String(started.json().id)}`);
    expect(now.state).toBe("done");
    return now;
  }, 60_000);
  expect(status).toMatchObject({
    what: "update-all",
    symbols: {done: 2, total: 2},
    rows: {new: 0, changed: 0}
  });
});

it("a pull shows how far it is, and ends when its job is cancelled", async () => {
  const {post, get, send, sim} = await startLakeBridge();
  sim.faults.yahoo.next.push(null, {kind: "slow", ms: 200}, HELD); // told of ten times a second at most
  const started = (
    await post("/api/data/pull", {...PULL, symbols: ["AAPL", "MSFT", "^GSPC", "^VIX"]})
  ).json();
  const path = `/api/data/pull-status/${String(started.id)}`;
  const done = async () => (await get(path)).progress?.done;
  await expect.poll(done).toBeGreaterThan(0);
  expect((await get(path)).progress).toMatchObject({total: 4});
  await send(`/api/jobs/${String(started.id)}`, {method: "DELETE", bearer: true});
  await vi.waitFor(async () => expect((await get(path)).state).toBe("cancelled"), {timeout: 60_000});
  const job = async () => (await get(`/api/jobs/${String(started.id)}`)).state;
  await vi.waitFor(async () => expect(await job()).toBe("cancelled"), {timeout: 60_000}); // the record is written first
  expect((await get(path)).symbols.done).toBeLessThan(4);
});

it("pulls that are asked for at once run one after the other", async () => {
  const {post, get} = await startLakeBridge();
  const [first, second] = await Promise.all([
    post("/api/data/pull", PULL),
    post("/api/data/pull", {vendor: "ecb", symbols: ["EURUSD"], from: FROM})
  ]);
  expect(first.json().id).not.toBe(second.json().id);
  await vi.waitFor(async () => expect((await get("/api/data/pulls")).pulls).toHaveLength(2), 60_000);
  await vi.waitFor(async () => {
    const {pulls} = await get("/api/data/pulls");
    expect(pulls.map(({state}: {state: string}) => state)).toEqual(["done", "done"]);
    const [later, earlier] = pulls;
    expect(later.startedAt >= earlier.endedAt).toBe(true);
  }, 60_000);
});

it("a pull that is cancelled before its turn asks for nothing", async () => {
  const {post, get, send, sim} = await startLakeBridge();
  sim.faults.yahoo.always.push(HELD);
  const first = await post("/api/data/pull", PULL);
  const second = await post("/api/data/pull", {vendor: "ecb", symbols: ["EURUSD"], from: FROM});
  const path = `/api/data/pull-status/${String(second.json().id)}`;
  expect((await get(path)).state).toBe("running");
  for (const {json} of [second, first])
    await send(`/api/jobs/${String(json().id)}`, {method: "DELETE", bearer: true});
  await expect.poll(async () => (await get(path)).state).toBe("cancelled");
  expect(sim.calls.filter(({vendor}) => vendor === "ecb")).toEqual([]);
});

it("a pull of which nothing came fails, and its job says why", async () => {
  const {pull, get} = desk;
  const status = await pull({vendor: "yahoo", symbols: ["NOSUCH"]});
  expect(status).toMatchObject({state: "failed", failures: [{symbol: "NOSUCH", code: "unknown-symbol"}]});
  expect(await get(`/api/jobs/${String(status.id)}`)).toMatchObject({
    state: "failed",
    code: "unknown-symbol"
  });
});

it("GET /api/data/pull-status says so when there is no such pull", async () => {
  const {send} = desk;
  const id = "00000000-0000-4000-8000-000000000000";
  const reply = await send(`/api/data/pull-status/${id}`);
  expect([reply.status, reply.json().detail]).toEqual([
    404,
    `there is no pull ${id}: /api/data/pulls lists them`
  ]);
  expect((await send("/api/data/pull-status/1")).status).toBe(400);
});

it("GET /api/data/vendors says which keys are set, and never what they are; nor does any log", async () => {
  const {get, pull, lines} = await startLakeBridge({keyed: true});
  const {vendors} = await get("/api/data/vendors");
  expect(vendors.find(({id}: {id: string}) => id === "polygon").key).toEqual({
    setting: "POLYGON_API_KEY",
    given: true
  });
  expect(vendors.find(({id}: {id: string}) => id === "stooq")).toMatchObject({csv: true, key: null});
  await pull({vendor: "polygon", symbols: ["AAPL"], from: FROM});
  const told = JSON.stringify([vendors, await get("/api/data/pulls"), await get("/api/jobs"), lines]);
  for (const key of Object.values(SIM_KEYS)) expect(told).not.toContain(key);
});

const CSV = "Date,Open,High,Low,Close,Volume\n2024-01-02,187.15,188.44,183.89,185.64,82488700\n";

it("POST /api/data/import takes a CSV in that was downloaded by hand", async () => {
  const {post, get} = await startLakeBridge();
  const options = {headers: {"content-type": "text/csv"}, body: CSV};
  const reply = await post("/api/data/import?vendor=stooq&symbol=aapl.us&name=aapl_us_d.csv", null, options);
  expect(reply.json()).toMatchObject({
    what: "csv",
    state: "done",
    rows: {new: 1},
    title: "stooq/bars/imported/1d: aapl_us_d.csv"
  });
  const {rows} = await get("/api/data/query?dataset=stooq/bars/imported/1d&columns=symbol,day,close");
  expect(rows).toEqual([["aapl.us", "2024-01-02", 185.64]]);
});

const WRONG_FILES: [string, string, string, number, string][] = [
  [
    "a page with a challenge",
    "vendor=stooq&symbol=aapl.us",
    "<html>",
    422,
    "Stooq sent a web page instead of a CSV"
  ],
  ["half a header", "vendor=stooq&symbol=aapl.us", "Date,Op", 422, ""],
  [
    "a vendor without files",
    "vendor=yahoo&symbol=AAPL",
    CSV,
    400,
    "no CSV of yahoo can be read: there are those of binance, stooq"
  ],
  ["no symbol", "vendor=stooq", CSV, 400, "symbol"]
];

it("POST /api/data/import refuses a file that is none of the vendor's, and keeps nothing of it", async () => {
  const {post, get} = await startLakeBridge();
  for (const [what, parameters, body, status, sentence] of WRONG_FILES) {
    const options = {headers: {"content-type": "text/csv"}, body};
    const reply = await post(`/api/data/import?${parameters}`, null, options);
    expect([what, reply.status, reply.json().detail]).toEqual([
      what,
      status,
      expect.stringContaining(sentence)
    ]);
  }
  expect((await get("/api/data/catalog")).datasets).toEqual([]);
});

it("POST /api/data/verify tells what is wrong with the lake, and repair puts it right", async () => {
  const {pull, post, get, folder} = await startLakeBridge();
  await pull(PULL);
  const lake = join(folder, "lake");
  const part = readdirSync(lake, {recursive: true, encoding: "utf8"}).find((name) =>
    /clean.*bars.*parquet$/.test(name)
  )!;
  rmSync(join(lake, part));
  const run = async (path: string) => {
    const {id} = (await post(path, {})).json();
    return vi.waitFor(async () => {
      const job = await get(`/api/jobs/${String(id)}`);
      expect(job.state).toBe("done");
      return job;
    }, 60_000);
  };
  const wrong = await post("/api/data/verify", {dataset: "../../etc"});
  expect([wrong.status, wrong.json().detail]).toEqual([400, expect.stringContaining("invalid dataset")]);
  expect((await run("/api/data/verify")).result.problems).toMatchObject([
    {dataset: BARS, code: "missing-part"}
  ]);
  const repaired = await run("/api/data/repair");
  expect(repaired.result.repaired.length).toBeGreaterThan(0);
  expect((await run("/api/data/verify")).result.problems).toEqual([]);
});

it("the socket's listeners hear that the lake has changed", async () => {
  const {pull, get, services} = await startLakeBridge();
  const heard: unknown[] = [];
  services.announcements.subscribe((announcement) => heard.push(announcement.type));
  await get("/api/data/catalog");
  await pull(PULL);
  await vi.waitFor(() => expect(heard).toContain("lake"), 60_000);
  expect(heard).toContain("job");
});
