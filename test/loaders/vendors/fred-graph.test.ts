import {expect, it} from "vitest";
import {fredGraph, parseGraph} from "../../../loaders/vendors/fred-graph.js";
import {UNIVERSE} from "../../../lib/market/universe.js";
import {canonicalUnit} from "../../../lib/lake/units.js";
import {pulled, valuesOf, writtenWeb} from "./written-web.js";

it("parseGraph(csv) reads the header of today and the one of before December 2024", () => {
  const rows = [
    {date: "2026-11-19", value: "4.16"},
    {date: "2026-11-20", value: ""}
  ];
  expect(parseGraph("observation_date,DGS10\n2026-11-19,4.16\n2026-11-20,\n", "DGS10")).toEqual(rows);
  expect(parseGraph("DATE,DGS10\n2026-11-19,4.16\n2026-11-20,\n", "DGS10")).toEqual(rows);
});

it("parseGraph(csv) refuses another series, another header and a line that breaks off", () => {
  expect(() => parseGraph("observation_date,DGS2\n2026-11-19,4.16\n", "DGS10")).toThrow(
    "FRED has changed its columns: no DGS10 among observation_date, DGS2"
  );
  expect(() => parseGraph("day,DGS10\n2026-11-19,4.16\n", "DGS10")).toThrow("no observation_date among day");
  expect(() => parseGraph("observation_date,DGS10\n2026-11-19,4.1", "DGS10")).toThrow("breaks off");
  expect(() => parseGraph("observation_date,DGS10\n11/19/2026,4.16\n", "DGS10")).toThrow(
    "changed its format"
  );
});

it("fredGraph takes a dot and nothing for a missing value", async () => {
  const web = writtenWeb(() => "observation_date,DGS10\n2026-11-18,.\n2026-11-19,4.16\n2026-11-20,\n");
  const pages = await pulled(fredGraph, web, {symbol: "DGS10", from: "2026-11-18", to: "2026-11-20"});
  expect(valuesOf(pages)).toEqual([["2026-11-19", 4.16]]);
  expect(pages[0].facts).toMatchObject({unit: "percent"});
  expect(web.asked).toEqual([
    {
      path: "/graph/fredgraph.csv",
      query: {id: "DGS10", cosd: "2026-11-18", coed: "2026-11-20"},
      content: "csv",
      accept: [400, 404]
    }
  ]);
});

it("fredGraph converts a series of Markets by its published unit, and says that it does not know another's", async () => {
  const web = writtenWeb(({query}) => `observation_date,${query?.id}\n2026-11-18,6675344\n`);
  const [walcl] = await pulled(fredGraph, web, {symbol: "WALCL"});
  expect(valuesOf([walcl])).toEqual([["2026-11-18", 6675344000000]]);
  expect(walcl.facts).toMatchObject({name: "Total assets", unit: "usd"});
  const [other] = await pulled(fredGraph, web, {symbol: "GFDEBTN"});
  expect(valuesOf([other])).toEqual([["2026-11-18", 6675344]]);
  expect(other.facts).toEqual({symbol: "GFDEBTN", name: "GFDEBTN", unit: "unknown", timeZone: ""});
});

it("every dollar series of Markets is published in a unit that leads to dollars", () => {
  const dollars = UNIVERSE.filter(
    ({provider, held, unit}) => provider === "fred" && (held ?? unit) === "usd"
  );
  expect(dollars.length).toBeGreaterThan(7);
  for (const {published} of dollars) expect(canonicalUnit(published ?? "").unit).toBe("usd");
});

it("fredGraph refuses a series of Markets whose unit has changed unsaid", async () => {
  const web = writtenWeb(() => "observation_date,WALCL\n2026-11-18,6675.344\n");
  await expect(pulled(fredGraph, web, {symbol: "WALCL"})).rejects.toMatchObject({
    code: "changed-format",
    message:
      "FRED's CSV of WALCL seems to be in another unit than it was: it would be 6675344000 dollars on " +
      "2026-11-18: ask vendor fred, which says its units"
  });
});

it("fredGraph says which series there is none of, and when there is nothing of one", async () => {
  const missing = writtenWeb(() => ({status: 404, text: "<html>"}));
  await expect(pulled(fredGraph, missing, {symbol: "NOTHING"})).rejects.toMatchObject({
    code: "unknown-symbol",
    message: "FRED has no series named NOTHING: look for its name at fred.stlouisfed.org"
  });
  const empty = writtenWeb(() => "observation_date,DGS10\n");
  await expect(pulled(fredGraph, empty, {symbol: "DGS10"})).rejects.toMatchObject({code: "no-data"});
  await expect(pulled(fredGraph, empty, {symbol: "DGS10,DGS2"})).rejects.toMatchObject({
    code: "unknown-symbol"
  });
  expect(empty.asked).toHaveLength(1);
});
