/**
 * Prices at any instant: a sum of seeded waves, one for each span from ten seconds to a year, so that a quote, a
 * five-second bar and a daily bar of the same moment agree. A price can be pinned by hand.
 */

import {blackScholes} from "../account/market/option-price.js";
import {clean, type Listing, onTick} from "./listing.js";

export interface Quote {
  bid: number;
  ask: number;
  last: number;
  bidSize: number;
  askSize: number;
  lastSize: number;
  open: number;
  high: number;
  low: number;
  /** Close of the session before. */
  close: number;
  volume: number;
}

export interface Bar {
  start: Date;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  average: number;
  count: number;
}

export interface Market {
  /** Price of a listing at an instant, on its grid. */
  price(listing: Listing, at: Date): number;
  quote(listing: Listing, at: Date): Quote;
  bar(listing: Listing, start: Date, end: Date): Bar;
  /** Fixes a quote, or parts of it: a last price alone moves bid and ask with it. */
  pin(conId: number, quote: Partial<Quote>): void;
  release(conId?: number): void;
}

const YEAR_S = 365 * 86_400;
const SPANS_S = [10, 60, 300, 1800, 10_800, 86_400, 432_000, 1_728_000, 6_912_000, 31_536_000];
const DAY_MS = 86_400_000;
const RATE = 0.04;

/** The market of a seed, whose listings have their own price at the start. */
export function makeMarket(seed: number, start: Date): Market {
  const pins = new Map<number, Partial<Quote>>();
  const origins = new Map<number, number>();

  const wave = (conId: number, seconds: number): number => {
    let sum = 0;
    SPANS_S.forEach((span, octave) => {
      const at = seconds / span;
      const whole = Math.floor(at);
      const [a, b] = [whole, whole + 1].map((i) => 2 * chance(seed, conId, octave, i) - 1);
      sum += Math.sqrt(span / YEAR_S) * (a + (b - a) * (at - whole));
    });
    return sum;
  };
  const path = ({conId, price, volatility}: Listing, at: Date): number => {
    let origin = origins.get(conId);
    if (origin === undefined) origins.set(conId, (origin = wave(conId, start.getTime() / 1000)));
    return price * Math.exp(volatility * (wave(conId, at.getTime() / 1000) - origin));
  };
  const raw = (listing: Listing, at: Date): number => {
    const {secType, underlying} = listing;
    if (secType !== "OPT" || !underlying) return path(listing, at);
    return premium(listing, pins.get(underlying.conId)?.last ?? raw(underlying, at), at);
  };
  const price = (listing: Listing, at: Date): number =>
    Math.max(listing.minTick, onTick(listing, raw(listing, at)));

  const bar = (listing: Listing, from: Date, to: Date): Bar => {
    const samples = Array.from({length: 9}, (_, i) =>
      price(listing, new Date(from.getTime() + ((to.getTime() - from.getTime()) * i) / 8))
    );
    const count = 1 + Math.floor(40 * chance(seed, listing.conId, 77, Math.floor(from.getTime() / 1000)));
    const traded = listing.secType === "CASH" || listing.secType === "IND" ? -1 : count * 100;
    return {
      start: from,
      open: samples[0],
      high: Math.max(...samples),
      low: Math.min(...samples),
      close: samples.at(-1)!, // nine of them
      volume: traded,
      average: clean(samples.reduce((sum, one) => sum + one, 0) / samples.length),
      count: traded < 0 ? -1 : count
    };
  };

  return {
    price,
    bar,
    quote(listing, at) {
      const {conId} = listing;
      const pinned = pins.get(conId);
      const last = pinned?.last ?? price(listing, at);
      const step =
        listing.secType === "CASH"
          ? listing.minTick
          : Math.max(listing.minTick, onTick(listing, last / 5000));
      const second = Math.floor(at.getTime() / 1000);
      const size = (kind: number) => 100 * (1 + Math.floor(9 * chance(seed, conId, kind, second)));
      const midnight = new Date(Math.floor(at.getTime() / DAY_MS) * DAY_MS);
      const today = bar(listing, midnight, at);
      return {
        bid: clean(Math.max(listing.minTick, last - step)),
        ask: clean(last + step),
        last,
        bidSize: size(91),
        askSize: size(92),
        lastSize: size(93),
        open: today.open,
        high: Math.max(today.high, last),
        low: Math.min(today.low, last),
        close: price(listing, midnight),
        volume: Math.max(0, Math.round((at.getTime() - midnight.getTime()) / 1000) * 10),
        ...pinned
      };
    },
    pin(conId, quote) {
      pins.set(conId, quote);
    },
    release(conId) {
      if (conId === undefined) pins.clear();
      else pins.delete(conId);
    }
  };
}

/** Years until an option's last moment, 16:00 in New York taken as 21:00 UTC. */
export function yearsTo({expiry}: Listing, at: Date): number {
  const end = Date.UTC(
    Number(expiry.slice(0, 4)),
    Number(expiry.slice(4, 6)) - 1,
    Number(expiry.slice(6, 8)),
    21
  );
  return Math.max(0, (end - at.getTime()) / (YEAR_S * 1000));
}

/** What an option is worth when its underlying is at a price. */
export function premium(listing: Listing, spot: number, at: Date): number {
  const {right, strike, volatility} = listing;
  return blackScholes(right || "C", spot, strike, yearsTo(listing, at), RATE, volatility);
}

/** Uniform in [0, 1), the same for the same arguments. */
function chance(seed: number, conId: number, octave: number, index: number): number {
  let hash = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
  for (const part of [conId, octave, index | 0, Math.floor(index / 2 ** 32)]) {
    hash = Math.imul(hash ^ part, 0xc2b2ae35);
    hash ^= hash >>> 15;
    hash = Math.imul(hash, 0x2c1b3c6d);
    hash ^= hash >>> 13;
  }
  return (hash >>> 0) / 2 ** 32;
}
