import {expect, it} from "vitest";
import {Jobs, type JobStatus} from "../../../bridge/jobs/jobs.js";

function make() {
  const told: JobStatus[] = [];
  const now = () => new Date("2024-01-05T12:00:00Z");
  return {told, jobs: new Jobs({now, announce: (job) => told.push({...job})})};
}

it("a job tells its start, its progress and its end", async () => {
  const {jobs, told} = make();
  const result = await jobs.run("count", async (report) => {
    report({message: "one", done: 1, total: 2});
    return {message: "counted", result: 2};
  });
  expect(result).toBe(2);
  expect(told.map(({state, message, done, total}) => [state, message, done, total])).toEqual([
    ["running", "started", 0, null],
    ["running", "one", 1, 2],
    ["done", "counted", 1, 2]
  ]);
});

it("a job that fails says why, with a code for programs", async () => {
  const {jobs, told} = make();
  const error = Object.assign(new Error("no token"), {code: 1012});
  await expect(jobs.run("pull", () => Promise.reject(error))).rejects.toBe(error);
  expect(told.at(-1)).toMatchObject({state: "failed", message: "no token", code: "1012"});
});

it("of a kind that is started one runs at a time", async () => {
  const {jobs} = make();
  const {promise, resolve} = Promise.withResolvers<{message: string; result: null}>();
  const first = jobs.start("flex", () => promise);
  expect(jobs.start("flex", () => Promise.reject(new Error("never")))).toBe(first);
  expect(jobs.start("other", () => promise).id).not.toBe(first.id);
  resolve({message: "done", result: null});
  await jobs.close();
  expect(jobs.start("flex", () => promise).id).not.toBe(first.id);
});

it("a cancelled job ends as cancelled, a job that has ended cannot be", async () => {
  const {jobs} = make();
  const {id} = jobs.start("sleep", (_report, signal) => {
    const {promise, reject} = Promise.withResolvers<never>();
    signal.addEventListener("abort", () => reject(new Error("stopped")));
    return promise;
  });
  expect(jobs.cancel(id)).toBe(true);
  await jobs.close();
  expect(jobs.get(id)).toMatchObject({state: "cancelled", message: "cancelled", code: null});
  expect(jobs.cancel(id)).toBe(false);
});

it("only the last fifty jobs that have ended are remembered", async () => {
  const {jobs} = make();
  for (let i = 0; i < 60; ++i) await jobs.run(`job ${i}`, async () => ({message: "", result: null}));
  expect(jobs.list().map(({kind}) => kind)).toEqual(Array.from({length: 50}, (_, i) => `job ${i + 10}`));
});

it("a job keeps what it tells of a result that is too much", async () => {
  const {jobs} = make();
  const work = async () => ({message: "stored", result: {rows: [1, 2, 3]}, told: {rows: 3}});
  expect(await jobs.run("import", work)).toEqual({rows: [1, 2, 3]});
  expect(jobs.list()[0].result).toEqual({rows: 3});
});

it("work of a kind that is dropped ends and is told of no more, nor is what came of it before", async () => {
  const {jobs, told} = make();
  await jobs.run("flex", async () => ({message: "the demo's", result: null}));
  const kept = await jobs.run("import", async () => ({message: "mine", result: "kept"}));
  jobs.start("flex", (_report, signal) => {
    const {promise, reject} = Promise.withResolvers<never>();
    signal.addEventListener("abort", () => reject(new Error("stopped")));
    return promise;
  });
  const before = told.length;
  jobs.drop("flex");
  expect(jobs.list().map(({kind, result}) => [kind, result])).toEqual([["import", kept]]);
  await jobs.close();
  expect(told).toHaveLength(before);
});
