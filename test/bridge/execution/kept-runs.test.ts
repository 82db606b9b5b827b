import {mkdirSync, mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import Database from "better-sqlite3";
import {expect, it, onTestFinished} from "vitest";
import {openKeptRuns} from "../../../bridge/execution/kept-runs.js";
import {openRunStore} from "../../../bridge/execution/run-store.js";
import {runOnPaper, sentRules} from "../../../bridge/execution/paper-run.js";
import type {Bars} from "../../../lib/backtest/bars.js";
import {momentum} from "../../../lib/backtest/strategies/momentum.js";
import {shortfallOfRun, type RunSettings} from "../../../lib/orders/run/lived-run.js";

function barsOf(closes: readonly number[]): Bars {
  const column = (shift: number) => Float64Array.from(closes, (close) => close + shift);
  return {
    symbol: "WALK",
    currency: "USD",
    time: Float64Array.from(closes, (_, i) => Date.UTC(2026, 0, 5 + i, 21)),
    open: column(-0.5),
    high: column(1),
    low: column(-1),
    close: column(0),
    volume: Float64Array.from(closes, () => NaN)
  };
}

it("a run that was kept tells the shortfall that the run told at its end", async () => {
  const folder = mkdtempSync(join(tmpdir(), "kept-runs-"));
  onTestFinished(() => rmSync(folder, {recursive: true, force: true}));
  const place = join(folder, "walk");
  mkdirSync(place);
  const create = () => momentum({lookback: 2});
  const told = await runOnPaper({
    bars: [barsOf([100, 101, 102, 103, 102, 100, 99, 101, 104, 106])],
    create,
    parameters: {lookback: 2},
    rules: sentRules(0.05),
    cash: 100_000,
    folder: place,
    run: "walk"
  });
  const kept = openKeptRuns(folder, join(folder, "no-journal.db"));
  expect(kept.list()).toMatchObject([
    {run: "walk", settings: {strategy: "momentum"}, fills: told.fills.length}
  ]);
  const {settings, happenings, commissions} = kept.read("walk")!; // it is listed
  const again = shortfallOfRun(create, settings, happenings, new Map(Object.entries(commissions)));
  expect(told.shortfall.trades.length).toBeGreaterThan(1);
  expect(again).toMatchObject({reason: null, currency: "USD"});
  expect(told.shortfall.total.commission).toBeGreaterThan(0);
  expect(again.reason === null && again.shortfall.total).toEqual(told.shortfall.total);
});

it("a folder that is not there holds no run, and a name that leads out of it is no run", () => {
  const kept = openKeptRuns(join(tmpdir(), "no-such-folder-of-runs"), "no-journal.db");
  expect(kept.list()).toEqual([]);
  expect(kept.read("walk")).toBeUndefined();
  expect(kept.read("../walk")).toBeUndefined();
});

it("a run that was begun before settings were kept whole is not listed, hides no other, and cannot be taken up", () => {
  const folder = mkdtempSync(join(tmpdir(), "kept-runs-"));
  onTestFinished(() => rmSync(folder, {recursive: true, force: true}));
  const place = (run: string) => {
    mkdirSync(join(folder, run));
    return join(folder, run, "runs.db");
  };
  const settings = {account: "PAPER"} as RunSettings; // what else it holds is not looked at
  const walk = openRunStore(place("walk"));
  walk.begin("walk", settings);
  walk.close();
  const old = place("old");
  openRunStore(old).close();
  const db = new Database(old);
  db.prepare("insert into runs values (?, ?)").run("old", "0f".repeat(32));
  db.close();
  const kept = openKeptRuns(folder, join(folder, "no-journal.db"));
  expect(kept.list()).toEqual([{run: "walk", settings, fills: 0, last: null}]);
  expect(kept.read("old")).toBeUndefined();
  const store = openRunStore(old);
  onTestFinished(() => store.close());
  expect(() => store.begin("old", settings)).toThrow("begun with other settings: give it another name");
});
