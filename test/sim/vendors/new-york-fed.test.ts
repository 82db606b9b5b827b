import {expect, it} from "vitest";
import {get, stand, text} from "./stand.js";

interface Row {
  effectiveDate: string;
  type: string;
  percentRate?: number;
  percentPercentile1: number;
  percentPercentile99: number;
}
const rates = async (...call: Parameters<typeof text>) =>
  (JSON.parse(await text(...call)) as {refRates: Row[]}).refRates;

it("holdings are texts of dollars, and their total leaves the inflation compensation out", async () => {
  const vendors = await stand();
  const response = await get(vendors, "new-york-fed", "/api/soma/summary.json", {});
  expect(response.headers.get("content-type")).toBe("application/json");
  const body = await response.text();
  expect(body).toMatch(
    /^\{"soma":\{"summary":\[\{"asOfDate":"2014-01-01","agencies":"\d+","bills":"0","notesbonds":"\d+","mbs":"\d+\.00","cmbs":"0\.00","tips":"\d+","frn":"","tipsInflationCompensation":"\d+","total":"\d+\.00"\},/
  );
  const {summary} = (JSON.parse(body) as {soma: {summary: Record<string, string>[]}}).soma;
  for (const row of summary) {
    const sum = ["agencies", "bills", "notesbonds", "mbs", "cmbs", "tips", "frn"].reduce(
      (total, kind) => total + Number(row[kind]),
      0
    );
    expect(sum, row.asOfDate).toBe(Number(row.total));
    expect(new Date(`${row.asOfDate}T00:00:00Z`).getUTCDay()).toBe(3);
  }
  expect(summary.at(-1)!.asOfDate).toBe("2026-11-18");
});

it("a rate is written with its percentiles; the effective rate has its target range, too", async () => {
  const vendors = await stand();
  const known = vendors.world().referenceRate("EFFR")!;
  const at = known.rate.length - 1;
  const [p1, p25, p75, p99] = known.percentiles[at];
  expect(await text(vendors, "new-york-fed", "/api/rates/unsecured/effr/last/1.json")).toBe(
    `{"refRates":[{"effectiveDate":"2026-11-19","type":"EFFR","percentRate":${known.rate[at]},"percentPercentile1":${p1},` +
      `"percentPercentile25":${p25},"percentPercentile75":${p75},"percentPercentile99":${p99},"targetRateFrom":3.75,"targetRateTo":4,` +
      `"volumeInBillions":${known.volume[at]},"revisionIndicator":""}]}`
  );
  expect(await text(vendors, "new-york-fed", "/api/rates/secured/sofr/last/1.json")).not.toContain(
    "targetRate"
  );
});

it("a search gives the days between, newest first, and what came out by the next morning", async () => {
  const vendors = await stand({now: new Date("2026-11-20T13:00:00Z")}); // 8:00 in New York
  const found = await rates(
    vendors,
    "new-york-fed",
    "/api/rates/secured/sofr/search.json?startDate=2026-11-16&endDate=2026-11-30"
  );
  expect(found.map(({effectiveDate}) => effectiveDate)).toEqual(["2026-11-18", "2026-11-17", "2026-11-16"]);
  for (const {percentRate, percentPercentile1, percentPercentile99} of found) {
    expect(percentRate).toBeGreaterThanOrEqual(percentPercentile1);
    expect(percentRate).toBeLessThanOrEqual(percentPercentile99);
  }
  const latest = await rates(vendors, "new-york-fed", "/api/rates/all/latest.json");
  expect(latest.map(({type}) => type).sort()).toEqual(["BGCR", "EFFR", "OBFR", "SOFR", "TGCR"]);
});

it("what it does not know is a page", async () => {
  const vendors = await stand();
  for (const path of [
    "/api/rates/secured/effr/last/1.json",
    "/api/rates/secured/nosuch/last/1.json",
    "/api/soma/nothing.json"
  ]) {
    expect((await get(vendors, "new-york-fed", path)).status).toBe(404);
  }
});

it("faults: totals and rates go missing, a field changes its name, a rate is revised and says so", async () => {
  const vendors = await stand();
  const ask = "/api/rates/unsecured/effr/last/10.json";
  const whole = await rates(vendors, "new-york-fed", ask);
  vendors.faults["new-york-fed"].next.push(
    {kind: "nulls"},
    {kind: "nulls"},
    {kind: "columns"},
    {kind: "columns"},
    {kind: "revised", symbol: "EFFR", from: "2026-11-18", to: "2026-11-18", factor: 2}
  );
  expect(await text(vendors, "new-york-fed", "/api/soma/summary.json")).toContain('"total":""');
  expect(
    (await rates(vendors, "new-york-fed", ask)).filter(({percentRate}) => percentRate === undefined)
  ).toHaveLength(1);
  expect(await text(vendors, "new-york-fed", "/api/soma/summary.json")).toMatch(
    /^\{"soma":\{"summary":\[\{"as_of_date":/
  );
  expect(await text(vendors, "new-york-fed", ask)).toMatch(/^\{"refRates":\[\{"effective_date":/);
  const revised = await text(vendors, "new-york-fed", ask);
  expect(revised).toContain(
    `"effectiveDate":"2026-11-18","type":"EFFR","percentRate":${2 * whole[1].percentRate!},`
  );
  expect(revised.split('"revisionIndicator":"[r]"')).toHaveLength(2);
});
