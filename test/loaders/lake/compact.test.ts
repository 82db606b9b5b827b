import {readdirSync} from "node:fs";
import {join} from "node:path";
import {expect, it} from "vitest";
import {rowsOf, type Row} from "../../../lib/lake/columns.js";
import {lakeIn, BARS, temporaryFolder} from "./fixture.js";

const MINUTES = {...BARS, frequency: "1m"} as const;
const START = Date.parse("2025-01-02T14:30:00Z");

const minute = (symbol: string, i: number): Row<"bars"> => ({
  symbol,
  day: "2025-01-02",
  time: START + i * 60_000,
  close: i,
  currency: "USD"
});
const minutes = (symbols: readonly string[], from: number, to: number) =>
  rowsOf(
    "bars",
    symbols.flatMap((symbol) => Array.from({length: to - from}, (_, i) => minute(symbol, from + i)))
  );

it("compact() makes one part of the several of a partition, and changes no row", async () => {
  const dir = temporaryFolder();
  const lake = lakeIn(dir);
  const names = () => readdirSync(join(dir, "clean/test/bars/some/1m/month=2025-01"));
  await lake.write("clean", MINUTES, minutes(["A", "B"], 0, 5000));
  const [large] = names();
  await lake.write("clean", MINUTES, minutes(["A", "B"], 5000, 5010));
  await lake.write("clean", MINUTES, minutes(["A", "B"], 5000, 5020));
  expect(names()).toHaveLength(2);
  expect(names()).toContain(large);
  const all = minutes(["A", "B"], 0, 5020);
  expect(await lake.read("clean", MINUTES)).toEqual(all);
  expect((await lake.verify()).problems).toEqual([]);
  expect(await lake.compact("test/bars/other/1m")).toEqual([]);
  expect(await lake.compact("test/bars/some/1m")).toEqual([
    "clean/test/bars/some/1m/month=2025-01: 2 parts made one of 10040 rows"
  ]);
  expect(names()).toHaveLength(1);
  expect(await lake.compact()).toEqual([]);
  expect(await lake.read("clean", MINUTES)).toEqual(all);
  expect(await lake.catalog()).toMatchObject([{rows: 10_040, parts: 1, symbols: 2}]);
  expect((await lake.verify()).problems).toEqual([]);
});

it("write(…) of a changed row writes the part anew that holds it, and no other", async () => {
  const dir = temporaryFolder();
  const lake = lakeIn(dir);
  const names = () => readdirSync(join(dir, "clean/test/bars/some/1m/month=2025-01"));
  await lake.write("clean", MINUTES, minutes(["A"], 0, 20_000));
  const [large] = names();
  await lake.write("clean", MINUTES, minutes(["A"], 20_000, 22_500));
  const changed = rowsOf("bars", [{...minute("A", 20_001), close: -1}]);
  expect(await lake.write("clean", MINUTES, changed)).toMatchObject({changed: 1, new: 0});
  expect(names()).toHaveLength(2);
  expect(names()).toContain(large);
  const {columns} = await lake.read("clean", MINUTES);
  expect([columns.close.length, columns.close[20_001], columns.close[20_002]]).toEqual([22_500, -1, 20_002]);
});
