/** The contracts of the stand-in, under the demo account's numbers, and how a client's description finds them. */

import {SHARES, INDEX, indexFuture, option, pair, type Instrument} from "../account/market/instruments.js";
import {addMonths, newYorkDate, nthWeekday} from "../account/market/calendar.js";
import {NATURES} from "../account/market/natures.js";
import type {Listing, SecType} from "./listing.js";
import type {Wanted} from "./wire/contract.js";

/** Venues and clocks by the exchange that lists a share. */
const TIME_ZONES: Readonly<Record<string, string>> = {
  LSE: "GB-Eire",
  IBIS: "MET",
  SBF: "MET",
  TSEJ: "Japan",
  CME: "US/Central"
};

/** Least steps by market rule. */
export const MARKET_RULES: ReadonlyMap<number, {lowEdge: number; increment: number}[]> = new Map([
  [26, [{lowEdge: 0, increment: 0.01}]],
  [32, [{lowEdge: 0, increment: 0.0005}]],
  [67, [{lowEdge: 0, increment: 0.25}]],
  [239, [{lowEdge: 0, increment: 0.00005}]],
  [
    110,
    [
      {lowEdge: 0, increment: 0.01},
      {lowEdge: 3, increment: 0.05}
    ]
  ],
  [1797, [{lowEdge: 0, increment: 1}]]
]);

const SEC_TYPES: Readonly<Record<Instrument["assetCategory"], SecType>> = {
  STK: "STK",
  OPT: "OPT",
  FUT: "FUT",
  CFD: "CFD",
  BILL: "BILL",
  CASH: "CASH"
};

const compact = (day: string): string => day.replaceAll("-", "");

/** An instrument of the demo account as TWS lists it. */
export function listingOf(instrument: Instrument, price: number, volatility: number): Listing {
  const {assetCategory, currency, listingExchange, underlying} = instrument;
  const secType = SEC_TYPES[assetCategory];
  const london = listingExchange === "LSE";
  const [minTick, marketRule] = grid(instrument);
  const [base] = instrument.symbol.split(".");
  const root =
    secType === "FUT" ? "DMQ" : secType === "CASH" ? base : (underlying?.symbol ?? instrument.symbol);
  return {
    conId: Number(instrument.conid),
    symbol: root,
    secType,
    expiry: compact(instrument.expiry ?? ""),
    expiryTime: secType === "FUT" ? "08:30 US/Central" : "",
    strike: Number(instrument.strike ?? 0n) / 1e12,
    right: instrument.putCall ?? "",
    multiplier: Number(instrument.multiplier) / 1e12,
    primaryExchange: secType === "STK" ? listingExchange : "",
    exchanges: venues(instrument),
    currency,
    localSymbol: instrument.symbol,
    tradingClass: london ? "SET1" : secType === "CASH" ? instrument.symbol : root,
    longName: instrument.issuer ?? instrument.description,
    industry: secType === "STK" ? "Demo" : "",
    stockType: secType === "STK" ? instrument.subCategory : "",
    isin: instrument.isin ?? "",
    minTick,
    priceMagnifier: london ? 100 : 1,
    marketRule,
    timeZone: TIME_ZONES[listingExchange] ?? "US/Eastern",
    underlying: underlying && listingOf(underlying, 0, volatility),
    price,
    volatility
  };
}

function grid({assetCategory, currency, listingExchange}: Instrument): [minTick: number, rule: number] {
  if (assetCategory === "FUT") return [0.25, 67];
  if (assetCategory === "CASH") return currency === "JPY" ? [0.005, 239] : [0.00005, 239];
  if (listingExchange === "LSE") return [0.0005, 32];
  return currency === "JPY" ? [1, 1797] : [0.01, assetCategory === "OPT" ? 110 : 26];
}

function venues({assetCategory, listingExchange}: Instrument): string[] {
  if (assetCategory === "FUT") return [listingExchange];
  if (assetCategory === "CASH") return ["IDEALPRO"];
  return ["SMART", ...(listingExchange ? [listingExchange] : [])];
}

/** The demo's index: nobody trades it, options and futures are on it. */
export const INDEX_LISTING: Listing = {
  ...listingOf(INDEX, 5000, 0.165),
  secType: "IND",
  exchanges: ["CBOE"],
  primaryExchange: ""
};

export interface Catalogue {
  all: readonly Listing[];
  byId(conId: number): Listing | undefined;
  /** Every listing that a description fits. */
  find(wanted: Wanted): Listing[];
}

/** Shares, the index and its futures, options on one share, currencies; as they stand at a time. */
export function listings(now: Date, extra: readonly Listing[] = []): Catalogue {
  const shares = NATURES.map(({name, price, beta, own}) =>
    listingOf(SHARES[name], price, Math.hypot(beta * 0.165, own))
  );
  const index = INDEX_LISTING;
  // The same symbol in another country: a description without a currency is ambiguous.
  const abroad: Listing = {
    ...listingOf(SHARES.chemie, 52.1, 0.26),
    conId: Number(SHARES.chemie.conid) + 1,
    currency: "USD",
    primaryExchange: "PINK",
    exchanges: ["SMART", "PINK"],
    timeZone: "US/Eastern"
  };
  const today = newYorkDate(now);
  const futures = quarters(today).map((expiry) => listingOf(indexFuture(expiry), 5025, 0.165));
  const options = [1, 2].flatMap((months) => {
    const expiry = thirdFriday(addMonths(today, months));
    return ["140", "145", "150", "155", "160"].flatMap((strike) =>
      (["C", "P"] as const).map((right) => listingOf(option(SHARES.chips, expiry, strike, right), 0, 0.38))
    );
  });
  const pairs = [
    listingOf(pair("EUR", "USD"), 1.0862, 0.07),
    listingOf(pair("GBP", "USD"), 1.2614, 0.075),
    listingOf(pair("USD", "JPY"), 149.005, 0.09)
  ];
  const known = new Map<number, Listing>();
  for (const one of [...shares, index, abroad, ...futures, ...options, ...pairs, ...extra])
    known.set(one.conId, one);
  for (const one of known.values())
    if (one.underlying) one.underlying = known.get(one.underlying.conId) ?? index;
  const all = [...known.values()];
  return {all, byId: (conId) => known.get(conId), find: (wanted) => all.filter((one) => fits(one, wanted))};
}

/** Third Fridays of the next four quarters' ends. */
function quarters(today: string): string[] {
  return Array.from({length: 14}, (_, month) => addMonths(`${today.slice(0, 8)}01`, month))
    .filter((day) => Number(day.slice(5, 7)) % 3 === 0)
    .map(thirdFriday)
    .filter((day) => day > today)
    .slice(0, 4);
}

const thirdFriday = (day: string): string =>
  nthWeekday(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 5, 3);

/** Empty fields fit everything; of a contract known by number, nothing else is asked. */
function fits(one: Listing, wanted: Wanted): boolean {
  if (wanted.conId) return one.conId === wanted.conId;
  if (wanted.secIdType === "ISIN" && wanted.secId) return one.isin === wanted.secId;
  const {symbol, secType, currency, exchange, primaryExchange, localSymbol, tradingClass} = wanted;
  if (!symbol && !localSymbol) return false;
  return (
    (!symbol || one.symbol === symbol) &&
    (!secType || one.secType === secType) &&
    (!currency || one.currency === currency) &&
    (!localSymbol || one.localSymbol === localSymbol) &&
    (!tradingClass || one.tradingClass === tradingClass) &&
    (!exchange || one.exchanges.includes(exchange) || one.primaryExchange === exchange) &&
    (!primaryExchange || one.primaryExchange === primaryExchange) &&
    (!wanted.expiry || one.expiry.startsWith(wanted.expiry)) &&
    (!wanted.strike || one.strike === wanted.strike) &&
    (!wanted.right || one.right === wanted.right[0]) &&
    (!wanted.multiplier || one.multiplier === Number(wanted.multiplier))
  );
}
