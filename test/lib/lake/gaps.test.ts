import * as fc from "fast-check";
import {expect, it} from "vitest";
import {calendarOf, expectedDays, gapsOf, type Calendar} from "../../../lib/lake/gaps.js";
import {dayNumber, dayOf} from "../../../lib/time/day.js";

const year = (calendar: Calendar, of: number) =>
  expectedDays(calendar, dayNumber(`${of}-01-01`), dayNumber(`${of}-12-31`));
const numbers = (...days: string[]) => Int32Array.from(days, dayNumber);

it("expectedDays(calendar, from, to) has 252 sessions, 256 fixings, 262 weekdays and 366 days in 2024", () => {
  expect(year("nyse", 2024)).toHaveLength(252); // published by the exchange
  expect(year("target", 2024)).toHaveLength(256); // 262 less the six of the ECB's calendar
  expect(year("weekdays", 2024)).toHaveLength(262);
  expect(year("every-day", 2024)).toHaveLength(366);
  expect(year("none", 2024)).toHaveLength(0);
});

it("expectedDays(calendar, from, to) is empty when it ends before it begins", () => {
  expect(expectedDays("every-day", 10, 9)).toHaveLength(0);
});

it("expectedDays(calendar, from, to) goes over the end of a year and before 1970", () => {
  const days = expectedDays("target", dayNumber("2001-12-28"), dayNumber("2002-01-02"));
  expect(Array.from(days, dayOf)).toEqual(["2001-12-28", "2002-01-02"]); // shut on the 31st for the euro's notes
  expect(expectedDays("every-day", -2, 1)).toEqual(Int32Array.of(-2, -1, 0, 1));
});

it("gapsOf(days, …) counts days of the exchange's calendar that have no row", () => {
  const days = numbers("2024-03-27", "2024-03-28", "2024-04-03", "2024-04-04");
  expect(gapsOf(days, {calendar: "nyse", frequency: "1d"})).toEqual([
    {from: dayNumber("2024-04-01"), to: dayNumber("2024-04-02"), missing: 2} // 29 March was Good Friday
  ]);
  expect(gapsOf(days, {calendar: "target", frequency: "1d"})).toEqual([
    {from: dayNumber("2024-04-02"), to: dayNumber("2024-04-02"), missing: 1} // and 1 April Easter Monday
  ]);
  expect(gapsOf(days, {calendar: "none", frequency: "1d"})).toEqual([]);
});

it("gapsOf(days, …) finds nothing in a day with many rows, nor in one row or none", () => {
  const minutes = numbers("2024-03-28", "2024-03-28", "2024-03-28", "2024-04-01");
  expect(gapsOf(minutes, {calendar: "nyse", frequency: "1m"})).toEqual([]);
  expect(gapsOf(numbers("2024-03-28"), {calendar: "nyse", frequency: "1d"})).toEqual([]);
  expect(gapsOf(numbers(), {calendar: "nyse", frequency: "1d"})).toEqual([]);
});

it("gapsOf(days, …) takes up to five weekdays for holidays that it does not know", () => {
  const by = {calendar: "weekdays", frequency: "1d"} as const;
  expect(gapsOf(numbers("2024-02-09", "2024-02-19"), by)).toEqual([]); // a week of New Year in Shanghai
  expect(gapsOf(numbers("2024-02-09", "2024-02-20"), by)).toMatchObject([{missing: 6}]);
});

it("gapsOf(days, …) counts weeks and months at those frequencies, wherever in them the row is", () => {
  const by = {calendar: "nyse", frequency: "1w"} as const;
  expect(gapsOf(numbers("2024-03-22", "2024-03-28", "2024-04-05"), by)).toEqual([]);
  expect(gapsOf(numbers("2024-03-22", "2024-04-05"), by)).toEqual([
    {from: dayNumber("2024-03-25"), to: dayNumber("2024-03-25"), missing: 1}
  ]);
  const monthly = {calendar: "nyse", frequency: "1mo"} as const;
  expect(gapsOf(numbers("2023-11-30", "2023-12-29", "2024-01-31"), monthly)).toEqual([]);
  expect(gapsOf(numbers("2023-11-01", "2024-02-01"), monthly)).toEqual([
    {from: dayNumber("2023-12-01"), to: dayNumber("2024-01-01"), missing: 2}
  ]);
});

it("gapsOf(days, …) finds just the days that were taken out", () => {
  const all = year("nyse", 2023);
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({min: 1, max: all.length - 2})), (out) => {
      const days = all.filter((_, i) => !out.includes(i));
      const gaps = gapsOf(days, {calendar: "nyse", frequency: "1d"});
      const missing = gaps.flatMap(({from, to}) => [...expectedDays("nyse", from, to)]);
      expect(missing).toEqual(out.toSorted((a, b) => a - b).map((i) => all[i]));
      expect(gaps.reduce((sum, gap) => sum + gap.missing, 0)).toBe(out.length);
    })
  );
});

it("calendarOf(vendor, timeZone) keeps New York's calendar for what trades there", () => {
  expect(calendarOf("nyse", "America/New_York")).toBe("nyse");
  expect(calendarOf("nyse", "")).toBe("nyse");
  expect(calendarOf("nyse", "Asia/Tokyo")).toBe("weekdays");
  expect(calendarOf("every-day", "Asia/Tokyo")).toBe("every-day");
});
