/** What a quote makes of an order: pure decisions, in the contract's currency. */

import {clean, fromWire, onTick} from "./listing.js";
import type {Quote} from "./market.js";
import {remaining, type Working} from "./working.js";

/** What is left of the sizes of a quote. */
export interface Available {
  bid: number;
  ask: number;
}

const isBuy = ({order}: Working): boolean => order.action === "BUY";

const SUPPORTED = ["MKT", "LMT", "STP", "STP LMT", "TRAIL", "MOC", "LOC"];

/** IBKR also knows opening orders by type; here they are MKT and LMT with time in force OPG, as the API has them. */
export const isSupported = (type: string): boolean => SUPPORTED.includes(type);

export const needsLimit = (type: string): boolean => ["LMT", "STP LMT", "LOC"].includes(type);
export const needsStop = (type: string): boolean => ["STP", "STP LMT"].includes(type);
const isStop = (type: string): boolean => needsStop(type) || type === "TRAIL";

/** Whether it waits for an auction, and for which. */
export function auctionOf({order}: Working): "open" | "close" | undefined {
  if (order.tif === "OPG") return "open";
  return order.orderType === "MOC" || order.orderType === "LOC" ? "close" : undefined;
}

/** Whether its stop is still ahead. */
export const waitsForTrigger = (one: Working): boolean => isStop(one.order.orderType) && !one.triggered;

/** Moves a trailing stop after the price, never back. */
export function trailed(one: Working, last: number): number | undefined {
  const {order, listing, trailStop} = one;
  if (order.orderType !== "TRAIL") return undefined;
  const start =
    trailStop ?? (order.trailStopPrice === undefined ? undefined : fromWire(listing, order.trailStopPrice));
  const distance =
    order.trailingPercent === undefined
      ? fromWire(listing, order.auxPrice ?? 0)
      : (last * order.trailingPercent) / 100;
  const stop = onTick(listing, isBuy(one) ? last + distance : last - distance);
  if (start === undefined) return stop;
  return isBuy(one) ? Math.min(start, stop) : Math.max(start, stop);
}

/** Whether the last price reached the stop. */
export function triggers(one: Working, last: number): boolean {
  const {order, listing} = one;
  const stop = order.orderType === "TRAIL" ? one.trailStop : fromWire(listing, order.auxPrice ?? NaN);
  if (stop === undefined || !(stop > 0)) return false;
  return isBuy(one) ? last >= stop : last <= stop;
}

/** The price at which it trades with a price on the other side; undefined when its limit forbids. */
export function priceAgainst(one: Working, other: number): number | undefined {
  const {order, listing} = one;
  if (!needsLimit(order.orderType)) return other;
  const limit = fromWire(listing, order.lmtPrice ?? NaN);
  return (isBuy(one) ? other <= limit : other >= limit) ? other : undefined;
}

/** What it gets from a quote now; nothing when price or size do not suit. */
export function match(
  one: Working,
  quote: Quote,
  available: Available
): {quantity: number; price: number} | undefined {
  const price = priceAgainst(one, isBuy(one) ? quote.ask : quote.bid);
  const size = isBuy(one) ? available.ask : available.bid;
  const open = remaining(one);
  const quantity = clean(Math.min(open, size));
  if (price === undefined || !(quantity > 0)) return undefined;
  const whole = one.order.allOrNone || one.order.tif === "FOK";
  if (whole && quantity < open) return undefined;
  if (quantity < Math.min(open, one.order.minQty ?? 0)) return undefined;
  return {quantity, price};
}
