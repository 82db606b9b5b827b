import {expect, it} from "vitest";
import {attributeName, className} from "../../../src/components/labels.js";

it("className(code) is a word, or the code where there is none", () => {
  expect(["STK", "OPT", "XYZ"].map(className)).toEqual(["Stocks", "Options", "XYZ"]);
});

it("attributeName(name) is IBKR's attribute in words", () => {
  expect(attributeName("changeInDividendAccruals")).toBe("change in dividend accruals");
});
