import {rowsOf} from "../../lib/lake/columns.js";
import type {Web} from "../web.js";
import {checkAsk} from "./ask.js";
import {noData} from "./parsed.js";
import {sharedReply} from "./shared-reply.js";
import {type Curve, type CurveDay, CURVES, isPoint, parseCurveCsv, parseFeed} from "./treasury-feed.js";
import {type Vendor, VendorError} from "./vendor.js";

const HERE = "/resource-center/data-chart-center/interest-rates";
/** Entries on a page of the feed. */
const PAGE = 300;
/** What the feed may fail with while the CSV still answers. */
const FEED_TROUBLE = ["unavailable", "not-what-was-asked", "challenge", "truncated", "changed-format"];

/** Par yields of the US Treasury, nominal (`BC_10YEAR`) and real (`TC_10YEAR`), percent. */
export const treasury: Vendor = {
  id: "treasury",
  name: "US Treasury",
  offers: {series: ["1d"]},
  universe: "markets",
  calendar: "weekdays",
  overlapDays: 10,
  key: null,
  rate: {perMinute: 30, burst: 4},
  note: "free, no key; one curve a business day, about 18:00 in New York",

  async *pull(ask, web, signal) {
    checkAsk(treasury, ask);
    const {symbol, from, to} = ask;
    const curve = (["BC", "TC"] as const).find((known) => isPoint(symbol, known));
    if (!curve) {
      throw new VendorError(
        "unknown-symbol",
        `the Treasury has no yield named ${symbol}: write BC_10YEAR, or TC_10YEAR for the real curve`
      );
    }
    let found = false;
    for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); ++year) {
      const days = await curveOf(year, curve, web, signal);
      const rows = days
        .filter(({day, yields}) => day >= from && day <= to && yields.has(symbol))
        .map(({day, yields}) => ({series: symbol, day, value: yields.get(symbol)!, unit: "percent"}))
        .sort((a, b) => (a.day < b.day ? -1 : 1));
      if (!rows.length) continue;
      found = true;
      yield {
        facts: {symbol, name: nameOf(symbol, curve), unit: "percent", timeZone: ""},
        rows: [rowsOf("series", rows)]
      };
    }
    if (!found) throw noData("the Treasury", ask);
  }
};

/** Gets a year of a curve from the feed; from the CSV when the feed is in trouble and the CSV is not. */
async function curveOf(year: number, curve: Curve, web: Web, signal: AbortSignal): Promise<CurveDay[]> {
  try {
    return await fromFeed(year, curve, web, signal);
  } catch (error) {
    if (!(error instanceof VendorError && FEED_TROUBLE.includes(error.code))) throw error;
    const query = {type: CURVES[curve], field_tdr_date_value: String(year), page: "", _format: "csv"};
    const request = {
      path: `${HERE}/daily-treasury-rates.csv/${year}/all`,
      query,
      content: "csv",
      trimmed: true
    } as const;
    try {
      return parseCurveCsv((await sharedReply(web, request, signal)).text, curve);
    } catch {
      signal.throwIfAborted();
      throw error; // the feed's trouble is the one to tell
    }
  }
}

async function fromFeed(year: number, curve: Curve, web: Web, signal: AbortSignal): Promise<CurveDay[]> {
  const days: CurveDay[] = [];
  for (let page = 0; ; ++page) {
    const query = {data: CURVES[curve], field_tdr_date_value: String(year), page: String(page)};
    const request = {path: `${HERE}/pages/xml`, query, content: "xml"} as const;
    const more = parseFeed((await sharedReply(web, request, signal)).text, curve);
    days.push(...more);
    if (more.length < PAGE) return days;
  }
}

function nameOf(symbol: string, curve: Curve): string {
  const maturity = symbol
    .slice(3)
    .replace("_", ".")
    .replace(/(MONTH|YEAR)$/, (unit) => `-${unit.toLowerCase()}`);
  return `${maturity} ${curve === "TC" ? "real par yield (TIPS)" : "par yield"}`;
}
