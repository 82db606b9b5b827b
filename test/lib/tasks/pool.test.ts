import {expect, it} from "vitest";
import {taskThread, type ToThread} from "../../../lib/tasks/messages.js";
import {TaskPool, type ThreadEvents} from "../../../lib/tasks/pool.js";
import {runTask, type TaskProgress} from "../../../lib/tasks/index.js";
import {history} from "./examples.js";

const input = {history, values: [100, 50, -20], paths: 12_000, periods: 5};

/** A pool whose threads answer here, one message a turn; some never do, or end at a message. */
function poolOf({
  threads = 2,
  mood = "works",
  most
}: {threads?: number; mood?: "works" | "hangs" | "ends"; most?: number} = {}) {
  const clocks: (() => void)[] = [];
  const ended: number[] = [];
  let started = 0;
  const pool = new TaskPool({
    threads,
    code: () => "c0de",
    ...(most !== undefined && {most}),
    after(_, call) {
      clocks.push(call);
      return () => clocks.splice(clocks.indexOf(call), 1);
    },
    start({onMessage, onEnd}: ThreadEvents) {
      const id = ++started;
      const answer = taskThread();
      return {
        post(message: ToThread) {
          setTimeout(() => {
            if (ended.includes(id)) return;
            if (mood === "hangs" && "part" in message) return;
            if (mood === "ends" && "part" in message) return onEnd("its memory ran out");
            const answered = answer(structuredClone(message));
            if (answered) onMessage(structuredClone(answered.reply, {transfer: answered.transfer}));
          });
        },
        end: () => void ended.push(id)
      };
    }
  });
  return {pool, clocks, ended, started: () => started};
}

it("run(name, given) gives what the task gives here, its parts in whatever thread", async () => {
  const {pool, started} = poolOf();
  expect(await pool.run("monteCarlo", input)).toEqual(runTask("monteCarlo", input));
  expect(started()).toBe(2);
});

it("run(name, given) tells of each part as it ends", async () => {
  const told: TaskProgress[] = [];
  await poolOf().pool.run("monteCarlo", input, {onProgress: (progress) => told.push(progress)});
  expect(told.map(({done, total}) => `${done} of ${total}`)).toEqual(["1 of 3", "2 of 3", "3 of 3"]);
  expect(told.map(({part}) => part).toSorted((a, b) => a - b)).toEqual([0, 1, 2]);
});

it("run(name, given) gives every job its own answer, however many run", async () => {
  const {pool} = poolOf({threads: 3});
  const seeds = [1, 2, 3, 4, 5];
  const all = await Promise.all(seeds.map((seed) => pool.run("monteCarlo", {...input, seed})));
  for (const [i, seed] of seeds.entries()) expect(all[i]).toEqual(runTask("monteCarlo", {...input, seed}));
});

it("run(name, given) says at the door what is wrong", async () => {
  const refused = poolOf().pool.run("monteCarlo", {...input, paths: 1e7});
  await expect(refused).rejects.toMatchObject({
    code: "invalid-input",
    message: "paths: 1,000,000 paths at most"
  });
});

it("run(name, given) says what makes no sense further in, and goes on with the next", async () => {
  const {pool} = poolOf({threads: 1});
  const flat = {
    ...history,
    returns: [
      [NaN, 0.1],
      [0.1, NaN],
      [0, 0]
    ].map((each) => Float64Array.from(each))
  };
  const refused = pool.run("risk", {history: flat, values: [1, 1, 1]});
  const next = pool.run("risk", {history, values: [1, 1, 1]});
  await expect(refused).rejects.toMatchObject({code: "refused"});
  expect((await next).valueAtRisk.historical.value).toBeGreaterThan(0);
});

it("run(name, given, {signal}) ends at once with its thread, and others go on", async () => {
  const {pool, ended} = poolOf({threads: 1, mood: "hangs"});
  const abort = new AbortController();
  const cancelled = pool.run("monteCarlo", input, {signal: abort.signal});
  setTimeout(() => abort.abort(new Error("enough")), 20);
  await expect(cancelled).rejects.toThrow("enough");
  expect(ended).toEqual([1]);
  await expect(pool.run("monteCarlo", {...input, paths: 1})).rejects.toMatchObject({code: "invalid-input"});
});

it("run(name, given, {signal}) does not begin when it is cancelled already", async () => {
  const {pool, started} = poolOf();
  const signal = AbortSignal.abort(new Error("before"));
  await expect(pool.run("monteCarlo", input, {signal})).rejects.toThrow("before");
  expect(started()).toBe(0);
});

it("run(name, given, {timeoutMs}) stops what does not end, and names it", async () => {
  const {pool, clocks, ended} = poolOf({threads: 1, mood: "hangs"});
  const bars = {time: [0, 1], open: [1, 1], high: [1, 1], low: [1, 1], close: [1, 1]};
  const late = pool.run("backtest", {bars: [bars], strategy: "buy-and-hold"}, {timeoutMs: 5000});
  setTimeout(() => clocks[0](), 20);
  await expect(late).rejects.toMatchObject({
    code: "out-of-time",
    message: "the strategy buy-and-hold was stopped after 5 s: it had not ended"
  });
  expect(ended).toEqual([1]);
});

it("run(name, given) says that its thread ended in the middle", async () => {
  const broken = poolOf({mood: "ends"}).pool.run("monteCarlo", input);
  await expect(broken).rejects.toMatchObject({
    code: "crashed",
    message: "monteCarlo ended in the middle: its memory ran out"
  });
});

it("run(name, given) refuses what would wait too long", async () => {
  const {pool} = poolOf({mood: "hangs", most: 2});
  const waiting = [pool.run("monteCarlo", input), pool.run("monteCarlo", input)];
  await expect(pool.run("monteCarlo", input)).rejects.toMatchObject({code: "busy"});
  pool.close();
  for (const each of waiting) await expect(each).rejects.toMatchObject({code: "crashed"});
});
