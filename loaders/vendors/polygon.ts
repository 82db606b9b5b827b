import {type Row, rowsOf} from "../../lib/lake/columns.js";
import {dayOf} from "../../lib/time/day.js";
import type {Reply, Request, Web} from "../web.js";
import {checkAsk} from "./ask.js";
import {madeAt} from "./clock.js";
import {noData} from "./parsed.js";
import {classOf, type Page, parseAggregates, parseDividends, parseSplits, SOURCE} from "./polygon-replies.js";
import {firstDayOf} from "./sessions.js";
import {type Ask, type Pulled, type SymbolFacts, type Vendor, VendorError} from "./vendor.js";

/** Polygon's number and word for a frequency. */
const SPANS = {
  "1s": "1/second",
  "1m": "1/minute",
  "5m": "5/minute",
  "15m": "15/minute",
  "30m": "30/minute",
  "1h": "1/hour",
  "4h": "4/hour",
  "1d": "1/day",
  "1w": "1/week",
  "1mo": "1/month"
} as const;
type Offered = keyof typeof SPANS;
const FREQUENCIES = Object.keys(SPANS) as Offered[]; // keys of the constant above
const KEY = "POLYGON_API_KEY";

/** Bars of US stocks, options, indices, currencies and coins as traded, and their splits and dividends. */
export const polygon: Vendor = {
  id: "polygon",
  name: SOURCE,
  offers: {bars: ["1d", ...FREQUENCIES.filter((frequency) => frequency !== "1d")], actions: ["1d"]},
  universe: "markets",
  calendar: "nyse",
  overlapDays: 5,
  key: KEY,
  rate: {perMinute: 5, burst: 5},
  note: "key needed (Polygon is Massive since October 2025); free plan: 5 requests a minute, two years back, end of day",

  async *pull(ask, web, signal) {
    checkAsk(polygon, ask);
    if (web.key === null)
      throw new VendorError(
        "key-missing",
        `${SOURCE} wants a key: make one at massive.com and put it into ${KEY}`
      );
    yield* ask.kind === "actions" ? actions(ask, web, signal) : bars(ask, web, signal);
  }
};

async function* bars(ask: Ask, web: Web, signal: AbortSignal): AsyncGenerator<Pulled> {
  const {symbol, frequency, to} = ask;
  const from = dayOf(firstDayOf(ask.from, frequency) - (frequency === "1w" ? 1 : 0)); // its weeks begin on Sundays
  const span = SPANS[frequency as Offered]; // checked by checkAsk
  const path = `/v2/aggs/ticker/${encodeURIComponent(symbol)}/range/${span}/${from}/${to}`;
  const parse = (reply: Reply) =>
    parseAggregates(reply.text, {symbol, frequency, at: madeAt(reply, web, SOURCE)});
  let found = false;
  for await (const rows of pages(
    path,
    {adjusted: "false", sort: "asc", limit: "50000"},
    parse,
    web,
    signal
  )) {
    const within = rows.filter(({day}) => day! >= from && day! <= to);
    if (!within.length) continue;
    found = true;
    yield {facts: factsOf(symbol), rows: [rowsOf("bars", within)]};
  }
  if (!found) throw await nothing(ask, web, signal);
}

/** Splits and dividends; a share that has none is no error. */
async function* actions({symbol, from, to}: Ask, web: Web, signal: AbortSignal): AsyncGenerator<Pulled> {
  const query = (day: string) => ({
    ticker: symbol,
    [`${day}.gte`]: from,
    [`${day}.lte`]: to,
    sort: day,
    order: "asc",
    limit: "1000"
  });
  const all = async (name: string, day: string, parse: (text: string) => Page<Row<"actions">>) => {
    const found: Row<"actions">[] = [];
    const path = `/v3/reference/${name}`;
    for await (const rows of pages(path, query(day), ({text}) => parse(text), web, signal))
      found.push(...rows);
    return found;
  };
  const splits = await all("splits", "execution_date", (text) => parseSplits(text, symbol));
  const dividends = await all("dividends", "ex_dividend_date", (text) => parseDividends(text, symbol));
  yield {facts: factsOf(symbol), rows: [rowsOf("actions", [...splits, ...oneADay(dividends)])]};
}

/** Yields the rows of each page; `next_url` is followed on the same host only, with the key put to it. */
async function* pages<T>(
  path: string,
  query: Record<string, string>,
  parse: (reply: Reply) => Page<T>,
  web: Web,
  signal: AbortSignal
): AsyncGenerator<T[]> {
  const asked = new Set<string>();
  for (let next: string | null = path; next !== null;) {
    if (asked.has(next))
      throw new VendorError("changed-format", `${SOURCE} names a page twice: update Tearsheet, or report it`);
    asked.add(next);
    const request: Request = {path: next, secret: {apiKey: web.key ?? ""}, content: "json"};
    const page = parse(await web.get(next === path ? {...request, query} : request, signal));
    yield page.rows;
    next = page.next;
  }
}

/** Returns why there are no bars: Polygon answers a ticker that it does not know as one without trades. */
async function nothing(ask: Ask, web: Web, signal: AbortSignal): Promise<VendorError> {
  const {status} = await web.get(
    {
      path: `/v3/reference/tickers/${encodeURIComponent(ask.symbol)}`,
      secret: {apiKey: web.key ?? ""},
      content: "json",
      accept: [404]
    },
    signal
  );
  if (status !== 404) return noData(SOURCE, ask);
  return new VendorError(
    "unknown-symbol",
    `${SOURCE} knows no ${ask.symbol}: write AAPL, X:BTCUSD, C:EURUSD or I:SPX, as at massive.com`
  );
}

/** A regular and a special dividend of one ex-date are one row. */
function oneADay(dividends: Row<"actions">[]): Row<"actions">[] {
  const days = Map.groupBy(dividends, ({day, currency}) => `${day} ${currency}`);
  return Array.from(days.values(), (same) => ({
    ...same[0],
    value: same.reduce((sum, {value}) => sum + value!, 0) // each dividend has one
  }));
}

function factsOf(symbol: string): SymbolFacts {
  const {currency, timeZone} = classOf(symbol);
  return {symbol, name: "", unit: currency, timeZone};
}
