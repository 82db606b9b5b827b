/** Binance's spot klines: twelve columns, prices as texts, the last bar still open. */

import {partsOf} from "./intraday.js";
import {barAt, priceBars} from "./price-bars.js";
import {type Answer, away, json, type VendorRequest, type VendorSim} from "./vendor.js";
import {weekdayOf} from "./world/days.js";
import {EXCHANGES} from "./world/exchanges.js";
import type {Bars} from "./world/listing.js";
import {yahooSymbol} from "./world/names.js";

const TYPE = "application/json;charset=UTF-8";
const DAY_MS = 86_400_000;
/** Seconds of each interval below a day. */
const INTRADAY: Record<string, number> = {
  "1s": 1,
  "1m": 60,
  "3m": 180,
  "5m": 300,
  "15m": 900,
  "30m": 1800,
  "1h": 3600,
  "2h": 7200,
  "4h": 14_400,
  "6h": 21_600,
  "8h": 28_800,
  "12h": 43_200
};
const MOST = 1000;
const USUAL = 500;

const error = (status: number, code: number, msg: string): Answer => json(status, {code, msg}, TYPE);

export const binance: VendorSim = {
  weight: 2,
  perMinute: 6000,
  waitSeconds: 30,
  headers: (weight) => ({"x-mbx-used-weight": String(weight), "x-mbx-used-weight-1m": String(weight)}),
  refuse(status) {
    switch (status) {
      case 429:
        return error(
          429,
          -1003,
          "Too much request weight used; current limit is 6000 request weight per 1 MINUTE. Please use WebSocket Streams for live updates to avoid polling the API."
        );
      case 418:
        return error(
          418,
          -1003,
          "Way too much request weight used; IP banned until 1795000000000. Please use WebSocket Streams for live updates to avoid bans."
        );
      case 451:
        return error(
          451,
          0,
          "Service unavailable from a restricted location according to 'b. Eligibility' in https://www.binance.com/en/terms. Please contact customer service if you believe you received this message in error."
        );
      default:
        return away(status);
    }
  },

  answer(request) {
    const {parts, query} = request;
    const path = parts.join("/");
    if (path !== "api/v3/klines" && path !== "api/v3/exchangeInfo") return away(404);
    const symbol = query.get("symbol") ?? "";
    const interval = query.get("interval") ?? "";
    if (!symbol)
      return error(400, -1102, "Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.");
    if (!/^[A-Z0-9\-_.]{1,20}$/.test(symbol)) {
      return error(
        400,
        -1100,
        "Illegal characters found in parameter 'symbol'; legal range is '^[A-Z0-9-_.]{1,20}$'."
      );
    }
    if (!yahooSymbol("binance", symbol)) return error(400, -1121, "Invalid symbol.");
    if (path === "api/v3/exchangeInfo") return exchangeInfo(request, symbol);
    if (!(interval in INTRADAY) && !["1d", "3d", "1w", "1M"].includes(interval)) {
      return error(400, -1120, "Invalid interval.");
    }
    return klines(request, symbol, interval);
  }
};

/** What a pair is; every pair of the stand-in is quoted in USDT. */
function exchangeInfo({now}: VendorRequest, symbol: string): Answer {
  const baseAsset = symbol.replace(/USDT$/, "");
  const precision = {baseAssetPrecision: 8, quotePrecision: 8, quoteAssetPrecision: 8};
  return json(
    200,
    {
      timezone: "UTC",
      serverTime: now.getTime(),
      rateLimits: [{rateLimitType: "REQUEST_WEIGHT", interval: "MINUTE", intervalNum: 1, limit: 6000}],
      exchangeFilters: [],
      symbols: [
        {symbol, status: "TRADING", baseAsset, quoteAsset: "USDT", ...precision, isSpotTradingAllowed: true}
      ]
    },
    TYPE
  );
}

interface Kline {
  openTime: number;
  closeTime: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
}

function klines(request: VendorRequest, symbol: string, interval: string): Answer {
  const {query, headers, now, world, fault} = request;
  const limit = Math.min(MOST, Number(query.get("limit") ?? USUAL));
  const start = query.has("startTime") ? Number(query.get("startTime")) : undefined;
  const end = Math.min(now.getTime(), Number(query.get("endTime") ?? Infinity));
  const listing = world.listing(yahooSymbol("binance", symbol))!; // asked for above
  const part = INTRADAY[interval];
  const {bars} = priceBars(request, listing, symbol, {whole: part !== undefined});
  const all = part ? intraday(bars, symbol, part, {start, end, limit}) : daily(bars, interval);
  const asked = all.filter(({openTime}) => openTime >= (start ?? -Infinity) && openTime <= end);
  const rows = start === undefined ? asked.slice(-limit) : asked.slice(0, limit);
  const times = headers["x-mbx-time-unit"] === "MICROSECOND" ? 1000 : 1;
  return json(
    200,
    rows.map((row) => line(row, times).slice(0, fault("columns") ? 11 : 12)),
    TYPE
  );
}

function line({openTime, closeTime, open, high, low, close, volume}: Kline, times: number) {
  const text = (value: number) => value.toFixed(8);
  const coins = Math.round((volume / close) * 1e5) / 1e5;
  const quote = coins * ((high + low + close) / 3);
  return [
    openTime * times,
    text(open),
    text(high),
    text(low),
    text(close),
    text(coins),
    (closeTime + 1) * times - 1,
    text(quote),
    Math.round(quote / 900),
    text(coins * 0.49),
    text(quote * 0.49),
    "0"
  ];
}

/** Days, three days, weeks from Monday and months; the last one goes on. */
function daily(bars: Bars, interval: string): Kline[] {
  const start = (day: number): number => {
    if (interval === "1w") return day - ((weekdayOf(day) + 6) % 7);
    if (interval === "3d") return day - (day % 3);
    return interval === "1M" ? day - new Date(day * DAY_MS).getUTCDate() + 1 : day;
  };
  const length = (day: number): number => {
    const date = new Date(day * DAY_MS);
    if (interval === "1M")
      return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
    return {"1w": 7, "3d": 3}[interval] ?? 1;
  };
  const groups = Map.groupBy(bars.days.keys(), (i) => start(bars.days[i]));
  return [...groups].map(([day, at]) => ({
    openTime: day * DAY_MS,
    closeTime: (day + length(day)) * DAY_MS - 1,
    open: bars.open[at[0]],
    high: Math.max(...at.map((i) => bars.high[i])),
    low: Math.min(...at.map((i) => bars.low[i])),
    close: bars.close[at.at(-1)!],
    volume: at.reduce((sum, i) => sum + bars.volume[i], 0)
  }));
}

/** Parts of the days that a request can reach; the last one may go on. */
function intraday(
  bars: Bars,
  symbol: string,
  step: number,
  {start, end, limit}: {start: number | undefined; end: number; limit: number}
): Kline[] {
  const span = limit * step * 1000 + DAY_MS;
  const from = Math.floor((start ?? end - span) / DAY_MS);
  const to = Math.floor(Math.min(end, (from + 1) * DAY_MS + span) / DAY_MS);
  return bars.days.flatMap((day, i) => {
    if (day < from || day > to) return [];
    return partsOf(symbol, barAt(bars, i), EXCHANGES.crypto, {step, decimals: 2}).map(({second, ...part}) => {
      const openTime = day * DAY_MS + second * 1000;
      return {...part, openTime, closeTime: openTime + step * 1000 - 1};
    });
  });
}
