import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {tableFromIPC} from "apache-arrow";
import {beforeAll, expect, it} from "vitest";
import {createMarkets} from "../../../lib/market/markets.js";
import {marketRowsOf} from "../../../src/workers/market-arrow.js";
import {keepLakeBridge, startLakeBridge, type LakeBridge} from "./lake.js";

const VIEWS = [
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
  "sparklines"
];
const historical = (symbol: string, query = "") =>
  `/api/market/historical/${encodeURIComponent(symbol)}${query}`;
const put = (body: unknown) => ({
  method: "PUT",
  headers: {"content-type": "application/json"},
  body: JSON.stringify(body),
  bearer: true
});

/** With all that Markets reads. */
let desk: LakeBridge;

beforeAll(async () => {
  desk = await keepLakeBridge();
  expect(await desk.pull({vendor: "markets"})).toMatchObject({state: "done", what: "markets", failures: []});
}, 120_000);

it("the market endpoints answer with what lib/market makes of the same series", async () => {
  const {send, get} = desk;
  const {set, meetings, watchlists} = marketRowsOf(tableFromIPC((await send("/api/data/market")).body));
  const overview = await get("/api/market/overview");
  const markets = createMarkets(set, {now: new Date(overview.now), meetings, watchlists, holdings: null});
  expect(overview).toEqual(JSON.parse(JSON.stringify(markets.overview())));
  const views = [
    overview.rates,
    overview.fx,
    overview.equities,
    overview.commodities,
    overview.macro,
    overview.whatChanged
  ];
  for (const [i, name] of VIEWS.slice(1, 7).entries())
    expect(await get(`/api/market/${name}`)).toEqual(views[i]);
  expect(await get("/api/market/curves")).toEqual(JSON.parse(JSON.stringify(markets.curves())));
  expect(await get("/api/market/fed-liquidity")).toEqual(JSON.parse(JSON.stringify(markets.fedLiquidity())));
  expect(await get("/api/market/cb-meetings")).toEqual(JSON.parse(JSON.stringify(markets.cbMeetings())));
});

it("no row of Markets is without a value once all that it reads has been pulled", async () => {
  const {rates, fx, equities, commodities, macro} = await desk.get("/api/market/overview");
  const rows = [rates, fx, equities, commodities, macro].flatMap(({groups}) =>
    groups.flatMap((group: {rows: {id: string; value: unknown}[]}) => group.rows)
  );
  expect(rows.length).toBeGreaterThan(100);
  expect(rows.filter(({value}) => value === null)).toEqual([]);
});

it("GET /api/market/historical/{symbol} gives a year of closes of a symbol with odd characters", async () => {
  const {get, send, sim} = desk;
  const {days, close} = sim.world().bars("yahoo:^GSPC");
  const history = await get(historical("yahoo:^GSPC", "?days=30"));
  expect(history).toMatchObject({id: "yahoo:^GSPC", label: "S&P 500", asOf: days.at(-1), reason: null});
  expect(history.closes).toEqual(days.map((day, i) => [day, close[i]]).slice(-history.closes.length));
  for (const symbol of ["yahoo:CL=F", "yahoo:GC=F", "computed:DXY", "^VIX"])
    expect((await get(historical(symbol))).closes.length, symbol).toBeGreaterThan(200);
  for (const symbol of ["yahoo:../../x", "a/b", "'; drop table parts; --", "%00", "nope"]) {
    const reply = await send(historical(symbol));
    expect([symbol, reply.status]).toEqual([symbol, 404]);
  }
  expect((await send(historical("yahoo:^GSPC", "?days=5000"))).json().detail).toContain(
    "a year at most: /api/data/query has the rest"
  );
});

it("GET /api/market/sparklines gives the lines asked for, and says why one is empty", async () => {
  const {get} = desk;
  const {sparklines} = await get("/api/market/sparklines?ids=yahoo:%5EGSPC,fred:NOSUCH");
  expect(sparklines).toMatchObject([
    {id: "yahoo:^GSPC", reason: null},
    {id: "fred:NOSUCH", points: [], reason: expect.stringContaining("fred")}
  ]);
  expect(sparklines[0].points).toHaveLength(30);
});

it("GET /api/data/market is sent again only once the lake has changed", async () => {
  const {send} = desk;
  const first = await send("/api/data/market");
  const tag = String(first.headers.etag);
  expect((await send("/api/data/market", {headers: {"if-none-match": tag}})).status).toBe(304);
  await send("/api/market/watchlists", put({watchlists: [{name: "Mine", ids: ["yahoo:^VIX"]}]}));
  const changed = await send("/api/data/market", {headers: {"if-none-match": tag}});
  expect(changed.status).toBe(200);
  expect(marketRowsOf(tableFromIPC(changed.body)).watchlists).toEqual([{name: "Mine", ids: ["yahoo:^VIX"]}]);
});

it("PUT /api/market/watchlists keeps lists in their order, and Markets shows them", async () => {
  const {send, get} = desk;
  const watchlists = [
    {name: "Coins", ids: ["binance:BTCUSDT"]},
    {name: "Indices", ids: ["yahoo:^GSPC", "yahoo:^VIX", "yahoo:^GSPC"]}
  ];
  const saved = await send("/api/market/watchlists", put({watchlists}));
  expect(saved.json()).toEqual({
    watchlists: [watchlists[0], {name: "Indices", ids: ["yahoo:^GSPC", "yahoo:^VIX"]}]
  });
  expect(await get("/api/market/watchlists")).toEqual(saved.json());
  const {watchlists: shown} = await get("/api/market/overview");
  expect(shown[1].rows.map(({id, value}: {id: string; value: number}) => [id, value !== null])).toEqual([
    ["yahoo:^GSPC", true],
    ["yahoo:^VIX", true]
  ]);
  expect(shown[0].rows[0]).toMatchObject({value: null, reason: expect.stringContaining("pull")});
});

it("PUT /api/market/watchlists refuses lists that are none", async () => {
  const {send} = desk;
  const wrong = [
    {watchlists: [{name: "", ids: []}]},
    {watchlists: [{name: "A", ids: ["AAPL"]}]},
    {
      watchlists: [
        {name: "A", ids: []},
        {name: "A", ids: []}
      ]
    },
    {watchlists: [{name: "A", ids: Array.from({length: 201}, (_, i) => `yahoo:S${i}`)}]},
    {watchlists: "A"},
    {lists: []}
  ];
  for (const body of wrong) {
    const reply = await send("/api/market/watchlists", put(body));
    expect([JSON.stringify(body).slice(0, 60), reply.status]).toEqual([
      JSON.stringify(body).slice(0, 60),
      400
    ]);
  }
});

it("Markets of an empty lake says of each row what to pull, and a pull shows at once", async () => {
  const {get, pull} = await startLakeBridge();
  const before = await get("/api/market/equities");
  for (const {rows} of before.groups)
    for (const {value, reason} of rows)
      expect([value, reason]).toEqual([null, expect.stringContaining("pull")]);
  for (const name of VIEWS) expect(await get(`/api/market/${name}`)).toBeTypeOf("object");
  await pull({vendor: "yahoo", symbols: ["^GSPC"]});
  const row = async () => {
    const {groups} = await get("/api/market/equities");
    return groups
      .flatMap(({rows}: {rows: {id: string}[]}) => rows)
      .find(({id}: {id: string}) => id === "yahoo:^GSPC");
  };
  await expect.poll(async () => (await row()).value).toBeGreaterThan(0);
});

it("Markets still answers from the lake, with ages, when every vendor is down", async () => {
  const {sim, pull, get} = desk;
  const rows = async () => {
    const {rates, fx, equities, commodities, macro} = await get("/api/market/overview");
    return [rates, fx, equities, commodities, macro].flatMap(({groups}) =>
      groups.flatMap((group: {rows: {id: string; value: number; ageDays: number}[]}) => group.rows)
    );
  };
  const before = await rows();
  for (const faults of Object.values(sim.faults)) faults.always.push({kind: "reset", bytes: 0});
  const failed = await pull({vendor: "yahoo", symbols: ["NEWONE"], from: "2026-01-02"});
  expect(failed).toMatchObject({state: "failed", failures: [{code: "unavailable"}]});
  expect(await rows()).toEqual(before);
  expect(before.length).toBeGreaterThan(100);
  for (const {id, value, ageDays} of before)
    expect([id, typeof value, ageDays >= 0]).toEqual([id, "number", true]);
  for (const name of VIEWS) expect((await desk.send(`/api/market/${name}`)).status).toBe(200);
});

it("the person's own list of meetings counts, and one that is not understood does not", async () => {
  const {get, folder} = await startLakeBridge();
  const file = join(folder, "meetings.csv");
  const day = `${new Date().getUTCFullYear() + 1}-08-15`;
  writeFileSync(file, `bank,day,projections\nFed,${day},no\n`);
  const {meetings} = await get("/api/market/cb-meetings");
  expect(meetings).toContainEqual(
    expect.objectContaining({bank: "Federal Reserve", day, source: "your own list"})
  );
  writeFileSync(file, "bank,day,projections\nFed,never,no\n");
  expect((await get("/api/market/cb-meetings")).meetings).not.toContainEqual(expect.objectContaining({day}));
});
