import {expect, it, onTestFinished} from "vitest";
import {openStore} from "../../../bridge/store/open.js";
import {keepRun, readRun, readRuns, removeRun} from "../../../bridge/store/runs.js";
import type {KeptRun} from "../../../lib/tasks/run.js";
import {temporaryFolder} from "../harness.js";

async function emptyStore() {
  const store = await openStore({url: `${temporaryFolder()}/tearsheet.db`});
  onTestFinished(() => store.close());
  return store;
}

const run = (key: string, at: string, task = "backtest"): KeptRun => ({
  key,
  code: "c0de",
  task,
  title: `the run ${key}`,
  at,
  choices: {parameters: {fast: 3}},
  data: [{name: "bars A", sha256: "f".repeat(64), values: 6}],
  figures: {sharpe: null, finalEquity: 0.1 + 0.2},
  badges: ["a badge"]
});

it("keepRun(store, run) keeps a run as it is, its numbers to the last bit", async () => {
  const store = await emptyStore();
  await keepRun(store, run("a", "2026-01-01T00:00:00.000Z"), '{"equity":[1,null]}');
  expect(readRun(store, "a")).toEqual({
    run: run("a", "2026-01-01T00:00:00.000Z"),
    output: '{"equity":[1,null]}'
  });
  expect(readRun(store, "b")).toBeUndefined();
});

it("readRuns(store) lists the latest first, of one task or of all, as many as asked for", async () => {
  const store = await emptyStore();
  await keepRun(store, run("a", "2026-01-01T00:00:00.000Z"), "{}");
  await keepRun(store, run("b", "2026-01-03T00:00:00.000Z", "risk"), "{}");
  await keepRun(store, run("c", "2026-01-02T00:00:00.000Z"), "{}");
  const keys = (query: Parameters<typeof readRuns>[1]) => readRuns(store, query).map(({key}) => key);
  expect(keys({limit: 9})).toEqual(["b", "c", "a"]);
  expect(keys({task: "backtest", limit: 9})).toEqual(["c", "a"]);
  expect(keys({limit: 1})).toEqual(["b"]);
});

it("keepRun(store, run) again is the same run made later, and no other version of the ledger", async () => {
  const store = await emptyStore();
  const version = store.version();
  await keepRun(store, run("a", "2026-01-01T00:00:00.000Z"), "{}");
  await keepRun(store, run("a", "2026-01-05T00:00:00.000Z"), "{}");
  expect(readRuns(store, {limit: 9})).toEqual([run("a", "2026-01-05T00:00:00.000Z")]);
  expect(store.version()).toBe(version);
});

it("removeRun(store, key) forgets a run, once", async () => {
  const store = await emptyStore();
  await keepRun(store, run("a", "2026-01-01T00:00:00.000Z"), "{}");
  expect(await removeRun(store, "a")).toBe(true);
  expect(await removeRun(store, "a")).toBe(false);
  expect(readRuns(store, {limit: 9})).toEqual([]);
});
