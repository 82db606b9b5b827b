import {expect, it} from "vitest";
import {canonicalUnit, majorCurrency} from "../../../lib/lake/units.js";

it("majorCurrency(code) divides minor units by what makes a major one", () => {
  expect(majorCurrency("GBp")).toEqual({currency: "GBP", divisor: 100});
  expect(majorCurrency("GBX")).toEqual({currency: "GBP", divisor: 100});
  expect(majorCurrency("ZAc")).toEqual({currency: "ZAR", divisor: 100});
  expect(majorCurrency("ILA")).toEqual({currency: "ILS", divisor: 100});
  expect(majorCurrency("KWF")).toEqual({currency: "KWD", divisor: 1000});
  expect(majorCurrency("USX")).toEqual({currency: "USD", divisor: 100});
  for (const code of ["GBx", "ZAC", "ILa", "ILX", "USx", "EUX", "CAX"])
    expect(majorCurrency(code).divisor).toBe(100);
  expect(7541 / majorCurrency("GBX").divisor).toBe(75.41);
});

it("majorCurrency(code) leaves any other code as it is", () => {
  for (const code of ["GBP", "USD", "ZAR", "ILS", "gbp", "USDT", ""])
    expect(majorCurrency(code)).toEqual({currency: code, divisor: 1});
});

it("canonicalUnit(text) reads the units in which FRED publishes", () => {
  const cases = {
    Percent: ["percent", 1],
    "%": ["percent", 1],
    "Percent Change from Preceding Period": ["percent", 1],
    Index: ["index", 1],
    "Index 1982-1984=100": ["index", 1],
    "Index 1966:Q1=100": ["index", 1],
    "Index 2017=100": ["index", 1],
    "Index Nov 15, 1996=100": ["index", 1],
    "Millions of U.S. Dollars": ["usd", 1e6],
    "Millions of Dollars": ["usd", 1e6],
    "Billions of US Dollars": ["usd", 1e9],
    "Bil. of U.S. $": ["usd", 1e9],
    "Trillions of Dollars": ["usd", 1e12],
    "Billions of Chained 2017 Dollars": ["chained 2017 usd", 1e9],
    "Dollars per Hour": ["usd per hour", 1],
    "Dollars per Barrel": ["usd per barrel", 1],
    "Dollars per Million BTU": ["usd per million btu", 1],
    "Thousands of Persons": ["persons", 1e3],
    "Thous. of Persons": ["persons", 1e3],
    "Thousands of Units": ["units", 1e3],
    "Level in Thousands": ["number", 1e3],
    Number: ["number", 1],
    Persons: ["persons", 1],
    Ratio: ["ratio", 1],
    "Millions of Euros": ["eur", 1e6]
  } as const;
  for (const [text, [unit, factor]] of Object.entries(cases))
    expect([text, canonicalUnit(text)]).toEqual([text, {unit, factor}]);
});

it("canonicalUnit(text) keeps words that it does not understand, and never guesses a factor", () => {
  for (const text of [
    "Percent of GDP",
    "Zillions of Dollars",
    "Millions of Cubic Feet",
    "Dollars per",
    "+1 or 0",
    "Index points above 5",
    "Thousands",
    ""
  ])
    expect(canonicalUnit(text)).toEqual({unit: text, factor: 1});
});

it("canonicalUnit(text) gives its own units back", () => {
  for (const unit of ["percent", "index", "persons", "number", "ratio", "usd", "usd per hour"])
    expect(canonicalUnit(unit)).toEqual({unit, factor: 1});
});
