import {expect, it} from "vitest";
import {inWords, timeLeft} from "../../../../src/components/data/progress.js";

const reading = {doing: "reading", unit: "bytes", total: 200e6} as const;

it("inWords(progress) says how much of how much", () => {
  expect(inWords({...reading, done: 12.4e6})).toBe("reading, 12.4 of 200.0 MB");
  expect(inWords({doing: "comparing", unit: "rows", done: 3000, total: 12_000})).toBe(
    "comparing, 3,000 of 12,000 rows"
  );
  expect(inWords({doing: "waiting", unit: "steps", done: 0, total: null})).toBe("waiting");
});

it("timeLeft says nothing at first, then what the pace so far leaves, and begins anew with each step", () => {
  let now = 0;
  const left = timeLeft(() => now);
  expect(left({...reading, done: 0})).toBe("");
  now = 1000;
  expect(left({...reading, done: 10e6})).toBe("");
  now = 4000; // 40 MB in 4 s: 160 MB in 16 s
  expect(left({...reading, done: 40e6})).toBe(", about 16 s left");
  expect(left({...reading, doing: "comparing", done: 50e6})).toBe("");
  now = 14_000; // 10 MB in 10 s: 140 MB in 140 s
  expect(left({...reading, doing: "comparing", done: 60e6})).toBe(", about 2 min left");
});
