import {VENDORS} from "../../../loaders/vendors/index.js";
import type {Ask, Pulled, Vendor} from "../../../loaders/vendors/vendor.js";
import {createWeb, type KeptReply, type WebOptions} from "../../../loaders/web.js";
import {SIM_KEYS, startVendors, type VendorFaults, type Vendors} from "../../../sim/vendors/service.js";
import {recordsOf} from "./written-web.js";

export type PriceVendor = "yahoo" | "polygon" | "binance" | "stooq";
export const EACH: PriceVendor[] = ["yahoo", "polygon", "binance", "stooq"];

/** A Friday after New York's close; Stooq's download answered programs until 2026-07-29. */
export const NOW = {
  yahoo: "2026-11-20T22:00:00Z",
  polygon: "2026-11-20T22:00:00Z",
  binance: "2026-11-20T22:00:00Z",
  stooq: "2026-07-17T22:00:00Z"
};
/** The symbol that is asked for when a test names none. */
export const USUAL = {yahoo: "AAPL", polygon: "AAPL", binance: "BTCUSDT", stooq: "aapl.us"};
/** The first day that is asked for when a test names none. */
const FIRST = "2026-01-02";

export interface Desk {
  vendor: Vendor;
  stand: Vendors;
  kept: KeptReply[];
  waits: number[];
  /** All pages of a pull. */
  pull: (ask?: Partial<Ask>) => Promise<Pulled[]>;
  pages: (ask?: Partial<Ask>) => AsyncIterable<Pulled>;
  /** The stand-in's own bars, as traded, in the major unit; Binance's volume in coins. */
  truth: (options?: {symbol?: string; from?: string; divisor?: number}) => Bar[];
  /** Spoils each answer from now on, or the next ones only; nothing when called with nothing. */
  spoil: (faults: Partial<VendorFaults>) => void;
}

interface Shared {
  stand: Vendors;
  clock: {time: number};
}

/** Starts stand-ins for a file of tests, with a clock that each desk sets. */
export async function startShared(options: {pacing?: boolean} = {}): Promise<Shared> {
  const clock = {time: Date.parse(NOW.yahoo)};
  return {clock, stand: await startVendors({now: () => new Date(clock.time), ...options})};
}

/** A client at its stand-in, on which nothing is wrong yet; one clock for both, that only waiting moves. */
export function openDesk(
  {stand, clock}: Shared,
  id: PriceVendor,
  {at = NOW[id], ...options}: Partial<WebOptions> & {at?: string} = {}
): Desk {
  clock.time = Date.parse(at);
  stand.calls.length = 0;
  const spoil = (faults: Partial<VendorFaults>) =>
    void Object.assign(stand.faults[id], {next: [], always: [], ...faults});
  spoil({});
  const vendor = VENDORS.find((known) => known.id === id)!; // one of each
  const kept: KeptReply[] = [];
  const waits: number[] = [];
  const web = createWeb({
    vendor,
    baseUrl: stand.urls[id],
    key: id === "polygon" ? SIM_KEYS.polygon : null,
    now: () => new Date(clock.time),
    random: () => 0,
    wait: (ms) => {
      waits.push(ms);
      clock.time += ms;
      return Promise.resolve();
    },
    keepReply: (reply) => void kept.push(reply),
    ...options
  });
  const usual = {kind: "bars", symbol: USUAL[id], frequency: "1d", from: FIRST, to: at.slice(0, 10)} as const;
  const pages = (ask: Partial<Ask> = {}) =>
    vendor.pull({...usual, ...ask}, web, new AbortController().signal);
  const pull = async (ask: Partial<Ask> = {}) => {
    const all: Pulled[] = [];
    for await (const page of pages(ask)) all.push(page);
    return all;
  };
  return {vendor, stand, kept, waits, pull, pages, spoil, truth: (options) => truthOf(stand, id, options)};
}

const VALUES = ["open", "high", "low", "close", "volume"] as const;
export type Bar = [day: string, open: number, high: number, low: number, close: number, volume: number];

/** Bars as they came, day by day. */
export function bars(pages: readonly Pulled[]): Bar[] {
  return recordsOf(pages, "bars").map((row) => [row.day, ...VALUES.map((name) => row[name])] as Bar);
}

function truthOf(
  stand: Vendors,
  id: PriceVendor,
  {symbol = USUAL[id], from = FIRST, divisor = 1}: Parameters<Desk["truth"]>[0] = {}
): Bar[] {
  const {days, volume, ...prices} = stand.world().bars(`${id}:${symbol}`);
  const major = (value: number) => Number(`${value}e-${Math.log10(divisor)}`);
  return days
    .map((day, i): Bar => {
      const close = prices.close[i];
      const units = id === "binance" ? Math.round((volume[i] / close) * 1e5) / 1e5 : volume[i];
      return [day, major(prices.open[i]), major(prices.high[i]), major(prices.low[i]), major(close), units];
    })
    .filter(([day]) => day >= from);
}
