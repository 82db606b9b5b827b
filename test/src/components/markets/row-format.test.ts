import {expect, it} from "vitest";
import {printChange, printValue, unitWord} from "../../../../src/components/markets/row-format.js";

it("printValue(value, unit) gives yields two decimals and rates of exchange below ten four", () => {
  expect(printValue(4.0312, "percent")).toBe("4.03");
  expect(printValue(1.16049, "usd")).toBe("1.1605");
  expect(printValue(155.1234, "jpy")).toBe("155.12");
  expect(printValue(6712.345, "index")).toBe("6,712.34");
  expect(printValue(151_234_567, "persons")).toBe("151,234,567");
});

it("printValue(value, unit) says n/a without a value", () => {
  expect(printValue(null, "percent")).toBe("n/a");
});

it("printChange(change, changeUnit) tells basis points whole and fractions as percent, with their sign", () => {
  expect(printChange(-12.4, "bp")).toBe("−12");
  expect(printChange(0.01234, "fraction")).toBe("+1.2%");
  expect(printChange(-0.25, "absolute", "percent")).toBe("−0.25");
  expect(printChange(null, "bp")).toBe("n/a");
});

it("unitWord(unit) leaves out what the label says", () => {
  expect(unitWord("index")).toBe("");
  expect(unitWord("percent")).toBe("%");
  expect(unitWord("usd per barrel")).toBe("USD per barrel");
  expect(unitWord("basis points")).toBe("bp");
});
