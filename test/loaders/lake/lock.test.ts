import {spawn, spawnSync} from "node:child_process";
import {once} from "node:events";
import {existsSync, mkdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {expect, it, onTestFinished} from "vitest";
import {bar, bars, BARS, closes, lakeIn, temporaryFolder} from "./fixture.js";

const HOLDER = `
  import Database from "better-sqlite3";
  import {writeFileSync} from "node:fs";
  const db = new Database(process.argv[1] + "/lake.lock");
  db.exec("begin exclusive");
  writeFileSync(process.argv[1] + "/lake.writing", "process " + process.pid + " since 2026-01-10T11:59:00.000Z");
  console.log("held");
  setInterval(() => db.open, 60_000); // and keeps the database from being collected, which would let go`;

/** Another process that writes until it is ended. */
async function holder(dir: string) {
  const child = spawn(process.execPath, ["--input-type=module", "-e", HOLDER, dir], {
    cwd: join(import.meta.dirname, "../../.."),
    stdio: ["ignore", "pipe", "inherit"]
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child.stdout, "data");
  return child;
}

it("a second writer is refused after the time it may wait, told who writes; a reader is not", async () => {
  const dir = temporaryFolder();
  await lakeIn(dir).write("clean", BARS, bars(bar("A", "2025-01-02", 1)));
  const lake = lakeIn(dir, {maxWaitMs: 100});
  const {pid} = await holder(dir);
  await expect(lake.write("clean", BARS, bars(bar("A", "2025-01-03", 2)))).rejects.toMatchObject({
    code: "busy",
    message: `the lake is being written by process ${pid} since 2026-01-10T11:59:00.000Z: ${dir}: try again when that is done, or end it`
  });
  expect(closes(await lake.read("clean", BARS))).toEqual(["A 2025-01-02 1"]);
  expect(await lake.catalog()).toHaveLength(1);
});

it("a second writer goes on at once when the one before is killed", async () => {
  const dir = temporaryFolder();
  const lake = lakeIn(dir, {maxWaitMs: 60_000});
  const child = await holder(dir);
  const writing = lake.write("clean", BARS, bars(bar("A", "2025-01-03", 2)));
  child.kill("SIGKILL");
  expect(await writing).toMatchObject({new: 1});
});

it("two lakes in one folder write in turn, and each sees what the other wrote", async () => {
  const dir = temporaryFolder();
  const lakes = [lakeIn(dir), lakeIn(dir)];
  const days = ["2025-01-02", "2025-01-03", "2025-01-06", "2025-01-07"];
  const writes = days.flatMap((day, i) =>
    lakes.map((lake, j) => lake.write("clean", BARS, bars(bar("AB"[j], day, i))))
  );
  for (const written of await Promise.all(writes))
    expect(written).toMatchObject({new: 1, same: 0, changed: 0});
  for (const lake of lakes) {
    expect((await lake.read("clean", BARS)).length).toBe(8);
    expect(await lake.catalog()).toMatchObject([{rows: 8, symbols: 2}]);
  }
});

it("a reader sees each write whole, or not at all, while another lake writes", async () => {
  const dir = temporaryFolder();
  const [writer, reader] = [lakeIn(dir), lakeIn(dir)];
  const rows = (close: number) =>
    bars(...[2022, 2023, 2024, 2025].map((year) => bar("A", `${year}-06-02`, close)));
  await writer.write("clean", BARS, rows(0));
  let [last, isDone] = [0, false];
  const seen = new Set<number>();
  const writing = (async () => {
    while (seen.size < 5) await writer.write("clean", BARS, rows(++last));
    isDone = true;
  })();
  while (!isDone) {
    const {columns} = await reader.read("clean", BARS);
    expect([...columns.close]).toEqual(Array.from({length: 4}, () => columns.close[0]));
    seen.add(columns.close[0]);
  }
  await writing;
  expect([...(await reader.read("clean", BARS)).columns.close]).toEqual([last, last, last, last]);
});

it("a writer clears what one that was ended left behind, and nothing of those that run", async () => {
  const dir = temporaryFolder();
  const lake = lakeIn(dir);
  await lake.write("clean", BARS, bars(bar("A", "2025-01-02", 1)));
  const {pid: ended} = spawnSync("true");
  const partition = join(dir, "clean/test/bars/some/1d/year=2025");
  const [orphan, half] = [join(partition, `${"0".repeat(32)}.parquet`), join(partition, ".tmp-1-half")];
  for (const path of [orphan, half]) writeFileSync(path, "");
  const spills = [ended, process.pid].map((pid) => join(dir, `.tmp-${pid}-spill`));
  for (const path of spills) mkdirSync(path);
  writeFileSync(join(dir, "lake.writing"), "");
  const version = lake.version();
  await lake.write("clean", BARS, bars(bar("A", "2025-01-02", 1)));
  expect([orphan, half, ...spills, join(dir, "lake.writing")].map((path) => existsSync(path))).toEqual([
    false,
    false,
    false,
    true,
    false
  ]);
  expect(lake.version()).toBeGreaterThan(version);
  expect((await lake.verify()).problems).toEqual([]);
});
