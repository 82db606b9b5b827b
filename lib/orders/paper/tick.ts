import type {LiveQuote} from "../../live/figures.js";
import {STALE_MS} from "../risk/situation.js";

/** A stretch of regular trading, milliseconds since 1970 UTC. */
export interface TradingSession {
  from: number;
  to: number;
}

/** A price as the paper broker matches orders with it, in the contract's currency. */
export interface Tick {
  conId: number;
  /** When it came, milliseconds since 1970 UTC. */
  at: number;
  /** Of this moment, or as old as the broker has them; a frozen one is of a market that is closed. */
  kind: LiveQuote["kind"];
  /** What a sale gets and a purchase pays; null where nobody quotes. */
  bid: number | null;
  ask: number | null;
  last: number | null;
  /** Units offered there; null where not told: then as many as are wanted. */
  bidSize: number | null;
  askSize: number | null;
  /** Units that were traded since the tick before; null when not told. What `volumeShare` of the rules is a share of. */
  traded: number | null;
  /**
   * Whether the price has jumped here from the tick before (a quote, a bar's open) or has come the whole way (within a
   * bar); `close` has come the way too, and is the last of its session.
   */
  moment: "jump" | "way" | "close";
  /** The regular session that it is of; null outside of all; undefined where the contract's hours are not known. */
  session: TradingSession | null | undefined;
}

/**
 * Returns a quote as a tick that has jumped.
 * @param before units that had been traded that day at the quote before; null when not known
 */
export function tickOf(quote: LiveQuote, before: number | null, session: Tick["session"]): Tick {
  const {conId, at, kind, bidSize, askSize, volume} = quote;
  const more = volume !== null && before !== null && volume > before ? volume - before : null;
  const [bid, ask, last] = [quote.bid, quote.ask, quote.last].map((price) =>
    price !== null && price > 0 ? price : null
  );
  return {conId, at, kind, bid, ask, last, bidSize, askSize, traded: more, moment: "jump", session};
}

/** Returns the price that units are bought (side 1) or sold (-1) at; null where nobody quotes. */
export function priceAt({bid, ask}: Tick, side: number): number | null {
  return side > 0 ? ask : bid;
}

/** Returns the price that what is held is valued at: between bid and ask, else the last; null where there is none. */
export function markOf({bid, ask, last}: Tick): number | null {
  return bid !== null && ask !== null && ask >= bid ? (bid + ask) / 2 : last;
}

/** Returns why an order at the market does not fill at this tick; null when it may. */
export function whyNotLive({kind, at}: Pick<Tick, "kind" | "at">, now: number): string | null {
  if (kind !== "live") return `the quote is ${kind}: an order at the market waits for a live one`;
  if (now - at > STALE_MS)
    return `the quote is ${Math.round((now - at) / 1000)} s old: an order at the market waits for a live one`;
  return null;
}

/** Returns the session that a time is in, both ends included; null between two, undefined where none is known so late. */
export function sessionAt(sessions: readonly TradingSession[] | null, at: number): Tick["session"] {
  const last = sessions?.at(-1);
  if (!sessions || !last || at > last.to) return undefined;
  return sessions.find(({from, to}) => from <= at && at <= to) ?? null;
}

const DAY_MS = 86_400_000;

/** Returns when a day order that is taken now ends: with the session that it is in or that is next, else with the UTC day. */
export function endOfDay(sessions: readonly TradingSession[] | null, now: number): number {
  const next = sessions?.find(({to}) => now < to);
  return next?.to ?? (Math.floor(now / DAY_MS) + 1) * DAY_MS;
}
