import {parse} from "csv-parse/sync";
import {z} from "zod";
import {type Row, rowsOf} from "../../lib/lake/columns.js";
import {dayOf} from "../../lib/time/day.js";
import {checkAsk} from "./ask.js";
import {madeAt} from "./clock.js";
import {checked, noData} from "./parsed.js";
import {closeOf, firstDayOf, lastDayOf, type Trading} from "./sessions.js";
import {type ImportedFile, type SymbolFacts, type Vendor, VendorError} from "./vendor.js";

const SOURCE = "Stooq";
const INTERVALS = {"1d": "d", "1w": "w", "1mo": "m"} as const;
type Offered = keyof typeof INTERVALS;

const price = z.coerce.number().positive();
const Line = z.object({
  Date: z.iso.date(),
  Open: price,
  High: price,
  Low: price,
  Close: price,
  Volume: z.union([z.literal("").transform(() => null), z.coerce.number().nonnegative()]).optional()
});
const COLUMNS = ["Date", "Open", "High", "Low", "Close"];

/** Markets by the ending of a symbol: zone, and currency where its prices are surely in it. */
const MARKETS: ReadonlyMap<string, {timeZone: string; currency: string}> = new Map([
  ["us", {timeZone: "America/New_York", currency: "USD"}],
  ["de", {timeZone: "Europe/Berlin", currency: "EUR"}],
  ["uk", {timeZone: "Europe/London", currency: ""}], // pence or pounds: the file does not say
  ["jp", {timeZone: "Asia/Tokyo", currency: "JPY"}],
  ["hk", {timeZone: "Asia/Hong_Kong", currency: "HKD"}],
  ["hu", {timeZone: "Europe/Budapest", currency: "HUF"}]
]);

/**
 * Parses a CSV of Stooq: Date, Open, High, Low, Close and, for shares, Volume.
 * @returns closed bars, oldest first
 * @throws VendorError
 */
export function parseStooq(
  text: string,
  {symbol, frequency, at}: ImportedFile
): {facts: SymbolFacts; bars: Row<"bars">[]} {
  if (/^\s*</.test(text))
    throw new VendorError(
      "challenge",
      `${SOURCE} sent a web page instead of a CSV: download the file in a browser`
    );
  if (/^\s*exceeded the daily hits limit/i.test(text))
    throw new VendorError("quota-used", `${SOURCE} says that its daily limit is used up: come back tomorrow`);
  if (/^\s*no data/i.test(text))
    throw new VendorError(
      "unknown-symbol",
      `${SOURCE} has no data of ${symbol}: write aapl.us or ^spx, as at stooq.com`
    );
  const market = MARKETS.get(symbol.split(".")[1] ?? "");
  const facts = {symbol, name: "", unit: market?.currency ?? "", timeZone: market?.timeZone ?? ""};
  const trading: Trading = market ? "session" : "round-the-clock";
  const bars = linesOf(text).map((line) => {
    const {Date: date, Open: open, High: high, Low: low, Close: close, Volume: volume} = line;
    const day = lastDayOf(firstDayOf(date, frequency), frequency, trading);
    return {
      symbol,
      time: closeOf(day, facts.timeZone, trading),
      day: dayOf(day),
      open,
      high,
      low,
      close,
      volume: volume ?? null,
      currency: facts.unit
    };
  });
  return {facts, bars: bars.filter(({time}) => time <= at).sort((a, b) => a.time - b.time)};
}

function linesOf(text: string): z.infer<typeof Line>[] {
  let header: string[] = [];
  let lines: unknown[];
  try {
    const columns = (names: string[]) => (header = names);
    lines = parse(text, {bom: true, trim: true, skip_empty_lines: true, columns});
  } catch (cause) {
    throw new VendorError("truncated", `the CSV of ${SOURCE} breaks off: download it again`, {cause});
  }
  const missing = COLUMNS.find((column) => !header.includes(column));
  if (missing === undefined) return lines.map((line) => checked(Line, line, SOURCE));
  throw new VendorError(
    "changed-format",
    `${SOURCE} has changed its columns: no ${missing} among ${header.join(", ") || "none"}: update Tearsheet, or report it`
  );
}

/**
 * Daily, weekly and monthly bars as a CSV that a person downloads: since July 2026 the site lets no program in, and what
 * it answers instead is recognized and said. The challenge is not solved.
 */
export const stooq: Vendor = {
  id: "stooq",
  name: SOURCE,
  offers: {bars: ["1d", "1w", "1mo"]},
  universe: "imported",
  calendar: "nyse",
  overlapDays: 7,
  key: null,
  rate: {perMinute: 10, burst: 1},
  note: "lets no program in: download the CSV at stooq.com in a browser, all boxes of Skip ticked, and import the file",

  async *pull(ask, web, signal) {
    checkAsk(stooq, ask);
    const {symbol, frequency, from, to} = ask;
    if (symbol !== symbol.toLowerCase())
      throw new VendorError("unknown-symbol", `${SOURCE} knows no ${symbol}: write ${symbol.toLowerCase()}`);
    const first = dayOf(firstDayOf(from, frequency));
    const query = {
      s: symbol,
      i: INTERVALS[frequency as Offered], // checked by checkAsk
      d1: first.replaceAll("-", ""),
      d2: to.replaceAll("-", ""),
      o: "1111111" // prices as traded: skip each kind of adjustment
    };
    const reply = await web.get({path: "/q/d/l/", query, content: "csv"}, signal);
    const {facts, bars} = parseStooq(reply.text, {symbol, frequency, at: madeAt(reply, web, SOURCE)});
    const within = bars.filter(({day}) => day! >= first && day! <= to); // each has a day
    if (!within.length) throw noData(SOURCE, ask);
    yield {facts, rows: [rowsOf("bars", within)]};
  },

  importCsv(text, file) {
    const {facts, bars} = parseStooq(text, {...file, symbol: file.symbol.toLowerCase()});
    return {facts, rows: [rowsOf("bars", bars)]};
  }
};
