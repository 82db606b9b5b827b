import {z} from "zod";
import {rowsOf} from "../../lib/lake/columns.js";
import type {Reply, Web} from "../web.js";
import {checkAsk} from "./ask.js";
import {isSeriesName, rowsOfSeries, unknownSeries, type Written} from "./fred-series.js";
import {noData, parsedJson} from "./parsed.js";
import {type Vendor, VendorError} from "./vendor.js";

const SOURCE = "FRED";
const KEY = "FRED_API_KEY";
/** The most observations that FRED sends at once. */
const PAGE = 100_000;

const Metadata = z.object({
  seriess: z.array(z.object({id: z.string(), title: z.string(), units: z.string()})).length(1)
});
const Page = z.object({
  units: z.literal("lin", "must be lin, the values as they are published"),
  count: z.int().nonnegative(),
  observations: z.array(z.object({date: z.iso.date(), value: z.string()}))
});
const Refusal = z.object({error_code: z.number(), error_message: z.string()});

/** What a series is, in FRED's words. */
export interface SeriesFacts {
  title: string;
  /** `Millions of U.S. Dollars` */
  units: string;
}

/** Parses the metadata of the one series asked for. @throws VendorError */
export function parseMetadata(json: string): SeriesFacts {
  const [{title, units}] = parsedJson(Metadata, json, SOURCE).seriess;
  return {title, units};
}

/** Parses a page of observations, and how many there are on all pages. @throws VendorError */
export function parseObservations(json: string): {count: number; observations: Written[]} {
  return parsedJson(Page, json, SOURCE);
}

/** Returns the error that FRED's own words of a 400 mean. */
export function refusalOf(body: string, symbol: string): VendorError {
  const {error_message: words} = parsedJson(Refusal, body, SOURCE);
  if (/series does not exist/i.test(words)) return unknownSeries(symbol);
  if (/api_key/i.test(words))
    return new VendorError("key-wrong", `FRED does not take the key: check ${KEY}, 32 letters and digits`);
  return new VendorError("refused", `FRED refuses ${symbol}: ${words.replace(/\s+/g, " ").trim()}`);
}

/** Series of the Federal Reserve Bank of St. Louis, in the units that their metadata says at each pull. */
export const fred: Vendor = {
  id: "fred",
  name: "FRED",
  offers: {series: ["1d"]},
  universe: "markets",
  calendar: "none",
  overlapDays: 400,
  key: KEY,
  rate: {perMinute: 110, burst: 10},
  note: "free key of fred.stlouisfed.org; 120 requests a minute; a series has its own period, its day is the first of it",

  async *pull(ask, web, signal) {
    checkAsk(fred, ask);
    const {symbol, from, to} = ask;
    if (!isSeriesName(symbol)) throw unknownSeries(symbol);
    if (web.key === null) {
      const sentence = `FRED's API wants a key: put one into ${KEY}, or ask vendor fred-graph, which needs none`;
      throw new VendorError("key-missing", sentence);
    }
    const get = (path: string, query: Record<string, string>) =>
      asked(path, {series_id: symbol, ...query}, web, signal, symbol);
    const {title, units} = parseMetadata((await get("/fred/series", {})).text);
    let empty = true;
    for (let offset = 0, count = 1; offset < count; offset += PAGE) {
      const query = {
        observation_start: from,
        observation_end: to,
        sort_order: "asc",
        limit: String(PAGE),
        offset: String(offset)
      };
      const page = parseObservations((await get("/fred/series/observations", query)).text);
      count = page.count;
      if (page.observations.length !== Math.min(PAGE, count - offset)) {
        const sentence = `FRED sent ${page.observations.length} of ${count - offset} observations of ${symbol}: pull again`;
        throw new VendorError("truncated", sentence);
      }
      const {unit, rows} = rowsOfSeries(symbol, page.observations, units);
      if (!rows.length) continue;
      empty = false;
      yield {facts: {symbol, name: title, unit, timeZone: ""}, rows: [rowsOf("series", rows)]};
    }
    if (empty) throw noData(SOURCE, ask);
  }
};

async function asked(
  path: string,
  query: Record<string, string>,
  web: Web,
  signal: AbortSignal,
  symbol: string
): Promise<Reply> {
  const secret = {api_key: web.key ?? ""};
  const request = {
    path,
    query: {...query, file_type: "json"},
    secret,
    content: "json",
    accept: [400]
  } as const;
  const reply = await web.get(request, signal);
  if (reply.status === 400) throw refusalOf(reply.text, symbol);
  return reply;
}
