import {expect, it} from "vitest";
import {parseSectors} from "../../../lib/ledger/sectors.js";

it("parseSectors(csv) reads columns in any case and order", () => {
  expect(parseSectors("\uFEFFSector,Name, Symbol\nEnergy,North Oil,NOIL\n\nHealth,,CURE\n")).toEqual({
    NOIL: "Energy",
    CURE: "Health"
  });
});

it("parseSectors(csv) takes the conid where there is no symbol", () => {
  expect(parseSectors("symbol,conid,sector\n,265598,Technology")).toEqual({265598: "Technology"});
});

it("parseSectors(csv) is empty when the text is", () => {
  expect(parseSectors("")).toEqual({});
});

it("parseSectors(csv) names the columns it misses", () => {
  expect(() => parseSectors("ticker,sector\nA,Energy")).toThrow(
    "sectors.csv needs the columns symbol and sector: it has ticker, sector"
  );
});
