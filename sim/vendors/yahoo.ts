/** Yahoo Finance's chart: closes split-adjusted as of the fetch, floats of 32 bits, a last bar that may be live. */

import {partsOf} from "./intraday.js";
import {barAt, MINOR, type PriceBars, priceBars, splitFactor} from "./price-bars.js";
import {type Answer, answer, away, json, type VendorRequest, type VendorSim} from "./vendor.js";
import {instant, localDay, offsetAt, zoneName} from "./world/exchanges.js";
import {isoOf, weekdayOf} from "./world/days.js";
import type {Listing} from "./world/listing.js";

const TYPE = "application/json;charset=utf-8";
const INTERVALS = "1m, 2m, 5m, 15m, 30m, 60m, 90m, 1h, 4h, 1d, 5d, 1wk, 1mo, 3mo";
const RANGES = ["1d", "5d", "1mo", "3mo", "6mo", "1y", "2y", "5y", "10y", "ytd", "max"];
/** Intervals below a day: seconds, days back that there are any, days that one reply may have. */
const PARTS: Record<string, [seconds: number, kept: number, most: number]> = {
  "1m": [60, 30, 8],
  "2m": [120, 60, 60],
  "5m": [300, 60, 60],
  "15m": [900, 60, 60],
  "30m": [1800, 60, 60],
  "60m": [3600, 730, 730],
  "1h": [3600, 730, 730],
  "90m": [5400, 60, 60]
};
const RANGE_DAYS = [1, 5, 31, 92, 183, 366, 731, 1827, 3653];

const refusal = (status: number, code: string, description: string): Answer =>
  json(status, {chart: {result: null, error: {code, description}}}, TYPE);
const tooMany = (): Answer => answer(429, "text/plain", "Too Many Requests\r\n");

export const yahoo: VendorSim = {
  refuse: (status) => (status === 429 ? tooMany() : away(status)),

  answer(request) {
    const {parts, query, headers, world} = request;
    if (!/Mozilla\//.test(headers["user-agent"] ?? "")) return tooMany();
    const [version, finance, chart, symbol = ""] = parts;
    if (version !== "v8" || finance !== "finance" || chart !== "chart" || parts.length !== 4)
      return away(404);
    const listing = world.listing(symbol);
    if (!listing) return refusal(404, "Not Found", "No data found, symbol may be delisted");
    const interval = query.get("interval") ?? "1d";
    if (!(interval in PARTS) && !["1d", "1wk", "1mo"].includes(interval)) {
      const text = `Invalid input - interval=${interval} is not supported. Valid intervals: [${INTERVALS}]`;
      return refusal(422, "Unprocessable Entity", text);
    }
    return document(request, listing, interval);
  }
};

interface Row {
  day: number;
  time: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  adjusted: number;
}

function document(request: VendorRequest, listing: Listing, interval: string): Answer {
  const {query, now, fault} = request;
  const [from, to] = period(query, now);
  const known = priceBars(request, listing, listing.symbol, {whole: interval in PARTS});
  const all =
    interval in PARTS ? partRows(known, listing, now, interval, from) : rowsOf(known, listing, now, interval);
  if (from > to) {
    const text = `Invalid input - start date cannot be after end date. startDate = ${from}, endDate = ${to}`;
    return refusal(400, "Bad Request", text);
  }
  const tooFar = limitOf(interval, from, to, now);
  if (tooFar) return refusal(422, "Unprocessable Entity", tooFar);
  const rows = all.filter(({time}) => time >= from && time < to);
  if (!rows.length) {
    return refusal(400, "Bad Request", `Data doesn't exist for startDate = ${from}, endDate = ${to}`);
  }
  const gap = (i: number) => fault("nulls") !== undefined && i % 7 === 3;
  const column = (pick: (row: Row) => number) =>
    rows.map((row, i) => (gap(i) ? null : Math.fround(pick(row))));
  const close = column((row) => row.close);
  const quote = {
    open: column((row) => row.open),
    low: column((row) => row.low),
    ...(fault("columns") ? {last: close} : {close}),
    volume: rows.map(({volume}, i) => (gap(i) ? null : volume)),
    high: column((row) => row.high)
  };
  const events = eventsOf(known, listing, query.get("events") ?? "", from, to);
  const before = all[all.indexOf(rows[0]) - 1];
  const result = {
    meta: metaOf(request, listing, all, {interval, before: before?.close ?? rows[0].open}),
    timestamp: rows.map(({time}) => time),
    ...(events && {events}),
    indicators: {
      quote: [quote],
      ...(!(interval in PARTS) && {adjclose: [{adjclose: column((row) => row.adjusted)}]})
    }
  };
  return json(200, {chart: {result: [result], error: null}}, TYPE);
}

/** Rows as they are told: divided by the splits since, dividends taken out of the adjusted close. */
function rowsOf(
  {bars, splits, dividends, scale}: PriceBars,
  listing: Listing,
  now: Date,
  interval: string
): Row[] {
  const {exchange} = listing;
  const seconds = Math.floor(now.getTime() / 1000);
  const today = localDay(exchange, seconds);
  const paid = new Map(dividends.map(({day, amount}) => [day, amount]));
  const rows: Row[] = [];
  for (let i = bars.days.length - 1, adjustment = 1; i >= 0; --i) {
    const day = bars.days[i];
    const factor = scale / splitFactor(splits, day);
    const close = bars.close[i] * factor;
    const time =
      day === today
        ? Math.min(seconds, instant(exchange, day, exchange.close))
        : instant(exchange, day, exchange.open);
    rows.push({
      day,
      time,
      open: bars.open[i] * factor,
      high: bars.high[i] * factor,
      low: bars.low[i] * factor,
      close,
      volume: Math.round((bars.volume[i] / factor) * scale),
      adjusted: close * adjustment
    });
    const dividend = paid.get(day);
    if (dividend !== undefined && i > 0)
      adjustment *= 1 - dividend / (bars.close[i - 1] * splitsOn(splits, day));
  }
  rows.reverse();
  return interval === "1d" ? rows : grouped(rows, listing, interval);
}

/** Parts of the sessions from a time on, as far as they are past. */
function partRows(
  {bars, splits, scale}: PriceBars,
  {symbol, exchange, decimals}: Listing,
  now: Date,
  interval: string,
  from: number
): Row[] {
  const seconds = Math.floor(now.getTime() / 1000);
  const start = localDay(exchange, from);
  return bars.days.flatMap((day, i) => {
    if (day < start) return [];
    const factor = scale / splitFactor(splits, day);
    const midnight = instant(exchange, day, 0);
    return partsOf(symbol, barAt(bars, i), exchange, {step: PARTS[interval][0], decimals, fromOpen: true})
      .map(({second, open, high, low, close, volume}) => ({
        day,
        time: midnight + second,
        open: open * factor,
        high: high * factor,
        low: low * factor,
        close: close * factor,
        volume: Math.round((volume / factor) * scale),
        adjusted: close * factor
      }))
      .filter(({time}) => time <= seconds);
  });
}

/** Why there are no parts of a session so far back, or so many of them. */
function limitOf(interval: string, from: number, to: number, now: Date): string | undefined {
  const [, kept, most] = PARTS[interval] ?? [0, Infinity, Infinity];
  const asked = `${interval} data not available for startTime=${from} and endTime=${to}.`;
  if (to - from > most * 86_400 && most < kept)
    return `${asked} Only ${most} days worth of ${interval} granularity data are allowed to be fetched per request.`;
  if (from < now.getTime() / 1000 - kept * 86_400)
    return `${asked} The requested range must be within the last ${kept} days.`;
  return undefined;
}

/** A price before a split, in shares of the day itself. */
function splitsOn(splits: PriceBars["splits"], day: number): number {
  const split = splits.find((one) => one.day === day);
  return split ? split.denominator / split.numerator : 1;
}

/** Weeks from Monday or months, stamped by their first midnight. */
function grouped(rows: readonly Row[], {exchange}: Listing, interval: string): Row[] {
  const start = (day: number) =>
    interval === "1wk" ? day - ((weekdayOf(day) + 6) % 7) : day - Number(isoOf(day).slice(8)) + 1;
  const groups = Map.groupBy(rows, ({day}) => start(day));
  return [...groups].map(([day, group]) => ({
    ...group.at(-1)!,
    day,
    time: instant(exchange, day, 0),
    open: group[0].open,
    high: Math.max(...group.map(({high}) => high)),
    low: Math.min(...group.map(({low}) => low)),
    volume: group.reduce((sum, {volume}) => sum + volume, 0)
  }));
}

/** Seconds from and to (excluded). */
function period(query: URLSearchParams, now: Date): [number, number] {
  const seconds = Math.floor(now.getTime() / 1000);
  if (query.has("period1")) return [Number(query.get("period1")), Number(query.get("period2") ?? seconds)];
  const days = RANGE_DAYS[RANGES.indexOf(query.get("range") ?? "1d")] ?? 40_000;
  return [seconds - days * 86_400, seconds + 1];
}

function eventsOf(
  {splits, dividends, scale}: PriceBars,
  {exchange}: Listing,
  asked: string,
  from: number,
  to: number
) {
  const within = <T extends {day: number}>(all: readonly T[]) =>
    all
      .map((one) => ({...one, date: instant(exchange, one.day, exchange.open)}))
      .filter(({date}) => date >= from && date < to);
  const paid = asked.includes("div") ? within(dividends) : [];
  const split = asked.includes("split") ? within(splits) : [];
  if (!paid.length && !split.length) return undefined;
  return {
    ...(paid.length && {
      dividends: Object.fromEntries(
        paid.map(({day, date, amount}) => [
          date,
          {amount: Number(((amount * scale) / splitFactor(splits, day)).toFixed(6)), date}
        ])
      )
    }),
    ...(split.length && {
      splits: Object.fromEntries(
        split.map(({date, numerator, denominator}) => [
          date,
          {date, numerator, denominator, splitRatio: `${numerator}:${denominator}`}
        ])
      )
    })
  };
}

function metaOf(
  {query, now, fault}: VendorRequest,
  listing: Listing,
  rows: readonly Row[],
  {interval, before}: {interval: string; before: number}
) {
  const {symbol, name, type, exchange, currency, decimals} = listing;
  const seconds = Math.floor(now.getTime() / 1000);
  const last = rows.at(-1)!;
  const year = rows.slice(-252);
  const gmtoffset = offsetAt(exchange.zone, seconds);
  const timezone = zoneName(exchange, seconds);
  const shown = (value: number) => Number(value.toFixed(decimals));
  const today = localDay(exchange, seconds);
  const open = instant(exchange, today, exchange.open);
  const close = instant(exchange, today, exchange.close);
  const span = (start: number, end: number) => ({timezone, start, end, gmtoffset});
  return {
    currency: fault("unit") ? (MINOR.get(currency) ?? currency) : currency,
    symbol,
    exchangeName: exchange.code,
    fullExchangeName: exchange.name,
    instrumentType: type,
    firstTradeDate: rows[0].time,
    regularMarketTime: Math.min(seconds, instant(exchange, last.day, exchange.close)),
    hasPrePostMarketData: type === "EQUITY" || type === "ETF",
    gmtoffset,
    timezone,
    exchangeTimezoneName: exchange.zone,
    regularMarketPrice: shown(last.close),
    fiftyTwoWeekHigh: shown(Math.max(...year.map(({high}) => high))),
    fiftyTwoWeekLow: shown(Math.min(...year.map(({low}) => low))),
    regularMarketDayHigh: shown(last.high),
    regularMarketDayLow: shown(last.low),
    regularMarketVolume: last.volume,
    longName: name,
    shortName: name.slice(0, 31),
    chartPreviousClose: shown(before),
    priceHint: decimals > 2 ? 4 : 2,
    currentTradingPeriod: {
      pre: span(open - 19_800, open),
      regular: span(open, close),
      post: span(close, close + 14_400)
    },
    dataGranularity: interval,
    range: query.get("range") ?? "",
    validRanges: RANGES
  };
}
