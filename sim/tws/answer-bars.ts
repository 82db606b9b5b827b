/** History, bars that grow, bars of five seconds. */

import {single} from "./answer-contracts.js";
import {type BarSize, barsOf, parseBarSize, parseDuration} from "./bars.js";
import type {Desk} from "./desk.js";
import type {HistoricalPacing} from "./historical-pacing.js";
import {clean, type Listing, toWire} from "./listing.js";
import type {Bar} from "./market.js";
import type {Session} from "./session.js";
import {
  headTimestamp,
  historicalData,
  historicalUpdate,
  realTimeBar,
  type TimedBar
} from "./wire/encode-market.js";
import type {HistoricalQuery, Request} from "./wire/requests.js";
import {dayIn, eastern, parseTime, zoned} from "./wire/time.js";

type Ask<K extends Request["kind"]> = Extract<Request, {kind: K}>;

const SHOWN = ["TRADES", "MIDPOINT", "BID", "ASK", "BID_ASK", "ADJUSTED_LAST"];
const MOST_BARS = 20_000;
const DAY_S = 86_400;
const SMALL_BAR_S = 30;
const REAL_TIME_MS = 5000;

const service = (message: string): [number, string] => [
  162,
  `Historical Market Data Service error message:${message}`
];
const invalid = (cause: string): [number, string] => [
  321,
  `Error validating request.-'bI' : cause - ${cause}`
];

/** What is wrong with a request for history; undefined when nothing is. */
function refusal(query: HistoricalQuery, listing: Listing): [code: number, message: string] | undefined {
  const {barSize, duration, what, end, keepUpToDate} = query;
  const size = parseBarSize(barSize);
  const length = parseDuration(duration);
  if (size === undefined)
    return invalid(
      "Historical data bar size setting is invalid. Legal ones are: 1 sec, 5 secs, ..., 1 month"
    );
  if (!length) return invalid("Historical data query duration setting is invalid");
  if (!SHOWN.includes(what)) return invalid(`Historical data type is invalid: ${what}`);
  if (end && keepUpToDate) return invalid("Historical data with an end cannot be kept up to date");
  if (end && !parseTime(end))
    return invalid("End Date/Time: the date, time, or time-zone entered is invalid");
  if (listing.secType === "CASH" && what === "TRADES")
    return service(`HMDS query returned no data: ${listing.localSymbol}@${listing.exchanges[0]} Trades`);
  const seconds = length.count * {S: 1, D: DAY_S, W: 7 * DAY_S, M: 31 * DAY_S, Y: 366 * DAY_S}[length.unit];
  if (typeof size === "number" && seconds / size > 4 * MOST_BARS) return invalid("Time length exceed max.");
  return undefined;
}

export function history(
  session: Session,
  query: Ask<"historicalData">,
  desk: Desk,
  pacing: HistoricalPacing
): void {
  const {reqId, wanted, what, keepUpToDate, regularHours: regular} = query;
  const {clock, market, faults} = desk;
  const listing = single(session, reqId, wanted, desk);
  if (!listing) return undefined;
  const wrong = refusal(query, listing);
  if (wrong) return session.error(reqId, ...wrong);
  const size = parseBarSize(query.barSize)!; // both were read a line above
  const duration = parseDuration(query.duration)!;
  const {conId} = listing;
  const small = typeof size === "number" && size <= SMALL_BAR_S;
  const key = JSON.stringify([conId, query.end, query.barSize, query.duration, what, regular]);
  if (faults.historicalPacing && small) {
    const weight = what === "BID_ASK" ? 2 : 1;
    if (pacing.isViolated(clock(), key, `${conId} ${wanted.exchange} ${what}`, weight))
      return session.error(reqId, ...service("Historical data request pacing violation"));
  }
  const end = parseTime(query.end) ?? clock();
  const bars = barsOf(market, listing, {size, duration, regular, end});
  if (!bars.length)
    return session.error(
      reqId,
      ...service(`HMDS query returned no data: ${listing.localSymbol}@SMART ${what}`)
    );
  session.send(
    historicalData(
      reqId,
      eastern(bars[0].start),
      eastern(end),
      bars.map((one) => timed(one, listing, query, size))
    )
  );
  if (keepUpToDate) session.subscriptions.bars.set(reqId, {listing, query});
  return undefined;
}

/** A bar in the wire's prices and the way of telling time that was asked for. */
function timed(one: Bar, listing: Listing, {what, formatDate}: HistoricalQuery, size: BarSize): TimedBar {
  const {start, open, high, low, close, average} = one;
  const shift = what === "BID" ? -listing.minTick : what === "ASK" ? listing.minTick : 0;
  const price = (value: number): number => toWire(listing, clean(value + shift));
  const traded = what === "TRADES" || what === "ADJUSTED_LAST";
  const time =
    typeof size !== "number"
      ? dayIn(start, "America/New_York")
      : formatDate === 2
        ? Math.floor(start.getTime() / 1000)
        : eastern(start);
  return {
    time,
    open: price(open),
    high: price(high),
    low: price(low),
    close: price(close),
    average: price(average),
    volume: traded ? one.volume : -1,
    count: traded ? one.count : -1
  };
}

export function stopHistory(session: Session, reqId: number): void {
  if (!session.subscriptions.bars.delete(reqId))
    session.error(reqId, 366, `No historical data query found for ticker id:${reqId}`);
}

/** The bar of this moment, again and again. */
export function tellBars(session: Session, {market, clock}: Desk): void {
  for (const [reqId, {listing, query}] of session.subscriptions.bars) {
    const size = parseBarSize(query.barSize)!; // was read when the request came
    const duration = {count: typeof size === "number" ? 1 : 31, unit: "D"} as const;
    const bars = barsOf(market, listing, {size, duration, regular: query.regularHours, end: clock()});
    const newest = bars.at(-1);
    if (newest) session.send(historicalUpdate(reqId, timed(newest, listing, query, size)));
  }
}

export function head(session: Session, request: Ask<"headTimestamp">, desk: Desk): void {
  const {reqId, wanted, formatDate} = request;
  if (!single(session, reqId, wanted, desk)) return;
  const first = new Date("2014-01-02T14:30:00Z");
  const time = formatDate === 2 ? String(first.getTime() / 1000) : zoned(first, "UTC").replace(" ", "-");
  session.send(headTimestamp(reqId, time));
}

export function realTime(session: Session, request: Ask<"realTimeBars">, desk: Desk): void {
  const {reqId, wanted, what} = request;
  const listing = single(session, reqId, wanted, desk);
  if (!listing) return;
  if (!SHOWN.includes(what) || (listing.secType === "CASH" && what === "TRADES"))
    return session.error(reqId, 420, "Invalid Real-time Query:No market data permissions");
  const lastBar = Math.floor(desk.clock().getTime() / REAL_TIME_MS);
  session.subscriptions.realTime.set(reqId, {listing, what, lastBar});
}

/** Every five seconds of the clock, the bar of the five seconds before. */
export function tellRealTime(session: Session, {market, clock}: Desk): void {
  const current = Math.floor(clock().getTime() / REAL_TIME_MS);
  for (const [reqId, stream] of session.subscriptions.realTime) {
    for (; stream.lastBar < current; ++stream.lastBar) {
      const [start, end] = [stream.lastBar, stream.lastBar + 1].map((n) => new Date(n * REAL_TIME_MS));
      const bar = market.bar(stream.listing, start, end);
      const query = {what: stream.what, formatDate: 2} as HistoricalQuery; // all that a bar's form depends on
      session.send(realTimeBar(reqId, timed(bar, stream.listing, query, REAL_TIME_MS / 1000)));
    }
  }
}
