import * as fc from "fast-check";
import {expect, it} from "vitest";
import {addDays, dayNumber, dayOf, daysBetween, isDay, weekday} from "../../../lib/time/day.js";

it("addDays(day, n) crosses months, leap days and years", () => {
  expect(addDays("2024-02-28", 1)).toBe("2024-02-29");
  expect(addDays("2023-02-28", 1)).toBe("2023-03-01");
  expect(addDays("2026-01-01", -1)).toBe("2025-12-31");
});

it("daysBetween(from, to) counts 366 days over a leap year, and backwards below zero", () => {
  expect(daysBetween("2024-01-01", "2025-01-01")).toBe(366);
  expect(daysBetween("2025-01-01", "2024-01-01")).toBe(-366);
});

it("weekday(day) is ISO's: 1 for Monday, 7 for Sunday, before 1970 too", () => {
  expect(weekday("2026-11-23")).toBe(1);
  expect(weekday("2026-11-22")).toBe(7);
  expect(weekday("1969-12-29")).toBe(1);
});

it("isDay(text) tells days of the calendar from all else", () => {
  expect(["2024-02-29", "1969-12-31"].map(isDay)).toEqual([true, true]);
  expect(["2023-02-29", "2023-04-31", "2023-1-1", "Perpetual"].map(isDay)).toEqual([
    false,
    false,
    false,
    false
  ]);
});

it("dayNumber(day) refuses what is no day", () => {
  for (const text of ["2023-02-29", "2023-13-01", "20230101", "2023-1-1", ""])
    expect(() => dayNumber(text)).toThrow(new RangeError(`invalid day: ${text}`));
});

it("dayNumber and dayOf undo each other", () => {
  fc.assert(fc.property(fc.integer({min: -100_000, max: 100_000}), (n) => dayNumber(dayOf(n)) === n));
});
