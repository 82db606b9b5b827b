/** Polygon, named Massive since October 2025: aggregates, splits, dividends, ticker details. */

import {createHash} from "node:crypto";
import {partsOf} from "./intraday.js";
import {barAt, type PriceBars, priceBars, splitFactor} from "./price-bars.js";
import {type Answer, away, json, type VendorRequest, type VendorSim} from "./vendor.js";
import {dayOf, isoOf, weekdayOf} from "./world/days.js";
import {EXCHANGES, instant, localDay} from "./world/exchanges.js";
import type {Listing} from "./world/listing.js";
import type {Bar} from "./world/known.js";
import {yahooSymbol} from "./world/names.js";

const MOST = 50_000;
const USUAL = 5000;
const SECONDS: Record<string, number> = {second: 1, minute: 60, hour: 3600};

const id = (text: string): string => createHash("md5").update(text).digest("hex");
const error = (status: number, text: string): Answer =>
  json(status, {status: "ERROR", request_id: id(text), error: text});
const denied = (message: string): Answer =>
  json(403, {status: "NOT_AUTHORIZED", request_id: id(message), message});
const tooMany = (): Answer =>
  error(
    429,
    "You've exceeded the maximum requests per minute, please wait or upgrade your subscription to continue. https://massive.com/pricing"
  );
const unknownKey = (): Answer => error(401, "Unknown API Key");

export const polygon: VendorSim = {
  perMinute: 5,
  wrongKey: unknownKey(),
  refuse(status) {
    if (status === 429) return tooMany();
    if (status === 403)
      return denied(
        "You are not entitled to this data. Please upgrade your plan at https://massive.com/pricing"
      );
    return status < 500 ? error(status, "Bad Request") : away(status);
  },

  answer(request) {
    const {parts, query, headers, key} = request;
    const given = query.get("apiKey") ?? headers.authorization?.replace(/^Bearer /, "");
    if (given === undefined) return error(401, "API Key was not provided");
    if (given !== key) return unknownKey();
    const [version, kind, what, ticker = ""] = parts;
    if (version === "v2" && kind === "aggs" && parts.length === 9) return aggregates(request);
    if (version === "v3" && kind === "reference") {
      if (what === "tickers" && parts.length === 4) return details(request, ticker);
      if (what === "splits" || what === "dividends") return actions(request, what);
    }
    return json(404, {status: "NOT_FOUND", request_id: id(parts.join("/")), message: "Not Found"});
  }
};

/** Polygon knows the shares and funds of the United States. */
function listed({world}: VendorRequest, ticker: string): Listing | undefined {
  const listing = world.listing(yahooSymbol("polygon", ticker));
  const american = listing?.currency === "USD" && (listing.type === "EQUITY" || listing.type === "ETF");
  return american ? listing : undefined;
}

/** `/v2/aggs/ticker/AAPL/range/1/day/2024-01-01/2024-12-31` */
function aggregates(request: VendorRequest): Answer {
  const {parts, query, base, now, fault} = request;
  const [, , , ticker, , multiplier, timespan, from, to] = parts;
  const step = Number(multiplier) * (SECONDS[timespan] ?? NaN);
  if (!(step > 0) && !["day", "week", "month"].includes(timespan)) {
    return error(400, `Could not parse the parameter 'timespan': ${timespan}`);
  }
  const cursor = new URLSearchParams(Buffer.from(query.get("cursor") ?? "", "base64url").toString());
  const asked = (name: string) => cursor.get(name) ?? query.get(name);
  const adjusted = asked("adjusted") !== "false";
  const limit = Math.min(MOST, Number(asked("limit") ?? USUAL));
  const [first, last] = [timeOf(from), timeOf(to, 1)];
  if (!(first <= last)) return error(400, "The parameter 'to' cannot be a time that occurs before 'from'");
  const listing = listed(request, ticker);
  const known = listing && priceBars(request, listing, ticker, {whole: step > 0});
  const bars = known
    ? barsOf(known, adjusted, {step, timespan, symbol: ticker, decimals: listing.decimals, first})
    : [];
  const found = bars.filter(({t}) => t >= first && t <= Math.min(last, now.getTime()));
  if (asked("sort") === "desc") found.reverse();
  const results = found.slice(0, limit);
  const next = found[limit];
  const changed = fault("columns") ? results.map(({c, ...rest}) => ({...rest, close: c})) : results;
  const told = fault("nulls") ? changed.map((row, i) => (i % 7 === 3 ? without(row) : row)) : changed;
  const keep = new URLSearchParams({
    adjusted: String(adjusted),
    limit: String(limit),
    sort: asked("sort") ?? "asc"
  });
  const range = asked("sort") === "desc" ? `${from}/${next?.t}` : `${next?.t}/${to}`;
  return json(200, {
    ticker,
    queryCount: results.length,
    resultsCount: results.length,
    adjusted,
    ...(told.length && {results: told}),
    status: last >= now.getTime() ? "DELAYED" : "OK",
    request_id: id(parts.join("/")),
    ...(results.length && {count: results.length}),
    ...(next && {
      next_url: `${base}/v2/aggs/ticker/${encodeURIComponent(ticker)}/range/1/day/${range}?cursor=${Buffer.from(keep.toString()).toString("base64url")}`
    })
  });
}

/** Some bars lack their mean price and their number of trades. */
function without<T extends object>(row: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(row).filter(([name]) => name !== "vw" && name !== "n")
  ) as Partial<T>; // part of it
}

/** First (last) millisecond in New York of an ISO day; milliseconds as they are. */
function timeOf(text: string, end = 0): number {
  if (/^\d+$/.test(text)) return Number(text);
  return instant(EXCHANGES.nyse, dayOf(text) + end, 0) * 1000 - end;
}

interface Span {
  /** Seconds of a part of a session; NaN for days and longer. */
  step: number;
  timespan: string;
  symbol: string;
  decimals: number;
  /** Time of the first that is wanted, ms. */
  first: number;
}

/** Bars stamped by their start: days, weeks from Sunday and months by their midnight in New York. */
function barsOf(
  {bars, splits}: PriceBars,
  adjusted: boolean,
  {step, timespan, symbol, decimals, first}: Span
) {
  const day0 = localDay(EXCHANGES.nyse, Math.floor(first / 1000));
  const start = (day: number): number => {
    if (timespan === "week") return day - weekdayOf(day);
    return timespan === "month" ? day - Number(isoOf(day).slice(8)) + 1 : day;
  };
  const all = bars.days.flatMap((day, i) => {
    const factor = adjusted ? splitFactor(splits, day) : 1;
    if (!(step > 0)) return [toldBar(barAt(bars, i), factor, instant(EXCHANGES.nyse, start(day), 0))];
    if (day < day0) return [];
    const midnight = instant(EXCHANGES.nyse, day, 0);
    const parts = partsOf(symbol, barAt(bars, i), EXCHANGES.nyse, {step, decimals});
    return parts.map((part) => toldBar(part, factor, midnight + part.second));
  });
  return [...Map.groupBy(all, ({t}) => t).values()].map((group) => ({
    ...group[0],
    v: group.reduce((sum, {v}) => sum + v, 0),
    vw: round(
      group.reduce((sum, {v, vw}) => sum + v * vw, 0) /
        Math.max(
          1,
          group.reduce((sum, {v}) => sum + v, 0)
        )
    ),
    c: group.at(-1)!.c,
    h: Math.max(...group.map(({h}) => h)),
    l: Math.min(...group.map(({l}) => l)),
    n: group.reduce((sum, {n}) => sum + n, 0)
  }));
}

const round = (value: number): number => Number(value.toFixed(4));

function toldBar(bar: Bar, factor: number, seconds: number) {
  const [o, h, l, c] = [bar.open, bar.high, bar.low, bar.close].map((price) => round(price / factor));
  const v = Math.max(1, Math.round(bar.volume * factor));
  return {
    v,
    vw: round((h + l + 2 * c) / 4),
    o,
    c,
    h,
    l,
    t: seconds * 1000,
    n: Math.max(1, Math.round(v / 90))
  };
}

function details(request: VendorRequest, ticker: string): Answer {
  const listing = listed(request, ticker);
  const request_id = id(ticker);
  if (!listing) return json(404, {status: "NOT_FOUND", request_id, message: "Ticker not found."});
  return json(200, {
    request_id,
    results: {
      ticker,
      name: listing.name,
      market: "stocks",
      locale: "us",
      primary_exchange: listing.exchange.code === "NMS" ? "XNAS" : "XNYS",
      type: listing.type === "ETF" ? "ETF" : "CS",
      active: true,
      currency_name: "usd"
    },
    status: "OK"
  });
}

/** Amounts and ratios as they were declared, newest first. */
function actions(request: VendorRequest, what: "splits" | "dividends"): Answer {
  const {query, base} = request;
  const ticker = query.get("ticker") ?? "";
  const listing = listed(request, ticker);
  const known = listing && priceBars(request, listing, ticker);
  const date = what === "splits" ? "execution_date" : "ex_dividend_date";
  const rows: Record<string, string | number>[] =
    what === "splits"
      ? (known?.splits ?? []).map(({day, numerator, denominator}) => ({
          execution_date: isoOf(day),
          id: `E${id(`${ticker}${day}`)}`,
          split_from: denominator,
          split_to: numerator,
          ticker
        }))
      : (known?.dividends ?? []).map(({day, amount}) => ({
          cash_amount: amount,
          currency: "USD",
          declaration_date: isoOf(day - 14),
          dividend_type: "CD",
          ex_dividend_date: isoOf(day),
          frequency: 4,
          id: `E${id(`${ticker}${day}`)}`,
          pay_date: isoOf(day + 14),
          record_date: isoOf(day + 1),
          ticker
        }));
  const cursor = new URLSearchParams(Buffer.from(query.get("cursor") ?? "", "base64url").toString());
  const asked = (name: string) => cursor.get(name) ?? query.get(name);
  const found = rows
    .filter(
      (row) =>
        String(row[date]) >= (asked(`${date}.gte`) ?? "") &&
        String(row[date]) <= (asked(`${date}.lte`) ?? "9999")
    )
    .sort((a, b) => String(b[date]).localeCompare(String(a[date])));
  if (asked("order") === "asc") found.reverse();
  const [start, limit] = [Number(asked("start") ?? 0), Math.min(1000, Number(asked("limit") ?? 10))];
  const more = start + limit < found.length;
  const keep = new URLSearchParams([...(cursor.size ? cursor : query)].filter(([name]) => name !== "apiKey"));
  keep.set("start", String(start + limit));
  const cursorText = Buffer.from(keep.toString()).toString("base64url");
  return json(200, {
    results: found.slice(start, start + limit),
    status: "OK",
    request_id: id(`${what}${ticker}`),
    ...(more && {
      next_url: `${base}/v3/reference/${what}?ticker=${encodeURIComponent(ticker)}&cursor=${cursorText}`
    })
  });
}
