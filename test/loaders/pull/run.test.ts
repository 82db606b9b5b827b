import {readdirSync, readFileSync, statSync} from "node:fs";
import {join} from "node:path";
import {gunzipSync} from "node:zlib";
import {expect, it} from "vitest";
import {SIM_KEYS} from "../../../sim/vendors/service.js";
import {FRIDAY, openDesk} from "./desk.js";

const BARS = "yahoo/bars/markets/1d";
const FROM = "2026-01-02";

/** The day that a query of Yahoo's chart begins with, and the day before which it ends. */
const days = ({period1, period2}: Record<string, string>) =>
  [period1, period2].map((seconds) => new Date(1000 * Number(seconds)).toISOString().slice(0, 10));

it("runPull(job) brings the bars that the vendor has, and tells what it brought", async () => {
  const {pull, rows, sim, lake} = await openDesk();
  const record = await pull({vendor: "yahoo", symbols: ["AAPL", "^GSPC"], from: FROM});
  for (const symbol of ["AAPL", "^GSPC"]) {
    const bars = sim.world().bars(`yahoo:${symbol}`);
    const first = bars.days.findIndex((day) => day >= FROM);
    const held = (await rows(BARS)).filter((row) => row.symbol === symbol);
    expect(held.map(({day}) => day)).toEqual(bars.days.slice(first));
    expect(held.map(({close}) => close)).toEqual(bars.close.slice(first));
  }
  const count = (await rows(BARS)).length + (await rows("yahoo/actions/markets/1d")).length;
  expect(record).toMatchObject({
    state: "done",
    title: "yahoo: AAPL, ^GSPC",
    symbols: {done: 2, total: 2},
    rows: {new: count, changed: 0, quarantined: 0},
    failures: []
  });
  expect(record.message).toMatch(/^2 of 2 symbols, \d+ new rows, \d+ kB$/);
  expect(lake.pull(record.id)).toEqual(record);
  expect(lake.tracked()).toEqual([
    {id: {provider: "yahoo", kind: "bars", universe: "markets", frequency: "1d"}, symbols: ["AAPL", "^GSPC"]}
  ]);
});

it("runPull(job) asks a second time only for what is new and the days before it, and for nothing on the same day", async () => {
  const {pull, asked, clock, rows} = await openDesk();
  const ask = {vendor: "yahoo", symbols: ["AAPL"], from: FROM};
  await pull(ask);
  expect(asked().map(({query}) => days(query)[0])).toEqual(["2026-01-01"]); // a day of margin before the first
  await pull(ask);
  expect(asked()).toEqual([]);
  clock.time = Date.parse("2026-11-24T22:00:00Z"); // Tuesday: two sessions later
  const {rows: brought} = await pull(ask);
  expect(asked().map(({query}) => days(query)[0])).toEqual(["2026-11-12"]); // seven days of overlap before the 20th, and the margin
  expect(brought).toMatchObject({new: 2, changed: 0});
  expect((await rows(BARS)).at(-1)).toMatchObject({symbol: "AAPL", day: "2026-11-24"});
});

it("runPull(job) asks again for all when earlier days are wanted, and keeps one row a day", async () => {
  const {pull, asked, rows} = await openDesk();
  await pull({vendor: "yahoo", symbols: ["AAPL"], from: "2026-06-01"});
  asked();
  await pull({vendor: "yahoo", symbols: ["AAPL"], from: "2026-03-02"});
  expect(asked().map(({query}) => days(query)[0])).toEqual(["2026-03-01"]);
  const held = (await rows(BARS)).map(({day}) => day);
  expect(held[0]).toBe("2026-03-02");
  expect(new Set(held).size).toBe(held.length);
  await pull({vendor: "yahoo", symbols: ["AAPL"], from: "2026-04-01"});
  expect(asked()).toEqual([]);
});

it("runPull(job) asks for all of ten years when no day is named", async () => {
  const {pull, asked} = await openDesk();
  await pull({vendor: "yahoo", symbols: ["AAPL"]});
  expect(days(asked()[0].query)[0]).toBe("2016-10-19"); // ten years and 31 days before 2026-11-20, less a day of margin
});

it("runPull(job) tells of the one bad symbol among ten, and brings the others", async () => {
  const {pull, rows} = await openDesk();
  const good = ["AAPL", "MSFT", "^GSPC", "^VIX", "^DJI", "GC=F", "CL=F", "SPY", "BTC-USD"];
  const symbols = [...good.slice(0, 4), "NOSUCH", ...good.slice(4)];
  const record = await pull({vendor: "yahoo", symbols, from: "2026-11-02"});
  expect(record).toMatchObject({
    state: "done",
    symbols: {done: 10, total: 10},
    failures: [{vendor: "yahoo", symbol: "NOSUCH", code: "unknown-symbol"}]
  });
  expect(record.message).toContain("; not: NOSUCH (");
  expect(new Set((await rows(BARS)).map(({symbol}) => symbol))).toEqual(new Set(good));
});

it("runPull(job) lists what the vendor changed, and counts the later value", async () => {
  const {pull, sim, clock, rows, lake} = await openDesk();
  const ask = {vendor: "yahoo", symbols: ["AAPL"], from: "2026-11-02"};
  await pull(ask);
  const before = (await rows(BARS)).find(({day}) => day === "2026-11-19");
  sim.faults.yahoo.always.push({
    kind: "revised",
    symbol: "AAPL",
    from: "2026-11-19",
    to: "2026-11-19",
    factor: 1.01
  });
  clock.time = Date.parse("2026-11-23T22:00:00Z");
  const record = await pull(ask);
  expect(record.rows).toMatchObject({new: 1, changed: 1});
  const after = (await rows(BARS)).find(({day}) => day === "2026-11-19");
  expect(Number(after?.close) / Number(before?.close)).toBeCloseTo(1.01, 4); // prices have cents
  expect(lake.problems(BARS)).toMatchObject([
    {code: "revised", symbol: "AAPL", day: "2026-11-19", state: "kept"}
  ]);
});

it("runPull(job) that is cancelled keeps what had come, and the same job goes on with the rest", async () => {
  const {pull, sim, asked, rows} = await openDesk();
  const ask = {vendor: "yahoo", symbols: ["AAPL", "MSFT", "^GSPC", "^VIX"], from: "2026-11-02"};
  sim.faults.yahoo.always.push({kind: "slow", ms: 150}); // progress is told some times a second
  const abort = new AbortController();
  const cancelled = await pull(ask, {
    signal: abort.signal,
    onProgress: ({done}) => void (done === 2 && abort.abort())
  });
  expect(cancelled).toMatchObject({state: "cancelled", symbols: {done: 2, total: 4}});
  expect(new Set((await rows(BARS)).map(({symbol}) => symbol))).toEqual(new Set(["AAPL", "MSFT", "^GSPC"]));
  asked();
  const rest = await pull(ask);
  expect(asked().map(({path}) => path.split("/").at(-1))).toEqual(["^VIX"]);
  expect(rest).toMatchObject({state: "done", symbols: {done: 4, total: 4}});
  expect(cancelled.finished).toEqual(["AAPL", "MSFT", "^GSPC"].map((symbol) => `${BARS} ${symbol}`));
});

it("runPull(job) asks a vendor that does not answer no more than three times, and the others all the same", async () => {
  const {pull, sim, rows} = await openDesk();
  sim.faults.yahoo.always.push({kind: "reset", bytes: 0});
  const symbols = ["AAPL", "MSFT", "^GSPC", "^VIX", "^DJI"];
  const record = await pull([
    {vendor: "yahoo", symbols, from: "2026-11-02"},
    {vendor: "ecb", symbols: ["EURUSD"], from: "2026-11-02"}
  ]);
  expect(record.state).toBe("done");
  expect(record.failures.map(({symbol, code}) => [symbol, code])).toEqual(
    symbols.map((symbol) => [symbol, "unavailable"])
  );
  expect(record.failures[3].message).toMatch(/^not asked for after \^GSPC: no answer from Yahoo/);
  expect(new Set(sim.calls.filter(({vendor}) => vendor === "yahoo").map(({path}) => path)).size).toBe(3);
  expect((await rows("ecb/fx/markets/1d")).length).toBeGreaterThan(10);
});

it("runPull(job) of which nothing came has failed, and says why in the catalog", async () => {
  const {pull, clock, sim, lake} = await openDesk();
  await pull({vendor: "ecb", symbols: ["EURUSD"], from: "2026-11-02"});
  sim.faults.ecb.always.push({kind: "html"});
  clock.time = Date.parse("2026-11-24T22:00:00Z");
  const record = await pull({vendor: "ecb", symbols: ["EURUSD"]});
  expect(record.state).toBe("failed");
  const [entry] = await lake.catalog();
  expect(entry).toMatchObject({
    dataset: "ecb/fx/markets/1d",
    to: "2026-11-20",
    staleDays: 1,
    lastPull: {ok: false, message: record.failures[0].message}
  });
});

it("runPull(job) asks nothing more of a vendor that wants a key", async () => {
  const {pull, sim} = await openDesk();
  const {state, failures} = await pull({vendor: "polygon", symbols: ["AAPL", "MSFT"], from: "2026-11-02"});
  expect(state).toBe("failed");
  expect(failures.map(({symbol, code}) => [symbol, code])).toEqual([
    ["AAPL", "key-missing"],
    ["MSFT", "key-missing"]
  ]);
  expect(sim.calls).toEqual([]);
});

it("runPull(job) leaves the key in no log, no record and no file of the lake", async () => {
  const {pull, sim, lines, folder} = await openDesk({keys: SIM_KEYS});
  sim.faults.fred.next = [{kind: "status", status: 500}, null, {kind: "wrong-key"}];
  sim.faults.polygon.next = [{kind: "status", status: 503}];
  const record = await pull([
    {vendor: "fred", symbols: ["DGS10", "DGS2"], from: "2026-11-02"},
    {vendor: "polygon", symbols: ["AAPL"], from: "2026-11-02"}
  ]);
  expect(record.failures.map(({code}) => code)).toContain("key-wrong");
  expect(lines.length).toBeGreaterThan(1);
  const files = readdirSync(folder, {recursive: true, encoding: "utf8"}).map((name) => join(folder, name));
  const told = files
    .filter((file) => statSync(file).isFile())
    .map((file) => (file.endsWith(".gz") ? gunzipSync(readFileSync(file)) : readFileSync(file)));
  expect(files.some((file) => file.endsWith(".gz"))).toBe(true);
  for (const text of [...told, ...lines, JSON.stringify(record)].map(String))
    for (const key of Object.values(SIM_KEYS)) expect(text).not.toContain(key);
});

it("runPull(job) sets a row aside that cannot be, and lists it", async () => {
  const {pull, sim, lake, rows} = await openDesk();
  const day = "2026-11-10";
  sim.faults.yahoo.always.push({kind: "revised", symbol: "AAPL", from: day, to: day, factor: 100});
  const record = await pull({vendor: "yahoo", symbols: ["AAPL"], from: "2026-11-02"});
  expect(record).toMatchObject({state: "done", rows: {quarantined: 1}});
  const problems = lake.problems(BARS).filter(({state}) => state === "quarantined");
  expect(problems).toMatchObject([{code: "mixed-units", symbol: "AAPL", day}]);
  expect((await rows(BARS)).map((row) => row.day)).not.toContain(day);
});

it("runPull(job) derives adjusted bars and total returns of what has actions", async () => {
  const {pull, lake, sim, clock} = await openDesk();
  await pull({vendor: "yahoo", symbols: ["AAPL"], from: "2025-01-02"});
  const id = {provider: "yahoo", kind: "bars", universe: "markets", frequency: "1d"} as const;
  const raw = await lake.read("clean", id);
  const before = await lake.read("features", id);
  expect([...before.columns.close]).toEqual([...raw.columns.close]); // no split in these days
  const total = await lake.read("features", {...id, kind: "series"});
  expect(total.length).toBe(raw.length);
  expect(total.columns.value[0]).toBeLessThan(raw.columns.close[0]); // dividends since are put back in
  expect(total.columns.value.at(-1)).toBe(raw.columns.close.at(-1));
  clock.time = Date.parse("2026-11-24T22:00:00Z");
  sim.faults.yahoo.always.push({kind: "split", symbol: "AAPL", day: "2026-11-24", ratio: 4});
  await pull({vendor: "yahoo", symbols: ["AAPL"]});
  const after = await lake.read("features", id);
  const still = await lake.read("clean", id);
  expect([...still.columns.close.subarray(0, raw.length)]).toEqual([...raw.columns.close]); // as traded: never adjusted
  expect(after.columns.close[0]).toBeCloseTo(raw.columns.close[0] / 4, 9);
  expect(after.columns.volume[0]).toBeCloseTo(raw.columns.volume[0] * 4, 3);
});

it("runPull(job) tells how far it is: symbols, rows, seconds to go", async () => {
  const {pull} = await openDesk();
  const told: unknown[][] = [];
  const symbols = ["EURUSD", "EURJPY", "EURGBP"];
  await pull(
    {vendor: "ecb", symbols, from: "2026-11-02"},
    {onProgress: ({symbol, done, total, etaSeconds}) => told.push([symbol, done, total, etaSeconds === null])}
  );
  expect(told[0]).toEqual(["EURUSD", 0, 3, true]);
  expect(told.at(-1)).toEqual(["EURGBP", 3, 3, false]);
});

it("runPull(job) refuses a vendor that there is none of, and says so in the history", async () => {
  const {pull, lake} = await openDesk();
  await expect(pull({vendor: "bloomberg", symbols: ["X"]})).rejects.toThrow(
    "unknown vendor: bloomberg: there are yahoo, polygon, binance, ecb, fred, fred-graph, treasury, new-york-fed, stooq, vega-datasets"
  );
  expect(lake.pulls()).toMatchObject([{state: "failed", endedAt: new Date(FRIDAY).toISOString()}]);
});
