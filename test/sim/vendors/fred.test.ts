import {expect, it} from "vitest";
import {get, SIM_KEYS, stand, text} from "./stand.js";

const KEY = `api_key=${SIM_KEYS.fred}&file_type=json`;
const observations = (id: string, more = "") => `/fred/series/observations?series_id=${id}&${KEY}${more}`;
const series = (id: string) => `/fred/series?series_id=${id}&${KEY}`;
const graph = (more: string) => `/graph/fredgraph.csv?${more}`;

interface Page {
  count: number;
  offset: number;
  limit: number;
  observations: {date: string; value?: string; obs_value?: string}[];
}
const page = async (...call: Parameters<typeof text>) => JSON.parse(await text(...call)) as Page;

it("observations are texts, with a point where a weekday has none", async () => {
  const vendors = await stand();
  const response = await get(
    vendors,
    "fred",
    observations("DGS10", "&observation_start=2026-11-10&observation_end=2026-11-12")
  );
  expect(response.headers.get("content-type")).toBe("application/json; charset=UTF-8");
  const {days, values} = vendors.world().series("fred:DGS10");
  const told = (day: string) => values[days.indexOf(day)].toFixed(2);
  const row = (day: string, value: string) =>
    `{"realtime_start":"2026-11-20","realtime_end":"2026-11-20","date":"${day}","value":"${value}"}`;
  expect(await response.text()).toBe(
    '{"realtime_start":"2026-11-20","realtime_end":"2026-11-20","observation_start":"2026-11-10","observation_end":"2026-11-12",' +
      '"units":"lin","output_type":1,"file_type":"json","order_by":"observation_date","sort_order":"asc","count":3,"offset":0,' +
      `"limit":100000,"observations":[${row("2026-11-10", told("2026-11-10"))},${row("2026-11-11", ".")},` +
      `${row("2026-11-12", told("2026-11-12"))}]}` // November 11 is Veterans Day
  );
});

it("XML is what it writes when nothing else is asked for", async () => {
  const vendors = await stand();
  const body = await text(
    vendors,
    "fred",
    `/fred/series/observations?series_id=UNRATE&api_key=${SIM_KEYS.fred}&observation_start=2025-10-01&observation_end=2025-10-01`
  );
  expect(body).toBe(
    '<?xml version="1.0" encoding="utf-8" ?>\n<observations realtime_start="2026-11-20" realtime_end="2026-11-20">\n' +
      '  <observation realtime_start="2026-11-20" realtime_end="2026-11-20" date="2025-10-01" value="."/>\n</observations>\n'
  );
});

it("metadata names the unit, and units differ: millions here, billions there", async () => {
  const vendors = await stand();
  const units = async (id: string) => {
    const {seriess} = JSON.parse(await text(vendors, "fred", series(id))) as {
      seriess: [{units: string; frequency: string}];
    };
    return [seriess[0].units, seriess[0].frequency];
  };
  expect(await units("WALCL")).toEqual(["Millions of U.S. Dollars", "Weekly, As of Wednesday"]);
  expect(await units("RRPONTSYD")).toEqual(["Billions of US Dollars", "Daily"]);
  expect(await units("M2SL")).toEqual(["Billions of Dollars", "Monthly"]);
  expect(await units("DFF")).toEqual(["Percent", "Daily, 7-Day"]);
  expect(await units("PAYEMS")).toEqual(["Thousands of Persons", "Monthly"]);
  expect(await text(vendors, "fred", series("UNRATE"))).toBe(
    '{"realtime_start":"2026-11-20","realtime_end":"2026-11-20","seriess":[{"id":"UNRATE","realtime_start":"2026-11-20",' +
      '"realtime_end":"2026-11-20","title":"Unemployment Rate","observation_start":"2014-01-01","observation_end":"2026-10-01",' +
      '"frequency":"Monthly","frequency_short":"M","units":"Percent","units_short":"%","seasonal_adjustment":"Seasonally Adjusted",' +
      '"seasonal_adjustment_short":"SA","last_updated":"2026-11-05 15:16:03-05","popularity":80,"notes":"A series of the stand-in."}]}'
  );
});

it("net liquidity has the size that it has: assets less general account less reverse repo", async () => {
  const known = (await stand()).world();
  const [assets, account, reverse] = ["WALCL", "WDTGAL", "WLRRAL"].map((id) =>
    known.series(`fred:${id}`).values.at(-1)!
  );
  expect((assets - account - reverse) / 1e6).toBeGreaterThan(5);
  expect((assets - account - reverse) / 1e6).toBeLessThan(6.5);
  const wednesday = known.series("fred:WLRRAL").days.at(-1)!;
  const overnight = known.series("fred:RRPONTSYD");
  expect(overnight.values[overnight.days.indexOf(wednesday)] * 1000).toBeLessThan(reverse); // billions in millions
});

it("limit and offset cut pages; the count is of all", async () => {
  const vendors = await stand();
  const whole = await page(vendors, "fred", observations("ICSA"));
  const part = await page(vendors, "fred", observations("ICSA", "&limit=100&offset=600"));
  expect([part.count, part.offset, part.limit]).toEqual([whole.count, 600, 100]);
  expect(part.observations).toEqual(whole.observations.slice(600, 700));
  const down = await page(vendors, "fred", observations("ICSA", "&sort_order=desc&limit=1"));
  expect(down.observations).toEqual(whole.observations.slice(-1));
});

it("refusals are told in FRED's words", async () => {
  const vendors = await stand();
  const told = async (path: string) => {
    const response = await get(vendors, "fred", path);
    return [response.status, await response.text()];
  };
  const bad = (words: string) => [400, `{"error_code":400,"error_message":"Bad Request.  ${words}"}`];
  expect(await told(observations("NOSUCH"))).toEqual(bad("The series does not exist."));
  expect(await told("/fred/series?series_id=DGS10")).toEqual(
    bad(
      "Variable api_key is not set.  Read https://fred.stlouisfed.org/docs/api/api_key.html for more information."
    )
  );
  expect(await told("/fred/series?series_id=DGS10&api_key=SHORT")).toEqual(
    bad(
      "The value for variable api_key is not a 32 character alpha-numeric lower-case string.  Read https://fred.stlouisfed.org/docs/api/api_key.html for more information."
    )
  );
  expect(await told(`/fred/series?series_id=DGS10&api_key=${"x".repeat(32)}`)).toEqual(
    bad("The value for variable api_key is not registered.")
  );
  expect((await told(observations("DGS10", "&limit=100001")))[0]).toBe(400);
  expect(
    (await told(observations("DGS10", "&observation_start=2026-02-01&observation_end=2026-01-01")))[0]
  ).toBe(400);
  vendors.faults.fred.next.push({kind: "quota"}, {kind: "wrong-key"});
  expect(await told(observations("DGS10"))).toEqual([
    429,
    '{"error_code":429,"error_message":"Too Many Requests.  Exceeded Rate Limit"}'
  ]);
  expect(await told(observations("DGS10"))).toEqual(bad("The value for variable api_key is not registered."));
});

it("faults: a unit changes with its values, values go missing, a field changes its name, the past is revised", async () => {
  const vendors = await stand();
  const ask = observations("WALCL", "&observation_start=2026-10-01");
  const whole = (await page(vendors, "fred", ask)).observations;
  vendors.faults.fred.next.push({kind: "unit"}, {kind: "unit"}, {kind: "nulls"}, {kind: "columns"});
  expect(await text(vendors, "fred", series("WALCL"))).toContain(
    '"units":"Billions of U.S. Dollars","units_short":"Bil. of U.S. $"'
  );
  const billions = (await page(vendors, "fred", ask)).observations;
  expect(billions.map(({value}) => value)).toEqual(whole.map(({value}) => (Number(value) / 1000).toFixed(3)));
  const holed = await page(vendors, "fred", observations("WALCL"));
  expect(holed.observations.slice(0, 11).flatMap(({value}, i) => (value === "." ? [i] : []))).toEqual([
    3, 10
  ]);
  expect((await page(vendors, "fred", ask)).observations[0].obs_value).toBe(whole[0].value);
  vendors.faults.fred.always.push({
    kind: "revised",
    symbol: "WALCL",
    from: "2026-10-07",
    to: "2026-10-07",
    factor: 1.1
  });
  const revised = (await page(vendors, "fred", ask)).observations;
  expect(revised.map(({value}, i) => Number(value) / Number(whole[i].value) > 1.01)).toEqual(
    whole.map(({date}) => date === "2026-10-07")
  );
});

it("the graph's CSV leaves a field empty where there is no value, and joins series by day", async () => {
  const vendors = await stand();
  const known = vendors.world();
  const value = (id: string, day: string, decimals: number) => {
    const {days, values} = known.series(`fred-graph:${id}`);
    return values[days.indexOf(day)].toFixed(decimals);
  };
  const response = await get(
    vendors,
    "fred-graph",
    graph("id=CPIAUCSL,UNRATE&cosd=2025-09-01&coed=2025-11-30"),
    {}
  );
  expect(response.headers.get("content-type")).toBe("application/csv");
  expect(await response.text()).toBe(
    "observation_date,CPIAUCSL,UNRATE\n" +
      `2025-09-01,${value("CPIAUCSL", "2025-09-01", 3)},${value("UNRATE", "2025-09-01", 1)}\n` +
      "2025-10-01,,\n" +
      `2025-11-01,${value("CPIAUCSL", "2025-11-01", 3)},${value("UNRATE", "2025-11-01", 1)}\n`
  );
});

it("the graph answers an unknown series with a page, and knows faults of its own", async () => {
  const vendors = await stand();
  const unknown = await get(vendors, "fred-graph", graph("id=NOSUCH"));
  expect([unknown.status, await unknown.text()]).toEqual([404, expect.stringMatching(/^<!DOCTYPE html>/)]);
  vendors.faults["fred-graph"].next.push({kind: "columns"}, {kind: "nulls"});
  expect(await text(vendors, "fred-graph", graph("id=DGS10&cosd=2026-11-12"))).toMatch(/^DAY,DGS10\n/);
  const holed = await text(vendors, "fred-graph", graph("id=DGS10&cosd=2026-09-01"));
  expect(holed).toMatch(/,\.\n/);
  expect(holed).toMatch(/,\n/);
});
