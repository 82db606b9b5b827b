/** Messages about accounts: values, positions, profit and loss. */

import type {Listing} from "../listing.js";
import {contractFields} from "./encode-contract.js";
import {ABSENT, type Message} from "./frames.js";

/** One value of an account; always a text, as TWS sends it. */
export interface AccountValue {
  tag: string;
  value: string;
  currency: string;
}

export const accountValue = ({tag, value, currency}: AccountValue, account: string): Message => [
  6,
  2,
  tag,
  value,
  currency,
  account
];

/** A position and what it is worth; prices in its currency. */
export interface Holding {
  listing: Listing;
  quantity: number;
  marketPrice: number;
  marketValue: number;
  /** Of one unit, with the multiplier in it. */
  averageCost: number;
  unrealized: number;
  realized: number;
}

export function portfolioValue(holding: Holding, account: string): Message {
  const {listing, quantity, marketPrice, marketValue, averageCost, unrealized, realized} = holding;
  const {conId, symbol, secType, expiry, strike, right, multiplier, currency} = listing;
  return [
    7,
    8,
    conId,
    symbol,
    secType,
    expiry,
    strike || "0",
    right || "0",
    secType === "OPT" || secType === "FUT" ? multiplier : "",
    listing.primaryExchange || listing.exchanges[0],
    currency,
    listing.localSymbol,
    listing.tradingClass,
    quantity,
    marketPrice,
    marketValue,
    averageCost,
    unrealized,
    realized,
    account
  ];
}

/** @param time `HH:mm` */
export const accountTime = (time: string): Message => [8, 1, time];

export const accountDownloadEnd = (account: string): Message => [54, 1, account];

export function position(account: string, {listing, quantity, averageCost}: Holding): Message {
  const exchange = listing.primaryExchange || listing.exchanges[0];
  return [61, 3, account, ...contractFields(listing, exchange), quantity, averageCost];
}

export const positionEnd = (): Message => [62, 1];

export const accountSummary = (
  reqId: number,
  account: string,
  {tag, value, currency}: AccountValue
): Message => [63, 1, reqId, account, tag, value, currency];

export const accountSummaryEnd = (reqId: number): Message => [64, 1, reqId];

export const accountUpdateMulti = (
  reqId: number,
  account: string,
  {tag, value, currency}: AccountValue
): Message => [73, 1, reqId, account, "", tag, value, currency];

export const accountUpdateMultiEnd = (reqId: number): Message => [74, 1, reqId];

/** Undefined where TWS does not know. */
export interface Profit {
  daily: number | undefined;
  unrealized: number | undefined;
  realized: number | undefined;
}

export function pnl(reqId: number, {daily, unrealized, realized}: Profit): Message {
  return [94, reqId, daily ?? ABSENT, unrealized ?? ABSENT, realized ?? ABSENT];
}

export function pnlSingle(reqId: number, quantity: number, profit: Profit, value: number): Message {
  const {daily, unrealized, realized} = profit;
  return [95, reqId, quantity, daily ?? ABSENT, unrealized ?? ABSENT, realized ?? ABSENT, value];
}
