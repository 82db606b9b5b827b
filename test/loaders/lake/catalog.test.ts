import {cpSync, readdirSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {expect, it} from "vitest";
import {addDays} from "../../../lib/time/day.js";
import type {RowProblem} from "../../../loaders/lake/port.js";
import {bar, bars, BARS, closes, FX, lakeIn, temporaryFolder} from "./fixture.js";

const VENDORS = [{id: "test", name: "Test & Co", calendar: "weekdays"}] as const;
const FACTS = [{symbol: "A", name: "Alpha", unit: "USD"}];
const ROWS = bars(bar("A", "2025-12-31", 1), bar("B", "2026-01-05", 2), bar("A", "2026-01-06", 3));

it("catalog() lists a dataset with rows, days, size, freshness, vendor and last pull", async () => {
  const lake = lakeIn(temporaryFolder(), {vendors: VENDORS});
  const {bytes} = await lake.write("clean", BARS, ROWS, FACTS);
  lake.track(BARS, ["A"]);
  lake.notePull(BARS, {at: "2026-01-09T00:00:00Z", ok: false, message: "quota used"});
  expect(await lake.catalog()).toEqual([
    {
      dataset: "test/bars/some/1d",
      layer: "clean",
      source: "Test & Co",
      rows: 3,
      symbols: 2,
      from: "2025-12-31",
      to: "2026-01-06",
      bytes,
      parts: 2,
      lastPull: {at: "2026-01-09T00:00:00Z", ok: false, message: "quota used"},
      staleDays: 3, // Wednesday to Friday; it is Saturday
      problems: 0,
      tracked: true
    }
  ]);
  expect(await lake.symbols("clean", BARS)).toEqual([
    {symbol: "A", name: "Alpha", unit: "USD", from: "2025-12-31", to: "2026-01-06", rows: 2},
    {symbol: "B", name: "", unit: "", from: "2026-01-05", to: "2026-01-05", rows: 1}
  ]);
});

it("catalog() is the same after its loss: all that parts and manifests say comes back", async () => {
  const dir = temporaryFolder();
  const lake = lakeIn(dir, {vendors: VENDORS});
  await lake.write("clean", BARS, ROWS, FACTS);
  await lake.write("features", BARS, ROWS, FACTS);
  await lake.write("clean", BARS, bars(bar("C", "2026-01-06", 4)));
  const known = [await lake.catalog(), await lake.symbols("clean", BARS)];
  lake.close();
  for (const lose of [
    (path: string) => rmSync(path),
    (path: string) => writeFileSync(path, "no database at all, but long enough".repeat(99))
  ]) {
    lose(join(dir, "catalog.db"));
    const again = lakeIn(dir, {vendors: VENDORS});
    expect([await again.catalog(), await again.symbols("clean", BARS)]).toEqual(known);
    again.close();
  }
  expect(readdirSync(dir).filter((name) => name.startsWith("catalog.db.unreadable"))).toHaveLength(1);
});

it("rebuildCatalog() keeps what only the catalog holds", async () => {
  const lake = lakeIn(temporaryFolder());
  await lake.write("clean", BARS, ROWS);
  lake.track(BARS, ["A"]);
  lake.setWatchlists([{name: "mine", ids: ["test:A"]}]);
  const before = await lake.catalog();
  await lake.rebuildCatalog();
  expect(await lake.catalog()).toEqual(before);
  expect(lake.watchlists()).toHaveLength(1);
});

it("catalog() sees a dataset that was copied into the lake, and one that was deleted", async () => {
  const dir = temporaryFolder();
  const lake = lakeIn(dir);
  await lake.write("clean", BARS, ROWS, FACTS);
  await lake.catalog();
  cpSync(join(dir, "clean/test/bars/some"), join(dir, "clean/test/bars/copy"), {recursive: true});
  rmSync(join(dir, "clean/test/bars/some"), {recursive: true});
  expect(await lake.catalog()).toMatchObject([{dataset: "test/bars/copy/1d", rows: 3, symbols: 2}]);
  const copied = await lake.read("clean", {...BARS, universe: "copy"});
  expect(closes(copied)).toEqual(["A 2025-12-31 1", "A 2026-01-06 3", "B 2026-01-05 2"]);
  expect(closes(await lake.read("clean", BARS))).toEqual([]);
});

const bad = (day: string, close: number): RowProblem => ({
  code: "high-low",
  symbol: "A",
  day,
  sentence: `A of ${day} has its high below its low`,
  state: "quarantined",
  row: {symbol: "A", day, time: Date.parse(`${day}T21:00:00Z`), close}
});

it("quarantine(layer, id, problems) lists a problem once, the latest first", async () => {
  const lake = lakeIn(temporaryFolder());
  await lake.write("clean", BARS, ROWS);
  lake.quarantine("clean", BARS, [bad("2026-01-07", 1), bad("2026-01-08", 1)]);
  lake.quarantine("clean", BARS, [bad("2026-01-07", 1)]);
  lake.quarantine("clean", FX, [{code: "gap", symbol: "EURUSD", day: null, sentence: "none", state: "kept"}]);
  expect(lake.problems().map(({dataset, day}) => [dataset, day])).toEqual([
    ["test/fx/fixings/1d", null],
    ["test/bars/some/1d", "2026-01-07"],
    ["test/bars/some/1d", "2026-01-08"]
  ]);
  expect(lake.problems("test/fx/fixings/1d")).toEqual([
    {dataset: "test/fx/fixings/1d", code: "gap", symbol: "EURUSD", day: null, sentence: "none", state: "kept"}
  ]);
  expect(await lake.catalog()).toMatchObject([{problems: 2}]);
});

it("write(…) strikes off a quarantined row when it comes right, and a gap when its day comes", async () => {
  const lake = lakeIn(temporaryFolder());
  const gap = {code: "gap", symbol: "A", day: "2026-01-05", sentence: "missing", state: "kept"} as const;
  lake.quarantine("clean", BARS, [bad("2026-01-07", 1), bad("2026-01-08", 1), gap, {...gap, symbol: "B"}]);
  await lake.write(
    "clean",
    BARS,
    bars(bar("A", "2026-01-07", 1), bar("A", "2026-01-05", 1), bar("B", "2026-01-08", 1))
  );
  expect(lake.problems().map(({code, symbol, day}) => `${code} ${symbol} ${day}`)).toEqual([
    "gap B 2026-01-05",
    "high-low A 2026-01-08"
  ]);
});

it("write(…) lists what a vendor changed with both values, in the layer clean and not in features", async () => {
  const lake = lakeIn(temporaryFolder());
  for (const layer of ["clean", "features"] as const) {
    await lake.write(
      layer,
      BARS,
      bars(bar("A", "2026-01-05", 101.5), bar("A", "2026-01-06", 1, {volume: 5}))
    );
    const later = bars(
      bar("A", "2026-01-05", 101.5, {close: 101.75}),
      bar("A", "2026-01-06", 1, {volume: null, currency: null})
    );
    expect(await lake.write(layer, BARS, later)).toMatchObject({changed: 2});
  }
  expect(lake.problems().map(({sentence, state, code}) => ({sentence, state, code}))).toEqual([
    {
      code: "revised",
      state: "kept",
      sentence:
        "A of 2026-01-06 was changed by the vendor: volume was 5, is not given; currency was USD, is not given: the later value counts"
    },
    {
      code: "revised",
      state: "kept",
      sentence:
        "A of 2026-01-05 was changed by the vendor: close was 101.5, is 101.75: the later value counts"
    }
  ]);
});

it("write(…) lists no more than a hundred of the rows that a vendor changed", async () => {
  const lake = lakeIn(temporaryFolder());
  const all = (close: number) =>
    bars(...Array.from({length: 300}, (_, i) => bar("A", addDays("2025-01-01", i), close)));
  await lake.write("clean", BARS, all(1));
  expect(await lake.write("clean", BARS, all(2))).toMatchObject({changed: 300});
  expect(lake.problems()).toHaveLength(100);
});
