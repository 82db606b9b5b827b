import {expect, it} from "vitest";
import {readReportDay, readReportPeriod} from "../../../../lib/statements/portfolio-analyst/period.js";

it("readReportDay(text) reads a report's days, month first; a month is its last day", () => {
  expect(["20260131", "01/31/2026", "01/31/26", "1/31/2026"].map(readReportDay)).toEqual(
    Array(4).fill("2026-01-31")
  );
  expect(["202401", "202402", "202302", "202412"].map(readReportDay)).toEqual([
    "2024-01-31",
    "2024-02-29",
    "2023-02-28",
    "2024-12-31"
  ]);
});

it("readReportDay(text) is undefined for what is no day", () => {
  for (const text of [
    "",
    "2026",
    "2026 Q1",
    "202613",
    "20260231",
    "13/01/2026",
    "20260101 - 20260131",
    "ACME"
  ])
    expect(readReportDay(text)).toBeUndefined();
});

it("readReportPeriod(text) reads days in words or digits, with what stands in brackets left out", () => {
  const year = {from: "2025-01-01", to: "2025-12-31"};
  for (const text of [
    "January 1, 2025 to December 31, 2025 (Daily)",
    "January 1, 2025 - December 31, 2025",
    "01/01/2025 to 12/31/2025 (Monthly)",
    "20250101 - 20251231"
  ])
    expect(readReportPeriod(text)).toEqual(year);
});

it("readReportPeriod(text) is undefined for what is no period, or ends before it starts", () => {
  for (const text of [
    "",
    "2025",
    "January 1, 2025",
    "Januar 1, 2025 to December 31, 2025",
    "February 30, 2025 to December 31, 2025",
    "December 31, 2025 to January 1, 2025"
  ])
    expect(readReportPeriod(text)).toBeUndefined();
});
