import {expect, it} from "vitest";
import {BROWSER, FRIDAY, get, seconds, stand, text} from "./stand.js";

interface Chart {
  meta: Record<string, unknown>;
  timestamp: number[];
  events?: {
    splits?: Record<string, {date: number; numerator: number; denominator: number; splitRatio: string}>;
    dividends?: Record<string, {amount: number; date: number}>;
  };
  indicators: {quote: Record<string, (number | null)[]>[]; adjclose?: {adjclose: (number | null)[]}[]};
}

const path = (symbol: string, from: string, to: string, more = "&interval=1d&events=div,splits") =>
  `/v8/finance/chart/${encodeURIComponent(symbol)}?period1=${seconds(from)}&period2=${seconds(to)}${more}`;

async function chart(
  vendors: Awaited<ReturnType<typeof stand>>,
  ...ask: Parameters<typeof path>
): Promise<Chart> {
  const body = JSON.parse(await text(vendors, "yahoo", path(...ask))) as {
    chart: {result: [Chart]; error: null};
  };
  expect(body.chart.error).toBeNull();
  return body.chart.result[0];
}

it("a chart is written as Yahoo writes it, floats of single precision and all", async () => {
  const vendors = await stand();
  const response = await get(vendors, "yahoo", path("^GSPC", "2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z"));
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("application/json;charset=utf-8");
  const {open, high, low, close, volume} = vendors.world().bars("yahoo:^GSPC");
  const [o, h, l, c] = [open, high, low, close].map((column) => String(Math.fround(column.at(-1)!)));
  const body = await response.text();
  // New York's Friday: opened 14:30 UTC, closed 21:00 UTC, and stamped by its close until the day is over
  expect(body).toMatch(
    /^\{"chart":\{"result":\[\{"meta":\{"currency":"USD","symbol":"\^GSPC","exchangeName":"SNP",/
  );
  expect(body).toContain('"regularMarketTime":1795208400,');
  expect(body).toContain('"gmtoffset":-18000,"timezone":"EST","exchangeTimezoneName":"America/New_York",');
  expect(body).toContain(
    `"timestamp":[1795208400],"indicators":{"quote":[{"open":[${o}],"low":[${l}],"close":[${c}],` +
      `"volume":[${volume.at(-1)}],"high":[${h}]}],"adjclose":[{"adjclose":[${c}]}]}}],"error":null}}`
  );
});

it("a bar of a past day is stamped by its session's open, in the exchange's zone", async () => {
  const vendors = await stand();
  const stamp = async (symbol: string) =>
    new Date(
      (await chart(vendors, symbol, "2026-07-13T20:00:00Z", "2026-07-14T20:00:00Z")).timestamp[0] * 1000
    ).toISOString();
  expect(await stamp("AAPL")).toBe("2026-07-14T13:30:00.000Z");
  expect(await stamp("VOD.L")).toBe("2026-07-14T07:00:00.000Z");
  expect(await stamp("^N225")).toBe("2026-07-14T00:00:00.000Z");
  expect(await stamp("^AXJO")).toBe("2026-07-14T00:00:00.000Z");
  expect(await stamp("CL=F")).toBe("2026-07-14T04:00:00.000Z");
  expect(await stamp("EURUSD=X")).toBe("2026-07-13T23:00:00.000Z"); // midnight of July 14 in London
  const sydney = await chart(vendors, "^AXJO", "2026-01-14T12:00:00Z", "2026-01-15T12:00:00Z");
  expect(new Date(sydney.timestamp[0] * 1000).toISOString()).toBe("2026-01-14T23:00:00.000Z"); // its January 15
});

it("closes are adjusted for every split until now, volumes too, wherever the range ends", async () => {
  const vendors = await stand();
  const {days, close, volume} = vendors.world().bars("yahoo:AAPL");
  const at = days.indexOf("2014-06-06"); // a split of 7 on the next session and one of 4 in 2020
  const {timestamp, indicators, events} = await chart(
    vendors,
    "AAPL",
    "2014-06-06T00:00:00Z",
    "2014-06-10T00:00:00Z"
  );
  expect(timestamp.map((time) => new Date(time * 1000).toISOString().slice(0, 10))).toEqual([
    "2014-06-06",
    "2014-06-09"
  ]);
  expect(indicators.quote[0].close).toEqual([Math.fround(close[at] / 28), Math.fround(close[at + 1] / 4)]);
  expect(indicators.quote[0].volume).toEqual([volume[at] * 28, volume[at + 1] * 4]);
  expect(events?.splits).toEqual({
    "1402320600": {date: 1402320600, numerator: 7, denominator: 1, splitRatio: "7:1"}
  });
});

it("the adjusted close has the dividends taken out that came after", async () => {
  const vendors = await stand();
  const {events, timestamp, indicators} = await chart(
    vendors,
    "MSFT",
    "2026-01-01T00:00:00Z",
    "2026-11-21T00:00:00Z"
  );
  const paid = Object.values(events!.dividends!);
  expect(paid.map(({date}) => new Date(date * 1000).toISOString().slice(0, 10))).toEqual([
    "2026-02-20",
    "2026-05-15",
    "2026-08-21",
    "2026-11-20"
  ]);
  const close = indicators.quote[0].close as number[];
  const adjusted = indicators.adjclose![0].adjclose as number[];
  const ex = timestamp.length - 1; // the last one is of today
  expect(adjusted[ex]).toBe(close[ex]);
  expect(adjusted[ex - 1]).toBeCloseTo(close[ex - 1] - paid[3].amount, 4);
  expect(adjusted[0] / close[0]).toBeLessThan(adjusted[ex - 1] / close[ex - 1]);
});

it("a London share is quoted in pence, grain in cents", async () => {
  const vendors = await stand();
  const meta = async (symbol: string) =>
    (await chart(vendors, symbol, "2026-11-16T00:00:00Z", "2026-11-21T00:00:00Z")).meta;
  expect((await meta("RVGQ.L")).currency).toBe("GBp");
  expect((await meta("ZC=F")).currency).toBe("USX");
});

it("a session that is open has a live bar, stamped by the clock and still small", async () => {
  const vendors = await stand({now: new Date("2026-11-20T18:00:30Z")});
  const {timestamp, indicators, meta} = await chart(
    vendors,
    "AAPL",
    "2026-11-19T00:00:00Z",
    "2026-11-22T00:00:00Z"
  );
  expect(timestamp).toEqual([seconds("2026-11-19T14:30:00Z"), seconds("2026-11-20T18:00:30Z")]);
  expect(meta.regularMarketTime).toBe(seconds("2026-11-20T18:00:30Z"));
  expect(indicators.quote[0].close[1]).not.toBe(
    Math.fround((await stand()).world().series("yahoo:AAPL").values.at(-1)!)
  );
});

it("unknown, delisted and renamed symbols are not found, in the same words", async () => {
  const vendors = await stand();
  for (const symbol of ["NOSUCH", "FNPQ", "CDWK", "ZQV26.CBT", "../etc/passwd"]) {
    const response = await get(
      vendors,
      "yahoo",
      path(symbol, "2026-11-16T00:00:00Z", "2026-11-21T00:00:00Z")
    );
    expect(response.status).toBe(404);
    expect(await response.text()).toBe(
      '{"chart":{"result":null,"error":{"code":"Not Found","description":"No data found, symbol may be delisted"}}}'
    );
  }
});

it("a range without bars, reversed dates and an unknown interval are refused", async () => {
  const vendors = await stand();
  const weekend = await get(vendors, "yahoo", path("AAPL", "2026-11-14T00:00:00Z", "2026-11-15T00:00:00Z"));
  expect(weekend.status).toBe(400);
  expect(await weekend.text()).toBe(
    '{"chart":{"result":null,"error":{"code":"Bad Request","description":"Data doesn\'t exist for startDate = 1794614400, endDate = 1794700800"}}}'
  );
  const reversed = await get(vendors, "yahoo", path("AAPL", "2026-11-15T00:00:00Z", "2026-11-14T00:00:00Z"));
  expect([reversed.status, await reversed.text()]).toEqual([
    400,
    '{"chart":{"result":null,"error":{"code":"Bad Request","description":"Invalid input - start date cannot be after end date. startDate = 1794700800, endDate = 1794614400"}}}'
  ]);
  const interval = await get(
    vendors,
    "yahoo",
    path("AAPL", "2026-11-10T00:00:00Z", "2026-11-15T00:00:00Z", "&interval=7d")
  );
  expect(interval.status).toBe(422);
  expect(await interval.text()).toContain(
    "Invalid input - interval=7d is not supported. Valid intervals: [1m, 2m,"
  );
});

it("who does not call himself a browser makes too many requests", async () => {
  const vendors = await stand();
  const response = await get(
    vendors,
    "yahoo",
    path("AAPL", "2026-11-16T00:00:00Z", "2026-11-21T00:00:00Z"),
    {}
  );
  expect([response.status, await response.text()]).toEqual([429, "Too Many Requests\r\n"]);
});

it("minutes reach back thirty days, eight at once, and end where the clock is", async () => {
  const vendors = await stand({now: new Date("2026-11-20T15:00:30Z")});
  const {timestamp, indicators} = await chart(
    vendors,
    "AAPL",
    "2026-11-19T20:58:00Z",
    "2026-11-21T00:00:00Z",
    "&interval=1m"
  );
  expect(timestamp.slice(0, 3)).toEqual(
    ["2026-11-19T20:58:00Z", "2026-11-19T20:59:00Z", "2026-11-20T14:30:00Z"].map(seconds)
  );
  expect(timestamp.at(-1)).toBe(seconds("2026-11-20T15:00:00Z"));
  expect(indicators.quote[0].close[1]).toBe(Math.fround(vendors.world().series("yahoo:AAPL").values.at(-1)!));
  expect(indicators.adjclose).toBeUndefined();
  const far = await get(
    vendors,
    "yahoo",
    path("AAPL", "2026-09-01T00:00:00Z", "2026-09-02T00:00:00Z", "&interval=1m")
  );
  expect([far.status, await far.text()]).toEqual([
    422,
    expect.stringContaining("must be within the last 30 days.")
  ]);
  const long = await get(
    vendors,
    "yahoo",
    path("AAPL", "2026-11-01T00:00:00Z", "2026-11-20T00:00:00Z", "&interval=1m")
  );
  expect([long.status, await long.text()]).toEqual([
    422,
    expect.stringContaining("Only 8 days worth of 1m granularity")
  ]);
});

it("weeks begin on Monday, months on the first, and hold their days", async () => {
  const vendors = await stand();
  const {days, open, close, volume} = vendors.world().bars("yahoo:IEF");
  const week = days.indexOf("2026-11-09");
  const weeks = await chart(vendors, "IEF", "2026-11-09T00:00:00Z", "2026-11-16T00:00:00Z", "&interval=1wk");
  expect(weeks.timestamp).toEqual([seconds("2026-11-09T05:00:00Z")]);
  expect(weeks.indicators.quote[0].open).toEqual([Math.fround(open[week])]);
  expect(weeks.indicators.quote[0].close).toEqual([Math.fround(close[week + 4])]);
  expect(weeks.indicators.quote[0].volume).toEqual([
    volume.slice(week, week + 5).reduce((sum, count) => sum + count, 0)
  ]);
  const months = await chart(vendors, "IEF", "2026-09-01T00:00:00Z", "2026-11-21T00:00:00Z", "&interval=1mo");
  expect(months.timestamp.map((time) => new Date(time * 1000).toISOString().slice(0, 10))).toEqual([
    "2026-09-01",
    "2026-10-01",
    "2026-11-01"
  ]);
});

it("faults: values go missing, a column changes its name, pence become pounds", async () => {
  const vendors = await stand();
  const always = vendors.faults.yahoo.always;
  const ask = ["RVGQ.L", "2026-11-02T00:00:00Z", "2026-11-21T00:00:00Z"] as const;
  const whole = await chart(vendors, ...ask);
  always.push({kind: "nulls"});
  const holed = (await chart(vendors, ...ask)).indicators.quote[0].close;
  expect(holed.map((close, i) => (close === null ? i : -1)).filter((i) => i >= 0)).toEqual([3, 10]);
  always.splice(0, 1, {kind: "columns"});
  expect(Object.keys((await chart(vendors, ...ask)).indicators.quote[0])).toEqual([
    "open",
    "low",
    "last",
    "volume",
    "high"
  ]);
  always.splice(0, 1, {kind: "unit"});
  const pounds = await chart(vendors, ...ask);
  expect(pounds.meta.currency).toBe("GBP");
  expect(pounds.indicators.quote[0].close[0]).toBeCloseTo(whole.indicators.quote[0].close[0]! / 100, 5);
});

it("faults: a split between two pulls rescales all that was before it", async () => {
  const vendors = await stand();
  const ask = ["MSFT", "2026-11-16T00:00:00Z", "2026-11-21T00:00:00Z"] as const;
  const before = await chart(vendors, ...ask);
  vendors.faults.yahoo.always.push({kind: "split", symbol: "MSFT", day: "2026-11-19", ratio: 2});
  const after = await chart(vendors, ...ask);
  const closes = (one: Chart) => one.indicators.quote[0].close as number[];
  closes(after).forEach((close, i) => expect(close).toBeCloseTo(closes(before)[i] / 2, 4));
  expect(after.indicators.quote[0].volume).toEqual(
    before.indicators.quote[0].volume.map((count) => count! * 2)
  );
  expect(Object.values(after.events!.splits!)).toEqual([
    {date: seconds("2026-11-19T14:30:00Z"), numerator: 2, denominator: 1, splitRatio: "2:1"}
  ]);
  expect(closes(await chart(vendors, "AAPL", ask[1], ask[2]))).toHaveLength(5); // others are as they were
});

it("faults: a revision changes the days it names, a clock the last one", async () => {
  const vendors = await stand();
  const ask = ["MSFT", "2026-11-16T00:00:00Z", "2026-11-25T00:00:00Z"] as const;
  const before = (await chart(vendors, ...ask)).indicators.quote[0].close as number[];
  vendors.faults.yahoo.always.push({
    kind: "revised",
    symbol: "MSFT",
    from: "2026-11-17",
    to: "2026-11-18",
    factor: 1.5
  });
  const after = (await chart(vendors, ...ask)).indicators.quote[0].close as number[];
  expect(after.map((close, i) => Number((close / before[i]).toFixed(4)))).toEqual([1, 1.5, 1.5, 1, 1]);
  vendors.faults.yahoo.always = [{kind: "clock", days: -1}];
  const response = await get(vendors, "yahoo", path(...ask), BROWSER);
  expect(response.headers.get("date")).toBe(new Date(FRIDAY.getTime() - 86_400_000).toUTCString());
  expect(((await response.json()) as {chart: {result: [Chart]}}).chart.result[0].timestamp).toHaveLength(4);
});

it("faults: a live bar comes even when no session is open", async () => {
  const vendors = await stand({now: new Date("2026-11-22T18:00:00Z")}); // a Sunday
  const ask = ["AAPL", "2026-11-20T00:00:00Z", "2026-11-23T00:00:00Z"] as const;
  expect((await chart(vendors, ...ask)).timestamp).toHaveLength(1);
  vendors.faults.yahoo.always.push({kind: "live"});
  expect((await chart(vendors, ...ask)).timestamp).toEqual([
    seconds("2026-11-20T14:30:00Z"),
    seconds("2026-11-22T18:00:00Z")
  ]);
});
