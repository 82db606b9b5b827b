import {createHash} from "node:crypto";
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync
} from "node:fs";
import {dirname, join} from "node:path";
import {DuckDBInstance} from "@duckdb/node-api";
import {expect, it} from "vitest";
import {bar, bars, BARS, closes, lakeIn, temporaryFolder} from "./fixture.js";

const DATASET = "clean/test/bars/some/1d";

/** A lake with a part of 2024 and one of 2025. */
async function filled() {
  const dir = temporaryFolder();
  const lake = lakeIn(dir);
  const rows = bars(bar("A", "2024-12-30", 1), bar("A", "2024-12-31", 2), bar("A", "2025-01-02", 3));
  await lake.write("clean", BARS, rows, [
    {symbol: "A", name: "Alpha", unit: "USD", timeZone: "America/New_York"}
  ]);
  const partOf = (year: number) => {
    const [name] = readdirSync(join(dir, DATASET, `year=${year}`));
    return {name, path: join(dir, DATASET, `year=${year}`, name)};
  };
  return {dir, lake, rows, partOf};
}

/** Turns one bit in the middle of a file, and gives it its old times back. */
function edit(path: string): void {
  const {atime, mtime} = statSync(path);
  const bytes = readFileSync(path);
  bytes[bytes.length >> 1] ^= 1;
  writeFileSync(path, bytes);
  utimesSync(path, atime, mtime);
}

it("read(…) of an edited part sets it aside and says so, also when its size and times are as before", async () => {
  const {dir, lake, partOf} = await filled();
  const {name, path} = partOf(2024);
  edit(path);
  await expect(lake.read("clean", BARS)).rejects.toMatchObject({
    code: "edited-part",
    message:
      `${DATASET}/year=2024/${name} is not what was written, it is set aside as quarantine/${DATASET}/year=2024-${name}: ` +
      "pull 2024-12-30 to 2024-12-31 of test/bars/some/1d again"
  });
  expect(existsSync(join(dir, "quarantine", DATASET, `year=2024-${name}`))).toBe(true);
  expect(closes(await lake.read("clean", BARS))).toEqual(["A 2025-01-02 3"]);
  expect(lake.problems("test/bars/some/1d")).toMatchObject([
    {code: "edited-part", state: "refused", day: "2024-12-30"}
  ]);
  expect(lake.lostRanges(BARS)).toEqual([{from: "2024-12-30", to: "2024-12-31"}]);
  expect(await lake.catalog()).toMatchObject([{rows: 1, parts: 1, from: "2025-01-02", problems: 1}]);
});

it("a part is edited or not whoever opens the lake: one that another process set right is read again", async () => {
  const {dir, lake, rows, partOf} = await filled();
  const {path} = partOf(2025);
  copyFileSync(path, join(dir, "kept"));
  writeFileSync(path, "not Parquet");
  copyFileSync(join(dir, "kept"), path);
  expect(await lake.read("clean", BARS)).toEqual(rows);
  edit(path);
  await expect(
    lakeIn(dir).query({
      layer: "clean",
      id: BARS,
      columns: [],
      symbols: [],
      filters: [],
      order: "asc",
      limit: 1
    })
  ).rejects.toMatchObject({code: "edited-part"});
});

it("read(…) of days that an edited part does not hold goes on", async () => {
  const {lake, partOf} = await filled();
  edit(partOf(2024).path);
  expect(closes(await lake.read("clean", BARS, {from: "2025-01-01"}))).toEqual(["A 2025-01-02 3"]);
});

it("write(…) into an edited part sets it aside and says so; the same write again goes on", async () => {
  const {lake, partOf} = await filled();
  edit(partOf(2025).path);
  const later = bars(bar("A", "2025-01-03", 4));
  await expect(lake.write("clean", BARS, later)).rejects.toMatchObject({code: "edited-part"});
  expect(await lake.write("clean", BARS, later)).toMatchObject({new: 1});
  expect(closes(await lake.read("clean", BARS))).toEqual([
    "A 2024-12-30 1",
    "A 2024-12-31 2",
    "A 2025-01-03 4"
  ]);
});

it("read(…) of a part that is gone says so, and regained(id, range) strikes its days off when they came again", async () => {
  const {lake, rows, partOf} = await filled();
  rmSync(partOf(2024).path);
  await expect(lake.read("clean", BARS)).rejects.toMatchObject({code: "missing-part"});
  expect(lake.lostRanges(BARS)).toEqual([{from: "2024-12-30", to: "2024-12-31"}]);
  await lake.write("clean", BARS, rows);
  lake.regained(BARS, {from: "2024-12-01", to: "2024-12-30"});
  expect(lake.lostRanges(BARS)).toHaveLength(1);
  lake.regained(BARS, {from: "2024-12-01", to: "2024-12-31"});
  expect(lake.lostRanges(BARS)).toEqual([]);
  expect(await lake.read("clean", BARS)).toEqual(rows);
});

it("verify() finds an edited part, a lost one, and files that no manifest lists", async () => {
  const {dir, lake, partOf} = await filled();
  const [old, recent] = [partOf(2024), partOf(2025)];
  edit(old.path);
  rmSync(recent.path);
  writeFileSync(join(dir, DATASET, "year=2024", "notes.txt"), "");
  writeFileSync(join(dir, DATASET, "year=2024", ".tmp-1-half"), "");
  writeFileSync(join(dir, "clean", "stray.parquet"), "");
  const report = await lake.verify();
  expect(report.problems.map(({code, sentence}) => `${code}: ${sentence}`)).toEqual([
    `edited-part: ${DATASET}/year=2024/${old.name} is not what was written`,
    `missing-part: ${DATASET}/year=2025/${recent.name} is gone`,
    `unknown-file: ${DATASET}/year=2024/.tmp-1-half is no part of the dataset`,
    `unknown-file: ${DATASET}/year=2024/notes.txt is no part of the dataset`,
    "unknown-file: clean/stray.parquet is of no dataset"
  ]);
  expect(report.repaired).toEqual([]);
  expect(existsSync(old.path)).toBe(true);
});

it("verify({repair: true}) sets edited parts aside, deletes half files, leaves strange ones, and says what it did", async () => {
  const {dir, lake, partOf} = await filled();
  const {name, path} = partOf(2024);
  edit(path);
  writeFileSync(join(dir, DATASET, "year=2025", ".tmp-1-half"), "");
  writeFileSync(join(dir, DATASET, "year=2025", "notes.txt"), "");
  const {repaired} = await lake.verify({repair: true});
  expect(repaired).toEqual([
    expect.stringContaining(`year=2024/${name} is not what was written, it is set aside as quarantine/`),
    `${DATASET}/year=2025/.tmp-1-half is deleted: no manifest lists it`
  ]);
  expect((await lake.verify()).problems).toMatchObject([
    {code: "unknown-file", sentence: expect.stringContaining("notes.txt")}
  ]);
  expect(closes(await lake.read("clean", BARS))).toEqual(["A 2025-01-02 3"]);
  expect(lake.lostRanges(BARS)).toEqual([{from: "2024-12-30", to: "2024-12-31"}]);
});

it("verify() tells of days that are missing between two, by the calendar of the symbol's exchange", async () => {
  const vendors = [{id: "test", name: "Test", calendar: "nyse"}] as const;
  const lake = lakeIn(temporaryFolder(), {vendors});
  const rows = bars(
    bar("A", "2025-01-02", 1),
    bar("A", "2025-01-07", 2),
    bar("B", "2025-01-02", 1),
    bar("B", "2025-01-07", 2)
  );
  const facts = (symbol: string, timeZone: string) => ({symbol, name: "", unit: "", timeZone});
  await lake.write("clean", BARS, rows, [facts("A", "America/New_York"), facts("B", "Asia/Tokyo")]);
  expect((await lake.verify()).problems).toEqual([
    {
      dataset: "test/bars/some/1d",
      code: "gap",
      sentence: `${DATASET} has no A from 2025-01-03 to 2025-01-06, 2 missing: pull them again`
    }
  ]);
});

it("verify({dataset}) looks at that one alone, and reports how far it is", async () => {
  const {lake, rows} = await filled();
  const other = {...BARS, universe: "other"};
  await lake.write("clean", other, rows);
  const steps: string[] = [];
  const report = await lake.verify({
    dataset: "test/bars/other/1d",
    onProgress: (done, total) => steps.push(`${done}/${total}`)
  });
  expect(report).toMatchObject({datasets: 1, parts: 2, rows: 3, problems: []});
  expect(steps).toEqual(["1/2", "2/2"]);
});

it("verify({repair: true}) makes a lost or edited manifest anew from the parts; before that nothing is written over them", async () => {
  const {dir, lake, rows} = await filled();
  const manifest = join(dir, DATASET, "manifest.json");
  for (const spoil of [
    () => rmSync(manifest),
    () => writeFileSync(manifest, readFileSync(manifest, "utf8").replace("year=2024", "../year=2024"))
  ]) {
    spoil();
    await expect(lake.write("clean", BARS, rows)).rejects.toMatchObject({code: "invalid"});
    expect((await lake.verify()).problems).toMatchObject([
      {code: "edited-part", sentence: `${DATASET} has no manifest that can be read`}
    ]);
    expect((await lake.verify({repair: true})).repaired).toEqual([
      `${DATASET}: its manifest is made anew from 2 of 2 parts`
    ]);
    expect(await lake.read("clean", BARS)).toEqual(rows);
    expect((await lake.verify()).problems).toEqual([]);
  }
});

it("verify({repair: true}) puts rows that stand in two parts into one, the later file's counting", async () => {
  const {dir, lake, partOf} = await filled();
  const first = partOf(2025);
  copyFileSync(first.path, join(dir, "kept"));
  await lake.write("clean", BARS, bars(bar("A", "2025-01-02", 30), bar("B", "2025-01-03", 5)));
  copyFileSync(join(dir, "kept"), first.path);
  utimesSync(first.path, 0, 0);
  rmSync(join(dir, DATASET, "manifest.json"));
  const report = await lake.verify({repair: true});
  expect(report.problems.map(({code}) => code)).toEqual(["edited-part", "duplicate"]);
  expect(report.problems[1].sentence).toMatch(
    new RegExp(
      `^${DATASET} has A of 2025-01-02 in year=2025/\\w+.parquet and year=2025/\\w+.parquet, one of 1 such rows$`
    )
  );
  expect(report.repaired.at(-1)).toBe(`${DATASET}/year=2025: 2 parts made one of 2 rows`);
  expect(closes(await lake.read("clean", BARS))).toEqual([
    "A 2024-12-30 1",
    "A 2024-12-31 2",
    "A 2025-01-02 30",
    "B 2025-01-03 5"
  ]);
  expect((await lake.verify()).problems).toEqual([]);
});

it("verify({repair: true}) puts rows of a part in order, each key once", async () => {
  const {dir, lake, partOf} = await filled();
  await lake.write("clean", BARS, bars(bar("B", "2025-01-02", 9)));
  const {path} = partOf(2025);
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const spoiled = join(dir, "spoiled");
  await connection.run(
    `copy (select * from (from '${path}' union all from '${path}') order by symbol desc) to '${spoiled}' (format parquet)`
  );
  connection.closeSync();
  const hash = createHash("sha256").update(readFileSync(spoiled)).digest("hex");
  renameSync(spoiled, join(dirname(path), `${hash.slice(0, 32)}.parquet`));
  rmSync(path);
  rmSync(join(dir, DATASET, "manifest.json"));
  const {problems, repaired} = await lake.verify({repair: true});
  expect(problems.map(({code}) => code)).toContain("unordered");
  expect(repaired.at(-1)).toBe(`${DATASET}/year=2025: a part made one of 2 rows`);
  expect(closes(await lake.read("clean", BARS, {from: "2025-01-01"}))).toEqual([
    "A 2025-01-02 3",
    "B 2025-01-02 9"
  ]);
  expect((await lake.verify()).problems).toEqual([]);
});
