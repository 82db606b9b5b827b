import {expect, it} from "vitest";
import {binance} from "../../../loaders/vendors/binance.js";
import {parseKlines, parseKlinesCsv} from "../../../loaders/vendors/binance-klines.js";
import type {Request} from "../../../loaders/web.js";
import {type Answered, pulled, recordsOf, writtenWeb} from "./written-web.js";

// candles shaped as Binance's REST API sends them; the numbers are invented
const DAY = 86_400_000;
const AT = Date.parse("2026-11-20T22:00:00Z");
const PAIR = {symbol: "BTCUSDT", currency: "USDT"};

function kline(
  open: number,
  {length = DAY, close = "91000.50000000", volume = "2.00000000"} = {}
): unknown[] {
  const prices = ["90000.10000000", "92000.00000000", "89500.00000000", close];
  return [open, ...prices, volume, open + length - 1, "182000.00000000", 4321, "1.0", "91000.0", "0"];
}

const INFO = JSON.stringify({
  timezone: "UTC",
  symbols: [{symbol: "BTCUSDT", status: "TRADING", baseAsset: "BTC", quoteAsset: "USDT"}]
});

/** Candles of every day from one on, a thousand at most, as asked for. */
function market(first: string, {query}: Request): unknown[] {
  const [start, end] = [Math.max(Date.parse(first), Number(query!.startTime)), Number(query!.endTime)];
  const candles: unknown[] = [];
  for (
    let open = Math.ceil(start / DAY) * DAY;
    open <= Math.min(end, AT) && candles.length < 1000;
    open += DAY
  )
    candles.push(kline(open, {close: String(open / DAY)}));
  return candles;
}

function pull(klines: (request: Request) => Answered, ask = {}) {
  const answer = (request: Request) => (request.path.endsWith("exchangeInfo") ? INFO : klines(request));
  const web = writtenWeb(answer, {now: new Date(AT)});
  return {
    web,
    pages: pulled(binance, web, {symbol: "BTCUSDT", from: "2026-11-18", to: "2026-11-20", ...ask})
  };
}

it("parseKlines() reads a candle: its close, its UTC day, the mean price from both volumes", () => {
  const [{row}] = parseKlines(JSON.stringify([kline(Date.parse("2026-11-18"))]), PAIR);
  expect(row).toEqual({
    symbol: "BTCUSDT",
    time: Date.parse("2026-11-19T00:00Z"),
    day: "2026-11-18",
    open: 90000.1,
    high: 92000,
    low: 89500,
    close: 91000.5,
    volume: 2,
    vwap: 91000,
    trades: 4321,
    currency: "USDT"
  });
});

it("parseKlines() has no mean price where nothing was traded", () => {
  const [{row}] = parseKlines(JSON.stringify([kline(0, {volume: "0.00000000"})]), PAIR);
  expect([row.volume, row.vwap]).toEqual([0, null]);
});

it("parseKlines() says what is not as it was", () => {
  const [, ...rest] = kline(0);
  for (const wrong of [[rest], [kline(0).slice(0, 5)], {rows: []}, [kline(0).with(4, 91000.5)]])
    expect(() => parseKlines(JSON.stringify(wrong), PAIR)).toThrow(
      expect.objectContaining({code: "changed-format"})
    );
  expect(() => parseKlines(JSON.stringify([kline(5 * DAY).with(6, DAY)]), PAIR)).toThrow(
    expect.objectContaining({
      code: "changed-format",
      message: expect.stringContaining("closes before it opens")
    })
  );
});

it("parseKlinesCsv() reads files in milliseconds and, since 2025, in microseconds, with a header or without", () => {
  const line = (open: number, scale: number) =>
    `${open * scale},1.5,2.5,0.5,2.0,10.0,${(open + DAY) * scale - 1},20.0,7,5.0,10.0,0`;
  const header =
    "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore";
  const day = Date.parse("2024-12-31");
  const old = parseKlinesCsv(`${line(day, 1)}\n`, PAIR);
  expect(old).toMatchObject([{row: {day: "2024-12-31", time: day + DAY, close: 2, vwap: 2, trades: 7}}]);
  const recent = parseKlinesCsv(`${header}\n${line(day + DAY, 1000)}\n`, PAIR);
  expect(recent).toMatchObject([{row: {day: "2025-01-01", time: day + 2 * DAY}}]);
});

it("parseKlinesCsv() refuses a file that breaks off", () => {
  const whole = "0,1.5,2.5,0.5,2.0,10.0,86399999,20.0,7,5.0,10.0,0\n";
  const cut = expect.objectContaining({code: "truncated"});
  expect(() => parseKlinesCsv(`${whole}${whole.slice(0, 20)}`, PAIR)).toThrow(cut);
});

it("pull() yields pages of a thousand that follow each other without gap or double", async () => {
  const {web, pages} = pull((request) => JSON.stringify(market("2020-01-01", request)), {from: "2020-01-01"});
  const records = await pages;
  expect(records.map(({rows}) => rows[0].length)).toEqual([1000, 1000, 515]);
  const days = recordsOf(records, "bars").map(({close}) => close);
  const first = Date.parse("2020-01-01") / DAY;
  expect(days).toEqual(Array.from({length: 2515}, (_, i) => first + i));
  expect(web.asked.map(({path}) => path)).toEqual([
    "/api/v3/exchangeInfo",
    "/api/v3/klines",
    "/api/v3/klines",
    "/api/v3/klines"
  ]);
  expect(records[0].facts).toEqual({symbol: "BTCUSDT", name: "BTC/USDT", unit: "USDT", timeZone: "UTC"});
});

it("pull() leaves out the candle that is still open", async () => {
  const records = await pull((request) => JSON.stringify(market("2026-01-01", request))).pages;
  expect(recordsOf(records, "bars").map(({day}) => day)).toEqual(["2026-11-18", "2026-11-19"]);
});

it("pull() asks for whole weeks", async () => {
  const {web, pages} = pull(() => JSON.stringify([kline(Date.parse("2026-11-09"), {length: 7 * DAY})]), {
    frequency: "1w",
    from: "2026-11-12"
  });
  expect(recordsOf(await pages, "bars")).toMatchObject([{day: "2026-11-15", time: Date.parse("2026-11-16")}]);
  expect(web.asked[1].query).toMatchObject({interval: "1w", startTime: String(Date.parse("2026-11-09"))});
});

it("pull() names the month as Binance does", async () => {
  const {web, pages} = pull(() => JSON.stringify([kline(Date.parse("2026-10-01"), {length: 31 * DAY})]), {
    frequency: "1mo",
    from: "2026-10-15"
  });
  expect(recordsOf(await pages, "bars")).toMatchObject([{day: "2026-10-31", time: Date.parse("2026-11-01")}]);
  expect(web.asked[1].query).toMatchObject({interval: "1M", startTime: String(Date.parse("2026-10-01"))});
});

it("pull() rests until the next minute before the limit is reached", async () => {
  const weight = (used: string) =>
    pull((request) => ({
      text: JSON.stringify(market("2026-01-01", request)),
      headers: {"x-mbx-used-weight-1m": used}
    }));
  const calm = weight("1200");
  await calm.pages;
  expect(calm.web.held).toEqual([]);
  const near = weight("4801");
  await near.pages;
  expect(near.web.held).toEqual([60_000]); // 22:00:00 sharp
});

it.each([
  [-1121, "Invalid symbol.", "unknown-symbol"],
  [-1100, "Illegal characters found in parameter 'symbol'.", "not-what-was-asked"],
  [-1003, "Too much request weight used.", "rate-limited"]
])("pull() takes Binance's code %i for what it means", async (code, msg, meaning) => {
  const {pages} = pull(() => ({status: 400, text: JSON.stringify({code, msg})}));
  await expect(pages).rejects.toMatchObject({
    code: meaning,
    message: expect.stringContaining(`Binance answered ${code}, “${msg}”`)
  });
});

it("pull() notices a clock that is a day ahead", async () => {
  const headers = {date: "Thu, 19 Nov 2026 22:00:00 GMT"};
  const {pages} = pull((request) => ({text: JSON.stringify(market("2026-01-01", request)), headers}));
  await expect(pages).rejects.toMatchObject({
    code: "refused",
    message: expect.stringContaining("24 h ahead of Binance's")
  });
});

it("pull() says that there is nothing on the days asked for", async () => {
  await expect(pull(() => "[]").pages).rejects.toMatchObject({code: "no-data"});
});

it("pull() does not go round and round when older candles come than were asked for", async () => {
  const page = Array.from({length: 1000}, (_, i) => kline(Date.parse("2020-01-01") + i * DAY));
  await expect(pull(() => JSON.stringify(page)).pages).rejects.toMatchObject({code: "changed-format"});
});

it("importCsv() takes a file's closed candles, and the quote asset from the pair's ending", () => {
  const line = (open: number) => `${open},1.5,2.5,0.5,2.0,10.0,${open + DAY - 1},20.0,7,5.0,10.0,0`;
  const text = [Date.parse("2026-11-19"), Date.parse("2026-11-20")].map(line).join("\n");
  const page = binance.importCsv!(text, {symbol: "ETHUSDC", frequency: "1d", at: AT});
  expect(page.facts.unit).toBe("USDC");
  expect(recordsOf([page], "bars")).toMatchObject([{day: "2026-11-19", currency: "USDC"}]);
});
