import {parse} from "csv-parse/sync";
import {z} from "zod";
import type {Row} from "../../lib/lake/columns.js";
import {dayOf} from "../../lib/time/day.js";
import {checked, parsedJson} from "./parsed.js";
import {VendorError} from "./vendor.js";

export const SOURCE = "Binance";

/** From here on a time is in microseconds; in milliseconds it would be the year 5138. */
const MICROSECONDS = 1e14;
const DAY_MS = 86_400_000;

const text = z.string().regex(/^\d+(\.\d+)?$/, "must be a number as text");
/** Milliseconds since 1970 UTC, or microseconds, up to the year 2200. */
const time = z.int().nonnegative().max(7_258_118_400_000_000);
/** Open time, open, high, low, close, volume, close time, quote volume, trades, and three that are not kept. */
const Kline = z.tuple([
  time,
  text,
  text,
  text,
  text,
  text,
  time,
  text,
  z.int().nonnegative(),
  z.string(),
  z.string(),
  z.string()
]);
const Klines = z.array(Kline);
const Refusal = z.object({code: z.int(), msg: z.string()});

/** One candle. */
export interface Candle {
  row: Row<"bars">;
  /** When it opened, milliseconds since 1970 UTC. */
  opened: number;
}

/**
 * Parses a page of candles.
 * @param currency the pair's quote asset, in which the prices are
 * @throws VendorError
 */
export function parseKlines(json: string, pair: {symbol: string; currency: string}): Candle[] {
  return parsedJson(Klines, json, SOURCE).map((kline) => candleOf(kline, pair));
}

/**
 * Parses a file of data.binance.vision: the same twelve columns, with a header or without.
 * @throws VendorError
 */
export function parseKlinesCsv(csv: string, pair: {symbol: string; currency: string}): Candle[] {
  let lines: string[][];
  try {
    lines = parse(csv, {bom: true, trim: true, skip_empty_lines: true});
  } catch (cause) {
    throw new VendorError("truncated", `the file of ${pair.symbol} breaks off: download it again`, {cause});
  }
  const rows = /^\d/.test(lines[0]?.[0] ?? "") ? lines : lines.slice(1);
  return rows.map((line) => {
    const fields = line.map((field, i) => ([0, 6, 8].includes(i) ? Number(field) : field));
    return candleOf(checked(Kline, fields, `${SOURCE}'s file`), pair);
  });
}

/** Returns the error that Binance's own code means. @throws VendorError `changed-format` if the body is another */
export function refusalOf(body: string, symbol: string): VendorError {
  const {code, msg} = parsedJson(Refusal, body, SOURCE);
  const said = `${SOURCE} answered ${code}, “${msg}”`;
  if (code === -1121)
    return new VendorError("unknown-symbol", `${said}: it knows no ${symbol}, write BTCUSDT`);
  if (code === -1003) return new VendorError("rate-limited", `${said}: pull again in a minute`);
  return new VendorError("not-what-was-asked", `${said}: check symbol, days and frequency`);
}

function candleOf(
  kline: z.infer<typeof Kline>,
  {symbol, currency}: {symbol: string; currency: string}
): Candle {
  const [openTime, open, high, low, close, volume, closeTime, quoteVolume, trades] = kline;
  const [opened, closes] = [milliseconds(openTime), milliseconds(closeTime) + 1];
  if (!(opened < closes))
    throw new VendorError("changed-format", `${SOURCE} sent a candle that closes before it opens: report it`);
  const units = Number(volume);
  const row = {
    symbol,
    time: closes,
    day: dayOf(Math.floor((closes - 1) / DAY_MS)),
    open: Number(open),
    high: Number(high),
    low: Number(low),
    close: Number(close),
    volume: units,
    vwap: units > 0 ? Number(quoteVolume) / units : null,
    trades,
    currency
  };
  return {row, opened};
}

/** The files of data.binance.vision are in microseconds since 2025. */
function milliseconds(time: number): number {
  return time >= MICROSECONDS ? Math.floor(time / 1000) : time;
}
