import {expect, it} from "vitest";
import {get, stand, text} from "./stand.js";

type Kline = [number, string, string, string, string, string, number, string, number, string, string, string];
const NOON = new Date("2026-11-20T12:00:30Z");
const klines = (more: string, symbol = "BTCUSDT") => `/api/v3/klines?symbol=${symbol}&${more}`;
const rows = async (...call: Parameters<typeof text>) => JSON.parse(await text(...call)) as Kline[];
const day = (iso: string) => Date.parse(`${iso}T00:00:00Z`);

it("a kline has twelve columns, prices as texts of eight decimals, and the day's last millisecond", async () => {
  const vendors = await stand({now: NOON});
  const {days, open, high, low, close} = vendors.world().bars("binance:BTCUSDT");
  const at = days.indexOf("2026-11-18");
  const response = await get(
    vendors,
    "binance",
    klines(`interval=1d&startTime=${day("2026-11-18")}&endTime=${day("2026-11-18")}`),
    {}
  );
  expect(response.headers.get("content-type")).toBe("application/json;charset=UTF-8");
  const prices = [open[at], high[at], low[at], close[at]].map((price) => `"${price.toFixed(8)}"`).join(",");
  expect(await response.text()).toMatch(
    new RegExp(
      `^\\[\\[1794960000000,${prices},"\\d+\\.\\d{8}",1795046399999,"\\d+\\.\\d{8}",\\d+,"\\d+\\.\\d{8}","\\d+\\.\\d{8}","0"\\]\\]$`
    )
  );
});

it("the last kline is of today and goes on: its close lies ahead of the clock", async () => {
  const vendors = await stand({now: NOON});
  const all = await rows(vendors, "binance", klines("interval=1d&limit=2"));
  expect(all.map(([openTime]) => openTime)).toEqual([day("2026-11-19"), day("2026-11-20")]);
  expect(all[1][6]).toBeGreaterThan(NOON.getTime());
});

it("a thousand klines are sent at once, from the start when one is given, else up to now", async () => {
  const vendors = await stand({now: NOON});
  const first = await rows(
    vendors,
    "binance",
    klines(`interval=1d&startTime=${day("2014-09-17")}&limit=5000`)
  );
  expect(first).toHaveLength(1000);
  expect(first[0][0]).toBe(day("2014-09-17"));
  const next = await rows(
    vendors,
    "binance",
    klines(`interval=1d&startTime=${first[999][0] + 1}&limit=1000`)
  );
  expect(next[0][0]).toBe(first[999][0] + 86_400_000);
  expect(await rows(vendors, "binance", klines("interval=1d"))).toHaveLength(500);
});

it("microseconds are told to who asks for them", async () => {
  const vendors = await stand({now: NOON});
  const ask = klines(`interval=1d&startTime=${day("2026-11-18")}&limit=1`);
  const [[openTime, , , , , , closeTime]] = (await (
    await get(vendors, "binance", ask, {"x-mbx-time-unit": "MICROSECOND"})
  ).json()) as Kline[];
  expect([openTime, closeTime]).toEqual([1794960000000000, 1795046399999999]);
});

it("minutes and hours are parts of their day", async () => {
  const vendors = await stand({now: NOON});
  const start = day("2026-11-18");
  const [whole] = await rows(vendors, "binance", klines(`interval=1d&startTime=${start}&limit=1`));
  for (const [interval, count] of [
    ["1h", 24],
    ["1m", 1000],
    ["4h", 6]
  ] as const) {
    const parts = await rows(
      vendors,
      "binance",
      klines(`interval=${interval}&startTime=${start}&endTime=${start + 86_399_999}&limit=1000`)
    );
    expect(parts).toHaveLength(count);
    expect(parts[0][1]).toBe(whole[1]);
    if (count < 1000) expect(parts.at(-1)![4]).toBe(whole[4]);
    for (const [, , high, low] of parts) {
      expect(Number(high)).toBeLessThanOrEqual(Number(whole[2]));
      expect(Number(low)).toBeGreaterThanOrEqual(Number(whole[3]));
    }
  }
  const now = await rows(vendors, "binance", klines("interval=1m&limit=1"));
  expect(now[0][0]).toBe(Date.parse("2026-11-20T12:00:00Z"));
  const [[second], [next]] = await rows(vendors, "binance", klines("interval=1s&limit=2"));
  expect(next - second).toBe(1000);
});

it("errors have Binance's codes", async () => {
  const vendors = await stand({now: NOON});
  const told = async (path: string) => {
    const response = await get(vendors, "binance", path);
    return [response.status, await response.text()];
  };
  expect(await told(klines("interval=1d", "NOSUCH"))).toEqual([
    400,
    '{"code":-1121,"msg":"Invalid symbol."}'
  ]);
  expect(await told(klines("interval=7d"))).toEqual([400, '{"code":-1120,"msg":"Invalid interval."}']);
  expect(await told("/api/v3/klines?interval=1d")).toEqual([
    400,
    '{"code":-1102,"msg":"Mandatory parameter \'symbol\' was not sent, was empty/null, or malformed."}'
  ]);
  expect(await told(klines("interval=1d", "btc/usdt"))).toEqual([
    400,
    expect.stringMatching(/^\{"code":-1100,"msg":"Illegal characters/)
  ]);
});

it("the weight of a minute is told with every answer, and a ban in its own words", async () => {
  let time = NOON.getTime();
  const vendors = await stand({now: () => new Date(time)});
  const weight = async () =>
    (await get(vendors, "binance", klines("interval=1d&limit=1"))).headers.get("x-mbx-used-weight-1m");
  expect([await weight(), await weight()]).toEqual(["2", "4"]);
  time += 60_000;
  expect(await weight()).toBe("2");
  vendors.faults.binance.next.push(
    {kind: "status", status: 429, retryAfterSeconds: 7},
    {kind: "status", status: 418, retryAfterSeconds: 120},
    {kind: "status", status: 451}
  );
  const many = await get(vendors, "binance", klines("interval=1d"));
  expect([many.status, many.headers.get("retry-after")]).toEqual([429, "7"]);
  expect(await many.text()).toMatch(
    /^\{"code":-1003,"msg":"Too much request weight used; current limit is 6000/
  );
  const banned = await get(vendors, "binance", klines("interval=1d"));
  expect([banned.status, banned.headers.get("retry-after")]).toEqual([418, "120"]);
  expect(await banned.text()).toMatch(
    /^\{"code":-1003,"msg":"Way too much request weight used; IP banned until \d{13}\./
  );
  expect((await get(vendors, "binance", klines("interval=1d"))).status).toBe(451);
});

it("what a pair is made of", async () => {
  const vendors = await stand({now: NOON});
  expect(await text(vendors, "binance", "/api/v3/exchangeInfo?symbol=SOLUSDT")).toContain(
    '"symbols":[{"symbol":"SOLUSDT","status":"TRADING","baseAsset":"SOL","quoteAsset":"USDT",'
  );
});

it("faults: a column is gone", async () => {
  const vendors = await stand({now: NOON});
  vendors.faults.binance.next.push({kind: "columns"});
  expect((await rows(vendors, "binance", klines("interval=1d&limit=1")))[0]).toHaveLength(11);
});
