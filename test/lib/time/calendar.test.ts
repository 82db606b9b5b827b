import {readFileSync} from "node:fs";
import {expect, it} from "vitest";
import {
  dayAt,
  exchangeHolidays,
  isSession,
  lastSession,
  sessionBefore,
  sessionsBetween
} from "../../../lib/time/calendar.js";

// Holidays as the exchange published them, https://www.nyse.com/markets/hours-calendars and its archive.
const PUBLISHED: Record<number, string> = {
  2021: "01-01 01-18 02-15 04-02 05-31 07-05 09-06 11-25 12-24",
  2022: "01-17 02-21 04-15 05-30 06-20 07-04 09-05 11-24 12-26",
  2023: "01-02 01-16 02-20 04-07 05-29 06-19 07-04 09-04 11-23 12-25",
  2024: "01-01 01-15 02-19 03-29 05-27 06-19 07-04 09-02 11-28 12-25",
  2025: "01-01 01-09 01-20 02-17 04-18 05-26 06-19 07-04 09-01 11-27 12-25",
  2026: "01-01 01-19 02-16 04-03 05-25 06-19 07-03 09-07 11-26 12-25",
  2027: "01-01 01-18 02-15 03-26 05-31 06-18 07-05 09-06 11-25 12-24"
};

it("exchangeHolidays(year) gives the exchange's published list", () => {
  for (const [year, days] of Object.entries(PUBLISHED))
    expect(exchangeHolidays(Number(year))).toEqual(days.split(" ").map((day) => `${year}-${day}`));
});

it("sessionsBetween(from, to) are the days the S&P 500 has a price, 2000 to April 2020", () => {
  const file = "node_modules/vega-datasets/data/sp500-2000.csv"; // its exports hide the data
  const days = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",")[0]);
  expect(days.length).toBeGreaterThan(5000);
  expect(sessionsBetween(days[0], days.at(-1)!)).toEqual(days);
});

it("sessionsBetween(from, to) includes both ends and is empty backwards", () => {
  expect(sessionsBetween("2026-11-25", "2026-11-30")).toEqual(["2026-11-25", "2026-11-27", "2026-11-30"]);
  expect(sessionsBetween("2026-11-27", "2026-11-27")).toEqual(["2026-11-27"]);
  expect(sessionsBetween("2026-11-27", "2026-11-25")).toEqual([]);
});

it("isSession(day) keeps a New Year's Day on Saturday open the Friday before", () => {
  expect(isSession("2021-12-31")).toBe(true);
  expect(isSession("2027-12-31")).toBe(true);
  expect(isSession("2023-01-02")).toBe(false);
});

it("isSession(day) knows Juneteenth from 2022 on", () => {
  expect(isSession("2020-06-19")).toBe(true);
  expect(isSession("2024-06-19")).toBe(false);
});

it("sessionBefore(day) steps over a long weekend", () => {
  expect(sessionBefore("2026-09-08")).toBe("2026-09-04");
});

it("lastSession(now) is today's only after the close in New York", () => {
  expect(lastSession(new Date("2026-11-23T20:59:59Z"))).toBe("2026-11-20"); // Monday 15:59 EST
  expect(lastSession(new Date("2026-11-23T21:00:00Z"))).toBe("2026-11-23");
  expect(lastSession(new Date("2026-07-20T20:00:00Z"))).toBe("2026-07-20"); // Monday 16:00 EDT
  expect(lastSession(new Date("2026-11-22T12:00:00Z"))).toBe("2026-11-20"); // Sunday
  expect(lastSession(new Date("2026-11-27T04:00:00Z"))).toBe("2026-11-25"); // Thanksgiving, 23:00
});

it("dayAt(now) is the day in New York unless another zone is named", () => {
  expect(dayAt(new Date("2026-11-22T04:59:00Z"))).toBe("2026-11-21");
  expect(dayAt(new Date("2026-11-22T04:59:00Z"), "Asia/Tokyo")).toBe("2026-11-22");
});
