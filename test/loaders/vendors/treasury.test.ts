import {expect, it} from "vitest";
import {parseCurveCsv, parseFeed} from "../../../loaders/vendors/treasury-feed.js";
import {treasury} from "../../../loaders/vendors/treasury.js";
import {pulled, valuesOf, writtenWeb} from "./written-web.js";

const entry = (properties: string) =>
  `<entry><id>x</id><title type="text"></title><content type="application/xml"><m:properties>${properties}</m:properties></content></entry>`;
const feed = (...entries: string[]) =>
  `<?xml version="1.0" encoding="utf-8" standalone="yes"?>
<feed xml:base="http://data.treasury.gov/Feed.svc/" xmlns:d="http://schemas.microsoft.com/ado/2007/08/dataservices" xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata" xmlns="http://www.w3.org/2005/Atom">
<title type="text">DailyTreasuryYieldCurveRateData</title>${entries.join("\n")}</feed>`;
const day = (iso: string, points: string) =>
  entry(`<d:NEW_DATE m:type="Edm.DateTime">${iso}T00:00:00</d:NEW_DATE>${points}`);
const point = (name: string, value: string) => `<d:${name} m:type="Edm.Double">${value}</d:${name}>`;

it("parseFeed(xml) reads each point by its name, a new one too", () => {
  const xml = feed(
    day("2026-01-02", point("BC_1MONTH", "3.72") + point("BC_1_5MONTH", "3.7") + point("BC_10YEAR", "4.19"))
  );
  expect(parseFeed(xml, "BC")).toEqual([
    {
      day: "2026-01-02",
      yields: new Map([
        ["BC_1MONTH", 3.72],
        ["BC_1_5MONTH", 3.7],
        ["BC_10YEAR", 4.19]
      ])
    }
  ]);
});

it("parseFeed(xml) has no yield where a tag is missing, null or empty, and a zero where it is zero", () => {
  const xml = feed(
    day("2024-12-31", `<d:BC_1_5MONTH m:type="Edm.Double" m:null="true" />${point("BC_10YEAR", "4.58")}`),
    day("2025-01-02", `<d:BC_1_5MONTH m:null="true"></d:BC_1_5MONTH>${point("BC_1MONTH", "0.00")}`)
  );
  expect(parseFeed(xml, "BC").map(({yields}) => [...yields])).toEqual([
    [["BC_10YEAR", 4.58]],
    [["BC_1MONTH", 0]]
  ]);
});

it("parseFeed(xml) takes BC_30YEARDISPLAY for no yield", () => {
  const xml = feed(day("2003-01-02", point("BC_20YEAR", "5.05") + point("BC_30YEARDISPLAY", "0")));
  expect([...parseFeed(xml, "BC")[0].yields.keys()]).toEqual(["BC_20YEAR"]);
});

it("parseFeed(xml) is empty where the feed is", () => {
  expect(parseFeed(feed(), "BC")).toEqual([]);
});

it("parseFeed(xml) tells a feed that breaks off, that is no feed, and that has changed", () => {
  const whole = feed(day("2026-01-02", point("BC_10YEAR", "4.19")));
  const error = (xml: string) => {
    try {
      return parseFeed(xml, "BC");
    } catch (thrown) {
      return {...(thrown as object), message: (thrown as Error).message};
    }
  };
  expect(error(whole.slice(0, -20))).toMatchObject({code: "truncated"});
  expect(error("<error>out of order</error>")).toMatchObject({
    code: "not-what-was-asked",
    message: "the US Treasury sent error where its feed should be"
  });
  expect(error(whole.replaceAll("BC_10YEAR", "YIELD_10"))).toMatchObject({
    code: "changed-format",
    message: expect.stringContaining("no yield among NEW_DATE, YIELD_10") as string
  });
  expect(error(whole.replaceAll("NEW_DATE", "DATE"))).toMatchObject({code: "changed-format"});
  expect(error(whole.replace("4.19", "four"))).toMatchObject({code: "changed-format"});
});

it("parseCurveCsv(csv) reads the columns that a year has, oldest first, by the feed's names", () => {
  const csv =
    'Date,"1 Mo","1.5 Month","2 Mo","10 Yr"\n01/05/2026,3.71,3.70,3.69,4.17\n01/02/2026,3.72,,N/A,4.19\n';
  expect(parseCurveCsv(csv, "BC").map(({day, yields}) => [day, [...yields]])).toEqual([
    [
      "2026-01-02",
      [
        ["BC_1MONTH", 3.72],
        ["BC_10YEAR", 4.19]
      ]
    ],
    [
      "2026-01-05",
      [
        ["BC_1MONTH", 3.71],
        ["BC_1_5MONTH", 3.7],
        ["BC_2MONTH", 3.69],
        ["BC_10YEAR", 4.17]
      ]
    ]
  ]);
});

it("parseCurveCsv(csv) reads the real curve's capitals", () => {
  const [{yields}] = parseCurveCsv("Date,5 YR,10 YR\n01/02/2026,1.45,1.93\n", "TC");
  expect([...yields]).toEqual([
    ["TC_5YEAR", 1.45],
    ["TC_10YEAR", 1.93]
  ]);
});

it("parseCurveCsv(csv) refuses a header without date or maturities, and a broken line", () => {
  expect(() => parseCurveCsv("Day,10 Yr\n01/02/2026,4.19\n", "BC")).toThrow("no Date among Day, 10 Yr");
  expect(() => parseCurveCsv("Date,ten\n01/02/2026,4.19\n", "BC")).toThrow(
    "a column ten, which is no maturity"
  );
  expect(() => parseCurveCsv("Date,10 Yr\n2026/01/02,4.19\n", "BC")).toThrow("the US Treasury: Date");
  expect(() => parseCurveCsv("Date,10 Yr\n01/02/2026,4.1", "BC")).toThrow("breaks off");
});

const years = (url: string | undefined) =>
  feed(day(`${url}-12-30`, point("BC_10YEAR", "4.1") + point("BC_2YEAR", "3.5")));

it("treasury asks for each year once for all points, and gives the days wanted", async () => {
  const web = writtenWeb(({query}) => years(query?.field_tdr_date_value));
  const ask = {from: "2024-12-30", to: "2025-12-29"};
  expect(valuesOf(await pulled(treasury, web, {symbol: "BC_10YEAR", ...ask}))).toEqual([["2024-12-30", 4.1]]);
  expect(valuesOf(await pulled(treasury, web, {symbol: "BC_2YEAR", ...ask}))).toEqual([["2024-12-30", 3.5]]);
  expect(web.asked.map(({path, query}) => [path, query])).toEqual(
    ["2024", "2025"].map((year) => [
      "/resource-center/data-chart-center/interest-rates/pages/xml",
      {data: "daily_treasury_yield_curve", field_tdr_date_value: year, page: "0"}
    ])
  );
});

it("treasury turns the page when a page is full", async () => {
  const full = Array.from({length: 300}, (_, i) =>
    day(new Date(Date.UTC(2025, 0, 1 + i)).toISOString().slice(0, 10), point("TC_10YEAR", "2"))
  );
  const web = writtenWeb(({query}) =>
    query?.page === "0" ? feed(...full) : feed(day("2025-10-28", point("TC_10YEAR", "1.9")))
  );
  const pages = await pulled(treasury, web, {symbol: "TC_10YEAR", from: "2025-10-27", to: "2025-12-31"});
  expect(valuesOf(pages)).toEqual([
    ["2025-10-27", 2],
    ["2025-10-28", 1.9]
  ]);
  expect(web.asked.map(({query}) => query?.data)).toEqual(Array(2).fill("daily_treasury_real_yield_curve"));
});

it("treasury asks for the CSV when the feed is out of order", async () => {
  const web = writtenWeb(({content}) =>
    content === "xml" ? {status: 503, text: ""} : "Date,10 Yr\n01/02/2026,4.19\n"
  );
  expect(valuesOf(await pulled(treasury, web, {symbol: "BC_10YEAR"}))).toEqual([["2026-01-02", 4.19]]);
  expect(web.asked[1]).toEqual({
    path: "/resource-center/data-chart-center/interest-rates/daily-treasury-rates.csv/2026/all",
    query: {type: "daily_treasury_yield_curve", field_tdr_date_value: "2026", page: "", _format: "csv"},
    content: "csv",
    trimmed: true
  });
});

it("treasury tells the feed's trouble when the CSV is in trouble too", async () => {
  const web = writtenWeb(({content}) => (content === "xml" ? "<feed><entry>" : {status: 503, text: ""}));
  await expect(pulled(treasury, web, {symbol: "BC_10YEAR"})).rejects.toMatchObject({code: "truncated"});
});

it("treasury says that a new year has nothing yet, and that a name is none of a point", async () => {
  const web = writtenWeb(() => feed());
  const ask = {symbol: "BC_10YEAR", from: "2026-01-01", to: "2026-01-01"};
  await expect(pulled(treasury, web, ask)).rejects.toMatchObject({code: "no-data"});
  for (const symbol of ["BC_30YEARDISPLAY", "DGS10", "BC_10YEAR/..", ""])
    await expect(pulled(treasury, web, {symbol})).rejects.toMatchObject({code: "unknown-symbol"});
  expect(web.asked).toHaveLength(1);
});
