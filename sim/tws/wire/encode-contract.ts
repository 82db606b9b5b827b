/** Messages about contracts. */

import type {Listing} from "../listing.js";
import type {Field, Message} from "./frames.js";

/** Strike, right and multiplier as TWS writes them: nothing where there is none. */
const derivative = ({strike, right, multiplier, secType}: Listing): Field[] => [
  strike || "0",
  right,
  secType === "OPT" || secType === "FUT" ? multiplier : ""
];

/** conId to tradingClass, as orders, executions and positions have them. */
export function contractFields(listing: Listing, exchange: string): Field[] {
  const {conId, symbol, secType, expiry, currency, localSymbol, tradingClass} = listing;
  return [
    conId,
    symbol,
    secType,
    expiry,
    ...derivative(listing),
    exchange,
    currency,
    localSymbol,
    tradingClass
  ];
}

/** Groups of quotes that TWS puts together, where a kind has one. */
const AGGREGATE: Readonly<Record<string, number>> = {STK: 1, OPT: 2};

export interface Hours {
  trading: string;
  liquid: string;
}

/** contractDetails; the contract's exchange is the one that was asked for. */
export function contractDetails(
  version: number,
  reqId: number,
  listing: Listing,
  exchange: string,
  hours: Hours
): Message {
  const {expiry, expiryTime, underlying, isin} = listing;
  const dated = [expiry, expiryTime].filter(Boolean).join(" ");
  return [
    10,
    reqId,
    listing.symbol,
    listing.secType,
    dated,
    ...(version >= 182 ? [expiry] : []),
    listing.strike || "0",
    listing.right,
    exchange,
    listing.currency,
    listing.localSymbol,
    listing.tradingClass,
    listing.tradingClass,
    listing.conId,
    listing.minTick,
    derivative(listing)[2],
    "ACTIVETIM,AD,ADJUST,ALERT,DAY,GTC,GTD,IOC,LMT,LOC,MKT,MOC,OPG,STP,STPLMT,TRAIL,WHATIF",
    listing.exchanges.join(","),
    listing.priceMagnifier,
    underlying?.conId ?? 0,
    listing.longName,
    listing.primaryExchange,
    expiry.slice(0, 6),
    listing.industry,
    "",
    "",
    listing.timeZone,
    hours.trading,
    hours.liquid,
    "",
    "",
    ...(isin ? [1, "ISIN", isin] : [0]),
    AGGREGATE[listing.secType] ?? 2147483647,
    underlying?.symbol ?? "",
    underlying?.secType ?? "",
    listing.exchanges.map(() => listing.marketRule).join(","),
    expiry,
    listing.stockType,
    listing.secType === "STK" ? 0.0001 : 1,
    listing.secType === "STK" ? 0.0001 : 1,
    listing.secType === "STK" ? 100 : 1,
    ...(version >= 186 ? [0] : [])
  ];
}

export const contractDetailsEnd = (reqId: number): Message => [52, 1, reqId];

/** matchingSymbols' answer. */
export function symbolSamples(
  version: number,
  reqId: number,
  found: readonly [Listing, string[]][]
): Message {
  return [
    79,
    reqId,
    found.length,
    ...found.flatMap(([one, derivatives]): Field[] => [
      one.conId,
      one.symbol,
      one.secType,
      one.primaryExchange,
      one.currency,
      derivatives.length,
      ...derivatives,
      ...(version >= 176 ? [one.longName, ""] : [])
    ])
  ];
}

export interface OptionClass {
  exchange: string;
  underConId: number;
  tradingClass: string;
  multiplier: number;
  expirations: readonly string[];
  strikes: readonly number[];
}

export function optionParameters(reqId: number, one: OptionClass): Message {
  const {exchange, underConId, tradingClass, multiplier, expirations, strikes} = one;
  return [
    75,
    reqId,
    exchange,
    underConId,
    tradingClass,
    multiplier,
    expirations.length,
    ...expirations,
    strikes.length,
    ...strikes
  ];
}

export const optionParametersEnd = (reqId: number): Message => [76, reqId];

export function marketRule(id: number, steps: readonly {lowEdge: number; increment: number}[]): Message {
  return [93, id, steps.length, ...steps.flatMap(({lowEdge, increment}) => [lowEdge, increment])];
}
