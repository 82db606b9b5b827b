import {expect, it} from "vitest";
import {convert, liveNav} from "../../../lib/live/nav.js";

const told = (
  netLiquidation: number | null,
  unrealized: number | null = null,
  realized: number | null = null
) => ({netLiquidation, profit: {daily: null, unrealized, realized}});

it("liveNav(null, figures) is what the broker tells, and nothing while it does not", () => {
  expect(liveNav(null, told(1000, 20))?.value).toBe(1000);
  expect(liveNav(null, told(null, 20))).toBeNull();
});

it("liveNav(before, figures) moves by the change of profit between two reports", () => {
  const first = liveNav(null, told(1000, 20, 5))!;
  const second = liveNav(first.anchor, told(1000, 26, 5))!;
  expect(second.value).toBe(1006);
  expect(liveNav(second.anchor, told(1000, 19, 13))?.value).toBe(1007);
});

it("liveNav(before, figures) takes a new report as it is, and moves on from there", () => {
  const first = liveNav(null, told(1000, 20))!;
  const second = liveNav(first.anchor, told(1010, 26))!;
  expect(second.value).toBe(1010);
  expect(liveNav(second.anchor, told(1010, 25))?.value).toBe(1009);
});

it("liveNav(before, figures) rests when the broker's day begins, until the next report", () => {
  const first = liveNav(null, told(1000, 20, 50))!;
  const reset = liveNav(first.anchor, told(1000, 20, 0))!;
  expect(reset.value).toBe(1000);
  const resting = liveNav(reset.anchor, told(1000, 30, 0))!;
  expect(resting.value).toBe(1000);
  const again = liveNav(resting.anchor, told(1012, 32, 0))!;
  expect(liveNav(again.anchor, told(1012, 31, 0))?.value).toBe(1011);
});

it("liveNav(before, figures) moves from where profit was first told, when that came after the report", () => {
  const first = liveNav(null, told(1000))!;
  const second = liveNav(first.anchor, told(1000, 20))!;
  expect(second.value).toBe(1000);
  expect(liveNav(second.anchor, told(1000, 23))?.value).toBe(1003);
  expect(liveNav(first.anchor, told(1000))?.value).toBe(1000);
});

it("convert(amount, from, to, account) goes by the broker's own rates, and knows no others", () => {
  const account = {rates: {USD: 1, EUR: 1.25, JPY: 0.01, GBP: 0}};
  expect(convert(100, "USD", "EUR", account)).toBe(80);
  expect(convert(100, "EUR", "JPY", account)).toBe(12_500);
  expect(convert(100, "CHF", "CHF", account)).toBe(100);
  expect(convert(100, "USD", "CHF", account)).toBeNull();
  expect(convert(100, "GBP", "USD", account)).toBeNull();
});
