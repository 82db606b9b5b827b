import {expect, it} from "vitest";
import type {MarketSeries} from "../../../lib/market/series.js";
import {SeriesReader} from "../../../lib/market/reader.js";
import {marketRow} from "../../../lib/market/row.js";
import type {MarketRow} from "../../../lib/market/views.js";
import {addDays} from "../../../lib/time/day.js";
import {FRIDAY, held, NOW, setOf, valuesOn, weekdays} from "./held.js";

function rowOf(...series: MarketSeries[]): MarketRow {
  const reader = new SeriesReader(setOf(...series), NOW);
  const line = reader.line(series[0].id.replace("fred-graph:", "fred:"));
  return marketRow(line, reader.row(line), reader.today);
}

it("marketRow(line) gives value, day, age and the changes of a price as fractions", () => {
  const row = rowOf(
    held(
      "yahoo:^GSPC",
      {
        "2025-12-31": 5000,
        "2026-10-20": 6250,
        "2026-11-13": 6400,
        "2026-11-19": 6600,
        "2026-11-20": 6500
      },
      {source: "Yahoo Finance"}
    )
  );
  expect(row).toMatchObject({
    id: "yahoo:^GSPC",
    label: "S&P 500",
    value: 6500,
    unit: "index",
    asOf: "2026-11-20",
    source: "Yahoo Finance ^GSPC",
    changeUnit: "fraction",
    ageDays: 2,
    stale: false,
    reason: null
  });
  expect(row.change1d).toBeCloseTo(6500 / 6600 - 1, 15);
  expect(row.change1w).toBeCloseTo(6500 / 6400 - 1, 15);
  expect(row.change1m).toBeCloseTo(6500 / 6250 - 1, 15);
  expect(row.changeYtd).toBeCloseTo(0.3, 15);
});

it("marketRow(line) gives changes of a rate in basis points", () => {
  const row = rowOf(held("treasury:BC_10YEAR", {"2026-10-20": 4.31, "2026-11-13": 4, "2026-11-20": 4.07}));
  expect(row.change1w).toBeCloseTo(7, 10);
  expect(row.change1m).toBeCloseTo(-24, 10);
});

it("marketRow(line) gives changes of a spread in basis points of its own", () => {
  const days = ["2026-11-13", "2026-11-20"];
  const row = rowOf(
    held("computed:2S10S", {}),
    held("treasury:BC_10YEAR", {[days[0]]: 4, [days[1]]: 4.1}),
    held("treasury:BC_2YEAR", {[days[0]]: 3.5, [days[1]]: 3.45})
  );
  expect([row.value, row.change1w]).toEqual([expect.closeTo(65, 9), expect.closeTo(15, 9)]);
  expect(row.unit).toBe("basis points");
});

it("marketRow(line) takes the last value before a week-end or a holiday", () => {
  const row = rowOf(held("yahoo:^GSPC", {"2026-11-06": 100, "2026-11-13": 0.5, "2026-11-20": 110}));
  expect(row.change1w).toBe(219); // the value a week ago, not the nearest
  const holiday = rowOf(held("yahoo:^GSPC", {"2026-11-10": 100, "2026-11-20": 110}));
  expect(holiday.change1w).toBeCloseTo(0.1, 15);
});

it("marketRow(line) has no change against a value that is more than a week older, and says why", () => {
  const row = rowOf(held("yahoo:^GSPC", {"2025-12-31": 80, "2026-11-05": 100, "2026-11-20": 110}));
  expect([row.change1d, row.change1w, row.change1m]).toEqual([null, null, null]);
  expect(row.missing).toMatchObject({
    change1d: "no value from 2026-11-12 to 2026-11-19",
    change1w: "no value from 2026-11-06 to 2026-11-13",
    change1m: "no value from 2026-10-13 to 2026-10-20",
    percentile10y: "less than a year of values: they begin 2025-12-31"
  });
  expect(row.changeYtd).toBeCloseTo(0.375, 15);
});

it("marketRow(line) has no change against a day before its first", () => {
  const {missing} = rowOf(held("yahoo:^GSPC", {"2026-11-20": 110}));
  expect(missing.change1w).toBe("no value at or before 2026-11-13: pull from an earlier day");
});

it("marketRow(line) has no fraction of a price that was not above zero", () => {
  const {change1w, missing} = rowOf(held("yahoo:CL=F", {"2026-11-13": -37.63, "2026-11-20": 20}));
  expect([change1w, missing.change1w]).toEqual([null, "no fraction of -37.63"]);
});

it("marketRow(line) of a monthly series has a month's and a year's change, and none shorter", () => {
  const row = rowOf(held("fred:UNRATE", {"2025-12-01": 4.5, "2026-09-01": 4.4, "2026-10-01": 4.3}));
  expect(row).toMatchObject({change1d: null, change1w: null, change1m: expect.closeTo(-10, 9)});
  expect(row.changeYtd).toBeCloseTo(-20, 9);
  expect(row.missing).toMatchObject({change1d: "published monthly", change1w: "published monthly"});
  expect(row).toMatchObject({ageDays: 52, stale: false});
  expect(rowOf(held("fred:UNRATE", {"2026-08-01": 4.4, "2026-10-01": 4.3})).change1m).toBeNull(); // September was not published
});

it("marketRow(line) of a weekly series has a week's change", () => {
  const row = rowOf(held("fred:WALCL", {"2026-11-11": 6.6e12, "2026-11-18": 6.567e12}));
  expect([row.change1d, row.change1w]).toEqual([null, expect.closeTo(-0.005, 12)]);
  expect(row.unit).toBe("usd billion");
});

it("marketRow(line) is stale after five days of silence of a daily series", () => {
  expect(rowOf(held("yahoo:^GSPC", {"2026-11-17": 100}))).toMatchObject({ageDays: 5, stale: false});
  expect(rowOf(held("yahoo:^GSPC", {"2026-11-16": 100}))).toMatchObject({
    ageDays: 6,
    stale: true,
    value: 100
  });
});

it("marketRow(line) ranks the value among those of ten years, itself included", () => {
  const days = ["2016-11-19", "2016-11-21", "2020-01-02", "2024-01-02", "2026-11-20"];
  const values = [1, 9, 3, 4, 4]; // the first is older than ten years
  expect(
    rowOf(
      held(
        "fred:BAMLH0A0HYM2",
        valuesOn(days, (i) => values[i])
      )
    ).percentile10y
  ).toBe(3 / 4);
  expect(rowOf(held("fred:SOFR", {"2025-11-21": 1, "2026-11-20": 2})).percentile10y).toBeNull();
  expect(rowOf(held("fred:SOFR", {"2025-11-20": 1, "2026-11-20": 2})).percentile10y).toBe(1);
});

it("marketRow(line) draws the last thirty days that have a value", () => {
  const days = weekdays(FRIDAY, 40);
  const {sparkline} = rowOf(
    held(
      "yahoo:^GSPC",
      valuesOn(days, (i) => i)
    )
  );
  expect(sparkline).toHaveLength(30);
  expect([sparkline[0], sparkline.at(-1)]).toEqual([
    [days[10], 10],
    [FRIDAY, 39]
  ]);
});

it("marketRow(line) without a series says what to pull", () => {
  const reader = new SeriesReader(new Map(), NOW);
  const line = reader.line("fred:UNRATE");
  expect(marketRow(line, reader.row(line), reader.today)).toMatchObject({
    value: null,
    asOf: null,
    ageDays: null,
    sparkline: [],
    reason: "not in the lake: pull UNRATE from fred"
  });
});

it("marketRow(line) of a day does not change with what comes later", () => {
  const days = weekdays(FRIDAY, 600);
  const values = valuesOn(days, (i) => 100 + (i % 37) + i / 50);
  const past = new Date(`${addDays(FRIDAY, -200)}T12:00:00Z`);
  const seen = Object.fromEntries(Object.entries(values).filter(([day]) => day <= addDays(FRIDAY, -200)));
  const at = (of: Record<string, number>) => {
    const reader = new SeriesReader(setOf(held("yahoo:^GSPC", of)), past);
    const line = reader.line("yahoo:^GSPC");
    return marketRow(line, reader.row(line), reader.today);
  };
  expect(at(values)).toEqual(at(seen));
  expect(at(values).percentile10y).not.toBeNull();
});
