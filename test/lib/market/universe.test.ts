import {expect, it} from "vitest";
import {canonicalUnit} from "../../../lib/lake/units.js";
import {instrument, marketSymbols, UNIVERSE} from "../../../lib/market/universe.js";

it("UNIVERSE names each line once", () => {
  expect(new Set(UNIVERSE.map(({id}) => id)).size).toBe(UNIVERSE.length);
  const places = UNIVERSE.filter(({panel}) => panel !== "input").map(
    (row) => `${row.panel}/${row.group}/${row.label}`
  );
  expect(new Set(places).size).toBe(places.length);
});

it("UNIVERSE has every row that the Markets page is to show", () => {
  const rows = (panel: string, group: string) =>
    UNIVERSE.filter((row) => row.panel === panel && row.group === group).map(({symbol}) => symbol);
  expect(rows("rates", "US Treasury par curve")).toEqual(
    "1MONTH 1_5MONTH 2MONTH 3MONTH 4MONTH 6MONTH 1YEAR 2YEAR 3YEAR 5YEAR 7YEAR 10YEAR 20YEAR 30YEAR"
      .split(" ")
      .map((name) => `BC_${name}`)
  );
  expect(rows("rates", "TIPS real yields")).toEqual([
    "TC_5YEAR",
    "TC_7YEAR",
    "TC_10YEAR",
    "TC_20YEAR",
    "TC_30YEAR"
  ]);
  expect(rows("rates", "Spreads")).toEqual(["2S10S", "3M10Y", "5S30S", "BAMLC0A0CM", "BAMLH0A0HYM2"]);
  const dollar = new Set(
    rows("fx", "G10 against the dollar")
      .join("")
      .match(/[A-Z]{3}/g)
  );
  expect([...dollar].sort()).toEqual(["AUD", "CAD", "CHF", "EUR", "GBP", "JPY", "NOK", "NZD", "SEK", "USD"]);
  const groups = (panel: string) => [
    ...new Set(UNIVERSE.filter((row) => row.panel === panel).map(({group}) => group))
  ];
  expect(groups("commodities")).toEqual(["Energy", "Metals", "Grains", "Softs"]);
  expect(groups("equities")).toContain("Implied volatility of the S&P 500");
  expect(groups("macro")).toEqual(["Prices", "Labour", "Activity", "Money and conditions"]);
});

it("UNIVERSE computes from lines that it has", () => {
  const inputs = UNIVERSE.flatMap(({recipe}) => recipe?.of ?? []);
  expect(inputs.length).toBeGreaterThan(50);
  for (const id of inputs) expect(instrument(id), id).toBeDefined();
  for (const {provider, recipe} of UNIVERSE) expect(provider === "computed").toBe(recipe !== undefined);
});

it("UNIVERSE expects FRED's series in the unit that the lake converts their published one to", () => {
  const published = UNIVERSE.filter((row) => row.published !== undefined);
  expect(published.length).toBe(UNIVERSE.filter(({provider}) => provider === "fred").length);
  for (const row of published) {
    expect(canonicalUnit(row.published!).unit, row.id).toBe(row.held ?? row.unit);
  }
});

it("marketSymbols(day) asks each vendor once for each symbol, futures of the coming months among them", () => {
  const pulls = marketSymbols("2026-11-22");
  expect(pulls.map(({provider, kind, universe, frequency}) => [provider, kind, universe, frequency])).toEqual(
    [
      ["treasury", "series", "markets", "1d"],
      ["fred", "series", "markets", "1d"],
      ["new-york-fed", "series", "markets", "1d"],
      ["ecb", "fx", "markets", "1d"],
      ["yahoo", "bars", "markets", "1d"]
    ]
  );
  for (const {symbols} of pulls) expect(new Set(symbols).size).toBe(symbols.length);
  const yahoo = pulls.at(-1)!.symbols;
  expect(yahoo.filter((symbol) => symbol.startsWith("ZQ"))).toEqual(
    "X26 Z26 F27 G27 H27 J27 K27 M27 N27 Q27 U27 V27 X27 Z27".split(" ").map((month) => `ZQ${month}.CBT`)
  );
  expect(yahoo).toContain("CLZ26.NYM");
  expect(yahoo.filter((symbol) => /^GC.\d/.test(symbol))[1]).toBe("GCG27.CMX");
});

it("marketSymbols(day) crosses the year, and refuses what is no day", () => {
  expect(marketSymbols("2099-12-31").at(-1)!.symbols).toContain("ZQF00.CBT");
  expect(() => marketSymbols("2026-13-01")).toThrow(new RangeError("invalid day: 2026-13-01"));
});
