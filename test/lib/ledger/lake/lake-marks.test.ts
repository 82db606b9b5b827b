import {expect, it} from "vitest";
import {LakeMarks} from "../../../../lib/ledger/lake/lake-marks.js";
import {formatAmount} from "../../../../lib/money/amount.js";

const closes = (symbol: string, currency: string, ...rows: [string, number][]) => ({
  symbol,
  currency,
  source: "Yahoo Finance close",
  closes: rows
});
const table = new LakeMarks([
  closes("ACME", "USD", ["2026-01-15", 10.5], ["2026-01-16", 0.0000001]),
  closes("ACME", "USD", ["2026-01-14", 99]),
  closes("RIO", "GBP", ["2026-01-15", 55])
]);
const find = (symbol: string, currency: string | null, day: string, assetCategory = "STK") => {
  const found = table.holding({symbol, currency, assetCategory}, day);
  return found && [formatAmount(found.price), found.day, found.ageDays, found.source];
};

it("holding(named, day) gives the close of the day by symbol and currency, the first list's", () => {
  expect(find("ACME", "USD", "2026-01-15")).toEqual(["10.5", "2026-01-15", 0, "Yahoo Finance close"]);
  expect(find("ACME", "USD", "2026-01-14")).toBeNull();
  expect(find("ACME", "USD", "2026-01-16")?.[0]).toBe("0.0000001");
});

it("holding(named, day) carries a close over days without a session only, and says how far", () => {
  // 2026-01-19 is Martin Luther King's day, 2026-01-20 a Tuesday with a session.
  expect(find("RIO", "GBP", "2026-01-15")?.[2]).toBe(0);
  expect(find("ACME", "USD", "2026-01-19")?.slice(1, 3)).toEqual(["2026-01-16", 3]);
  expect(find("ACME", "USD", "2026-01-20")).toBeNull();
  expect(find("RIO", "GBP", "2026-01-16")).toBeNull();
});

it("holding(named, day) never takes a close in another currency, nor of anything but shares and funds", () => {
  expect(find("RIO", "USD", "2026-01-15")).toBeNull();
  expect(find("RIO", null, "2026-01-15")).toBeNull();
  for (const category of ["OPT", "FUT", "BOND", "CFD", "CASH"])
    expect(find("ACME", "USD", "2026-01-15", category)).toBeNull();
  expect(find("ACME", "USD", "2026-01-15", "ETF")).not.toBeNull();
});

it("last(named, day, count) gives the last closes up to a day, oldest first", () => {
  const named = {symbol: "ACME", currency: "USD", assetCategory: "STK"};
  const days = (day: string, count: number) => table.last(named, day, count).map(([at]) => at);
  expect(days("2026-01-31", 5)).toEqual(["2026-01-15", "2026-01-16"]);
  expect(days("2026-01-15", 5)).toEqual(["2026-01-15"]);
  expect(days("2026-01-31", 1)).toEqual(["2026-01-16"]);
  expect(table.last({...named, currency: "EUR"}, "2026-01-31", 5)).toEqual([]);
});
