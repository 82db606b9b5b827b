import * as fc from "fast-check";
import {expect, it} from "vitest";
import {ratesOf} from "../../../lib/ledger/rates.js";
import {formatAmount, parseAmount} from "../../../lib/money/amount.js";
import {ledgerOf} from "./tables.js";

type Quote = [day: string, from: string, to: string, rate: string | undefined];

const rates = (...quotes: Quote[]) =>
  ratesOf(
    ledgerOf({
      rates: quotes.map(([day, fromCurrency, toCurrency, rate]) => ({day, fromCurrency, toCurrency, rate}))
    })
  );
const convert = (table: ReturnType<typeof rates>, amount: string, from: string, to: string, day: string) => {
  const converted = table.convert(parseAmount(amount), from, to, day);
  return converted === null ? null : formatAmount(converted);
};

it("convert(amount, from, to, day) multiplies by the rate of the day", () => {
  const table = rates(["2026-01-05", "EUR", "USD", "1.1"], ["2026-01-06", "EUR", "USD", "1.2"]);
  expect(convert(table, "100", "EUR", "USD", "2026-01-05")).toBe("110");
  expect(convert(table, "100", "EUR", "USD", "2026-01-06")).toBe("120");
});

it("convert(amount, from, to, day) divides by the opposite rate, rounding once", () => {
  const table = rates(["2026-01-05", "JPY", "USD", "0.0064"]);
  expect(convert(table, "1600000", "USD", "JPY", "2026-01-05")).toBe("250000000");
  expect(convert(table, "1", "USD", "JPY", "2026-01-05")).toBe("156.25");
});

it("convert(amount, from, to, day) goes across the base of a statement", () => {
  const table = rates(["2026-01-05", "EUR", "USD", "1.2"], ["2026-01-05", "GBP", "USD", "1.5"]);
  expect(convert(table, "100", "GBP", "EUR", "2026-01-05")).toBe("125");
});

it("convert(amount, from, to, day) is exact in one currency, with or without rates", () => {
  expect(convert(rates(), "0.000000000001", "CHF", "CHF", "2026-01-05")).toBe("0.000000000001");
});

it("find(from, to, day) carries Friday's rate over the week-end and a holiday, with its age", () => {
  const table = rates(["2026-01-16", "EUR", "USD", "1.1"]);
  expect(table.find("EUR", "USD", "2026-01-18")).toEqual({rate: parseAmount("1.1"), ageDays: 2});
  expect(table.find("EUR", "USD", "2026-01-19")?.ageDays).toBe(3); // Martin Luther King's day
});

it("find(from, to, day) has none on a day of trading that lacks it: yesterday's is no rate of today (R16)", () => {
  const table = rates(["2026-01-05", "EUR", "USD", "1.1"], ["2026-01-07", "EUR", "USD", "1.1"]);
  expect(table.find("EUR", "USD", "2026-01-06")).toBeNull();
  expect(table.find("EUR", "USD", "2026-01-02")).toBeNull();
});

it("find(from, to, day) takes -1, 0 and nothing for no rate, never for 1", () => {
  const table = rates(
    ["2026-01-05", "EUR", "USD", "-1"],
    ["2026-01-05", "GBP", "USD", "0"],
    ["2026-01-05", "CHF", "USD", undefined]
  );
  for (const currency of ["EUR", "GBP", "CHF"]) expect(table.find(currency, "USD", "2026-01-05")).toBeNull();
});

it("find(from, to, day) prefers a fresh way across to a carried direct rate", () => {
  const table = rates(
    ["2026-01-09", "GBP", "EUR", "9"],
    ["2026-01-10", "GBP", "USD", "1.5"],
    ["2026-01-10", "EUR", "USD", "1.2"]
  );
  expect(table.find("GBP", "EUR", "2026-01-10")).toEqual({rate: parseAmount("1.25"), ageDays: 0});
});

it("convert there and back returns the amount, to the rounding of twelve decimals", () => {
  const cents = fc.bigInt({min: -(10n ** 12n), max: 10n ** 12n});
  const quote = fc.integer({min: 1, max: 99_999});
  fc.assert(
    fc.property(cents, quote, (amount, rate) => {
      const table = rates(["2026-01-05", "EUR", "USD", String(rate / 1000)]);
      const money = amount * 10n ** 10n;
      const there = table.convert(money, "EUR", "USD", "2026-01-05") ?? 0n;
      const back = table.convert(there, "USD", "EUR", "2026-01-05") ?? 0n;
      const off = back > money ? back - money : money - back;
      expect(off <= 1n + 1000n / BigInt(rate)).toBe(true); // half a unit there, divided by the rate, half a unit back
    })
  );
});
