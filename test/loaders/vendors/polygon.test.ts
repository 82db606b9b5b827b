import {expect, it} from "vitest";
import {polygon} from "../../../loaders/vendors/polygon.js";
import {parseAggregates} from "../../../loaders/vendors/polygon-replies.js";
import type {Request} from "../../../loaders/web.js";
import {type Answered, pulled, recordsOf, writtenWeb} from "./written-web.js";

// replies shaped as Polygon (Massive) sends them; the numbers are invented
const AT = Date.parse("2026-11-20T22:00:00Z");
const KEY = "key0123456789";
const NEXT =
  "https://api.massive.com/v2/aggs/ticker/ACME/range/1/day/1793854800000/2026-11-20?cursor=bGltaXQ";

const bar = (start: string, close: number) => ({
  v: 1000,
  vw: close + 0.25,
  o: close - 1,
  c: close,
  h: close + 2,
  l: close - 2,
  t: Date.parse(start),
  n: 77
});
const page = (results: unknown[], more = {}) =>
  JSON.stringify({
    ticker: "ACME",
    queryCount: results.length,
    resultsCount: results.length,
    adjusted: false,
    ...(results.length && {results}),
    status: "OK",
    request_id: "abc",
    count: results.length,
    ...more
  });
const CONTEXT = {symbol: "ACME", frequency: "1d", at: AT} as const;

function pull(answer: (request: Request) => Answered, ask = {}, key: string | null = KEY) {
  const web = writtenWeb(answer, {key, now: new Date(AT)});
  return {web, pages: pulled(polygon, web, {symbol: "ACME", from: "2026-11-02", to: "2026-11-20", ...ask})};
}

it("parseAggregates() stamps a daily bar, which Polygon stamps with its midnight, with its close", () => {
  const {rows, next} = parseAggregates(page([bar("2026-11-19T05:00Z", 100)], {next_url: NEXT}), CONTEXT);
  expect(next).toBe(NEXT);
  expect(rows).toEqual([
    {
      symbol: "ACME",
      time: Date.parse("2026-11-19T21:00Z"),
      day: "2026-11-19",
      open: 99,
      high: 102,
      low: 98,
      close: 100,
      volume: 1000,
      vwap: 100.25,
      trades: 77,
      currency: "USD"
    }
  ]);
});

it("parseAggregates() has no rows where results are left out", () => {
  expect(parseAggregates(page([]), CONTEXT)).toEqual({rows: [], next: null});
});

it("parseAggregates() leaves out bars that are not closed, and with DELAYED those of the last quarter of an hour", () => {
  const bars = [bar("2026-11-20T20:30Z", 100), bar("2026-11-20T20:45Z", 101), bar("2026-11-20T21:00Z", 102)];
  const times = (status: string) =>
    parseAggregates(page(bars, {status}), {
      ...CONTEXT,
      frequency: "15m",
      at: Date.parse("2026-11-20T21:05Z")
    }).rows.map(({close}) => close);
  expect(times("OK")).toEqual([100, 101]);
  expect(times("DELAYED")).toEqual([100]);
});

it("parseAggregates() knows coins, pairs and indices by their first letters", () => {
  const of = (ticker: string) =>
    parseAggregates(page([bar("2026-11-19T00:00Z", 100)], {ticker}), {...CONTEXT, symbol: ticker}).rows[0];
  expect(of("X:BTCUSD")).toMatchObject({
    day: "2026-11-19",
    time: Date.parse("2026-11-20T00:00Z"),
    currency: "USD"
  });
  expect(of("C:EURJPY")).toMatchObject({currency: "JPY"});
  expect(of("I:SPX")).toMatchObject({currency: ""});
});

it.each([
  [
    "a column with another name",
    page([{...bar("2026-11-19T05:00Z", 1), c: undefined, close: 1}]),
    "changed-format",
    /results\.0\.c/
  ],
  ["another status", page([], {status: "ERROR"}), "changed-format", /status/],
  ["adjusted prices", page([], {adjusted: true}), "not-what-was-asked", /adjusted prices/],
  ["another ticker", page([], {ticker: "OTHER"}), "not-what-was-asked", /OTHER when asked for ACME/]
])("parseAggregates() refuses %s", (_, text, code, message) => {
  expect(() => parseAggregates(text, CONTEXT)).toThrow(
    expect.objectContaining({code, message: expect.stringMatching(message)})
  );
});

it("pull() asks for raw prices, with the key as a secret, and follows next_url with it", async () => {
  const {web, pages} = pull(({path}) =>
    path === NEXT
      ? page([bar("2026-11-19T05:00Z", 101)])
      : page([bar("2026-11-18T05:00Z", 100)], {next_url: NEXT, status: "DELAYED"})
  );
  const records = await pages;
  expect(records.map(({rows}) => rows.length)).toEqual([1, 1]);
  expect(recordsOf(records, "bars").map(({day, close}) => [day, close])).toEqual([
    ["2026-11-18", 100],
    ["2026-11-19", 101]
  ]);
  expect(web.asked).toEqual([
    {
      path: "/v2/aggs/ticker/ACME/range/1/day/2026-11-02/2026-11-20",
      query: {adjusted: "false", sort: "asc", limit: "50000"},
      secret: {apiKey: KEY},
      content: "json"
    },
    {path: NEXT, secret: {apiKey: KEY}, content: "json"}
  ]);
});

it("pull() escapes the ticker", async () => {
  const {web, pages} = pull(() => page([bar("2026-11-19T00:00Z", 1)], {ticker: "X:BTC/USD"}), {
    symbol: "X:BTC/USD"
  });
  await pages;
  expect(web.asked[0].path).toContain("/ticker/X%3ABTC%2FUSD/range/");
});

it("pull() does not go round and round when a page names itself as the next", async () => {
  const {pages} = pull(() => page([bar("2026-11-19T05:00Z", 101)], {next_url: NEXT}));
  await expect(pages).rejects.toMatchObject({code: "changed-format"});
});

it("pull() asks for nothing without a key", async () => {
  const {web, pages} = pull(() => page([]), {}, null);
  await expect(pages).rejects.toMatchObject({
    code: "key-missing",
    message: "Polygon wants a key: make one at massive.com and put it into POLYGON_API_KEY"
  });
  expect(web.asked).toEqual([]);
});

it("pull() tells a ticker that is not known from one without trades", async () => {
  const answer = (status: number) => (request: Request) =>
    request.path.startsWith("/v3/") ? {status, text: '{"status":"NOT_FOUND"}'} : page([]);
  await expect(pull(answer(404)).pages).rejects.toMatchObject({code: "unknown-symbol"});
  await expect(pull(answer(200)).pages).rejects.toMatchObject({
    code: "no-data",
    message: "Polygon has nothing of ACME from 2026-11-02 to 2026-11-20"
  });
});

it("pull() reads splits and dividends, those of one day added", async () => {
  const dividend = (day: string, cash_amount: number) => ({
    ticker: "ACME",
    ex_dividend_date: day,
    cash_amount,
    currency: "USD",
    dividend_type: "CD",
    frequency: 4,
    pay_date: day,
    record_date: day,
    declaration_date: day
  });
  const split = {ticker: "ACME", execution_date: "2026-11-09", split_from: 2, split_to: 3};
  const {web, pages} = pull(
    ({path}) => {
      const results = path.endsWith("/splits")
        ? [split]
        : [dividend("2026-11-05", 0.24), dividend("2026-11-16", 0.25), dividend("2026-11-16", 1)];
      return JSON.stringify({status: "OK", request_id: "abc", results});
    },
    {kind: "actions"}
  );
  expect(
    recordsOf(await pages, "actions").map(({day, type, value, currency}) => [day, type, value, currency])
  ).toEqual([
    ["2026-11-09", "split", 1.5, null],
    ["2026-11-05", "dividend", 0.24, "USD"],
    ["2026-11-16", "dividend", 1.25, "USD"]
  ]);
  expect(web.asked[0].query).toMatchObject({
    ticker: "ACME",
    "execution_date.gte": "2026-11-02",
    "execution_date.lte": "2026-11-20"
  });
});

it("pull() takes a share without splits and dividends for no error", async () => {
  const {pages} = pull(() => JSON.stringify({status: "OK", request_id: "abc"}), {kind: "actions"});
  expect(recordsOf(await pages, "actions")).toEqual([]);
});

it("pull() asks for weeks from a Sunday on, and stamps them with their last session", async () => {
  const {web, pages} = pull(() => page([bar("2026-11-08T05:00Z", 101)]), {
    frequency: "1w",
    from: "2026-11-12"
  });
  expect(recordsOf(await pages, "bars")).toMatchObject([
    {day: "2026-11-13", time: Date.parse("2026-11-13T21:00Z")}
  ]);
  expect(web.asked[0].path).toContain("/range/1/week/2026-11-08/2026-11-20");
});
