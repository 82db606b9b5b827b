import {expect, it} from "vitest";
import {yahoo} from "../../../loaders/vendors/yahoo.js";
import {type ChartContext, parseChart} from "../../../loaders/vendors/yahoo-chart.js";
import {pulled, recordsOf, writtenWeb} from "./written-web.js";

// replies shaped as Yahoo's chart v8 sends them; the numbers are invented
const seconds = (iso: string) => Date.parse(iso) / 1000;

interface Written {
  meta?: Record<string, unknown>;
  times: string[];
  closes: (number | null)[];
  /** All other prices and the volume; made of the closes when not given. */
  quote?: Record<string, (number | null)[]>;
  events?: Record<string, unknown>;
}

function chart({meta = {}, times, closes, quote = {}, events}: Written): string {
  const shifted = (by: number) => closes.map((close) => (close === null ? null : close + by));
  const result = {
    meta: {
      currency: "USD",
      symbol: "ACME",
      exchangeName: "NMS",
      instrumentType: "EQUITY",
      gmtoffset: -18000,
      exchangeTimezoneName: "America/New_York",
      longName: "Acme Corporation",
      shortName: "Acme",
      priceHint: 2,
      ...meta
    },
    ...(times.length && {timestamp: times.map(seconds)}),
    ...(events && {events}),
    indicators: {
      quote: times.length
        ? [
            {
              open: shifted(-1),
              high: shifted(2),
              low: shifted(-2),
              close: closes,
              volume: closes.map((close) => close && 1000),
              ...quote
            }
          ]
        : [{}],
      adjclose: [{adjclose: closes}]
    }
  };
  return JSON.stringify({chart: {result: [result], error: null}});
}

const failed = (code: string, description: string) =>
  JSON.stringify({chart: {result: null, error: {code, description}}});

const AT = Date.parse("2026-11-20T22:00:00Z"); // Friday after the close
const parse = (written: Written, {symbol = "ACME", frequency = "1d", at = AT}: Partial<ChartContext> = {}) =>
  parseChart(chart(written), {symbol, frequency, at});
const pull = (answer: Parameters<typeof writtenWeb>[0], ask = {}, at = AT) => {
  const web = writtenWeb(answer, {now: new Date(at)});
  return {web, pages: pulled(yahoo, web, {symbol: "ACME", from: "2026-11-02", to: "2026-11-20", ...ask})};
};

it("parseChart() stamps a daily bar with the close of its session, and keeps the exchange's day", () => {
  const {facts, bars} = parse({times: ["2026-10-30T13:30Z", "2026-11-02T14:30Z"], closes: [100.5, 101]});
  expect(facts).toEqual({
    symbol: "ACME",
    name: "Acme Corporation",
    unit: "USD",
    timeZone: "America/New_York"
  });
  expect(bars).toEqual([
    {
      symbol: "ACME",
      time: Date.parse("2026-10-30T20:00Z"), // summer time
      day: "2026-10-30",
      open: 99.5,
      high: 102.5,
      low: 98.5,
      close: 100.5,
      volume: 1000,
      currency: "USD"
    },
    expect.objectContaining({time: Date.parse("2026-11-02T21:00Z"), day: "2026-11-02"})
  ]);
});

it("parseChart() leaves out rows without a close, and keeps other prices that are missing as missing", () => {
  const times = ["2026-11-16T14:30Z", "2026-11-17T14:30Z", "2026-11-18T14:30Z"];
  const quote = {open: [99, null, null], volume: [10, null, null]};
  const {bars} = parse({times, closes: [100, null, 102], quote});
  expect(bars.map(({day, open, close, volume}) => [day, open, close, volume])).toEqual([
    ["2026-11-16", 99, 100, 10],
    ["2026-11-18", null, 102, null]
  ]);
});

it("parseChart() leaves out today's bar until its session is over", () => {
  const times = ["2026-11-19T14:30Z", "2026-11-20T20:59:58Z"]; // a live bar has the time of its last trade
  const days = (at: string, meta = {}) =>
    parse({times, closes: [100, 101], meta}, {at: Date.parse(at)}).bars.map(({day}) => day);
  expect(days("2026-11-20T20:59:59Z")).toEqual(["2026-11-19"]);
  expect(days("2026-11-20T21:00:00Z")).toEqual(["2026-11-19", "2026-11-20"]);
  const regular = {start: seconds("2026-11-20T14:30Z"), end: seconds("2026-11-20T23:00Z")};
  expect(days("2026-11-20T22:00:00Z", {currentTradingPeriod: {regular}})).toEqual(["2026-11-19"]);
});

it("parseChart() keeps the later of two bars of a day", () => {
  const times = ["2026-11-19T14:30Z", "2026-11-19T21:00:02Z"];
  expect(parse({times, closes: [100, 100.25]}).bars).toMatchObject([{day: "2026-11-19", close: 100.25}]);
});

it("parseChart() converts pence by the declared unit, dividends too", () => {
  const {bars, actions, facts} = parse(
    {
      meta: {symbol: "VOD.L", currency: "GBp", exchangeTimezoneName: "Europe/London"},
      times: ["2026-11-18T08:00Z"],
      closes: [75.41],
      events: {dividends: {"1763452800": {amount: 4.5, date: seconds("2026-11-18T08:00Z")}}}
    },
    {symbol: "VOD.L"}
  );
  expect(facts.unit).toBe("GBP");
  expect(bars).toMatchObject([{close: 0.7541, currency: "GBP", time: Date.parse("2026-11-18T16:30Z")}]);
  expect(actions).toEqual([
    {symbol: "VOD.L", day: "2026-11-18", type: "dividend", value: 0.045, currency: "GBP"}
  ]);
});

it("parseChart() gives an index no currency, and a pair of currencies no volume", () => {
  const times = ["2026-11-18T14:30Z"];
  const index = parse(
    {meta: {symbol: "^GSPC", instrumentType: "INDEX"}, times, closes: [6612.5]},
    {symbol: "^GSPC"}
  );
  expect([index.facts.unit, index.bars[0].currency]).toEqual(["", ""]);
  const meta = {symbol: "EURUSD=X", instrumentType: "CURRENCY", exchangeTimezoneName: "Europe/London"};
  const pair = parse({meta, times: ["2026-11-18T00:00Z"], closes: [1.1582]}, {symbol: "EURUSD=X"});
  expect(pair.bars).toMatchObject([
    {day: "2026-11-18", time: Date.parse("2026-11-19T00:00Z"), volume: null, currency: "USD"}
  ]);
});

it("parseChart() ends the day of fed funds futures at 17:00 in New York", () => {
  const meta = {symbol: "ZQZ26.CBT", instrumentType: "FUTURE"};
  const {bars} = parse({meta, times: ["2026-11-18T05:00Z"], closes: [96.135]}, {symbol: "ZQZ26.CBT"});
  expect(bars).toMatchObject([{day: "2026-11-18", time: Date.parse("2026-11-18T22:00Z"), close: 96.135}]);
});

it("parseChart() reads a price written in single precision as the decimal it was", () => {
  const closes = [187.14999389648438, 5998.740234375, 0.07540000230073929, 101.25];
  const times = ["2026-11-16T14:30Z", "2026-11-17T14:30Z", "2026-11-18T14:30Z", "2026-11-19T14:30Z"];
  expect(parse({times, closes}).bars.map(({close}) => close)).toEqual([187.15, 5998.74, 0.0754, 101.25]);
});

it("parseChart() stamps minutes and hours with their end, no later than the close", () => {
  const times = ["2026-11-20T14:30Z", "2026-11-20T20:30Z", "2026-11-20T21:00:00Z"]; // the last is the closing print
  const {bars} = parse({times, closes: [100, 101, 101]}, {frequency: "1h"});
  expect(bars.map(({time}) => new Date(time!).toISOString())).toEqual([
    "2026-11-20T15:30:00.000Z",
    "2026-11-20T21:00:00.000Z"
  ]);
});

it("parseChart() stamps weeks with the close of their Friday and joins the day that stands alone", () => {
  const times = ["2026-11-09T05:00Z", "2026-11-16T05:00Z", "2026-11-20T21:00:01Z"];
  const quote = {open: [99, 100, 104], high: [102, 106, 105], low: [98, 99, 103], volume: [50, 40, 9]};
  const {bars} = parse({times, closes: [101, 103, 104.5], quote}, {frequency: "1w"});
  expect(bars).toMatchObject([
    {day: "2026-11-13", time: Date.parse("2026-11-13T21:00Z"), close: 101},
    {day: "2026-11-20", open: 100, high: 106, low: 99, close: 104.5, volume: 49}
  ]);
  const before = parse({times, closes: [101, 103, 104.5], quote}, {frequency: "1w", at: AT - 86_400_000});
  expect(before.bars.map(({day}) => day)).toEqual(["2026-11-13"]);
});

it("parseChart() stamps months with their last weekday", () => {
  const {bars} = parse({times: ["2026-10-01T04:00Z"], closes: [101]}, {frequency: "1mo"});
  expect(bars).toMatchObject([{day: "2026-10-30", time: Date.parse("2026-10-30T20:00Z")}]);
});

it("parseChart() says which column is missing, or too short", () => {
  const whole = chart({times: ["2026-11-18T14:30Z"], closes: [1]});
  const context = {symbol: "ACME", frequency: "1d", at: AT} as const;
  expect(() => parseChart(whole.replace('"close"', '"last"'), context)).toThrow(
    expect.objectContaining({
      code: "changed-format",
      message: expect.stringMatching(/close: .*expected array/i)
    })
  );
  expect(() => parseChart(whole.replace('"exchangeTimezoneName"', '"zone"'), context)).toThrow(
    expect.objectContaining({
      code: "changed-format",
      message: expect.stringContaining("exchangeTimezoneName")
    })
  );
  expect(() => parse({times: ["2026-11-18T14:30Z"], closes: [1], quote: {open: []}})).toThrow(
    expect.objectContaining({code: "changed-format", message: expect.stringContaining("0 values of open")})
  );
});

it("parseChart() takes another symbol's reply for what it is", () => {
  const other = {meta: {symbol: "OTHER"}, times: ["2026-11-18T14:30Z"], closes: [1]};
  expect(() => parse(other)).toThrow(expect.objectContaining({code: "not-what-was-asked"}));
  expect(() => parse({times: ["2026-11-18T14:30Z"], closes: [1]}, {symbol: "acme"})).toThrow(
    expect.objectContaining({code: "unknown-symbol", message: "Yahoo Finance knows no acme: write ACME"})
  );
});

it("pull() stores prices and dividends as they were, from a reply adjusted for a split", async () => {
  // 4 for 1 on the 18th: what was traded at 400 is sent as 100, what was paid as 2 is sent as 0.5
  const {pages} = pull(() =>
    chart({
      times: ["2026-11-16T14:30Z", "2026-11-17T14:30Z", "2026-11-18T14:30Z"],
      closes: [100, 33.333332061767578, 102],
      quote: {volume: [4000, 4002, 900]},
      events: {
        dividends: {a: {amount: 0.5, date: seconds("2026-11-17T14:30Z")}},
        splits: {b: {date: seconds("2026-11-18T14:30Z"), numerator: 4, denominator: 1, splitRatio: "4:1"}}
      }
    })
  );
  const records = await pages;
  expect(recordsOf(records, "bars").map(({day, close, volume}) => [day, close, volume])).toEqual([
    ["2026-11-16", 400, 1000],
    ["2026-11-17", 133.33333, 1001], // 1000.5 shares cannot be traded
    ["2026-11-18", 102, 900]
  ]);
  expect(recordsOf(records, "actions").map(({day, type, value}) => [day, type, value])).toEqual([
    ["2026-11-17", "dividend", 2],
    ["2026-11-18", "split", 4]
  ]);
});

it("pull() undoes splits after the last day asked for, too", async () => {
  const {web, pages} = pull(
    () =>
      chart({
        times: ["2026-11-03T14:30Z", "2026-11-18T14:30Z"],
        closes: [50, 51],
        events: {splits: {b: {date: seconds("2026-11-17T14:30Z"), numerator: 2, denominator: 1}}}
      }),
    {to: "2026-11-10"}
  );
  const records = await pages;
  expect(recordsOf(records, "bars")).toMatchObject([{day: "2026-11-03", close: 100}]);
  expect(recordsOf(records, "actions")).toEqual([]);
  expect(Number(web.asked[0].query!.period2) * 1000).toBeGreaterThan(AT);
});

it("pull() knows nothing of a split that is announced and has not happened", async () => {
  const events = {splits: {b: {date: seconds("2026-11-23T14:30Z"), numerator: 2, denominator: 1}}};
  const records = await pull(() => chart({times: ["2026-11-19T14:30Z"], closes: [50], events})).pages;
  expect(recordsOf(records, "bars")).toMatchObject([{close: 50}]);
  expect(recordsOf(records, "actions")).toEqual([]);
});

it("pull() escapes the symbol and calls itself a browser", async () => {
  const written = {meta: {symbol: "^GSPC"}, times: ["2026-11-19T14:30Z"], closes: [50]};
  const {web, pages} = pull(() => chart(written), {symbol: "^GSPC"});
  await pages;
  expect(web.asked[0]).toMatchObject({
    path: "/v8/finance/chart/%5EGSPC",
    query: {interval: "1d", events: "div,splits"},
    headers: {"user-agent": expect.stringContaining("Mozilla/5.0")}
  });
});

it("pull() asks for weeks from a Monday on, whatever the first day", async () => {
  const written = {times: ["2026-11-09T05:00Z"], closes: [50]};
  const {web, pages} = pull(() => chart(written), {frequency: "1w", from: "2026-11-12"});
  expect(recordsOf(await pages, "bars")).toMatchObject([{day: "2026-11-13"}]);
  expect(Number(web.asked[0].query!.period1)).toBe(seconds("2026-11-08T00:00Z"));
});

it("pull() asks for minutes window by window, and for the splits before", async () => {
  const {web, pages} = pull(
    ({query}) => {
      const from = Number(query!.period1) * 1000;
      if (query!.interval === "1d") return chart({times: [], closes: []});
      const start = new Date(from + 86_400_000 + 14.5 * 3_600_000).toISOString();
      return chart({times: [start], closes: [from / 1e10]});
    },
    {frequency: "1m", from: "2026-10-01"}
  );
  const records = await pages;
  expect(web.asked.map(({query}) => query!.interval)).toEqual(["1d", "1m", "1m", "1m", "1m", "1m"]);
  const starts = web.asked.slice(1).map(({query}) => Number(query!.period1));
  expect(starts[0]).toBe(seconds("2026-10-22T00:00Z")); // Yahoo keeps minutes for 30 days
  for (const [i, {query}] of web.asked.slice(1, -1).entries())
    expect(Number(query!.period2)).toBe(starts[i + 1]); // neither gap nor overlap
  expect(records.length).toBe(5);
});

it("pull() takes a symbol that Yahoo does not know, or no longer, for unknown", async () => {
  const text = failed("Not Found", "No data found, symbol may be delisted");
  await expect(pull(() => ({status: 404, text})).pages).rejects.toMatchObject({
    code: "unknown-symbol",
    message:
      "Yahoo Finance knows no ACME (“No data found, symbol may be delisted”): look the symbol up at finance.yahoo.com; it serves no delisted ones"
  });
});

it("pull() says that there is nothing on the days asked for", async () => {
  const none = {code: "no-data", message: "Yahoo Finance has nothing of ACME from 2026-11-02 to 2026-11-20"};
  await expect(pull(() => chart({times: [], closes: []})).pages).rejects.toMatchObject(none);
  const text = failed("Bad Request", "Data doesn't exist for startDate = 1, endDate = 2");
  await expect(pull(() => ({status: 400, text})).pages).rejects.toMatchObject({code: "no-data"});
});

it("pull() notices a clock that is off by a day, in either direction", async () => {
  const text = chart({times: ["2026-11-19T14:30Z"], closes: [50]});
  const at = (date: string) => pull(() => ({text, headers: {date}})).pages;
  await expect(at("Thu, 19 Nov 2026 22:00:00 GMT")).rejects.toMatchObject({
    code: "refused",
    message:
      "this machine's clock is 24 h ahead of Yahoo Finance's: set it right, or open bars are taken for closed ones"
  });
  await expect(at("Sat, 21 Nov 2026 22:00:00 GMT")).rejects.toMatchObject({code: "refused"});
  expect(recordsOf(await at("Fri, 20 Nov 2026 21:58:00 GMT"), "bars")).toHaveLength(1);
});

it("pull() asks for nothing when the dates are reversed, the symbol none, or the frequency not offered", async () => {
  const {web, pages} = pull(() => "", {from: "2026-11-20", to: "2026-11-02"});
  await expect(pages).rejects.toMatchObject({message: "reversed dates: from 2026-11-20 to 2026-11-02"});
  await expect(pull(() => "", {symbol: "a b"}).pages).rejects.toMatchObject({code: "unknown-symbol"});
  await expect(pull(() => "", {symbol: ".."}).pages).rejects.toMatchObject({code: "unknown-symbol"});
  await expect(pull(() => "", {frequency: "4h"}).pages).rejects.toMatchObject({code: "not-what-was-asked"});
  expect(web.asked).toEqual([]);
});
