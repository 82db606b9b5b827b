/** Streams of quotes: live, frozen, delayed. */

import type {Desk} from "./desk.js";
import {single} from "./answer-contracts.js";
import {greeks} from "./greeks.js";
import {toWire} from "./listing.js";
import type {Quote} from "./market.js";
import type {Session, Stream} from "./session.js";
import {
  marketDataType,
  tickGeneric,
  tickOption,
  tickPrice,
  tickReqParams,
  tickSize,
  tickSnapshotEnd,
  tickString
} from "./wire/encode-market.js";
import type {Message} from "./wire/frames.js";
import type {Request} from "./wire/requests.js";

/** Market data lines of an account that buys no more. */
const LINES = 100;
const DELAY_MS = 15 * 60_000;

/** Tick types: price, and its size where it has one; the same delayed. */
const PRICES = [
  {field: "bid", type: 1, delayed: 66, size: "bidSize", sizeType: 0, delayedSize: 69},
  {field: "ask", type: 2, delayed: 67, size: "askSize", sizeType: 3, delayedSize: 70},
  {field: "last", type: 4, delayed: 68, size: "lastSize", sizeType: 5, delayedSize: 71},
  {field: "high", type: 6, delayed: 72},
  {field: "low", type: 7, delayed: 73},
  {field: "close", type: 9, delayed: 75},
  {field: "open", type: 14, delayed: 76}
] as const;

export function start(session: Session, request: Extract<Request, {kind: "marketData"}>, desk: Desk): void {
  const {reqId, wanted, snapshot} = request;
  const {marketData} = session.subscriptions;
  const {faults, clock} = desk;
  if (marketData.has(reqId)) return session.error(reqId, 102, "Duplicate ticker id");
  if (marketData.size >= LINES) return session.error(reqId, 101, "Max number of tickers has been reached.");
  const listing = single(session, reqId, wanted, desk);
  if (!listing) return undefined;
  if (faults.competing) {
    return session.error(reqId, 10197, "No market data during competing live session");
  }
  const asked = session.dataType;
  if (faults.marketData === "none" || (faults.marketData === "delayed" && asked < 3)) {
    return session.error(
      reqId,
      354,
      "Requested market data is not subscribed. Delayed market data is available."
    );
  }
  const live = faults.marketData === "live";
  if (!live) {
    session.error(reqId, 10167, "Requested market data is not subscribed. Displaying delayed market data.");
  }
  const frozen = !desk.isOpen(clock()) && asked % 2 === 0;
  const stream: Stream = {listing, type: (live ? 1 : 3) + (frozen ? 1 : 0), last: {}};
  session.send(marketDataType(reqId, stream.type));
  session.send(tickReqParams(reqId, listing.minTick, "a60001"));
  session.send(...ticks(reqId, stream, desk));
  if (snapshot) return session.send(tickSnapshotEnd(reqId));
  marketData.set(reqId, stream);
  return undefined;
}

export function stop(session: Session, reqId: number): void {
  if (!session.subscriptions.marketData.delete(reqId)) {
    session.error(reqId, 300, `Can't find EId with tickerId:${reqId}`);
  }
}

/** What changed since a stream told last. */
export function ticks(reqId: number, stream: Stream, {market, clock}: Desk): Message[] {
  const {listing, type, last} = stream;
  const isDelayed = type >= 3;
  const at = isDelayed ? new Date(clock().getTime() - DELAY_MS) : clock();
  const quote = market.quote(listing, at);
  const changed = (field: keyof Quote): boolean => quote[field] !== last[field];
  const messages: Message[] = [];
  for (const one of PRICES) {
    const size = "size" in one ? quote[one.size] : undefined;
    const moved = changed(one.field);
    const id = isDelayed ? one.delayed : one.type;
    if (moved) messages.push(tickPrice(reqId, id, toWire(listing, quote[one.field]), size ?? 0));
    if ("size" in one && (moved || changed(one.size))) {
      messages.push(tickSize(reqId, isDelayed ? one.delayedSize : one.sizeType, quote[one.size]));
    }
  }
  if (changed("volume")) messages.push(tickSize(reqId, isDelayed ? 74 : 8, quote.volume));
  if (changed("last")) {
    messages.push(tickString(reqId, isDelayed ? 88 : 45, String(Math.floor(at.getTime() / 1000))));
    messages.push(...optionTicks(reqId, stream, quote, at, market));
  }
  if (last.last === undefined) messages.push(tickGeneric(reqId, isDelayed ? 90 : 49, 0));
  stream.last = quote;
  return messages;
}

function optionTicks(
  reqId: number,
  {listing, type}: Stream,
  {bid, ask, last}: Quote,
  at: Date,
  market: Desk["market"]
): Message[] {
  const {underlying, secType} = listing;
  if (secType !== "OPT" || !underlying) return [];
  const model = greeks(listing, market.quote(underlying, at).last, at);
  const first = type >= 3 ? 80 : 10; // bid, ask, last, model
  return [bid, ask, last, model.price].map((price, i) => tickOption(reqId, first + i, {...model, price}));
}

export function tellQuotes(session: Session, desk: Desk): void {
  for (const [reqId, stream] of session.subscriptions.marketData) {
    if (stream.type % 2 === 0) continue; // a frozen quote does not move
    const messages = ticks(reqId, stream, desk);
    if (messages.length) session.send(...messages);
  }
}
