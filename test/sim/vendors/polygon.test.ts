import {expect, it} from "vitest";
import {get, SIM_KEYS, stand, text} from "./stand.js";

const KEY = `apiKey=${SIM_KEYS.polygon}`;
const aggs = (from: string, to: string, more = "", ticker = "AAPL") =>
  `/v2/aggs/ticker/${ticker}/range/1/day/${from}/${to}?${KEY}${more}`;

interface Page {
  results?: {o: number; h: number; l: number; c: number; v: number; vw?: number; n?: number; t: number}[];
  count?: number;
  next_url?: string;
  status: string;
  adjusted: boolean;
}
const page = async (...call: Parameters<typeof text>) => JSON.parse(await text(...call)) as Page;

it("a day's aggregate is written as Polygon writes it, stamped by its midnight in New York", async () => {
  const vendors = await stand();
  const {days, open, high, low, close, volume} = vendors.world().bars("polygon:MSFT");
  const at = days.indexOf("2026-11-18");
  const [o, h, l, c, v] = [open[at], high[at], low[at], close[at], volume[at]];
  const response = await get(vendors, "polygon", aggs("2026-11-18", "2026-11-18", "", "MSFT"), {});
  expect(response.headers.get("content-type")).toBe("application/json");
  const vw = Number(((h + l + 2 * c) / 4).toFixed(4));
  expect(await response.text()).toMatch(
    `{"ticker":"MSFT","queryCount":1,"resultsCount":1,"adjusted":true,` +
      `"results":[{"v":${v},"vw":${vw},"o":${o},"c":${c},"h":${h},"l":${l},"t":1794978000000,"n":${Math.round(v / 90)}}],` +
      `"status":"OK","request_id":"`
  );
});

it("prices are adjusted for splits unless it is asked not to", async () => {
  const vendors = await stand();
  const [adjusted] = (await page(vendors, "polygon", aggs("2020-08-28", "2020-08-28"))).results!;
  const [traded] = (await page(vendors, "polygon", aggs("2020-08-28", "2020-08-28", "&adjusted=false")))
    .results!;
  const {days, close} = vendors.world().bars("polygon:AAPL");
  expect(traded.c).toBe(close[days.indexOf("2020-08-28")]);
  expect(adjusted.c).toBeCloseTo(traded.c / 4, 4);
  expect(adjusted.v).toBe(traded.v * 4);
});

it("pages follow each other without the key, and lose nothing", async () => {
  const vendors = await stand();
  const whole = await page(vendors, "polygon", aggs("2026-10-01", "2026-11-20"));
  const found = [];
  let next: string | undefined = vendors.urls.polygon + aggs("2026-10-01", "2026-11-20", "&limit=10");
  let pages = 0;
  while (next) {
    const one = (await (await fetch(next)).json()) as Page;
    found.push(...one.results!);
    expect(one.next_url ?? "").not.toContain("apiKey");
    next = one.next_url && `${one.next_url}&${KEY}`;
    ++pages;
  }
  expect(found).toEqual(whole.results);
  expect(pages).toBe(Math.ceil(found.length / 10));
  const down = await page(vendors, "polygon", aggs("2026-10-01", "2026-11-20", "&sort=desc"));
  expect(down.results).toEqual(whole.results!.toReversed());
});

it("a ticker that it does not know has no results, and no details", async () => {
  const vendors = await stand();
  expect(await text(vendors, "polygon", aggs("2026-11-18", "2026-11-18", "", "NOSUCH"))).toMatch(
    '{"ticker":"NOSUCH","queryCount":0,"resultsCount":0,"adjusted":true,"status":"OK","request_id":"'
  );
  const details = await get(vendors, "polygon", `/v3/reference/tickers/NOSUCH?${KEY}`);
  expect(details.status).toBe(404);
  expect(await details.text()).toMatch(
    /^\{"status":"NOT_FOUND","request_id":"\w{32}","message":"Ticker not found."\}$/
  );
  expect(await text(vendors, "polygon", `/v3/reference/tickers/BRK.B?${KEY}`)).toContain(
    '"ticker":"BRK.B","name":"Berkshire Hathaway Inc."'
  );
});

it("splits and dividends are told as they were declared, newest first, between days that are asked for", async () => {
  const vendors = await stand();
  expect(await text(vendors, "polygon", `/v3/reference/splits?ticker=AAPL&${KEY}`)).toMatch(
    /^\{"results":\[\{"execution_date":"2020-08-31","id":"E\w{32}","split_from":1,"split_to":4,"ticker":"AAPL"\},\{"execution_date":"2014-06-09","id":"E\w{32}","split_from":1,"split_to":7,"ticker":"AAPL"\}\],"status":"OK",/
  );
  const asked = `/v3/reference/dividends?ticker=AAPL&ex_dividend_date.gte=2020-08-01&ex_dividend_date.lte=2020-12-31&order=asc&${KEY}`;
  const {results} = JSON.parse(await text(vendors, "polygon", asked)) as {
    results: {ex_dividend_date: string; cash_amount: number}[];
  };
  expect(results.map((row) => row.ex_dividend_date)).toEqual(["2020-08-11", "2020-11-10"]);
  expect(results[0].cash_amount / results[1].cash_amount).toBeCloseTo(4, 0); // before and after the split of four
  const first = JSON.parse(
    await text(vendors, "polygon", `/v3/reference/dividends?ticker=AAPL&limit=3&${KEY}`)
  ) as {next_url: string};
  const second = (await (await fetch(`${first.next_url}&${KEY}`)).json()) as {
    results: {ex_dividend_date: string}[];
  };
  expect(second.results.map((row) => row.ex_dividend_date)).toEqual([
    "2026-02-10",
    "2025-11-10",
    "2025-08-11"
  ]);
});

it("a key that is missing or wrong is told apart; it may come as a bearer, too", async () => {
  const vendors = await stand();
  const ask = "/v2/aggs/ticker/AAPL/range/1/day/2026-11-18/2026-11-18";
  const told = async (response: Response) => [
    response.status,
    ((await response.json()) as {error: string}).error
  ];
  expect(await told(await get(vendors, "polygon", ask))).toEqual([401, "API Key was not provided"]);
  expect(await told(await get(vendors, "polygon", `${ask}?apiKey=wrong`))).toEqual([401, "Unknown API Key"]);
  expect((await get(vendors, "polygon", ask, {authorization: `Bearer ${SIM_KEYS.polygon}`})).status).toBe(
    200
  );
  vendors.faults.polygon.next.push({kind: "wrong-key"});
  expect(await told(await get(vendors, "polygon", `${ask}?${KEY}`))).toEqual([401, "Unknown API Key"]);
});

it("the sixth request of a minute is one too many, when pacing is on", async () => {
  let time = Date.parse("2026-11-20T22:30:00Z");
  const vendors = await stand({pacing: true, now: () => new Date(time)});
  for (let i = 0; i < 5; ++i)
    expect((await get(vendors, "polygon", aggs("2026-11-18", "2026-11-18"))).status).toBe(200);
  const sixth = await get(vendors, "polygon", aggs("2026-11-18", "2026-11-18"));
  expect(sixth.status).toBe(429);
  expect(((await sixth.json()) as {status: string; error: string}).error).toMatch(
    /^You've exceeded the maximum requests per minute/
  );
  time += 60_000;
  expect((await get(vendors, "polygon", aggs("2026-11-18", "2026-11-18"))).status).toBe(200);
});

it("faults: fields go missing or change their name, a plan does not allow it", async () => {
  const vendors = await stand();
  vendors.faults.polygon.next.push({kind: "nulls"}, {kind: "columns"}, {kind: "status", status: 403});
  const {results} = await page(vendors, "polygon", aggs("2026-11-02", "2026-11-20"));
  expect(results!.map((row, i) => (row.vw === undefined ? i : -1)).filter((i) => i >= 0)).toEqual([3, 10]);
  expect(await text(vendors, "polygon", aggs("2026-11-18", "2026-11-18"))).toMatch(/"close":\d/);
  const denied = await get(vendors, "polygon", aggs("2026-11-18", "2026-11-18"));
  expect([denied.status, await denied.text()]).toEqual([
    403,
    expect.stringMatching(/^\{"status":"NOT_AUTHORIZED","request_id":"\w+","message":"You are not entitled/)
  ]);
});

it("hours are counted from midnight and add up to the day", async () => {
  const vendors = await stand();
  const hours = await page(
    vendors,
    "polygon",
    `/v2/aggs/ticker/AAPL/range/1/hour/2026-11-18/2026-11-18?${KEY}`
  );
  const [day] = (await page(vendors, "polygon", aggs("2026-11-18", "2026-11-18"))).results!;
  expect(new Date(hours.results![0].t).toISOString()).toBe("2026-11-18T14:00:00.000Z"); // 9:00, with trades from 9:30
  expect(hours.results![0].o).toBe(day.o);
  expect(hours.results!.at(-1)!.c).toBe(day.c);
  expect(Math.max(...hours.results!.map(({h}) => h))).toBeLessThanOrEqual(day.h);
  expect(hours.results!.reduce((sum, {v}) => sum + v, 0) / day.v).toBeCloseTo(1, 3);
});
