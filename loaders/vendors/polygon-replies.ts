import {z} from "zod";
import type {Row} from "../../lib/lake/columns.js";
import type {Frequency} from "../../lib/lake/dataset.js";
import {dayOf} from "../../lib/time/day.js";
import {dayInZone} from "../../lib/time/zone.js";
import {parsedJson} from "./parsed.js";
import {closeOf, lastDayOf, LENGTH_MS, type Trading} from "./sessions.js";
import {VendorError} from "./vendor.js";

export const SOURCE = "Polygon";

/** `results` is left out when there are none; with DELAYED the last quarter of an hour is not there yet. */
const STATUS = z.enum(["OK", "DELAYED"]);
const next = z.string().nullish();
/** Since 1970 UTC, of the years 1900 to 2200. */
const milliseconds = z.int().min(-2_208_988_800_000).max(7_258_118_400_000);

const Aggregates = z.object({
  ticker: z.string(),
  adjusted: z.boolean(),
  status: STATUS,
  results: z
    .array(
      z.object({
        t: milliseconds,
        o: z.number(),
        h: z.number(),
        l: z.number(),
        c: z.number(),
        v: z.number(),
        vw: z.number().nullish(),
        n: z.int().nullish()
      })
    )
    .optional(),
  next_url: next
});

const Splits = z.object({
  status: STATUS,
  results: z
    .array(
      z.object({
        ticker: z.string(),
        execution_date: z.iso.date(),
        split_from: z.number().positive(),
        split_to: z.number().positive()
      })
    )
    .optional(),
  next_url: next
});

const Dividends = z.object({
  status: STATUS,
  results: z
    .array(
      z.object({
        ticker: z.string(),
        ex_dividend_date: z.iso.date(),
        cash_amount: z.number(),
        currency: z.string().nullish()
      })
    )
    .optional(),
  next_url: next
});

/** One page of a reply, and where the next one is; null at the last. */
export interface Page<T> {
  rows: T[];
  next: string | null;
}

/** What Polygon calls an asset class, by the first letters of its tickers. */
export interface TickerClass {
  timeZone: string;
  trading: Trading;
  /** Currency of the prices; empty where they are points. */
  currency: string;
}

const DELAY_MS = 15 * 60_000;
const NEW_YORK = "America/New_York";

/** Returns the class of a ticker: `X:BTCUSD` a coin, `C:EURUSD` a pair, `I:SPX` an index, `O:…` an option, else a US stock. */
export function classOf(ticker: string): TickerClass {
  const quote = ticker.slice(-3);
  if (ticker.startsWith("X:")) return {timeZone: "UTC", trading: "every-day", currency: quote};
  if (ticker.startsWith("C:")) return {timeZone: "UTC", trading: "round-the-clock", currency: quote};
  return {timeZone: NEW_YORK, trading: "session", currency: ticker.startsWith("I:") ? "" : "USD"};
}

export interface AggregateContext {
  symbol: string;
  frequency: Frequency;
  /** When the reply was made, milliseconds since 1970 UTC: bars that close later are left out. */
  at: number;
}

/**
 * Parses a page of aggregates asked for with `adjusted=false`.
 * @throws VendorError
 */
export function parseAggregates(text: string, {symbol, frequency, at}: AggregateContext): Page<Row<"bars">> {
  const {ticker, adjusted, status, results = [], next_url} = parsedJson(Aggregates, text, SOURCE);
  if (ticker !== symbol) throw other(ticker, symbol);
  if (adjusted)
    throw new VendorError(
      "not-what-was-asked",
      `${SOURCE} sent adjusted prices when asked for raw ones: report it`
    );
  const {timeZone, trading, currency} = classOf(symbol);
  const known = status === "DELAYED" ? at - DELAY_MS : at;
  const rows = results
    .map(({t, o, h, l, c, v, vw, n}) => ({
      ...placeOf(t, frequency, timeZone, trading),
      symbol,
      open: o,
      high: h,
      low: l,
      close: c,
      volume: v,
      vwap: vw ?? null,
      trades: n ?? null,
      currency
    }))
    .filter(({time}) => time <= known);
  return {rows, next: next_url ?? null};
}

/** Parses a page of splits. @throws VendorError */
export function parseSplits(text: string, symbol: string): Page<Row<"actions">> {
  const {results = [], next_url} = parsedJson(Splits, text, SOURCE);
  const rows = results.map(({ticker, execution_date: day, split_from: from, split_to: to}) => {
    if (ticker !== symbol) throw other(ticker, symbol);
    return {symbol, day, type: "split", value: to / from};
  });
  return {rows, next: next_url ?? null};
}

/** Parses a page of dividends, as they were paid. @throws VendorError */
export function parseDividends(text: string, symbol: string): Page<Row<"actions">> {
  const {results = [], next_url} = parsedJson(Dividends, text, SOURCE);
  const rows = results.map(({ticker, ex_dividend_date: day, cash_amount: value, currency}) => {
    if (ticker !== symbol) throw other(ticker, symbol);
    return {symbol, day, type: "dividend", value, currency: currency?.toUpperCase() ?? ""};
  });
  return {rows, next: next_url ?? null};
}

function placeOf(
  start: number,
  frequency: Frequency,
  timeZone: string,
  trading: Trading
): {time: number; day: string} {
  const first = dayInZone(start, timeZone);
  const length = LENGTH_MS[frequency];
  if (length !== undefined) return {day: dayOf(first), time: start + length};
  const day = lastDayOf(first, frequency, trading);
  return {day: dayOf(day), time: closeOf(day, timeZone, trading)};
}

function other(ticker: string, symbol: string): VendorError {
  return new VendorError("not-what-was-asked", `${SOURCE} sent ${ticker} when asked for ${symbol}`);
}
