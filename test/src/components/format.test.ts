import * as fc from "fast-check";
import {expect, it} from "vitest";
import {
  currencyDigits,
  direction,
  formatAge,
  formatAmount,
  formatCompact,
  formatDay,
  formatNumber,
  formatPercent,
  formatPrice,
  formatQuantity
} from "../../../src/components/format.js";
import {formatAmount as exactText, parseAmount, roundAmount} from "../../../lib/money/amount.js";

const locale = "en-US";

it("formatAmount(text, currency) prints the currency's decimals with a true minus", () => {
  expect(formatAmount("-1234.5", "USD", {locale})).toBe("−1,234.50");
  expect(formatAmount("1234.5", "JPY", {locale})).toBe("1,234");
  expect(formatAmount("1.2345", "KWD", {locale})).toBe("1.234");
  expect(formatAmount("7", "", {locale})).toBe("7.00");
});

it("formatAmount(text) rounds half to even, and reads every digit of the text", () => {
  expect(formatAmount("0.125", "USD", {locale})).toBe("0.12");
  expect(formatAmount("0.135", "USD", {locale})).toBe("0.14");
  expect(formatAmount("0.125000000001", "USD", {locale})).toBe("0.13");
  expect(formatAmount("9007199254740993.01", "USD", {locale})).toBe("9,007,199,254,740,993.01");
});

it("formatAmount(text, currency) is the exact amount rounded by lib/money", () => {
  fc.assert(
    fc.property(fc.bigInt({min: -(10n ** 27n), max: 10n ** 27n}), (amount) => {
      const printed = formatAmount(exactText(amount), "USD", {locale});
      const plain = printed.replaceAll(",", "").replace("−", "-");
      expect(parseAmount(plain)).toBe(roundAmount(amount, 2));
    })
  );
});

it("formatAmount(null) is n/a, never zero", () => {
  expect(formatAmount(null, "USD")).toBe("n/a");
  expect(formatPercent(null)).toBe("n/a");
  expect(formatNumber(NaN)).toBe("n/a");
});

it("a signed figure has a plus above zero, and no sign where zero is printed", () => {
  expect(formatAmount("3120.4", "USD", {locale, signed: true})).toBe("+3,120.40");
  expect(formatAmount("-0.004", "USD", {locale, signed: true})).toBe("0.00");
  expect(formatAmount("-0.004", "USD", {locale})).toBe("0.00");
});

it("formatQuantity and formatPrice keep the decimals there are", () => {
  expect(formatQuantity("100", {locale})).toBe("100");
  expect(formatQuantity("0.0808150000", {locale})).toBe("0.080815");
  expect(formatPrice("104.1", {locale})).toBe("104.10");
  expect(formatPrice("1.0832155", {locale})).toBe("1.083216");
});

it("formatPercent(fraction) prints a hundred times it", () => {
  expect(formatPercent(0.0123456, {locale})).toBe("1.23%");
  expect(formatPercent(-0.5, {locale, digits: 0})).toBe("−50%");
});

it("formatCompact shortens an axis' numbers", () => {
  expect([1_200_000, -400, 0].map((value) => formatCompact(value, locale))).toEqual(["1.2M", "−400", "0"]);
});

it("formatDay(day) and formatAge(time, now) are short", () => {
  expect(formatDay("2026-11-20", {locale})).toBe("20 Nov 2026");
  expect(formatDay("2026-11-20", {locale, year: false})).toBe("20 Nov");
  const now = Date.parse("2026-11-22T12:00:00Z");
  const ages = [
    "2026-11-22T11:59:40Z",
    "2026-11-22T11:25:00Z",
    "2026-11-21T12:00:00Z",
    "2026-11-20T12:00:00Z"
  ];
  expect(ages.map((asOf) => formatAge(asOf, now))).toEqual(["now", "35 min", "24 h", "2 d"]);
});

it("formatAge(day, now) counts whole days of a day without a time", () => {
  expect(formatAge("2026-11-20", Date.parse("2026-11-22T12:00:00Z"))).toBe("2 d");
  expect(formatAge("2026-11-22", Date.parse("2026-11-22T12:00:00Z"))).toBe("today");
});

it("direction(printed) follows what is printed", () => {
  expect(["+0.01", "−3", "0.00", "n/a"].map(direction)).toEqual([1, -1, 0, 0]);
});

it("currencyDigits(currency) is two where the code says nothing", () => {
  expect(["USD", "JPY", "KWD", "", "BASE_SUMMARY"].map(currencyDigits)).toEqual([2, 0, 3, 2, 2]);
});
