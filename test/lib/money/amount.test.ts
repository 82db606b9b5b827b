import {expect, it} from "vitest";
import {formatAmount, isStorable, parseAmount} from "../../../lib/money/amount.js";

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
