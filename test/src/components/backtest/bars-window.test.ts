import {expect, it} from "vitest";
import type {Bars} from "../../../../lib/backtest/bars.js";
import type {CatalogEntry} from "../../../../lib/lake/catalog.js";
import {
  cutBars,
  isoDay,
  lastOfDays,
  startingDataset
} from "../../../../src/components/backtest/bars-window.js";

const close = (day: string) => Date.parse(`${day}T21:00:00Z`);

function barsOf(...days: readonly string[]): Bars {
  const column = Float64Array.from(days, (_, i) => i + 1);
  return {
    symbol: "A",
    currency: "USD",
    time: Float64Array.from(days, close),
    open: column,
    high: column,
    low: column,
    close: column,
    volume: column
  };
}

const bars = barsOf("2024-01-02", "2024-01-03", "2024-01-04", "2024-01-05");

it("cutBars(bars, window) keeps the days of the window, both ends included", () => {
  const {bars: cut} = cutBars(bars, {start: "2024-01-03", end: "2024-01-04"});
  expect([...cut.time].map(isoDay)).toEqual(["2024-01-03", "2024-01-04"]);
  expect([...cut.open]).toEqual([2, 3]);
  expect(cutBars(bars, {start: null, end: null}).bars).toEqual(bars);
});

it("cutBars(bars, window) says so when nothing is left", () => {
  expect(() => cutBars(bars, {start: "2025-01-01", end: null})).toThrow(
    new RangeError("A has 0 bars in the window: its days are 2024-01-02 to 2024-01-05")
  );
});

it("lastOfDays(time) is the last bar of each UTC day", () => {
  const hours = ["2024-01-02T10:00", "2024-01-02T23:00", "2024-01-03T00:00", "2024-01-05T12:00"];
  expect(lastOfDays(Float64Array.from(hours, (hour) => Date.parse(`${hour}Z`)))).toEqual([1, 2, 3]);
});

it("startingDataset(datasets) is the daily one with the longest history a symbol", () => {
  const entry = (dataset: string, rows: number, symbols: number) =>
    ({dataset, layer: "clean", rows, symbols}) as CatalogEntry; // what is looked at
  const long = entry("a/bars/index/1d", 5000, 1);
  expect(
    startingDataset([entry("a/bars/many/1d", 90_000, 90), long, entry("a/bars/hours/1h", 9000, 1)])
  ).toBe(long);
  expect(startingDataset([])).toBeUndefined();
});
