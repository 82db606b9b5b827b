import {expect, it} from "vitest";
import {SeriesReader} from "../../../lib/market/reader.js";
import {held, NOW, setOf} from "./held.js";

const read = (id: string, ...series: ReturnType<typeof held>[]) =>
  new SeriesReader(setOf(...series), NOW).find(id);
const valuesOf = (found: ReturnType<typeof read>) => found.series && [...found.series.values];

it("find(id) takes FRED's keyless copy when it is fresher, the API's on a tie", () => {
  const api = held("fred:SOFR", {"2026-11-18": 3.9});
  const later = held("fred-graph:SOFR", {"2026-11-19": 3.95});
  const same = held("fred-graph:SOFR", {"2026-11-18": 4.1});
  expect(valuesOf(read("fred:SOFR", api, later))).toEqual([3.95]);
  expect(read("fred:SOFR", api, later).series!.source).toBe("fred-graph SOFR");
  expect(valuesOf(read("fred:SOFR", api, same))).toEqual([3.9]);
  expect(valuesOf(read("fred:SOFR", later))).toEqual([3.95]);
});

it("find(id) falls back to another series of the same figure", () => {
  const found = read("treasury:BC_10YEAR", held("fred-graph:DGS10", {"2026-11-19": 4.07}, {unit: "percent"}));
  expect(found.series).toMatchObject({source: "fred-graph DGS10", vendors: ["fred-graph"]});
});

it("find(id) never sees a later day", () => {
  const series = held("fred:SOFR", {"2026-11-20": 3.9, "2026-11-23": 99});
  expect(valuesOf(read("fred:SOFR", series))).toEqual([3.9]);
  expect(read("fred:SOFR", held("fred:SOFR", {"2026-11-23": 99})).reason).toBe(
    "fred:SOFR has no value up to 2026-11-22: pull it again"
  );
});

it("find(id) converts dollars to the row's billions", () => {
  expect(valuesOf(read("fred:WALCL", held("fred:WALCL", {"2026-11-18": 6_584_580_000_000})))).toEqual([
    6584.58
  ]);
});

it("find(id) refuses a series in another unit than its row expects, and says so", () => {
  const millions = held("fred:WALCL", {"2026-11-18": 6_584_580}, {unit: "millions of dollars"});
  expect(read("fred:WALCL", millions)).toEqual({
    series: null,
    reason: "fred:WALCL is in millions of dollars, not in usd: pull it again"
  });
  const good = held("fred-graph:WALCL", {"2026-11-11": 6.5e12});
  expect(valuesOf(read("fred:WALCL", millions, good))).toEqual([6500]);
  expect(read("fred:WALCL", held("fred:WALCL", {"2026-11-18": 1}, {unit: ""})).reason).toContain(
    "an unknown unit"
  );
});

it("find(id) computes a row on the days that all its inputs have", () => {
  const ten = held("treasury:BC_10YEAR", {"2026-11-18": 4.1, "2026-11-19": 4.2, "2026-11-20": 4.25});
  const two = held(
    "treasury:BC_2YEAR",
    {"2026-11-17": 3.4, "2026-11-18": 3.6, "2026-11-20": 3.5},
    {
      pulledAt: "2026-11-20T01:00:00Z"
    }
  );
  const {series} = read("computed:2S10S", ten, two);
  expect([...series!.values].map((bp) => bp.toFixed(6))).toEqual(["50.000000", "75.000000"]);
  expect(series).toMatchObject({
    source: "computed: treasury BC_10YEAR − treasury BC_2YEAR",
    vendors: ["treasury"],
    pulledAt: "2026-11-20T01:00:00Z"
  });
});

it("find(id) says which input of a computed row is missing, or that no day has all", () => {
  const ten = held("treasury:BC_10YEAR", {"2026-11-20": 4.1});
  expect(read("computed:2S10S", ten).reason).toBe("not in the lake: pull BC_2YEAR from treasury");
  expect(read("computed:2S10S", ten, held("treasury:BC_2YEAR", {"2026-11-19": 4})).reason).toBe(
    "no day has all that 2s10s: 10 years less 2 years is computed from: pull more of it"
  );
});

it("find(id) reads what is no row of Markets as the lake names it", () => {
  const share = held("yahoo:AAPL", {"2026-11-20": 230}, {name: "Apple Inc.", unit: "USD"});
  const reader = new SeriesReader(setOf(share), NOW);
  expect(valuesOf(reader.find("yahoo:AAPL"))).toEqual([230]);
  expect(reader.line("yahoo:AAPL")).toMatchObject({label: "Apple Inc.", unit: "usd", changeUnit: "fraction"});
  expect(reader.find("yahoo:MSFT").reason).toBe("not in the lake: pull MSFT from yahoo");
});
