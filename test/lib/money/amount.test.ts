import * as fc from "fast-check";
import {expect, it} from "vitest";
import {
  absolute,
  apportion,
  formatAmount,
  isStorable,
  parseAmount,
  proportion,
  sumAmounts
} from "../../../lib/money/amount.js";

it("parseAmount(text) is exact to twelve places, and rounds half to even beyond", () => {
  const read = (text: string) => formatAmount(parseAmount(text));
  expect(read("-1234.500")).toBe("-1234.5");
  expect(read("0.0000000000015")).toBe("0.000000000002");
  expect(read("0.0000000000025")).toBe("0.000000000002");
  expect(read("0.00000000000250001")).toBe("0.000000000003");
});

it("isStorable(amount) tells what DECIMAL(38,12) holds", () => {
  expect(isStorable(parseAmount("1000000000000"))).toBe(true);
  expect(isStorable(parseAmount(`-${"9".repeat(26)}.${"9".repeat(12)}`))).toBe(true);
  expect(isStorable(parseAmount(`1${"0".repeat(26)}`))).toBe(false);
  expect(isStorable(parseAmount(`${"9".repeat(26)}.${"9".repeat(13)}`))).toBe(false);
});

it("proportion(amount, part, whole) rounds once", () => {
  const [a, b, c] = ["100", "1", "3"].map(parseAmount);
  expect(formatAmount(proportion(a, b, c))).toBe("33.333333333333");
  expect(formatAmount(proportion(a, 2n * b, c))).toBe("66.666666666667");
});

it("apportion(amount, weights) gives parts that sum to the amount", () => {
  const weights = fc.array(fc.bigInt({min: 0n, max: 10n ** 18n}), {minLength: 1});
  fc.assert(
    fc.property(fc.bigInt({min: -(10n ** 24n), max: 10n ** 24n}), weights, (amount, given) => {
      expect(sumAmounts(apportion(amount, given))).toBe(amount);
    })
  );
});

it("absolute(amount) has no sign", () => {
  expect([absolute(-5n), absolute(5n), absolute(0n)]).toEqual([5n, 5n, 0n]);
});
