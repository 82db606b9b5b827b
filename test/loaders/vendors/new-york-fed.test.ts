import {expect, it} from "vitest";
import {newYorkFed, parseRates, parseSoma} from "../../../loaders/vendors/new-york-fed.js";
import {pulled, valuesOf, writtenWeb} from "./written-web.js";

// The New York Fed's own figures of 2003-11-19 and their form: markets.newyorkfed.org/api/soma/summary.json.
const WEEK = {
  asOfDate: "2003-11-19",
  agencies: "10000000",
  bills: "242958086000",
  cmbs: "0.00",
  frn: "",
  mbs: "0.00",
  notesbonds: "404669247000",
  tips: "13454483000",
  tipsInflationCompensation: "1621412000",
  total: "661091816000.00"
};
const soma = (...summary: object[]) => JSON.stringify({soma: {summary}});

it("parseSoma(json) reads dollars by kind, and leaves out what is empty", () => {
  expect(parseSoma(soma(WEEK)).map(({series, day, value}) => [series, day, value])).toEqual([
    ["SOMA_BILLS", "2003-11-19", 242958086000],
    ["SOMA_NOTESBONDS", "2003-11-19", 404669247000],
    ["SOMA_TIPS", "2003-11-19", 13454483000],
    ["SOMA_AGENCIES", "2003-11-19", 10000000],
    ["SOMA_MBS", "2003-11-19", 0],
    ["SOMA_CMBS", "2003-11-19", 0],
    ["SOMA_TIPS_INFLATION", "2003-11-19", 1621412000],
    ["SOMA_TOTAL", "2003-11-19", 661091816000]
  ]);
});

it("parseSoma(json) sums the kinds where the total is empty, as the New York Fed does: without the inflation", () => {
  const values = parseSoma(soma({...WEEK, total: ""}));
  expect(values.at(-1)).toEqual({series: "SOMA_TOTAL", day: "2003-11-19", value: 661091816000});
});

it("parseSoma(json) gives the oldest week first", () => {
  const days = parseSoma(soma({...WEEK, asOfDate: "2003-11-26"}, WEEK)).map(({day}) => day);
  expect([...new Set(days)]).toEqual(["2003-11-19", "2003-11-26"]);
});

it("parseSoma(json) refuses a kind that is gone, and an amount that is none", () => {
  const {bills: _, ...without} = WEEK;
  expect(() => parseSoma(soma(without))).toThrow(
    /^the New York Fed has changed its format: soma\.summary\.0\.bills: /
  );
  expect(() => parseSoma(soma({...WEEK, bills: "n/a"}))).toThrow("must be an amount or empty");
  expect(() => parseSoma(soma(WEEK).slice(0, -3))).toThrow("is no whole JSON");
});

const rates = JSON.stringify({
  refRates: [
    {
      effectiveDate: "2026-11-20",
      type: "EFFR",
      percentRate: 3.88,
      volumeInBillions: 95,
      targetRateFrom: 3.75
    },
    {effectiveDate: "2026-11-19", type: "EFFR", percentRate: 3.87},
    {effectiveDate: "2026-11-20", type: "SOFRAI", average30day: 3.9, index: 1.21}
  ]
});

it("parseRates(json) reads percent by type, oldest first, and leaves the averages of SOFR out", () => {
  expect(parseRates(rates)).toEqual([
    {series: "EFFR", day: "2026-11-19", value: 3.87},
    {series: "EFFR", day: "2026-11-20", value: 3.88}
  ]);
});

it("newYorkFed asks for a rate by its group and days", async () => {
  const web = writtenWeb(() => rates);
  const pages = await pulled(newYorkFed, web, {symbol: "EFFR", from: "2026-11-20", to: "2026-11-22"});
  expect(web.asked).toEqual([
    {
      path: "/api/rates/unsecured/effr/search.json",
      query: {startDate: "2026-11-20", endDate: "2026-11-22"},
      content: "json"
    }
  ]);
  expect(valuesOf(pages)).toEqual([["2026-11-20", 3.88]]);
  expect(pages[0].facts.unit).toBe("percent");
  await expect(pulled(newYorkFed, web, {symbol: "SOFR"})).rejects.toMatchObject({code: "no-data"});
  expect(web.asked[1].path).toBe("/api/rates/secured/sofr/search.json");
});

it("newYorkFed asks for the summary once for all kinds, and gives the days wanted in dollars", async () => {
  const web = writtenWeb(() => soma(WEEK, {...WEEK, asOfDate: "2003-11-26", total: "1"}));
  const days = {from: "2003-11-20", to: "2003-12-31"};
  const total = await pulled(newYorkFed, web, {symbol: "SOMA_TOTAL", ...days});
  const tips = await pulled(newYorkFed, web, {symbol: "SOMA_TIPS", ...days});
  expect([...valuesOf(total), ...valuesOf(tips)]).toEqual([
    ["2003-11-26", 1],
    ["2003-11-26", 13454483000]
  ]);
  expect(tips[0].rows[0].columns).toMatchObject({unit: ["usd"]});
  expect(web.asked).toHaveLength(1);
});

it("newYorkFed asks for the summary again when it did not come", async () => {
  const answers = [{status: 500, text: ""}, soma(WEEK)];
  const web = writtenWeb(() => answers.shift()!);
  const ask = {symbol: "SOMA_TOTAL", from: "2003-01-01", to: "2003-12-31"};
  await expect(pulled(newYorkFed, web, ask)).rejects.toMatchObject({code: "unavailable"});
  expect(valuesOf(await pulled(newYorkFed, web, ask))).toEqual([["2003-11-19", 661091816000]]);
});

it("newYorkFed names its series where it has none of a name", async () => {
  const web = writtenWeb(() => rates);
  await expect(pulled(newYorkFed, web, {symbol: "SOMA_GOLD"})).rejects.toMatchObject({
    code: "unknown-symbol",
    message: expect.stringContaining("it has EFFR, OBFR, SOFR, BGCR, TGCR, SOMA_BILLS") as string
  });
  expect(web.asked).toEqual([]);
});
