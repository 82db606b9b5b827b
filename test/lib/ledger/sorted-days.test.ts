import * as fc from "fast-check";
import {expect, it} from "vitest";
import {lastAtOrBefore, lastBefore} from "../../../lib/ledger/sorted-days.js";

const days = ["2026-01-05", "2026-01-06", "2026-01-06", "2026-01-08"];

it("lastAtOrBefore(days, day) finds the last of equal days, or the one before", () => {
  expect(lastAtOrBefore(days, "2026-01-06")).toBe(2);
  expect(lastAtOrBefore(days, "2026-01-07")).toBe(2);
  expect(lastAtOrBefore(days, "2026-01-09")).toBe(3);
});

it("lastAtOrBefore(days, day) is -1 before the first day", () => {
  expect(lastAtOrBefore(days, "2026-01-04")).toBe(-1);
  expect(lastAtOrBefore([], "2026-01-04")).toBe(-1);
});

it("lastBefore(days, day) skips every equal day", () => {
  expect(lastBefore(days, "2026-01-06")).toBe(0);
  expect(lastBefore(days, "2026-01-05")).toBe(-1);
  expect(lastBefore(days, "2026-01-07")).toBe(2);
});

it("lastBefore and lastAtOrBefore agree with a walk through the list", () => {
  const day = fc.integer({min: 1, max: 28}).map((n) => `2026-01-${String(n).padStart(2, "0")}`);
  fc.assert(
    fc.property(fc.array(day), day, (list, wanted) => {
      const sorted = list.sort();
      expect(lastAtOrBefore(sorted, wanted)).toBe(sorted.findLastIndex((other) => other <= wanted));
      expect(lastBefore(sorted, wanted)).toBe(sorted.findLastIndex((other) => other < wanted));
    })
  );
});
