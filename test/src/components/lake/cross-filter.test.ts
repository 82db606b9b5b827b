import {DuckDBInstance, type DuckDBConnection} from "@duckdb/node-api";
import * as fc from "fast-check";
import {beforeAll, expect, it} from "vitest";
import {
  BINS,
  binningOf,
  binsSql,
  countSql,
  fromSql,
  histogramsSql,
  rangesSql,
  statisticsSql,
  wordsSql,
  type Binning,
  type ColumnRange
} from "../../../../src/components/lake/cross-filter.js";
import type {ColumnType} from "../../../../lib/lake/columns.js";

const COLUMNS = [
  {name: "symbol", type: "text"},
  {name: "time", type: "time"},
  {name: "day", type: "day"},
  {name: "close", type: "number"},
  {name: "volume", type: "number"}
] as const satisfies readonly {name: string; type: ColumnType}[];

let db: DuckDBConnection;
let binnings: Binning[];

const ask = async (sql: string) =>
  (await db.runAndReadAll(sql)).getRowObjectsJS() as Record<string, number>[];

/** Ranges as the page asks for them. */
async function ranges(table: string): Promise<ColumnRange[]> {
  const [row] = await ask(rangesSql(table, COLUMNS));
  return Promise.all(
    COLUMNS.map(async ({name, type}, i) => ({
      name,
      type,
      least: row[`l${i}`] ?? NaN,
      most: row[`m${i}`] ?? NaN,
      median: row[`q${i}`] ?? NaN,
      distinct: row[`d${i}`] ?? NaN,
      words: type === "text" ? (await ask(wordsSql(table, name))).map(({word}) => String(word)) : []
    }))
  );
}

beforeAll(async () => {
  db = await (await DuckDBInstance.create()).connect();
  await db.run(`CREATE TABLE t AS SELECT
    CASE WHEN i % 50 = 0 THEN 'it''s' ELSE 'S' || (i % 12) END AS symbol,
    TIMESTAMP '2026-01-05 14:30:00' + INTERVAL (i) MINUTE AS time, DATE '2026-01-05' + (i // 390)::INTEGER AS day,
    CASE WHEN i % 100 = 7 THEN NULL ELSE 100 + (i * 7919 % 1000) / 10.0 END AS close,
    exp((i * 31 % 997) / 80.0) AS volume FROM range(5000) AS r(i)`);
  binnings = (await ranges("t")).map(binningOf);
  await db.run(binsSql("t", "t bins", binnings));
});

it("binningOf(range) bends what lies near one end, cuts days into whole days, and keeps words apart", () => {
  const [symbol, time, day, close, volume] = binnings;
  expect(symbol).toMatchObject({kind: "words", others: true});
  expect(symbol.kind === "words" && symbol.words).toHaveLength(8);
  expect(volume.kind === "range" && volume.bend).toBeGreaterThan(0);
  expect(close).toMatchObject({bend: 0});
  for (const binning of [time, day]) {
    if (binning.kind !== "range") throw new Error("no range");
    expect(binning.edges.every(Number.isInteger)).toBe(true);
    expect(binning.edges).toHaveLength(BINS + 1);
  }
});

it("binningOf(range) bends about zero, so that values below it and zero itself have bins", async () => {
  await db.run(
    "CREATE OR REPLACE TABLE w AS SELECT CASE WHEN i < 5 THEN -40.0 WHEN i < 50 THEN 0.0 ELSE exp(i / 100.0) END AS x FROM range(1200) r(i)"
  );
  const [row] = await ask(rangesSql("w", [{name: "x", type: "number"}]));
  const binning = binningOf({
    name: "x",
    type: "number",
    least: row.l0,
    most: row.m0,
    median: row.q0,
    words: [],
    distinct: NaN
  });
  await db.run(binsSql("w", "w bins", [binning]));
  const bins = await ask(histogramsSql("w bins", [binning], new Map()));
  expect(bins.length).toBeGreaterThan(10);
  expect(Math.max(...bins.map(({n}) => n))).toBeLessThan(400);
});

it("binningOf(range) has no bins where no row has a value, and some where all have the same", () => {
  const range = {name: "x", type: "number" as const, words: [], distinct: NaN};
  expect(binningOf({...range, least: NaN, most: NaN, median: NaN})).toMatchObject({edges: []});
  expect(binningOf({...range, least: 5, most: 5, median: 5})).toMatchObject({most: 5});
});

it("histogramsSql(bins, …) counts every row once in each column, what is not given apart", async () => {
  const rows = await ask(histogramsSql("t bins", binnings, new Map()));
  for (const [place, {name}] of COLUMNS.entries()) {
    const mine = rows.filter(({c}) => c === place);
    expect(mine.reduce((sum, {n}) => sum + n, 0)).toBe(5000);
    expect(mine.find(({bin}) => bin === 255)?.n ?? 0).toBe(name === "close" ? 50 : 0);
  }
});

it("a filter narrows every column but its own, and counts what a naive filter counts", async () => {
  const bin = (value: number, {edges, bend}: Extract<Binning, {kind: "range"}>) => {
    const bent = (x: number) => (bend ? Math.asinh(x / bend) : x);
    const at = ((bent(value) - bent(edges[0])) / (bent(edges[BINS]) - bent(edges[0]))) * BINS;
    return Math.min(BINS - 1, Math.max(0, Math.floor(at)));
  };
  const all = (await ask("SELECT close, volume FROM t")) as {close: number | null; volume: number}[];
  const [close, volume] = [binnings[3], binnings[4]] as Extract<Binning, {kind: "range"}>[];
  await fc.assert(
    fc.asyncProperty(fc.nat(BINS - 1), fc.nat(BINS - 1), fc.nat(BINS - 1), async (a, b, c) => {
      const filters = new Map([
        ["close", {from: Math.min(a, b), to: Math.max(a, b)}],
        ["volume", {from: 0, to: c}]
      ]);
      const inVolume = all.filter((row) => bin(row.volume, volume) <= c);
      const inBoth = inVolume.filter(
        (row) =>
          row.close !== null &&
          bin(row.close, close) >= Math.min(a, b) &&
          bin(row.close, close) <= Math.max(a, b)
      );
      const rows = await ask(histogramsSql("t bins", binnings, filters));
      const sum = (place: number) =>
        rows.filter(({c: at}) => at === place).reduce((total, {n}) => total + n, 0);
      expect([sum(0), sum(3)]).toEqual([inBoth.length, inVolume.length]);
      expect((await ask(countSql("t bins", binnings, filters)))[0].n).toBe(inBoth.length);
      const [{n}] = await ask(
        `SELECT count(*)::DOUBLE AS n FROM ${fromSql("t", "t bins", binnings, filters)}`
      );
      expect(n).toBe(inBoth.length);
    }),
    {numRuns: 20}
  );
});

it("a word with an apostrophe has its own bin, and can be chosen", async () => {
  const binning = binnings[0];
  if (binning.kind !== "words") throw new Error("no words");
  const place = binning.words.indexOf("S1");
  const [{n}] = await ask(countSql("t bins", binnings, new Map([["symbol", {any: [place]}]])));
  const [{told}] = await ask("SELECT count(*)::DOUBLE AS told FROM t WHERE symbol = 'S1'");
  expect(n).toBe(told);
  await db.run("CREATE OR REPLACE TABLE u AS SELECT 'it''s' AS symbol FROM range(3)");
  const words = binningOf({...RANGE, words: ["it's"]});
  await db.run(binsSql("u", "u bins", [words]));
  expect((await ask(countSql("u bins", [words], new Map([["symbol", {any: [0]}]]))))[0].n).toBe(3);
});

const RANGE = {name: "symbol", type: "text" as const, least: NaN, most: NaN, median: NaN, distinct: 1};

it("statisticsSql(from, columns) tells of each column what is given, its range and its quartiles", async () => {
  await db.run(
    "CREATE OR REPLACE TABLE v AS SELECT * FROM (VALUES (DATE '2026-01-01', 1.0::DOUBLE), (DATE '2026-01-02', 2), (DATE '2026-01-03', 3), (DATE '2026-01-04', 4), (NULL, NULL)) AS r(day, value)"
  );
  const [day, value] = await ask(
    statisticsSql('"v"', [
      {name: "day", type: "day"},
      {name: "value", type: "number"}
    ])
  );
  expect(day).toMatchObject({given: 4, missing: 1, least: "2026-01-01", most: "2026-01-04", mean: null});
  expect(value).toMatchObject({given: 4, missing: 1, mean: 2.5, q1: 1.75, median: 2.5, q3: 3.25});
});
