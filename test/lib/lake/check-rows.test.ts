import * as fc from "fast-check";
import {expect, it} from "vitest";
import {mayBeNegative} from "../../../lib/lake/check-rows.js";
import {rowsOf, type Row} from "../../../lib/lake/columns.js";
import type {Kind} from "../../../lib/lake/dataset.js";
import {validate} from "../../../lib/lake/validate.js";
import {bar} from "./bars.js";

const options = {calendar: "none", frequency: "1d", today: "2026-11-20"} as const;
const DAY = "2024-03-05";

function problems<K extends Kind>(kind: K, ...rows: Row<K>[]) {
  return validate(rowsOf(kind, rows), options).problems.map(({code, state}) => `${code} ${state}`);
}

it("validate(rows, …) sets aside what is no number", () => {
  expect(problems("bars", bar("X", DAY, Infinity))).toEqual(["not-finite quarantined"]);
  expect(problems("bars", bar("X", DAY, NaN))).toEqual(["not-finite quarantined"]);
  expect(problems("bars", bar("X", DAY, 10, {volume: Infinity}))).toEqual(["not-finite quarantined"]);
  expect(problems("bars", bar("X", DAY, 10, {open: -Infinity}))).toEqual(["not-finite quarantined"]);
  expect(problems("bars", bar("X", DAY, 10, {time: NaN}))).toEqual(["not-finite quarantined"]);
  expect(problems("series", {series: "S", day: DAY, value: NaN, unit: ""})).toEqual([
    "not-finite quarantined"
  ]);
  expect(
    problems("trades", {symbol: "X", day: DAY, time: Date.parse(DAY), id: "1", price: 1, size: Infinity})
  ).toEqual(["not-finite quarantined"]);
});

it("validate(rows, …) takes what is not given for nothing wrong", () => {
  const missing = {open: null, high: null, low: null, volume: null, vwap: null, trades: null, currency: null};
  expect(problems("bars", bar("X", DAY, 10, missing))).toEqual([]);
  expect(problems("quotes", {symbol: "X", day: DAY, time: Date.parse(DAY)})).toEqual([]);
});

it("validate(rows, …) sets aside prices that are not positive", () => {
  expect(problems("bars", bar("X", DAY, 0))).toEqual(["not-positive quarantined"]);
  expect(problems("bars", bar("X", DAY, 10, {vwap: -1}))).toEqual(["not-positive quarantined"]);
  const quote = {symbol: "X", day: DAY, time: Date.parse(DAY)};
  expect(problems("quotes", {...quote, ask: -1})).toEqual(["not-positive quarantined"]);
  expect(problems("bars", bar("X", DAY, 10, {low: -1}))).toEqual(["not-positive quarantined"]);
  expect(problems("fx", {base: "EUR", quote: "USD", day: DAY, rate: 0})).toEqual([
    "not-positive quarantined"
  ]);
  expect(problems("actions", {symbol: "X", day: DAY, type: "split", value: 0})).toEqual([
    "not-positive quarantined"
  ]);
  expect(problems("quotes", {symbol: "X", day: DAY, time: Date.parse(DAY), bid: -1})).toEqual([
    "not-positive quarantined"
  ]);
  expect(problems("series", {series: "S", day: DAY, value: -0.5, unit: "percent"})).toEqual([]);
});

it("validate(rows, …) keeps and lists a price below zero of a future, as oil's of 2020-04-20, or of a yield", () => {
  const oil = bar("CL=F", "2020-04-20", -37.63, {open: 17.73, high: 17.85, low: -40.32});
  const {good, problems: found} = validate(rowsOf("bars", [oil]), options);
  expect(good.length).toBe(1);
  expect(found).toEqual([
    {
      code: "not-positive",
      symbol: "CL=F",
      day: "2020-04-20",
      sentence: "CL=F 2020-04-20: close -37.63 is not positive, which a future or yield may be: kept",
      state: "kept"
    }
  ]);
  expect(problems("bars", bar("CL=F", DAY, -37.63, {high: -38}))).toEqual(["high-low quarantined"]);
  expect(problems("bars", bar("CL=F", DAY, NaN))).toEqual(["not-finite quarantined"]);
});

it("mayBeNegative(symbol) holds for futures and yields, not for shares, funds, indices and coins", () => {
  expect(["CL=F", "CLK20.NYM", "ZQZ26.CBT", "^IRX", "^TNX"].every(mayBeNegative)).toBe(true);
  expect(["AAPL", "BF-B", "VOD.L", "^GSPC", "^VIX", "BTCUSDT", "EURUSD=X", ""].some(mayBeNegative)).toBe(
    false
  );
});

it("validate(rows, …) sets aside negative volumes", () => {
  expect(problems("bars", bar("X", DAY, 10, {volume: -5}))).toEqual(["negative-volume quarantined"]);
  expect(problems("bars", bar("X", DAY, 10, {trades: -5}))).toEqual(["negative-volume quarantined"]);
  const quote = {symbol: "X", day: DAY, time: Date.parse(DAY)};
  expect(problems("quotes", {...quote, askSize: -1})).toEqual(["negative-volume quarantined"]);
  expect(problems("quotes", {...quote, bidSize: -1})).toEqual(["negative-volume quarantined"]);
  expect(problems("bars", bar("X", DAY, 10, {volume: 0}))).toEqual([]);
});

it("validate(rows, …) sets aside a high that is not the highest, and a low that is not the lowest", () => {
  const sound = {open: 10, high: 12, low: 9};
  expect(problems("bars", bar("X", DAY, 11, sound))).toEqual([]);
  for (const wrong of [{high: 10.9}, {open: 12.1}, {low: 11.1}, {low: 10.5}, {high: 8}])
    expect(problems("bars", bar("X", DAY, 11, {...sound, ...wrong}))).toEqual(["high-low quarantined"]);
  const quote = {symbol: "X", day: DAY, time: Date.parse(DAY), bid: 10.1, ask: 10};
  expect(problems("quotes", quote)).toEqual(["high-low kept"]);
});

it("validate(rows, …) allows high and low what single precision rounds", () => {
  const [close, high] = [101.37, 101.37 * (1 - 1e-7)];
  expect(problems("bars", bar("X", DAY, close, {high}))).toEqual([]);
  expect(problems("bars", bar("X", DAY, close, {high: 101.37 * (1 - 1e-5)}))).toEqual([
    "high-low quarantined"
  ]);
});

it("validate(rows, …) sets aside days to come, but for actions, which are announced", () => {
  expect(problems("bars", bar("X", "2026-11-20", 10))).toEqual([]);
  expect(problems("bars", bar("X", "2026-11-21", 10))).toEqual(["future quarantined"]);
  expect(problems("actions", {symbol: "X", day: "2026-12-01", type: "dividend", value: 1})).toEqual([]);
});

it("validate(rows, …) sets aside a time that is not of its day: seconds, microseconds", () => {
  const close = Date.parse(`${DAY}T21:00:00Z`);
  expect(problems("bars", bar("X", DAY, 10, {time: close / 1000}))).toEqual(["mixed-units quarantined"]);
  expect(problems("bars", bar("X", DAY, 10, {time: close * 1000}))).toEqual(["mixed-units quarantined"]);
  expect(problems("bars", bar("X", DAY, 10, {time: close - 2 * 86_400_000}))).toEqual([
    "mixed-units quarantined"
  ]);
  expect(problems("bars", bar("X", DAY, 10, {time: close + 2 * 86_400_000}))).toEqual([
    "mixed-units quarantined"
  ]);
  expect(problems("bars", bar("X", DAY, 10, {time: Date.parse("2024-03-06")}))).toEqual([]); // a coin's day ends there
  expect(problems("bars", bar("X", DAY, 10, {time: Date.parse("2024-03-04T21:00Z")}))).toEqual([]); // New Zealand's
});

it("validate(rows, …) lets a week's or month's bar close as many days after its first", () => {
  const rows = rowsOf("bars", [bar("X", "2024-03-04", 10, {time: Date.parse("2024-03-08T21:00Z")})]);
  expect(validate(rows, {...options, frequency: "1w"}).problems).toEqual([]);
  expect(validate(rows, options).problems).toMatchObject([{code: "mixed-units"}]);
  const month = rowsOf("bars", [bar("X", "2024-03-01", 10, {time: Date.parse("2024-03-31T21:00Z")})]);
  expect(validate(month, {...options, frequency: "1mo"}).problems).toEqual([]);
  expect(validate(month, {...options, frequency: "1w"}).problems).toMatchObject([{code: "mixed-units"}]);
  const later = rowsOf("bars", [bar("X", "2024-03-01", 10, {time: Date.parse("2024-04-04")})]);
  expect(validate(later, {...options, frequency: "1mo"}).problems).toMatchObject([{code: "mixed-units"}]);
});

it("validate(rows, …) names each row that it sets aside, in the order of the rows", () => {
  const rows = ["2024-03-05", "2024-03-04"].map((day) => bar("X", day, 0));
  const {quarantined, problems: found} = validate(rowsOf("bars", [bar("Y", DAY, -1), ...rows]), options);
  expect(found).toEqual([
    {
      code: "not-positive",
      symbol: "X",
      day: "2024-03-04",
      sentence:
        "X 2024-03-04: close 0 is not positive: set aside: pull it again; if it stays, take another vendor for that day",
      state: "quarantined"
    },
    expect.objectContaining({symbol: "X", day: "2024-03-05"}),
    expect.objectContaining({symbol: "Y", day: "2024-03-05"})
  ]);
  expect(quarantined.columns.symbol).toEqual(["X", "X", "Y"]);
  expect([...quarantined.columns.close]).toEqual([0, 0, -1]);
});

it("validate(rows, …) never lets a bar through that could not have been", () => {
  const odd = fc.constantFrom(NaN, Infinity, -Infinity, -1, 0, 9.99, 10, 10.01, 11);
  fc.assert(
    fc.property(odd, odd, odd, odd, odd, (open, high, low, close, volume) => {
      const {good} = validate(rowsOf("bars", [bar("X", DAY, close, {open, high, low, volume})]), options);
      if (!good.length) return;
      expect(close > 0 && close < Infinity).toBe(true);
      expect([open, high, low].every((price) => price > 0 || Number.isNaN(price))).toBe(true);
      expect(Math.min(open, high, low, volume)).not.toBe(-Infinity);
      expect(
        low <= Math.min(...[open, close].filter((price) => !Number.isNaN(price))) || Number.isNaN(low)
      ).toBe(true);
      expect(
        high >= Math.max(...[open, close].filter((price) => !Number.isNaN(price))) || Number.isNaN(high)
      ).toBe(true);
      expect(volume >= 0 || Number.isNaN(volume)).toBe(true);
    })
  );
});
