import {existsSync, readdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {DuckDBInstance} from "@duckdb/node-api";
import {tableFromIPC} from "apache-arrow";
import {expect, it, onTestFinished} from "vitest";
import {rowsOf} from "../../../lib/lake/columns.js";
import type {Lake} from "../../../loaders/lake/port.js";
import {openLakeSql, SqlError, type LakeSql} from "../../../loaders/lake/sql.js";
import {addLakeViews} from "../../../loaders/lake/views.js";
import {bar, bars, BARS, FX, lakeIn, temporaryFolder} from "./fixture.js";

function sqlOf(lake: Lake, options: Parameters<typeof openLakeSql>[1] = {}): LakeSql {
  const sql = openLakeSql(lake, options);
  onTestFinished(() => sql.close());
  return sql;
}

const rowsFrom = async (sql: LakeSql, text: string) =>
  (await sql.query(text)).rows.map((row) => Object.values(row));

it("openLakeSql(lake) shows all datasets of a kind in a view, with provider, universe and frequency in front", async () => {
  const lake = lakeIn(temporaryFolder());
  await lake.write("clean", BARS, bars(bar("A", "2024-12-31", 1), bar("A", "2025-01-02", 2)));
  await lake.write("clean", {...BARS, provider: "other", frequency: "1w"}, bars(bar("B", "2025-01-03", 3)));
  await lake.write("features", BARS, bars(bar("A", "2025-01-02", 4)));
  await lake.write("clean", FX, rowsOf("fx", [{base: "EUR", quote: "USD", day: "2025-01-02", rate: 1.03}]));
  const sql = sqlOf(lake);
  expect(
    await rowsFrom(sql, "select provider, universe, frequency, symbol, day, close from bars order by day")
  ).toEqual([
    ["test", "some", "1d", "A", "2024-12-31", 1],
    ["test", "some", "1d", "A", "2025-01-02", 2],
    ["other", "some", "1w", "B", "2025-01-03", 3]
  ]);
  expect(await rowsFrom(sql, "select * from fx")).toEqual([
    ["test", "fixings", "1d", "EUR", "USD", "2025-01-02", 1.03]
  ]);
  expect(await rowsFrom(sql, "select symbol, close from bars_adjusted")).toEqual([["A", 4]]);
  for (const view of ["series", "actions", "trades", "quotes"])
    expect(await rowsFrom(sql, `select count(*)::integer from ${view}`)).toEqual([[0]]);
});

it("openLakeSql(lake) sees what is written after it, and a part that took the place of another", async () => {
  const lake = lakeIn(temporaryFolder());
  const sql = sqlOf(lake);
  expect(await rowsFrom(sql, "select sum(close) from bars")).toEqual([[null]]);
  for (const close of [1, 2, 3]) {
    await lake.write("clean", BARS, bars(bar("A", "2025-01-02", close)));
    expect(await rowsFrom(sql, "select sum(close) from bars")).toEqual([[close]]);
    await lake.write("features", BARS, bars(bar("A", "2025-01-02", -close)));
    expect(await rowsFrom(sql, "select sum(close) from bars_adjusted")).toEqual([[-close]]);
  }
});

it("openLakeSql(lake) answers questions that are asked at once while the lake changes", async () => {
  const lake = lakeIn(temporaryFolder());
  await lake.write("clean", BARS, bars(bar("A", "2025-01-02", 0)));
  const sql = sqlOf(lake);
  for (let close = 1; close < 6; ++close) {
    const asked = Array.from({length: 4}, () => rowsFrom(sql, "select close from bars"));
    await lake.write("clean", BARS, bars(bar("A", "2025-01-02", close)));
    for (const [[found]] of await Promise.all(asked)) expect([close - 1, close]).toContain(found);
  }
});

it("openLakeSql(lake) looks anew when a part is gone that it has just heard of", async () => {
  const lake = lakeIn(temporaryFolder());
  await lake.write("clean", BARS, bars(bar("A", "2025-01-02", 1)));
  const sql = sqlOf({...lake, version: () => 1}); // as it is between the look at the version and the read
  expect(await rowsFrom(sql, "select close from bars")).toEqual([[1]]);
  await lake.write("clean", BARS, bars(bar("A", "2025-01-02", 2)));
  expect(await rowsFrom(sql, "select close from bars")).toEqual([[2]]);
});

it("openLakeSql(lake, {extra}) leaves a name that is taken alone: the lake's is lake.trades", async () => {
  const lake = lakeIn(temporaryFolder());
  await lake.write("clean", BARS, bars(bar("A", "2025-01-02", 2)));
  const sql = sqlOf(lake, {
    extra: async (connection) =>
      void (await connection.run("create table trades as select 'A' symbol, 10 quantity"))
  });
  expect(await rowsFrom(sql, "select quantity * close from trades join bars using (symbol)")).toEqual([[20]]);
  expect(await rowsFrom(sql, "select count(*)::integer from lake.trades")).toEqual([[0]]);
});

it("addLakeViews(connection, lake) adds to what a DuckDB may read, and nothing else can be read after", async () => {
  const dir = temporaryFolder();
  const lake = lakeIn(dir);
  await lake.write("clean", BARS, bars(bar("A", "2025-01-02", 2)));
  writeFileSync(join(dir, "mine.csv"), "a\n1\n");
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  onTestFinished(() => connection.closeSync());
  await connection.run(`set allowed_paths = ['${join(dir, "mine.csv")}']`);
  await addLakeViews(connection, lake);
  await connection.run("set enable_external_access = false");
  const read = async (text: string) => (await connection.runAndReadAll(text)).getRowsJson();
  expect(await read("select close from bars")).toEqual([[2]]);
  expect(await read(`select a::integer from read_csv('${join(dir, "mine.csv")}')`)).toEqual([[1]]);
  await expect(read(`select * from read_text('${join(dir, "catalog.db")}')`)).rejects.toThrow(
    "Permission Error"
  );
});

const OUTSIDE = [
  "select * from read_csv('/etc/passwd')",
  "select * from read_text('/etc/passwd')",
  "select * from read_blob('/etc/passwd')",
  "select * from read_json('/etc/passwd')",
  "select * from '/etc/passwd'",
  "select * from glob('/etc/*')",
  "select * from sniff_csv('/etc/passwd')",
  "select * from read_parquet('DIR/clean/**/*.parquet')",
  "select * from read_parquet('DIR/clean/test/bars/some/1d/../../../../../catalog.db')",
  "select * from read_text('DIR/catalog.db')",
  "select * from read_text('DIR/clean/test/bars/some/1d/manifest.json')",
  "select * from parquet_metadata('DIR/quarantine/x.parquet')",
  "select * from read_csv('https://example.com/x.csv')",
  "select * from sqlite_scan('DIR/catalog.db', 'pulls')",
  "select * from query('copy (select 1) to ''DIR/out''')"
];
const NOT_ONE_SELECT = [
  "copy (select 1) to 'DIR/out.csv'",
  "copy bars to 'DIR/out.parquet' (use_tmp_file false)",
  "attach 'DIR/out.db'",
  "attach 'DIR/catalog.db' (type sqlite)",
  "install httpfs",
  "load httpfs",
  "pragma database_list",
  "-- a word before\n /* and */ pragma version",
  "set enable_external_access = true",
  "set allowed_paths = ['/etc/passwd']",
  "reset lock_configuration",
  "create table x as select 1",
  "create view x as from bars",
  "drop view bars",
  "insert into bars select * from bars",
  "delete from bars",
  "export database 'DIR/out'",
  "import database 'DIR/out'",
  "checkpoint",
  "vacuum",
  "call pragma_version()",
  "explain analyze select 1",
  "select 1; copy (select 1) to 'DIR/out.csv'",
  "",
  "-- nothing"
];

it("query(text) reads no file outside the parts and writes none, whatever is asked", async () => {
  const dir = temporaryFolder();
  const lake = lakeIn(dir);
  await lake.write("clean", BARS, bars(bar("A", "2025-01-02", 2)));
  const sql = sqlOf(lake);
  await sql.query("select 1");
  const before = readdirSync(dir, {recursive: true, encoding: "utf8"}).toSorted();
  for (const text of [...OUTSIDE, ...NOT_ONE_SELECT])
    await expect(sql.query(text.replaceAll("DIR", dir)), text).rejects.toThrow(SqlError);
  for (const text of NOT_ONE_SELECT) {
    const error = await sql.query(text.replaceAll("DIR", dir)).catch((cause: unknown) => cause);
    expect([text, (error as SqlError).message]).toEqual([
      text,
      expect.stringMatching(/only one SELECT|(Permission|Parser|Catalog|Binder) Error/)
    ]);
  }
  expect(readdirSync(dir, {recursive: true, encoding: "utf8"}).toSorted()).toEqual(before);
  expect(existsSync(".tmp")).toBe(false);
  expect(await rowsFrom(sql, "select close from bars")).toEqual([[2]]);
});

it("query(text) says what is wrong in DuckDB's words, and gives up what takes too long or too much room", async () => {
  const lake = lakeIn(temporaryFolder());
  const sql = sqlOf(lake, {mostMs: 300});
  await expect(sql.query("select nothing from bars")).rejects.toThrow(
    'Binder Error: Referenced column "nothing" not found in FROM clause!'
  );
  await expect(
    sql.query("select count(*) from range(1000000) a, range(1000000) b where a.range + b.range = 7")
  ).rejects.toThrow("no answer after 0.3 s: ask for less, or join on a condition");
  expect(await rowsFrom(sql, "select 1")).toEqual([[1]]);
});

it("query(text, {limit}) gives no more rows, and says that there were", async () => {
  const sql = sqlOf(lakeIn(temporaryFolder()));
  expect(await sql.query("select range::integer as n from range(5)", {limit: 2})).toEqual({
    columns: [{name: "n", type: "INTEGER"}],
    rows: [{n: 0}, {n: 1}],
    truncated: true
  });
  expect((await sql.query("select * from range(20000)")).rows).toHaveLength(10_000);
  expect(await sql.query("select 1 as n", {limit: 1})).toMatchObject({truncated: false});
});

it("queryBytes(text, format) keeps numbers, days and times; what they cannot hold is text", async () => {
  const sql = sqlOf(lakeIn(temporaryFolder()));
  const text = `select 1.5::double as d, 2::bigint as b, 9007199254740993 as big, 1.50::decimal(10,2) as exact, date '2025-01-02' as day,
    timestamp '2025-01-02 03:04:05.678' as t, [1, 2] as list, null::double as none, null::date as noday, true as yes, 'x' as s`;
  const {bytes, ...counts} = await sql.queryBytes(text, "csv");
  expect(counts).toEqual({shown: 1, matches: 1, truncated: false});
  expect(Buffer.from(bytes).toString()).toBe(
    "d,b,big,exact,day,t,list,none,noday,yes,s\r\n" +
      '1.5,2,9007199254740993,1.50,2025-01-02,2025-01-02T03:04:05.678Z,"[1,2]",,,true,x\r\n'
  );
  const arrow = tableFromIPC(
    (await sql.queryBytes("select 7 as n, date '2025-01-02' as day from range(3)", "arrow", {limit: 2})).bytes
  );
  expect([arrow.numRows, String(arrow.schema.fields.map(({type}) => type))]).toEqual([
    2,
    "Float64,Date32<DAY>"
  ]);
  const parquet = await sql.queryBytes("select 7 as n", "parquet");
  expect(Buffer.from(parquet.bytes.subarray(0, 4)).toString()).toBe("PAR1");
  const json = await sql.queryBytes("select 7 as n", "json");
  expect(JSON.parse(Buffer.from(json.bytes).toString())).toEqual({
    columns: [{name: "n", type: "INTEGER"}],
    rows: [{n: 7}],
    truncated: false
  });
});
