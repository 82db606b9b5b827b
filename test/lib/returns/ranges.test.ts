import * as fc from "fast-check";
import {expect, it} from "vitest";
import {type Range, RANGES, resolveRange} from "../../../lib/returns/ranges.js";
import {addDays, weekday} from "../../../lib/time/day.js";

/** Weekdays from 2019-01-01 to 2024-05-31. */
const days = Array.from({length: 1978}, (_, i) => addDays("2019-01-01", i)).filter((day) => weekday(day) < 6);
const resolved = (range: Range, of = days) => {
  const found = resolveRange(range, of);
  return found && [found.fromDay, found.toDay, found.clipped];
};

it.each([
  ["1D", "2024-05-30"],
  ["1W", "2024-05-24"],
  ["MTD", "2024-04-30"],
  ["3M", "2024-02-29"],
  ["YTD", "2023-12-29"],
  ["1Y", "2023-05-31"],
  ["3Y", "2021-05-31"],
  ["5Y", "2019-05-31"],
  ["ALL", "2019-01-01"]
] as const)("resolveRange(%s, days) starts from the close of %s", (range, from) => {
  expect(resolved(range)).toEqual([from, "2024-05-31", false]);
});

it("resolveRange(range, days) gives the rows of its days", () => {
  const {from, to} = resolveRange("1W", days) as {from: number; to: number};
  expect([days[from], days[to]]).toEqual(["2024-05-24", "2024-05-31"]);
});

it("resolveRange(1D, days) after a weekend starts from Friday", () => {
  expect(
    resolved(
      "1D",
      days.filter((day) => day <= "2024-05-27")
    )
  ).toEqual(["2024-05-24", "2024-05-27", false]);
});

it("resolveRange({first, last}, days) counts both: its base is the last value before the first", () => {
  expect(resolved({first: "2024-01-01", last: "2024-03-31"})).toEqual(["2023-12-29", "2024-03-29", false]);
  expect(resolved({first: "2024-03-05", last: "2024-03-05"})).toEqual(["2024-03-04", "2024-03-05", false]);
});

it("resolveRange(range, days) is clipped when values begin later than asked for", () => {
  expect(resolved("1Y", ["2024-05-30", "2024-05-31"])).toEqual(["2024-05-30", "2024-05-31", true]);
  expect(resolved({first: "2010-01-01", last: "2019-01-02"})).toEqual(["2019-01-01", "2019-01-02", true]);
});

it("resolveRange(range, days) is undefined when there is no value by its end", () => {
  expect(resolveRange("ALL", [])).toBeUndefined();
  expect(resolveRange({first: "2010-01-01", last: "2010-12-31"}, days)).toBeUndefined();
});

it("resolveRange(range, days) names a range that ends before it begins, and no day", () => {
  expect(() => resolveRange({first: "2024-02-01", last: "2024-01-01"}, days)).toThrow(
    new RangeError("the range begins 2024-02-01, after its end 2024-01-01")
  );
  expect(() => resolveRange({first: "2024-02-30", last: "2024-03-01"}, days)).toThrow(
    "invalid day: 2024-02-30"
  );
});

it("resolveRange(range, days) grows with the range", () => {
  const spans = ["1D", "1W", "3M", "1Y", "3Y", "5Y", "ALL"] as const;
  fc.assert(
    fc.property(fc.integer({min: 1, max: days.length}), (n) => {
      const from = spans.map((range) => resolveRange(range, days.slice(0, n))?.from as number);
      expect(from).toEqual([...from].sort((a, b) => b - a));
      for (const range of RANGES) expect(resolveRange(range, days.slice(0, n))?.to).toBe(n - 1);
    })
  );
});
