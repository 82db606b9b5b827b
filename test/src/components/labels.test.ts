import {expect, it} from "vitest";
import {attributeName, bookingName, className, symbolName} from "../../../src/components/labels.js";

it("className(code) is a word, or the code where there is none", () => {
  expect(["STK", "OPT", "XYZ"].map(className)).toEqual(["Stocks", "Options", "XYZ"]);
});

it("attributeName(name) is IBKR's attribute in words", () => {
  expect(attributeName("changeInDividendAccruals")).toBe("change in dividend accruals");
});

it("symbolName(symbol) is an option's as IBKR says it, and leaves other symbols alone", () => {
  const names = ["VQTM  261127P00104000", "DMX   251219C03977500", "BRK B", "DMQZ6", "X 261327P00104000"];
  expect(names.map(symbolName)).toEqual([
    "VQTM 27NOV26 104 P",
    "DMX 19DEC25 3977.5 C",
    "BRK B",
    "DMQZ6",
    "X 261327P00104000"
  ]);
});

it("bookingName(type) is a word, or what IBKR calls it", () => {
  expect(["BUY", "Corporate action FS", "Corporate action XX", "Dividends"].map(bookingName)).toEqual([
    "Buy",
    "Forward split",
    "Corporate action XX",
    "Dividends"
  ]);
});
