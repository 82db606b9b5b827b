import {existsSync, readdirSync, statSync} from "node:fs";
import {join} from "node:path";
import {expect, it} from "vitest";
import {rowsOf} from "../../../lib/lake/columns.js";
import {addDays} from "../../../lib/time/day.js";
import {bar, bars, BARS, closes, FX, lakeIn, records, temporaryFolder} from "./fixture.js";

const filesOf = (dir: string) =>
  readdirSync(dir, {recursive: true, encoding: "utf8"}).filter((name) => name.endsWith(".parquet"));

it("write(layer, id, rows) keeps what is new, a later row in the place of an earlier, and says which were which", async () => {
  const lake = lakeIn(temporaryFolder());
  const first = bars(bar("B", "2025-01-02", 7), bar("A", "2024-12-31", 1), bar("A", "2025-01-02", 2));
  expect(await lake.write("clean", BARS, first)).toMatchObject({new: 3, same: 0, changed: 0});
  const second = bars(bar("A", "2025-01-02", 3), bar("A", "2025-01-03", 4), bar("B", "2025-01-02", 7));
  expect(await lake.write("clean", BARS, second)).toMatchObject({new: 1, same: 1, changed: 1});
  expect(closes(await lake.read("clean", BARS))).toEqual([
    "A 2024-12-31 1",
    "A 2025-01-02 3",
    "A 2025-01-03 4",
    "B 2025-01-02 7"
  ]);
});

it("write(layer, id, rows) writes no file when every row is there already", async () => {
  const dir = temporaryFolder();
  const lake = lakeIn(dir);
  const rows = bars(bar("A", "2024-12-31", 1), bar("A", "2025-01-02", 2, {volume: null, vwap: 2.5}));
  await lake.write("clean", BARS, rows, [{symbol: "A", name: "Alpha", unit: "USD"}]);
  const stamps = () => filesOf(dir).map((name) => [name, statSync(join(dir, name)).mtimeMs]);
  const [before, manifest] = [stamps(), statSync(join(dir, "clean/test/bars/some/1d/manifest.json")).mtimeMs];
  const again = await lake.write("clean", BARS, rows, [{symbol: "A", name: "Alpha", unit: "USD"}]);
  expect(again).toEqual({new: 0, same: 2, changed: 0, bytes: 0});
  expect(stamps()).toEqual(before);
  expect(statSync(join(dir, "clean/test/bars/some/1d/manifest.json")).mtimeMs).toBe(manifest);
});

it("write(layer, id, rows) lets the last of several rows with one key count", async () => {
  const lake = lakeIn(temporaryFolder());
  const rows = bars(bar("A", "2025-01-02", 1), bar("A", "2025-01-02", 2), bar("A", "2025-01-02", 3));
  expect(await lake.write("clean", BARS, rows)).toMatchObject({new: 1, same: 0, changed: 0});
  expect(closes(await lake.read("clean", BARS))).toEqual(["A 2025-01-02 3"]);
});

it("write(layer, id, rows) names parts by their content, in a folder a year", async () => {
  const dir = temporaryFolder();
  await lakeIn(dir).write("clean", BARS, bars(bar("A", "2024-12-31", 1), bar("A", "2025-01-02", 2)));
  expect(filesOf(dir).toSorted()).toEqual([
    expect.stringMatching(/^clean\/test\/bars\/some\/1d\/year=2024\/[0-9a-f]{32}\.parquet$/),
    expect.stringMatching(/^clean\/test\/bars\/some\/1d\/year=2025\/[0-9a-f]{32}\.parquet$/)
  ]);
});

it("write(layer, id, rows) gives intraday rows a folder a month, by the exchange's day", async () => {
  const dir = temporaryFolder();
  const minutes = {...BARS, frequency: "1m"} as const;
  const at = (iso: string, day: string) => bar("A", day, 1, {time: Date.parse(iso)});
  await lakeIn(dir).write(
    "clean",
    minutes,
    bars(at("2025-02-01T00:30:00Z", "2025-01-31"), at("2025-02-01T14:30:00Z", "2025-02-01"))
  );
  expect(readdirSync(join(dir, "clean/test/bars/some/1m"))).toEqual([
    "manifest.json",
    "month=2025-01",
    "month=2025-02"
  ]);
});

it("write(layer, id, rows) keeps few parts a partition, however small the pulls are", async () => {
  const dir = temporaryFolder();
  const lake = lakeIn(dir);
  for (let i = 0; i < 40; ++i)
    await lake.write(
      "clean",
      BARS,
      bars(bar("A", addDays("2025-01-01", i), i), bar("B", addDays("2025-01-01", i), i))
    );
  expect(filesOf(dir)).toHaveLength(1);
  expect((await lake.read("clean", BARS)).length).toBe(80);
});

it("write(layer, id, rows) moves a row whose day the vendor changed into that day's partition", async () => {
  const lake = lakeIn(temporaryFolder());
  const time = Date.parse("2025-01-01T01:00:00Z");
  await lake.write("clean", BARS, bars(bar("A", "2025-01-01", 5, {time}), bar("B", "2025-01-01", 6, {time})));
  expect(await lake.write("clean", BARS, bars(bar("A", "2024-12-31", 5, {time})))).toMatchObject({
    changed: 1,
    new: 0
  });
  expect(closes(await lake.read("clean", BARS))).toEqual(["A 2024-12-31 5", "B 2025-01-01 6"]);
  expect(await lake.symbols("clean", BARS)).toMatchObject([
    {symbol: "A", from: "2024-12-31", to: "2024-12-31", rows: 1},
    {symbol: "B", from: "2025-01-01", to: "2025-01-01", rows: 1}
  ]);
});

it("read(layer, id) gives every value as it was written: not given stays not given", async () => {
  const lake = lakeIn(temporaryFolder());
  const rows = bars(
    bar("A", "1999-12-31", 0.1 + 0.2, {currency: null, high: null, volume: 1e300, trades: -0, vwap: 5e-324}),
    bar("a", "1999-12-31", 1e-7, {currency: "GBP"}),
    bar("ä", "1999-12-31", Infinity)
  );
  await lake.write("clean", BARS, rows);
  expect(await lake.read("clean", BARS)).toEqual(rows);
  const empty = await lake.read("clean", {...BARS, universe: "none"});
  expect(empty).toEqual(bars());
});

it("read(layer, id, {symbols, from, to}) gives no more than was asked for, both days included", async () => {
  const lake = lakeIn(temporaryFolder());
  const days = ["2023-12-29", "2024-01-02", "2024-12-31", "2025-01-02"];
  await lake.write(
    "clean",
    BARS,
    bars(...["A", "B"].flatMap((symbol) => days.map((day, i) => bar(symbol, day, i))))
  );
  const read = async (options: object) => closes(await lake.read("clean", BARS, options));
  expect(await read({symbols: ["B"], from: "2024-01-02", to: "2024-12-31"})).toEqual([
    "B 2024-01-02 1",
    "B 2024-12-31 2"
  ]);
  expect(await read({symbols: []})).toEqual([]);
  expect(await read({from: "2025-01-03"})).toEqual([]);
  expect(await read({to: "2023-12-29"})).toEqual(["A 2023-12-29 0", "B 2023-12-29 0"]);
  await expect(read({from: "soon"})).rejects.toThrow(new RangeError("invalid day: soon"));
});

it("read(layer, id, {symbols}) knows a pair of currencies by its two codes", async () => {
  const lake = lakeIn(temporaryFolder());
  const rate = (base: string, quote: string, value: number) => ({
    base,
    quote,
    day: "2025-01-02",
    rate: value
  });
  await lake.write(
    "clean",
    FX,
    rowsOf("fx", [rate("EUR", "USD", 1.03), rate("EUR", "GBP", 0.83), rate("GBP", "USD", 1.25)])
  );
  expect(records(await lake.read("clean", FX, {symbols: ["EURUSD"]}))).toEqual([rate("EUR", "USD", 1.03)]);
  expect((await lake.symbols("clean", FX)).map(({symbol}) => symbol)).toEqual(["EURGBP", "EURUSD", "GBPUSD"]);
});

it("symbols are a column, never a path: odd ones are kept as they are and no file leaves the dataset's folder", async () => {
  const parent = temporaryFolder();
  const dir = join(parent, "lake");
  const lake = lakeIn(dir);
  const odd = [
    "../../../escaped",
    "/etc/passwd",
    "C:\\x",
    "a'b",
    'a"b',
    "$1",
    "%2e%2e",
    "💰",
    "*",
    "a\nb",
    "__proto__",
    "?"
  ];
  await lake.write(
    "clean",
    BARS,
    bars(...odd.map((symbol, i) => bar(symbol, "2025-01-02", i))),
    odd.map((symbol) => ({symbol, name: `<${symbol}>`, unit: ""}))
  );
  const found = await lake.read("clean", BARS);
  expect(new Set(found.columns.symbol)).toEqual(new Set(odd));
  for (const [i, symbol] of odd.entries())
    expect(closes(await lake.read("clean", BARS, {symbols: [symbol]}))).toEqual([
      `${symbol} 2025-01-02 ${i}`
    ]);
  expect((await lake.symbols("clean", BARS)).every(({symbol, name}) => name === `<${symbol}>`)).toBe(true);
  expect(readdirSync(parent)).toEqual(["lake"]);
  expect(filesOf(dir).every((name) => name.startsWith("clean/test/bars/some/1d/year=2025/"))).toBe(true);
});

it("a name of a dataset that is none is refused before anything is touched", async () => {
  const dir = temporaryFolder();
  const lake = lakeIn(dir);
  for (const universe of ["..", "../x", "a/b", "", "A", "a b", "x".repeat(65), "-a"]) {
    await expect(lake.write("clean", {...BARS, universe}, bars(bar("A", "2025-01-02", 1)))).rejects.toThrow(
      RangeError
    );
    await expect(lake.read("clean", {...BARS, universe})).rejects.toThrow(`invalid universe: ${universe}`);
  }
  expect(existsSync(join(dir, "clean"))).toBe(false);
});

it("write(layer, id, rows) refuses keys that no file can hold, naming the row", async () => {
  const lake = lakeIn(temporaryFolder());
  const refused = async (row: object) =>
    lake.write("clean", BARS, bars(bar("A", "2025-01-02", 1), {...bar("B", "2025-01-02", 1), ...row}));
  await expect(refused({symbol: ""})).rejects.toThrow(new RangeError('invalid bars[1].symbol: ""'));
  await expect(refused({symbol: "B\0C"})).rejects.toThrow(
    new RangeError('invalid bars[1].symbol: "B\\u0000C"')
  );
  await expect(refused({symbol: "\ud800"})).rejects.toThrow(RangeError);
  await expect(refused({time: NaN})).rejects.toThrow(new RangeError("invalid bars[1].time: null"));
  await expect(refused({time: 0.5})).rejects.toThrow(new RangeError("invalid bars[1].time: 0.5"));
  await expect(lake.write("clean", FX, bars(bar("A", "2025-01-02", 1)) as never)).rejects.toThrow(
    "rows of bars are none of test/fx/fixings/1d"
  );
  expect(await lake.catalog()).toEqual([]);
});

it("write(layer, id, rows) and read(layer, id) keep texts that all differ, few or many", async () => {
  const lake = lakeIn(temporaryFolder());
  const ticks = {...BARS, kind: "trades", frequency: "tick"} as const;
  for (const count of [1, 2047, 2048, 2049, 5000, 25_000]) {
    const id = {...ticks, universe: `ticks-${count}`};
    const rows = rowsOf(
      "trades",
      Array.from({length: count}, (_, i) => ({
        symbol: i < count / 2 ? "A" : "B",
        time: Date.parse("2025-01-02T14:30:00Z") + i,
        day: "2025-01-02",
        id: `trade number ${i} of a length that is stored apart`,
        price: i,
        size: 1
      }))
    );
    expect(await lake.write("clean", id, rows)).toMatchObject({new: count});
    expect(await lake.read("clean", id)).toEqual(rows);
  }
});

it("openLake(path) refuses a folder whose name DuckDB would take for a pattern", () => {
  const dir = join(temporaryFolder(), "my [lake]");
  expect(() => lakeIn(dir)).toThrow(`no lake can be in ${dir}: choose a folder without * ? [ ]`);
  expect(existsSync(dir)).toBe(false);
});

it("openLake(path) takes a folder with blanks and quotes in its name", async () => {
  const lake = lakeIn(join(temporaryFolder(), 'it\'s a "lake" 🌊'));
  await lake.write("clean", BARS, bars(bar("A", "2025-01-02", 1)));
  await lake.write("clean", BARS, bars(bar("A", "2025-01-02", 2)));
  expect(closes(await lake.read("clean", BARS))).toEqual(["A 2025-01-02 2"]);
  expect((await lake.verify()).problems).toEqual([]);
});
