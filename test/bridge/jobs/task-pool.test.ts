import {afterAll, expect, it} from "vitest";
import {createTaskPool} from "../../../bridge/jobs/task-pool.js";
import {runTask} from "../../../lib/tasks/index.js";
import {bars, history} from "../../lib/tasks/examples.js";

const pool = createTaskPool({threads: 1});
afterAll(() => pool.close());

it("the pool gives what the task gives here, bit for bit", async () => {
  const input = {bars: [bars], strategy: "sma-cross", parameters: {fast: 3, slow: 8}};
  expect(await pool.run("backtest", input)).toEqual(runTask("backtest", input));
});

it("the pool ends the thread of what is cancelled, and starts another", async () => {
  const abort = new AbortController();
  const long = {history, values: [1, 1, 1], paths: 500_000, periods: 2000, points: 1};
  const cancelled = pool.run("monteCarlo", long, {signal: abort.signal});
  setTimeout(() => abort.abort(new Error("enough")), 50);
  await expect(cancelled).rejects.toThrow("enough");
  const next = await pool.run("correlation", {history});
  expect(next).toEqual(runTask("correlation", {history}));
});

it("the pool stops what takes longer than it may", async () => {
  const long = {history, values: [1, 1, 1], paths: 500_000, periods: 2000, points: 1};
  await expect(pool.run("monteCarlo", long, {timeoutMs: 100})).rejects.toMatchObject({
    code: "out-of-time",
    message: "monteCarlo was stopped after 0.1 s: it had not ended"
  });
});

it("the pool leaves the columns it was given where they are", async () => {
  const values = Float64Array.of(1, 2, 3);
  const returns = history.returns.map((each) => Float64Array.from(each));
  await pool.run("risk", {history: {assets: history.assets, returns}, values});
  expect(values.length).toBe(3);
  expect(returns[0].length).toBe(300);
});
