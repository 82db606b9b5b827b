import {spawnSync} from "node:child_process";
import Database from "better-sqlite3";
import {join} from "node:path";
import {expect, it} from "vitest";
import type {PullRecord} from "../../../lib/lake/pull.js";
import {BARS, FX, lakeIn, temporaryFolder} from "./fixture.js";

const pull = (id: string, startedAt: string, rest: Partial<PullRecord> = {}): PullRecord => ({
  id,
  what: "symbols",
  title: "test bars 1d: A",
  asks: [{vendor: "test", symbols: ["A"]}],
  startedAt,
  endedAt: null,
  state: "running",
  message: "",
  symbols: {done: 0, total: 1},
  finished: [],
  rows: {new: 0, changed: 0, quarantined: 0},
  bytes: 0,
  failures: [],
  ...rest
});

it("tracked() is what track(id, symbols) added and untrack(id, symbols) did not take back", () => {
  const lake = lakeIn(temporaryFolder());
  lake.track(BARS, ["B", "A"]);
  lake.track(BARS, ["A", "C"]);
  lake.track(FX, ["EURUSD"]);
  lake.untrack(BARS, ["C", "none"]);
  lake.untrack(FX, ["EURUSD"]);
  expect(lake.tracked()).toEqual([{id: BARS, symbols: ["A", "B"]}]);
});

it("pulls() gives the latest first, each as it was last recorded", () => {
  const lake = lakeIn(temporaryFolder());
  lake.recordPull(pull("one", "2026-01-01T00:00:00Z"));
  lake.recordPull(pull("two", "2026-01-02T00:00:00Z"));
  const done = pull("one", "2026-01-01T00:00:00Z", {
    state: "done",
    endedAt: "2026-01-03T00:00:00Z",
    message: "1 row"
  });
  lake.recordPull(done);
  expect(lake.pulls()).toEqual([pull("two", "2026-01-02T00:00:00Z"), done]);
  expect(lake.pulls(1)).toHaveLength(1);
  expect(lake.pull("one")).toEqual(done);
  expect(lake.pull("none")).toBeUndefined();
});

it("pulls() calls a pull interrupted whose process has ended", () => {
  const dir = temporaryFolder();
  const lake = lakeIn(dir);
  lake.recordPull(pull("one", "2026-01-01T00:00:00Z"));
  const {pid} = spawnSync("true");
  const db = new Database(join(dir, "catalog.db"));
  db.prepare("update pulls set process = ?").run(`${pid} 1`);
  db.close();
  expect(lake.pull("one")).toMatchObject({
    state: "interrupted",
    message: "its process was ended: the same pull again goes on with the rest"
  });
});

it("pulls() calls a pull interrupted whose process number another has by now", () => {
  const dir = temporaryFolder();
  const lake = lakeIn(dir);
  lake.recordPull(pull("one", "2026-01-01T00:00:00Z"));
  const db = new Database(join(dir, "catalog.db"));
  db.prepare("update pulls set process = ?").run(`${process.pid} 1`);
  db.close();
  expect(lake.pulls()).toMatchObject([{state: "interrupted"}]);
});

it("watchlists() gives the lists in the order they were set in, and setWatchlists(lists) puts all of them in place", () => {
  const lake = lakeIn(temporaryFolder());
  expect(lake.watchlists()).toEqual([]);
  const lists = [
    {name: "Z", ids: ["yahoo:AAPL"]},
    {name: "A", ids: []}
  ];
  lake.setWatchlists([{name: "old", ids: []}]);
  lake.setWatchlists(lists);
  expect(lake.watchlists()).toEqual(lists);
});

it("askedFrom(id) is the day that noteAsked(id, symbols, from) noted last", () => {
  const lake = lakeIn(temporaryFolder());
  lake.noteAsked(BARS, ["A", "B"], "2020-01-01");
  lake.noteAsked(BARS, ["B"], "2010-01-01");
  expect(lake.askedFrom(BARS)).toEqual(
    new Map([
      ["A", "2020-01-01"],
      ["B", "2010-01-01"]
    ])
  );
  expect(lake.askedFrom(FX)).toEqual(new Map());
});

it("version() changes with every change of the books, another process's too", () => {
  const dir = temporaryFolder();
  const [here, there] = [lakeIn(dir), lakeIn(dir)];
  const versions = new Set([here.version()]);
  for (const change of [
    () => there.track(BARS, ["A"]),
    () => there.setWatchlists([]),
    () => there.recordPull(pull("x", "2026-01-01T00:00:00Z")),
    () => there.notePull(BARS, {at: "2026-01-01T00:00:00Z", ok: true, message: ""})
  ]) {
    change();
    versions.add(here.version());
  }
  expect(versions.size).toBe(5);
});
