import {readFileSync} from "node:fs";
import {join} from "node:path";
import {tableFromIPC} from "apache-arrow";
import {beforeAll, describe, expect, it, vi} from "vitest";
import {WebSocket} from "ws";
import {z} from "zod";
import {writeArchive} from "../../../lib/ledger/archive.js";
import {NO_TAGS} from "../../../lib/ledger/tags/tag.js";
import {openApiDocument} from "../../../bridge/api/document.js";
import {root} from "../../../config.js";
import {DEFAULT_LIMITS} from "../../../lib/orders/risk/limits.js";
import {keepBridge, type Reply, type SendOptions, type TestBridge} from "../harness.js";
import {bars, history, prices} from "../../lib/tasks/examples.js";
import {heldStatement} from "../held-statement.js";
import {ACCOUNT, fakeTrading, ORDER_ID} from "../fake-trading.js";
import {flexStatement} from "../statement.js";

interface Media {
  schema: object;
}

interface Operation {
  operationId: string;
  responses: Record<string, {$ref?: string; content?: Record<string, Media>}>;
}

const text = readFileSync(join(root, "bridge/openapi.json"), "utf8");
const document = JSON.parse(text) as {
  openapi: string;
  servers?: unknown;
  paths: Record<string, Record<string, Operation>>;
  components: {schemas: Record<string, object>};
};

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({path, method, operation}))
);

/** What to send to an operation, where that is more than its address. */
interface Call extends SendOptions {
  path?: Record<string, string>;
  query?: string;
}

let bridge: TestBridge;
let sha256 = "";
/** A pull of a file of the program's own: no test asks the web. */
let pullId = "";
const asJson = {headers: {"Content-Type": "application/json"}};
const DATASET = "vega-datasets/bars/sp500-to-2020-04-17/1d";
const dataset = `?dataset=${encodeURIComponent(DATASET)}`;

beforeAll(async () => {
  bridge = await keepBridge({services: {trading: fakeTrading()}});
  const {json} = await bridge.send("/api/import?name=first.xml", {
    method: "POST",
    headers: {"Content-Type": "text/xml"},
    body: flexStatement(),
    bearer: true
  });
  sha256 = String(json().sha256);
  const pull = await bridge.send("/api/data/pull", {
    method: "POST",
    ...asJson,
    body: JSON.stringify({vendor: "vega-datasets", symbols: ["^GSPC"], from: "2020-01-02"}),
    bearer: true
  });
  pullId = String(pull.json().id);
  await vi.waitFor(() => expect(bridge.services.jobs.get(pullId)?.state).toBe("done"), {timeout: 100_000});
}, 120_000);

const TAGGED = {kind: "position", account: "U1000001", id: "11"};

const computing = (body: object): Call => ({...asJson, body: JSON.stringify(body)});

/** Key of a backtest that was just run. */
async function runKey(): Promise<string> {
  const body = JSON.stringify({bars: [bars], strategy: "buy-and-hold"});
  const reply = await bridge.send("/api/backtests", {method: "POST", ...asJson, body, bearer: true});
  return (reply.json().run as {key: string}).key;
}

const ORDER = {
  id: ORDER_ID,
  account: ACCOUNT,
  conId: 11,
  action: "BUY",
  quantity: 1,
  type: "LMT",
  limit: 10,
  tif: "DAY"
};

/** Address of an order that was just sent. */
async function orderPath(): Promise<{path: {id: string}}> {
  const id = crypto.randomUUID();
  const body = JSON.stringify({...ORDER, id});
  await bridge.send("/api/orders", {method: "POST", ...asJson, body, bearer: true});
  return {path: {id}};
}

const calls: Record<string, () => Call | Promise<Call>> = {
  getApiTrades: () => ({query: "?symbol=INVT&size=1"}),
  getApiLedgerTable: () => ({path: {table: "trades"}}),
  getApiLedgerTableIdProvenance: () => ({path: {table: "trades", id: "Trade"}}),
  postApiImport: () => ({
    query: "?name=second.xml&account=U1000002",
    body: flexStatement({account: "U1000002"}),
    headers: {"Content-Type": "application/octet-stream"}
  }),
  postApiFetchData: () => ({body: '{"source": "flex"}', headers: {"Content-Type": "application/json"}}),
  putApiTags: () => ({...asJson, body: JSON.stringify({...TAGGED, tags: ["wheel"], note: ""})}),
  deleteApiTags: () => ({query: `?${new URLSearchParams(TAGGED)}`}),
  putApiTagsRules: () => ({...asJson, body: '{"rules": []}'}),
  deleteApiImportsSha256: () => ({path: {sha256}}),
  postApiRestore: () => ({
    body: Buffer.concat([...writeArchive({files: [], tags: NO_TAGS}, "2026-01-01T00:00:00Z")]),
    headers: {"Content-Type": "application/x-tar"}
  }),
  getApiMarketHistoricalSymbol: () => ({path: {symbol: encodeURIComponent("yahoo:^GSPC")}}),
  putApiMarketWatchlists: () => ({
    ...asJson,
    body: '{"watchlists": [{"name": "Index", "ids": ["vega-datasets:^GSPC"]}]}'
  }),
  getApiDataSymbols: () => ({query: dataset}),
  getApiDataQuery: () => ({query: `${dataset}&limit=3`}),
  getApiDataParts: () => ({query: dataset}),
  getApiDataPartsSha256: async () => {
    const parts = (await bridge.send(`/api/data/parts${dataset}`)).json().parts as {sha256: string}[];
    return {path: {sha256: parts[0].sha256}, query: dataset};
  },
  postApiDataPull: () => ({...asJson, body: '{"vendor": "vega-datasets", "symbols": ["^GSPC"]}'}),
  getApiDataPullStatusJobId: () => ({path: {job_id: pullId}}),
  postApiDataImport: () => ({
    query: "?vendor=stooq&symbol=aapl.us&name=aapl_us_d.csv",
    body: "Date,Open,High,Low,Close,Volume\n2024-01-02,187.15,188.44,183.89,185.64,82488700\n",
    headers: {"Content-Type": "text/csv"}
  }),
  postApiBacktests: () => ({...asJson, body: JSON.stringify({bars: [bars], strategy: "buy-and-hold"})}),
  postApiBacktestsLadder: () => computing({bars: [bars], strategy: "buy-and-hold"}),
  postApiBacktestsSweep: () =>
    computing({bars: [bars], strategy: "momentum", parameters: {lookback: [2, 5]}}),
  getApiBacktestsId: async () => ({path: {id: await runKey()}}),
  postApiAnalyticsOptimize: () => computing({prices, options: {objective: "hrp"}}),
  postApiAnalyticsFrontier: () => computing({prices, points: 3}),
  postApiAnalyticsMonteCarlo: () => computing({history, values: [1, 1, 1], paths: 10, periods: 2}),
  postApiAnalyticsFactorAnalysis: () => computing({history}),
  postApiAnalyticsStressTest: () => computing({account: "all", historical: ["lehman"]}),
  getApiAnalyticsCorrelation: async () => {
    await bridge.send("/api/import?name=held.xml", {
      method: "POST",
      headers: {"Content-Type": "text/xml"},
      body: heldStatement(),
      bearer: true
    });
    return {query: "?account=U2000001&method=ward"};
  },
  postApiAnalyticsRisk: () => computing({history, values: [1, 2, 3]}),
  getApiRunsKey: async () => ({path: {key: await runKey()}}),
  deleteApiRunsKey: async () => ({path: {key: await runKey()}}),
  getApiRunsKeyCompareOther: async () => ({path: {key: await runKey(), other: await runKey()}}),
  postApiOrders: () => computing(ORDER),
  postApiOrdersPreview: () => computing(ORDER),
  getApiOrdersId: () => orderPath(),
  deleteApiOrdersId: () => orderPath(),
  postApiOrdersIdSettle: async () => ({...(await orderPath()), ...computing({as: "cancelled"})}),
  getApiContracts: () => ({query: "?symbol=INVT"}),
  putApiRiskLimits: () => computing({account: ACCOUNT, limits: {account: DEFAULT_LIMITS, strategies: {}}}),
  putApiRiskState: () => computing({state: "REDUCING", reason: "a long day"}),
  postApiRebalance: () => computing({account: ACCOUNT, targets: []}),
  postApiKillSwitch: () => computing({on: true, reason: "wrong size"}),
  postApiKillSwitchEverything: () => computing({account: ACCOUNT, typed: ACCOUNT}),
  postApiReconciliationAcknowledge: () => computing({account: ACCOUNT, conId: 11, units: 5}),
  postApiLiveConfirm: () => computing({typed: ACCOUNT}),
  postApiPaperReset: () => computing({typed: ACCOUNT}),
  postApiDataVerify: () => asJson,
  postApiDataRepair: () => asJson,
  getApiStrategyRunsRun: () => ({path: {run: "first"}}),
  getApiJobsId: () => ({path: {id: bridge.services.jobs.list()[0].id}}),
  deleteApiJobsId: () => ({path: {id: bridge.services.jobs.list()[0].id}})
};

it("the document is what the schemas say", () => {
  expect(text).toBe(`${JSON.stringify(openApiDocument(), null, 2)}\n`);
});

it("the document is of OpenAPI 3.1, its paths stand whole, its operations have names of their own", () => {
  expect(document.openapi).toBe("3.1.0");
  expect(document.servers).toBeUndefined();
  expect(Object.keys(document.paths).filter((path) => !/^\/(api\/|health$)/.test(path))).toEqual([]);
  const names = operations.map(({operation}) => operation.operationId);
  expect(new Set(names).size).toBe(names.length);
});

it("the document has every endpoint that was promised", () => {
  const promised = [
    "get /api/account/summary",
    "get /api/positions",
    "get /api/pnl",
    "get /api/pnl/timeseries",
    "get /api/performance",
    "get /api/trades",
    "get /api/benchmark",
    "post /api/import",
    "post /api/fetch-data",
    "get /api/flex-query/status",
    "post /api/flex-query/fetch-all-reports",
    "get /health",
    "get /api/health",
    "get /api/health/detailed",
    "get /api/ledger/{table}",
    "get /api/ws/{connection_id}",
    "post /api/data/pull",
    "get /api/data/pull-status/{job_id}",
    "post /api/data/update-all",
    "get /api/data/catalog",
    "get /api/data/query",
    "get /api/backtests",
    "post /api/backtests",
    "get /api/backtests/{id}",
    "get /api/orders",
    "post /api/orders",
    "delete /api/orders/{id}",
    "get /api/fills",
    "get /api/risk",
    "put /api/risk/limits",
    "post /api/kill-switch",
    "post /api/rebalance",
    "post /api/analytics/optimize",
    "post /api/analytics/monte-carlo",
    "post /api/analytics/factor-analysis",
    "post /api/analytics/stress-test",
    "get /api/analytics/correlation",
    ...[
      "overview",
      "rates",
      "fx",
      "equities",
      "commodities",
      "macro",
      "what-changed",
      "curves",
      "fed-liquidity",
      "cb-meetings",
      "sparklines",
      "historical/{symbol}"
    ].map((view) => `get /api/market/${view}`)
  ];
  expect(operations.map(({method, path}) => `${method} ${path}`)).toEqual(expect.arrayContaining(promised));
});

describe("through the document", () => {
  for (const {path, method, operation} of operations) {
    it(`${method} ${path} answers as it says`, async () => {
      const [status] = Object.keys(operation.responses).filter((code) => Number(code) < 400);
      if (status === "101") return openSocket(path);
      const {path: parameters = {}, query = "", ...options} = (await calls[operation.operationId]?.()) ?? {};
      const address = path.replace(/\{(\w+)\}/g, (_, name: string) => parameters[name]);
      const reply = await bridge.send(address + query, {
        method: method.toUpperCase(),
        bearer: true,
        ...options
      });
      expect([reply.status, reply.status < 400 || reply.text]).toEqual([Number(status), true]);
      check(reply, operation.responses[status].content!);
    });

    if (method === "get" && path.startsWith("/api") && !path.includes("{")) {
      it(`${method} ${path} refuses what it does not know, as it says`, async () => {
        const reply = await bridge.send(`${path}?no-such-parameter=1`);
        expect(reply.status).toBe(400);
        check(reply, {"application/problem+json": {schema: document.components.schemas.Problem}});
        expect(reply.json().detail).toContain("no-such-parameter");
      });
    }
  }
});

async function openSocket(path: string): Promise<void> {
  const address = `${bridge.url.replace("http", "ws")}${path.replace("{connection_id}", "document-test")}`;
  const socket = new WebSocket(address, {origin: bridge.url});
  const status = await new Promise((resolve, reject) => {
    socket.on("upgrade", ({statusCode}) => resolve(statusCode)).on("error", reject);
  });
  expect(status).toBe(101);
  socket.terminate();
}

/** Checks an answer's media type and body against what the document says of them. */
function check({headers, body, text: answer}: Reply, content: Record<string, Media>): void {
  const [[media, {schema}]] = Object.entries(content);
  expect(headers["content-type"]?.split(";", 1)[0]).toBe(media);
  if (media.includes("parquet")) return expect(body.subarray(0, 4).toString()).toBe("PAR1");
  if (media.includes("tar")) return expect(body.subarray(257, 262).toString()).toBe("ustar");
  if (media.includes("arrow")) expect(tableFromIPC(body).numRows).toBeGreaterThan(0);
  else z.fromJSONSchema(inline(schema) as never).parse(JSON.parse(answer));
  expect(answer).not.toMatch(/\b(NaN|Infinity)\b/);
}

/** Puts what is referred to in the place of the reference. */
function inline(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(inline);
  if (typeof schema !== "object" || schema === null) return schema;
  const {$ref, ...rest} = schema as {$ref?: string};
  if ($ref !== undefined) return inline(document.components.schemas[$ref.split("/").at(-1)!]);
  return Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, inline(value)]));
}
