import {expect, it} from "vitest";
import {dayNumber, dayOf} from "../../../lib/time/day.js";
import {closeOf, firstDayOf, lastDayOf, type Trading} from "../../../loaders/vendors/sessions.js";

const close = (day: string, zone: string, trading: Trading) =>
  new Date(closeOf(dayNumber(day), zone, trading)).toISOString();

it("closeOf() is the usual close of the zone's exchange, by its clock of the day", () => {
  expect(close("2026-11-20", "America/New_York", "session")).toBe("2026-11-20T21:00:00.000Z");
  expect(close("2026-07-20", "America/New_York", "session")).toBe("2026-07-20T20:00:00.000Z");
  expect(close("2026-11-20", "Asia/Tokyo", "session")).toBe("2026-11-20T06:30:00.000Z");
});

it("closeOf() of a half day is that of any other, so that a bar is the same row whenever it is fetched", () => {
  expect(close("2026-11-27", "America/New_York", "session")).toBe("2026-11-27T21:00:00.000Z");
});

it("closeOf() is midnight where hours are not known, and where there are none", () => {
  expect(close("2026-11-20", "Pacific/Auckland", "session")).toBe("2026-11-20T11:00:00.000Z");
  expect(close("2026-11-20", "UTC", "every-day")).toBe("2026-11-21T00:00:00.000Z");
  expect(close("2026-11-20", "", "round-the-clock")).toBe("2026-11-21T00:00:00.000Z");
});

it("closeOf() of a future is 17:00 in New York, wherever it is listed", () => {
  expect(close("2026-11-20", "America/Chicago", "future")).toBe("2026-11-20T22:00:00.000Z");
});

it("lastDayOf() is the last day with a session of the week or month that begins on a day", () => {
  const last = (day: string, frequency: "1d" | "1w" | "1mo", trading: Trading = "session") =>
    dayOf(lastDayOf(dayNumber(day), frequency, trading));
  expect(last("2026-11-16", "1d")).toBe("2026-11-16");
  expect(last("2026-11-16", "1w")).toBe("2026-11-20");
  expect(last("2026-11-15", "1w")).toBe("2026-11-20"); // Polygon's week begins on Sunday
  expect(last("2026-11-16", "1w", "every-day")).toBe("2026-11-22");
  expect(last("2026-10-01", "1mo")).toBe("2026-10-30");
  expect(last("2026-10-01", "1mo", "every-day")).toBe("2026-10-31");
  expect(last("2024-02-01", "1mo")).toBe("2024-02-29");
});

it("firstDayOf() is the Monday of a week, the first of a month", () => {
  const first = (day: string, frequency: "1d" | "1w" | "1mo") => dayOf(firstDayOf(day, frequency));
  expect(first("2026-11-18", "1d")).toBe("2026-11-18");
  expect(first("2026-11-18", "1w")).toBe("2026-11-16");
  expect(first("2026-11-22", "1w")).toBe("2026-11-16");
  expect(first("2026-11-18", "1mo")).toBe("2026-11-01");
});
