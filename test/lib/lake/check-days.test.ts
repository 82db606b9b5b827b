import {expect, it} from "vitest";
import {rowsOf, type Row} from "../../../lib/lake/columns.js";
import {validate} from "../../../lib/lake/validate.js";
import {dayOf} from "../../../lib/time/day.js";
import {barsOf} from "./bars.js";

const options = {calendar: "nyse", frequency: "1d", today: "2026-11-20"} as const;
const STILL = [10, 11, 11, 11, 11, 11, 12];

const untraded = (rows: Row<"bars">[], volume: number | null = 0) => rows.map((row) => ({...row, volume}));

it("validate(bars, …) keeps and lists a price that stands still while nothing is traded", () => {
  const rows = untraded(barsOf("X", "2024-03-04", STILL));
  expect(validate(rowsOf("bars", rows), options).problems).toEqual([
    {
      code: "stale",
      symbol: "X",
      day: "2024-03-05",
      sentence:
        "X 2024-03-05 to 2024-03-11: close 11 stands 5 times in a row and nothing was traded: kept: it may be an old one carried on",
      state: "kept"
    }
  ]);
  expect(validate(rowsOf("bars", untraded(rows, null)), options).problems).toHaveLength(1);
});

it("validate(bars, …) takes no price for stale that was traded, or stood four times, or in a day", () => {
  expect(validate(rowsOf("bars", barsOf("X", "2024-03-04", STILL)), options).problems).toEqual([]);
  const four = untraded(barsOf("X", "2024-03-04", [10, 11, 11, 11, 11, 12]));
  expect(validate(rowsOf("bars", four), options).problems).toEqual([]);
  const still = rowsOf("bars", untraded(barsOf("X", "2024-03-04", STILL)));
  expect(validate(still, {...options, frequency: "1h"}).problems).toEqual([]);
});

it("validate(bars, {previous}) lists a price that stands still up to new rows, not one of before", () => {
  const rows = untraded(barsOf("X", "2024-03-04", [...STILL, 12.5, 12.6]));
  const after = (count: number) =>
    validate(rowsOf("bars", rows.slice(count)), {...options, previous: rowsOf("bars", rows.slice(0, count))});
  expect(after(5).problems).toMatchObject([{code: "stale", day: "2024-03-05"}]);
  expect(after(7).problems).toEqual([]);
});

it("validate(fx, …) takes ten equal rates for stale, and no value of a series", () => {
  const days = Array.from({length: 10}, (_, i) => dayOf(19_000 + i));
  const rates = days.map((day) => ({base: "EUR", quote: "USD", day, rate: 1.1}));
  const none = {...options, calendar: "none"} as const;
  expect(validate(rowsOf("fx", rates), none).problems).toMatchObject([{code: "stale", symbol: "EURUSD"}]);
  expect(validate(rowsOf("fx", rates.slice(1)), none).problems).toEqual([]);
  const policy = days.map((day) => ({series: "DFEDTARU", day, value: 4, unit: "percent"}));
  expect(validate(rowsOf("series", policy), none).problems).toEqual([]);
});

it("validate(bars, …) keeps and lists gaps, each symbol's own", () => {
  const [x, y] = ["X", "Y"].map((symbol) => barsOf(symbol, "2024-03-25", [1, 1.01, 1, 1.01, 1, 1.01]));
  const rows = [...x.filter((_, i) => i !== 2 && i !== 4 && i !== 3), ...y];
  expect(validate(rowsOf("bars", rows), options).problems).toEqual([
    {
      code: "gap",
      symbol: "X",
      day: "2024-03-27",
      sentence: "X 2024-03-27 to 2024-04-01: 3 rows are missing by the calendar: pull those days again",
      state: "kept"
    }
  ]);
  const one = validate(rowsOf("bars", x.toSpliced(2, 1)), options).problems;
  expect(one[0].sentence).toBe("X 2024-03-27: a row is missing by the calendar: pull those days again");
});

it("validate(bars, {previous}) lists a gap after what is held, not one within", () => {
  const rows = barsOf("X", "2024-03-04", [1, 1.01, 1, 1.01, 1, 1.01, 1, 1.01]);
  const held = rowsOf("bars", [rows[0], rows[2], rows[3]]);
  expect(validate(rowsOf("bars", rows.slice(5)), {...options, previous: held}).problems).toMatchObject([
    {code: "gap", day: rows[4].day}
  ]);
  expect(validate(rowsOf("bars", rows.slice(3)), {...options, previous: held}).problems).toEqual([]);
});
