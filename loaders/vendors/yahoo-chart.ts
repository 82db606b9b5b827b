import {z} from "zod";
import type {Row} from "../../lib/lake/columns.js";
import type {Frequency} from "../../lib/lake/dataset.js";
import {majorCurrency} from "../../lib/lake/units.js";
import {dayOf} from "../../lib/time/day.js";
import {dayInZone, isZone} from "../../lib/time/zone.js";
import {checked, parsedJson} from "./parsed.js";
import {closeOf, firstDayOf, lastDayOf, LENGTH_MS, type Trading} from "./sessions.js";
import {type SymbolFacts, VendorError} from "./vendor.js";

export const SOURCE = "Yahoo Finance";

/** Seconds since 1970 UTC, of the years 1900 to 2200. */
const seconds = z.int().min(-2_208_988_800).max(7_258_118_400);
const Meta = z.object({
  symbol: z.string(),
  currency: z.string().nullish(),
  instrumentType: z.string().nullish(),
  exchangeTimezoneName: z.string().refine(isZone, "must be a time zone"),
  longName: z.string().nullish(),
  shortName: z.string().nullish(),
  currentTradingPeriod: z.object({regular: z.object({start: seconds, end: seconds})}).nullish()
});
type Meta = z.infer<typeof Meta>;

const Events = z.object({
  dividends: z.record(z.string(), z.object({amount: z.number(), date: seconds})).optional(),
  splits: z
    .record(
      z.string(),
      z.object({date: seconds, numerator: z.number().positive(), denominator: z.number().positive()})
    )
    .optional()
});

const Envelope = z.object({
  chart: z.object({
    result: z
      .array(
        z.object({
          meta: Meta,
          timestamp: z.array(seconds).optional(),
          events: Events.optional(),
          indicators: z.object({quote: z.array(z.unknown()).min(1)})
        })
      )
      .nullish(),
    error: z.object({code: z.string(), description: z.string().nullish()}).nullish()
  })
});

const values = z.array(z.number().nullable());
const Quote = z.object({open: values, high: values, low: values, close: values, volume: values});

/** What a chart says, in the major unit of its currency, and still adjusted for splits as Yahoo sends it. */
export interface Chart {
  facts: SymbolFacts;
  /** Closed bars, oldest first. */
  bars: Row<"bars">[];
  actions: Row<"actions">[];
  /** What the prices were divided by: 100 for pence. */
  divisor: number;
}

export interface ChartContext {
  symbol: string;
  frequency: Frequency;
  /** When the reply was made, milliseconds since 1970 UTC: bars that close later are left out. */
  at: number;
}

/**
 * Parses a reply of Yahoo's chart. Rows without a close are left out, and so is a bar that may still change.
 * @throws VendorError
 */
export function parseChart(text: string, {symbol, frequency, at}: ChartContext): Chart {
  const {chart} = parsedJson(Envelope, text, SOURCE);
  const result = chart.result?.[0];
  if (!result) throw chartError(chart.error?.code ?? "", chart.error?.description ?? "", symbol);
  const {meta, timestamp = [], events = {}} = result;
  if (meta.symbol !== symbol) throw otherSymbol(meta.symbol, symbol);
  const points = meta.instrumentType === "INDEX" || !meta.currency;
  const {currency, divisor} = points ? {currency: "", divisor: 1} : majorCurrency(meta.currency ?? "");
  const context = {meta, currency, divisor, frequency, at};
  return {
    facts: {
      symbol: meta.symbol,
      name: meta.longName ?? meta.shortName ?? "",
      unit: currency,
      timeZone: meta.exchangeTimezoneName
    },
    bars: timestamp.length
      ? barsOf(timestamp, checked(Quote, result.indicators.quote[0], SOURCE), context)
      : [],
    actions: actionsOf(events, context),
    divisor
  };
}

/** Returns the error that Yahoo's own words mean. */
export function chartError(code: string, description: string, symbol: string): VendorError {
  const words = description || code || "no reason given";
  if (/not found/i.test(code) || /delisted/i.test(description))
    return new VendorError(
      "unknown-symbol",
      `${SOURCE} knows no ${symbol} (“${words}”): look the symbol up at finance.yahoo.com; it serves no delisted ones`
    );
  const gone = /doesn't exist|not available|no data/i.test(description);
  return new VendorError(
    gone ? "no-data" : "not-what-was-asked",
    `${SOURCE} gave nothing of ${symbol}, “${words}”: ask for other days`
  );
}

function otherSymbol(sent: string, symbol: string): VendorError {
  if (sent.toUpperCase() === symbol.toUpperCase())
    return new VendorError("unknown-symbol", `${SOURCE} knows no ${symbol}: write ${sent}`);
  return new VendorError("not-what-was-asked", `${SOURCE} sent ${sent} when asked for ${symbol}`);
}

interface Context {
  meta: Meta;
  currency: string;
  divisor: number;
  frequency: Frequency;
  at: number;
}

interface Bar {
  time: number;
  day: number;
  open: number | null;
  high: number | null;
  low: number | null;
  close: number;
  volume: number | null;
}

function barsOf(timestamps: number[], quote: z.infer<typeof Quote>, context: Context): Row<"bars">[] {
  const {meta, currency, divisor, at, frequency} = context;
  const short = Object.entries(quote).find(([, column]) => column.length !== timestamps.length);
  if (short)
    throw new VendorError(
      "changed-format",
      `${SOURCE} sent ${short[1].length} values of ${short[0]} for ${timestamps.length} times: update Tearsheet, or report it`
    );
  const price = (value: number | null) => (value === null ? null : inMajor(single(value), divisor));
  const bars = new Map<number, Bar>();
  for (const [i, second] of timestamps.entries()) {
    const close = price(quote.close[i]);
    const place = close === null ? null : placeOf(second * 1000, context);
    if (close === null || place === null || place.time > at || isLive(place.day, context)) continue;
    const [open, high, low] = [quote.open, quote.high, quote.low].map((column) => price(column[i]));
    const volume = meta.instrumentType === "CURRENCY" ? null : quote.volume[i];
    const bar = {...place, open, high, low, close, volume};
    const before = bars.get(place.time);
    bars.set(place.time, before && frequency !== "1d" ? joined(before, bar) : bar);
  }
  return [...bars.values()]
    .sort((a, b) => a.time - b.time)
    .map((bar) => ({...bar, symbol: meta.symbol, day: dayOf(bar.day), currency}));
}

/** Fifteen digits are what a decimal keeps in a division. */
function inMajor(value: number, divisor: number): number {
  return divisor === 1 ? value : Number((value / divisor).toPrecision(15));
}

function single(value: number): number {
  return Math.fround(value) === value ? shortest(value, Math.fround) : value;
}

/** Returns the close and the exchange day of a bar that begins at a moment; null for a print that is no bar. */
function placeOf(start: number, {meta, frequency}: Context): {time: number; day: number} | null {
  const zone = meta.exchangeTimezoneName;
  const trading = tradingOf(meta);
  const first = dayInZone(start, zone);
  const length = LENGTH_MS[frequency];
  if (length === undefined) {
    const day = lastDayOf(firstDayOf(dayOf(first), frequency), frequency, trading);
    return {day, time: closeOf(day, zone, trading)};
  }
  const close = closeOf(first, zone, trading);
  if (trading !== "session") return {day: first, time: start + length};
  return start < close ? {day: first, time: Math.min(start + length, close)} : null; // at the close: its last price again
}

/** The session that Yahoo says is on may end later than is usual. */
function isLive(day: number, {meta, at, frequency}: Context): boolean {
  const session = meta.currentTradingPeriod?.regular;
  if (!session || LENGTH_MS[frequency] !== undefined || session.end * 1000 <= at) return false;
  return day >= dayInZone(session.start * 1000, meta.exchangeTimezoneName);
}

function tradingOf({instrumentType}: Meta): Trading {
  if (instrumentType === "FUTURE") return "future";
  if (instrumentType === "CURRENCY") return "round-the-clock";
  return instrumentType === "CRYPTOCURRENCY" ? "every-day" : "session";
}

/** On the evening of its last day Yahoo sends a week or month as two bars: the last day stands alone. */
function joined(a: Bar, b: Bar): Bar {
  const both = (x: number | null, y: number | null, join: (x: number, y: number) => number) =>
    x === null || y === null ? (x ?? y) : join(x, y);
  return {
    ...b,
    open: a.open,
    high: both(a.high, b.high, Math.max),
    low: both(a.low, b.low, Math.min),
    volume: both(a.volume, b.volume, (x, y) => x + y)
  };
}

function actionsOf(events: z.infer<typeof Events>, {meta, currency, divisor}: Context): Row<"actions">[] {
  const dayAt = (second: number) => dayOf(dayInZone(second * 1000, meta.exchangeTimezoneName));
  const {symbol} = meta;
  const splits = Object.values(events.splits ?? {}).map(({date, numerator, denominator}) => ({
    symbol,
    day: dayAt(date),
    type: "split",
    value: numerator / denominator
  }));
  const dividends = Object.values(events.dividends ?? {}).map(({date, amount}) => ({
    symbol,
    day: dayAt(date),
    type: "dividend",
    value: inMajor(amount, divisor),
    currency
  }));
  return [...splits, ...dividends].sort((a, b) => (a.day < b.day ? -1 : 1));
}

/**
 * Returns the shortest decimal near a price for which Yahoo would have sent the same: its prices are in single
 * precision, 187.14999389648438 for 187.15.
 *
 * @param sent what Yahoo would send for a price
 */
export function shortest(price: number, sent: (price: number) => number): number {
  const same = sent(price);
  for (let digits = 1; digits <= 9; ++digits) {
    const short = Number(price.toPrecision(digits));
    if (sent(short) === same) return short;
  }
  return price;
}
