import * as fc from "fast-check";
import {expect, it} from "vitest";
import {isoDay, joinDays, lastIndex, monthsBefore, upTo, type Daily} from "../../../lib/market/days.js";
import {dayNumber, dayOf} from "../../../lib/time/day.js";

const daily = (of: Record<number, number>): Daily => ({
  days: Int32Array.from(Object.keys(of), Number),
  values: Float64Array.from(Object.values(of))
});
const series = fc
  .uniqueArray(fc.tuple(fc.integer({min: 0, max: 40}), fc.integer({min: -9, max: 9})), {
    selector: ([day]) => day
  })
  .map((pairs) => daily(Object.fromEntries(pairs)));

it("lastIndex(days, day) is that of the day itself, else of the one before it, -1 before all", () => {
  const days = Int32Array.of(3, 5, 9);
  expect([2, 3, 4, 5, 8, 9, 10].map((day) => lastIndex(days, day))).toEqual([-1, 0, 0, 1, 1, 2, 2]);
  expect(lastIndex(new Int32Array(), 1)).toBe(-1);
});

it("upTo(daily, day) has nothing of a later day", () => {
  const {days, values} = upTo(daily({3: 1, 5: 2, 9: 3}), 8);
  expect([[...days], [...values]]).toEqual([
    [3, 5],
    [1, 2]
  ]);
});

it("monthsBefore(day, months) keeps the day of the month, or takes the month's last", () => {
  const before = (day: string, months: number) => dayOf(monthsBefore(dayNumber(day), months));
  expect(before("2026-11-20", 1)).toBe("2026-10-20");
  expect(before("2026-03-31", 1)).toBe("2026-02-28");
  expect(before("2028-02-29", 12)).toBe("2027-02-28");
  expect(before("2026-01-15", 1)).toBe("2025-12-15");
  expect(before("2026-11-20", 120)).toBe("2016-11-20");
  expect(before("2026-11-20", 0)).toBe("2026-11-20");
});

it("isoDay(day) prints a day, the second time too", () => {
  const days = [0, 20_777, -1, 0, 20_777, -1];
  expect(days.map(isoDay)).toEqual(days.map(dayOf));
});

it("joinDays(series, combine) takes the days that all have, in order", () => {
  const joined = joinDays(
    [daily({1: 10, 2: 20, 4: 40}), daily({2: 2, 3: 3, 4: 4})],
    (row) => row[0] / row[1]
  );
  expect([[...joined.days], [...joined.values]]).toEqual([
    [2, 4],
    [10, 10]
  ]);
});

it("joinDays(series, combine) leaves out what is not finite, and is empty without series", () => {
  expect([...joinDays([daily({1: 1, 2: 1}), daily({1: 0, 2: 2})], (row) => row[0] / row[1]).days]).toEqual([
    2
  ]);
  expect(joinDays([], () => 1).days).toHaveLength(0);
});

it("joinDays(series, combine) agrees with looking each day up", () => {
  fc.assert(
    fc.property(series, series, series, (...all) => {
      const {days, values} = joinDays(all, (row) => row[0] + 100 * row[1] + 10_000 * row[2]);
      const at = ({days: own, values: of}: Daily, day: number) => of[own.indexOf(day)];
      const common = [...all[0].days].filter((day) => all.every((one) => one.days.includes(day)));
      expect([...days]).toEqual(common);
      expect([...values]).toEqual(
        common.map((day) => at(all[0], day) + 100 * at(all[1], day) + 10_000 * at(all[2], day))
      );
    })
  );
});
