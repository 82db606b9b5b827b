import {expect, it} from "vitest";
import {runWhenDue} from "../../../loaders/flex/watch.js";

it("runWhenDue() runs each time it is due, goes on after a failure, and ends with the signal", async () => {
  const stop = new AbortController();
  const said: string[] = [];
  let looks = 0;
  let runs = 0;
  await runWhenDue({
    due: async () => looks % 2 === 1,
    run: async () => {
      if (++runs === 1) throw new Error("no network");
    },
    signal: stop.signal,
    everyMs: 30_000,
    sleep: async (ms) => {
      expect(ms).toBe(30_000);
      if (++looks === 6) stop.abort();
    },
    log: (line) => said.push(line)
  });
  expect(runs).toBe(3);
  expect(said).toEqual(["flex: no network"]);
});

it("runWhenDue() hands the signal to the run", async () => {
  const stop = new AbortController();
  const watching = runWhenDue({
    due: async () => true,
    run: (signal) =>
      new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error))),
    signal: stop.signal
  });
  await Promise.resolve();
  stop.abort();
  expect(await watching).toBeUndefined();
});
