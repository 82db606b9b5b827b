import {expect, it} from "vitest";
import {fred, parseMetadata, parseObservations, refusalOf} from "../../../loaders/vendors/fred.js";
import {pulled, valuesOf, writtenWeb} from "./written-web.js";

const KEY = "abcdef0123456789abcdef0123456789";
const metadata = (units: string) =>
  JSON.stringify({
    realtime_start: "2026-11-22",
    seriess: [{id: "WALCL", title: "Assets: Total", frequency_short: "W", units, units_short: "x"}]
  });
const page = (observations: [string, string][], count = observations.length, units = "lin") =>
  JSON.stringify({
    units,
    count,
    offset: 0,
    limit: 100000,
    observations: observations.map(([date, value]) => ({
      realtime_start: "2026-11-22",
      realtime_end: "2026-11-22",
      date,
      value
    }))
  });
const refusal = (message: string) => JSON.stringify({error_code: 400, error_message: message});
const LEVELS: [string, string][] = [
  ["2026-11-11", "6675344"],
  ["2026-11-18", "."],
  ["2026-11-25", "6675.3"]
];

it("parseMetadata(json) and parseObservations(json) read what FRED sends and refuse anything else", () => {
  expect(parseMetadata(metadata("Percent"))).toEqual({title: "Assets: Total", units: "Percent"});
  expect(() => parseMetadata(metadata("Percent").replace('"units":', '"unit":'))).toThrow(
    /^FRED has changed its format: seriess\.0\.units: /
  );
  expect(parseObservations(page(LEVELS)).observations).toHaveLength(3);
  expect(() => parseObservations(page(LEVELS, 3, "pch"))).toThrow(
    "units: must be lin, the values as they are published"
  );
  expect(() => parseObservations(page(LEVELS).slice(0, 90))).toThrow("is no whole JSON");
});

it("fred reads the unit from the series' metadata and stores the values in it, the missing left out", async () => {
  const web = writtenWeb(
    ({path}) => (path === "/fred/series" ? metadata("Millions of U.S. Dollars") : page(LEVELS)),
    {key: KEY}
  );
  const ask = {symbol: "WALCL", from: "2026-11-01", to: "2026-11-30"};
  const pages = await pulled(fred, web, ask);
  expect(pages[0].facts).toEqual({symbol: "WALCL", name: "Assets: Total", unit: "usd", timeZone: ""});
  expect(valuesOf(pages)).toEqual([
    ["2026-11-11", 6675344000000],
    ["2026-11-25", 6675300000]
  ]);
  expect(pages[0].rows[0].columns).toMatchObject({series: ["WALCL", "WALCL"], unit: ["usd", "usd"]});
  expect(web.asked).toEqual([
    {
      path: "/fred/series",
      query: {series_id: "WALCL", file_type: "json"},
      secret: {api_key: KEY},
      content: "json",
      accept: [400]
    },
    {
      path: "/fred/series/observations",
      query: {
        series_id: "WALCL",
        observation_start: "2026-11-01",
        observation_end: "2026-11-30",
        sort_order: "asc",
        limit: "100000",
        offset: "0",
        file_type: "json"
      },
      secret: {api_key: KEY},
      content: "json",
      accept: [400]
    }
  ]);
});

it("fred stores the same values when FRED goes from millions to billions, metadata and data alike", async () => {
  const pull = async (units: string, value: string) => {
    const web = writtenWeb(
      ({path}) => (path === "/fred/series" ? metadata(units) : page([["2026-11-18", value]])),
      {key: KEY}
    );
    return valuesOf(await pulled(fred, web, {symbol: "WALCL"}));
  };
  const values = [["2026-11-18", 6675344000000]];
  expect(await pull("Millions of U.S. Dollars", "6675344")).toEqual(values);
  expect(await pull("Billions of U.S. Dollars", "6675.344")).toEqual(values);
});

it("fred keeps a unit that it does not understand in FRED's words", async () => {
  const web = writtenWeb(
    ({path}) => (path === "/fred/series" ? metadata("+1 or 0") : page([["2026-11-01", "1"]])),
    {key: KEY}
  );
  const [{facts}] = await pulled(fred, web, {symbol: "USREC"});
  expect(facts.unit).toBe("+1 or 0");
});

it("fred goes on where a page ends, and refuses a page that is short", async () => {
  const day = (i: number) => new Date(Date.UTC(1700, 0, 1 + i)).toISOString().slice(0, 10);
  const all = Array.from({length: 100_002}, (_, i) => [day(i), "1"] as [string, string]);
  const web = writtenWeb(
    ({path, query}) => {
      const offset = Number(query?.offset);
      return path === "/fred/series"
        ? metadata("Percent")
        : page(all.slice(offset, offset + 100_000), all.length);
    },
    {key: KEY}
  );
  const pages = await pulled(fred, web, {symbol: "LONG", from: "1700-01-01"});
  expect(pages.map(({rows}) => rows[0].length)).toEqual([100_000, 2]);
  const short = writtenWeb(({path}) => (path === "/fred/series" ? metadata("Percent") : page(LEVELS, 5)), {
    key: KEY
  });
  await expect(pulled(fred, short, {symbol: "WALCL"})).rejects.toMatchObject({
    code: "truncated",
    message: "FRED sent 3 of 5 observations of WALCL: pull again"
  });
});

it("fred asks nothing without a key, and names the setting", async () => {
  const web = writtenWeb(() => metadata("Percent"));
  await expect(pulled(fred, web, {symbol: "DGS10"})).rejects.toMatchObject({
    code: "key-missing",
    message: "FRED's API wants a key: put one into FRED_API_KEY, or ask vendor fred-graph, which needs none"
  });
  expect(web.asked).toEqual([]);
});

it("refusalOf(body) tells an unknown series and a wrong key from any other refusal", () => {
  const code = (message: string) => refusalOf(refusal(message), "DGS10").code;
  expect(code("Bad Request.  The series does not exist.")).toBe("unknown-symbol");
  expect(code("Bad Request.  The value for variable api_key is not registered.")).toBe("key-wrong");
  expect(
    code(
      "Bad Request.  The value for variable api_key is not a 32 character alpha-numeric lower-case string."
    )
  ).toBe("key-wrong");
  const other = refusalOf(refusal("Bad Request.  Variable observation_start is not a date."), "DGS10");
  expect(other).toMatchObject({
    code: "refused",
    message: "FRED refuses DGS10: Bad Request. Variable observation_start is not a date."
  });
});

it("fred tells what FRED's 400 means", async () => {
  const web = writtenWeb(() => ({status: 400, text: refusal("Bad Request.  The series does not exist.")}), {
    key: KEY
  });
  await expect(pulled(fred, web, {symbol: "NOTHING"})).rejects.toMatchObject({code: "unknown-symbol"});
  for (const symbol of ["../x", "dgs10", "DGS10,DGS2", ""])
    await expect(pulled(fred, web, {symbol})).rejects.toMatchObject({code: "unknown-symbol"});
  expect(web.asked).toHaveLength(1);
});

it("fred says that there is nothing where all values are missing, and refuses one that is no number", async () => {
  const web = (value: string) =>
    writtenWeb(({path}) => (path === "/fred/series" ? metadata("Percent") : page([["2026-11-01", value]])), {
      key: KEY
    });
  await expect(pulled(fred, web("."), {symbol: "DGS10"})).rejects.toMatchObject({code: "no-data"});
  await expect(pulled(fred, web("1,5"), {symbol: "DGS10"})).rejects.toMatchObject({
    code: "changed-format",
    message: "FRED's value of DGS10 on 2026-11-01 is no number: 1,5"
  });
});
