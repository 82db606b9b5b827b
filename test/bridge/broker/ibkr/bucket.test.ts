import {afterEach, beforeEach, expect, it, vi} from "vitest";
import {createBucket, PER_SECOND} from "../../../../bridge/broker/ibkr/bucket.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const clock = () => performance.now();

/** A bucket, and the milliseconds at which each job left, by name. */
function stand() {
  const bucket = createBucket(clock);
  const left: {name: string; at: number}[] = [];
  const start = clock();
  const job = (name: string) => () => {
    left.push({name, at: clock() - start});
    return 1;
  };
  return {bucket, left, job};
}

/** Most of them in any second. */
const densest = (times: readonly number[]) =>
  Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1000).length));

it("120 requests at once leave at no more than 50 in any second", async () => {
  const {bucket, left, job} = stand();
  const all = Array.from({length: 120}, () => bucket.run("request", job("request")));
  await vi.runAllTimersAsync();
  expect(await Promise.all(all)).toEqual(Array.from({length: 120}, () => true));
  const times = left.map(({at}) => at);
  expect(densest(times)).toBe(PER_SECOND.request);
  expect(times.at(-1)).toBeLessThan(2500);
});

it("everything together leaves at no more than 50 in any second, whatever is asked when", async () => {
  const {bucket, left, job} = stand();
  for (let i = 0; i < 40; ++i) {
    for (const urgency of ["request", "cancel", "order"] as const) void bucket.run(urgency, job(urgency));
    await vi.advanceTimersByTimeAsync(i % 7 === 0 ? 113 : 9);
  }
  await vi.runAllTimersAsync();
  expect(left).toHaveLength(120);
  expect(densest(left.map(({at}) => at))).toBeLessThanOrEqual(50);
});

it("cancels go before orders and orders before requests; each keeps its own order", async () => {
  const {bucket, left, job} = stand();
  for (let i = 0; i < 50; ++i) void bucket.run("cancel", job("fill"));
  for (const name of ["request 1", "request 2"]) void bucket.run("request", job(name));
  for (const name of ["order 1", "order 2"]) void bucket.run("order", job(name));
  for (const name of ["cancel 1", "cancel 2"]) void bucket.run("cancel", job(name));
  await vi.runAllTimersAsync();
  expect(left.slice(50).map(({name}) => name)).toEqual([
    "cancel 1",
    "cancel 2",
    "order 1",
    "order 2",
    "request 1",
    "request 2"
  ]);
});

it("requests leave room for cancels and orders in every second", async () => {
  const {bucket, left, job} = stand();
  for (let i = 0; i < 100; ++i) void bucket.run("request", job("request"));
  for (let i = 0; i < 10; ++i) void bucket.run("cancel", job("cancel"));
  expect(left.filter(({name}) => name === "cancel")).toHaveLength(10);
  await vi.runAllTimersAsync();
});

it("drop(urgency) gives false for what waits, and it never leaves", async () => {
  const {bucket, left, job} = stand();
  const orders = Array.from({length: 50}, () => bucket.run("order", job("order")));
  const request = bucket.run("request", job("request"));
  bucket.drop("order");
  await vi.runAllTimersAsync();
  const gone = (await Promise.all(orders)).filter((wasSent) => !wasSent).length;
  expect([gone, await request]).toEqual([50 - PER_SECOND.order, true]);
  expect(left).toHaveLength(PER_SECOND.order + 1);
});

it("a job that sends nothing takes no room, and says so", async () => {
  const {bucket, left, job} = stand();
  const idle = await Promise.all(Array.from({length: 60}, () => bucket.run("cancel", () => 0)));
  expect(new Set(idle)).toEqual(new Set([false]));
  for (let i = 0; i < 50; ++i) void bucket.run("cancel", job("cancel"));
  expect(left).toHaveLength(50);
});

it("a job that asks for another does not run it inside itself", async () => {
  const {bucket} = stand();
  const seen: string[] = [];
  void bucket.run("request", () => {
    void bucket.run("cancel", () => seen.push("inner"));
    return seen.push("outer");
  });
  expect(seen).toEqual(["outer", "inner"]);
});
