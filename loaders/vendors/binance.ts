import {z} from "zod";
import {rowsOf} from "../../lib/lake/columns.js";
import {dayNumber} from "../../lib/time/day.js";
import type {Reply, Web} from "../web.js";
import {checkAsk} from "./ask.js";
import {parseKlines, parseKlinesCsv, refusalOf, SOURCE} from "./binance-klines.js";
import {madeAt} from "./clock.js";
import {noData, parsedJson} from "./parsed.js";
import {firstDayOf} from "./sessions.js";
import {type SymbolFacts, type Vendor, VendorError} from "./vendor.js";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const INTERVALS = {
  "1s": "1s",
  "1m": "1m",
  "5m": "5m",
  "15m": "15m",
  "30m": "30m",
  "1h": "1h",
  "4h": "4h",
  "1d": "1d",
  "1w": "1w",
  "1mo": "1M"
} as const;
type Offered = keyof typeof INTERVALS;
const FREQUENCIES = Object.keys(INTERVALS) as Offered[]; // keys of the constant above
/** The most candles that Binance sends at once. */
const PAGE = 1000;
/** It lets a weight of 6000 a minute through, and says with each reply how much of it is used. */
const MOST_WEIGHT = 4800;

/** Assets that pairs are quoted in: a file does not say it, and no other asset's name ends so. */
const QUOTES = ["FDUSD", "USDT", "USDC", "BUSD", "TUSD", "EUR", "TRY", "BRL", "BTC", "ETH", "BNB"];

const Info = z.object({
  symbols: z
    .array(z.object({symbol: z.string(), baseAsset: z.string(), quoteAsset: z.string()}))
    .length(1, "must be the one symbol asked for")
});

/** Candles of coin pairs on the spot market. */
export const binance: Vendor = {
  id: "binance",
  name: SOURCE,
  offers: {bars: ["1d", ...FREQUENCIES.filter((frequency) => frequency !== "1d")]},
  universe: "spot",
  calendar: "every-day",
  overlapDays: 2,
  key: null,
  rate: {perMinute: 600, burst: 20},
  note: "free, no key; not served in some countries; days are UTC days; too many requests end in a ban of minutes to days",

  async *pull(ask, web, signal) {
    checkAsk(binance, ask);
    const {symbol, frequency, from, to} = ask;
    const facts = await factsOf(symbol, web, signal);
    const interval = INTERVALS[frequency as Offered]; // checked by checkAsk
    const end = (dayNumber(to) + 1) * DAY_MS;
    let found = false;
    for (let start = firstDayOf(from, frequency) * DAY_MS; start < end;) {
      const query = {
        symbol,
        interval,
        startTime: String(start),
        endTime: String(end - 1),
        limit: String(PAGE)
      };
      const reply = await get("klines", query, web, signal);
      const candles = parseKlines(reply.text, {symbol, currency: facts.unit});
      const at = madeAt(reply, web, SOURCE);
      const closed = candles.filter(({row}) => row.time! <= at); // each has a time
      if (closed.length) {
        found = true;
        const rows = rowsOf(
          "bars",
          closed.map(({row}) => row)
        );
        yield {facts, rows: [rows]};
      }
      if (candles.length < PAGE) break;
      const {opened} = candles[candles.length - 1];
      if (opened < start)
        throw new VendorError("changed-format", `${SOURCE} sent older candles than asked for: report it`);
      start = opened + 1;
    }
    if (!found) throw noData(SOURCE, ask);
  },

  importCsv(text, {symbol, at}) {
    const [currency] = QUOTES.filter((quote) => symbol.endsWith(quote) && symbol !== quote);
    const candles = parseKlinesCsv(text, {symbol, currency: currency ?? ""});
    const closed = candles.filter(({row}) => row.time! <= at); // each has a time
    return {
      facts: {symbol, name: "", unit: currency ?? "", timeZone: "UTC"},
      rows: [
        rowsOf(
          "bars",
          closed.map(({row}) => row)
        )
      ]
    };
  }
};

async function factsOf(symbol: string, web: Web, signal: AbortSignal): Promise<SymbolFacts> {
  const {text} = await get("exchangeInfo", {symbol}, web, signal);
  const {symbol: sent, baseAsset, quoteAsset} = parsedJson(Info, text, SOURCE).symbols[0];
  if (sent !== symbol)
    throw new VendorError("not-what-was-asked", `${SOURCE} sent ${sent} when asked for ${symbol}`);
  return {symbol, name: `${baseAsset}/${quoteAsset}`, unit: quoteAsset, timeZone: "UTC"};
}

/** Asks, and rests until the next minute when the weight of the requests comes near the limit. */
async function get(
  step: "klines" | "exchangeInfo",
  query: Readonly<Record<string, string>>,
  web: Web,
  signal: AbortSignal
): Promise<Reply> {
  const path = `/api/v3/${step}`;
  const reply = await web.get({path, query, content: "json", accept: [400]}, signal);
  if (reply.status === 400) throw refusalOf(reply.text, query.symbol);
  if (Number(reply.headers.get("x-mbx-used-weight-1m")) > MOST_WEIGHT)
    web.hold(MINUTE_MS - (Date.parse(reply.fetchedAt) % MINUTE_MS));
  return reply;
}
