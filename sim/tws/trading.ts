/** Orders at work: what holds them back, what a step trades, what follows from a fill. */

import {newYorkDate} from "../account/market/calendar.js";
import {commissionOf} from "./commission.js";
import {afterFill, childrenOf, type Families, parentOf} from "./families.js";
import type {House} from "./house.js";
import {clean} from "./listing.js";
import type {Market} from "./market.js";
import {
  auctionOf,
  type Available,
  match,
  priceAgainst,
  trailed,
  triggers,
  waitsForTrigger
} from "./matching.js";
import type {OrderBook} from "./order-book.js";
import {parseTime} from "./wire/time.js";
import {type Fill, isDone, remaining, type Working} from "./working.js";

export interface TradingOptions {
  book: OrderBook;
  house: House;
  market: Market;
  isOpen: (now: Date) => boolean;
}

export interface Trading {
  /** Sends an order and, with it, those of its family that waited for it. */
  transmit(one: Working, now: Date): void;
  /** Puts an order to work, or to wait for what holds it back. */
  wake(one: Working, now: Date): void;
  /** Cancels an order, and its children with it where it got nothing. */
  end(one: Working, now: Date, reason: string): void;
  /** Cancels an order after some steps, unless it is filled before. */
  endLater(one: Working, now: Date, steps: number): void;
  /** Trades what can be traded at this instant's quotes. */
  step(now: Date): void;
  /** Takes orders up that were at work before. */
  resume(now: Date): void;
}

const REASON = "Cancelled by Trader";
export const CANCELLED = {code: 202, message: "Order Canceled - reason:"};

export function makeTrading({book, house, market, isOpen}: TradingOptions): Trading {
  const cancelling = new Map<number, number>();
  let phase: {open: boolean; day: string} | undefined;
  const phaseAt = (now: Date) => ({open: isOpen(now), day: newYorkDate(now)});

  function heldBy(one: Working, now: Date): Working["whyHeld"] {
    const parent = parentOf(families, one);
    if (parent && !isDone(parent)) return "child";
    if (waitsForTrigger(one)) return "trigger";
    return !isOpen(now) && !one.order.outsideRth ? "open" : "";
  }

  function wake(one: Working, now: Date): void {
    one.whyHeld = heldBy(one, now);
    const held = one.whyHeld !== "" || auctionOf(one) === "open";
    book.set(one, held ? "PreSubmitted" : "Submitted", now);
    if (one.whyHeld !== "open") return;
    const {order, quantity, listing} = one;
    const message = `Order Message:\n${order.action} ${quantity} ${listing.localSymbol}\nWarning: your order will not be placed at the exchange until the next session`;
    book.fail(one.clientId, one.orderId, {code: 399, message});
  }

  function end(one: Working, now: Date, reason: string): void {
    cancelling.delete(one.permId);
    const left = childrenOf(families, one);
    book.set(one, "Cancelled", now, reason);
    for (const child of left) {
      if (one.filled > 0) {
        child.quantity = Math.min(child.quantity, one.filled); // protects what the parent did get
        wake(child, now);
      } else end(child, now, "Parent cancelled");
    }
  }

  const families: Families = {all: book.all, end, reduced: (one, now) => book.set(one, one.status, now)};

  /** Books a fill and what follows from it. */
  function fill(one: Working, quantity: number, price: number, now: Date): void {
    const {permId, clientId, orderId, account, listing, order} = one;
    const commission = commissionOf(listing, quantity, price);
    const signed = order.action === "BUY" ? quantity : -quantity;
    const realized = house.trade({account, listing, quantity: signed, price, commission}, now);
    const cumulative = clean(one.filled + quantity);
    one.averagePrice = clean((one.averagePrice * one.filled + price * quantity) / cumulative);
    one.filled = cumulative;
    one.lastPrice = price;
    const done: Fill = {
      execId: `0000e0d5.${(0x6a000000 + book.fills.length).toString(16)}.01.01`,
      permId,
      clientId,
      orderId,
      account,
      conId: listing.conId,
      exchange: one.exchange === "SMART" ? listing.exchanges.at(-1)! : one.exchange, // every listing has one
      action: order.action === "BUY" ? "BUY" : "SELL",
      quantity,
      price,
      cumulative,
      averagePrice: one.averagePrice,
      commission,
      currency: listing.currency,
      realized,
      orderRef: order.orderRef,
      at: now
    };
    const whole = remaining(one) === 0;
    if (whole) cancelling.delete(permId);
    one.status = whole ? "Filled" : one.status === "PendingCancel" ? "PendingCancel" : "Submitted";
    book.record(one, done);
    book.set(one, one.status, now);
    if (whole) for (const child of childrenOf(families, one)) wake(child, now);
    afterFill(families, one, quantity, now);
  }

  function auction(kind: "open" | "close", now: Date): void {
    for (const one of book.working()) {
      if (auctionOf(one) !== kind || one.whyHeld === "child") continue;
      const price = priceAgainst(one, market.quote(one.listing, now).last);
      if (price === undefined) end(one, now, "Limit not reached in the auction");
      else fill(one, remaining(one), price, now);
    }
  }

  /** Auctions and the end of day orders, when the phase of the market changes. */
  function turn(now: Date): void {
    const next = phaseAt(now);
    const before = phase ?? next;
    phase = next;
    const newDay = before.day !== next.day;
    if (before.open && (!next.open || newDay)) {
      auction("close", now);
      for (const one of book.working()) if (["", "DAY"].includes(one.order.tif)) end(one, now, "Expired");
    }
    if (next.open && (!before.open || newDay)) {
      auction("open", now);
      for (const one of book.working()) if (one.whyHeld === "open") wake(one, now);
    }
  }

  function advance(one: Working, available: Map<number, Available>, now: Date): void {
    const {listing, order} = one;
    const start = order.goodAfterTime ? parseTime(order.goodAfterTime) : undefined;
    if (one.whyHeld === "child" || auctionOf(one) || (start && now < start)) return;
    if (!isOpen(now) && !order.outsideRth) return;
    const quote = market.quote(listing, now);
    if (waitsForTrigger(one)) {
      one.trailStop = trailed(one, quote.last);
      if (!triggers(one, quote.last)) return;
      one.triggered = true;
      wake(one, now);
    }
    const left = available.get(listing.conId) ?? {bid: quote.bidSize, ask: quote.askSize};
    available.set(listing.conId, left);
    const got = match(one, quote, left);
    if (got) {
      left[order.action === "BUY" ? "ask" : "bid"] -= got.quantity;
      fill(one, got.quantity, got.price, now);
    }
    if (!isDone(one) && ["IOC", "FOK"].includes(order.tif)) end(one, now, "Not filled at once");
  }

  return {
    wake,
    end,

    transmit(one, now) {
      const root = parentOf(families, one) ?? one;
      for (const member of [root, ...childrenOf(families, root)]) {
        if (member.transmitted || isDone(member)) continue;
        member.transmitted = true;
        wake(member, now);
      }
    },

    endLater(one, now, steps) {
      cancelling.set(one.permId, steps);
      book.set(one, "PendingCancel", now);
    },

    step(now) {
      turn(now);
      const available = new Map<number, Available>();
      for (const one of book.working()) {
        if (isDone(one)) continue; // another's fill in this step may have cancelled it
        const till = one.order.tif === "GTD" ? parseTime(one.order.goodTillDate) : undefined;
        if (till && now >= till) end(one, now, "Expired");
        else advance(one, available, now);
        const steps = cancelling.get(one.permId);
        if (steps === undefined) continue;
        cancelling.set(one.permId, steps - 1);
        if (steps > 1) continue;
        end(one, now, REASON);
        book.fail(one.clientId, one.orderId, CANCELLED);
      }
    },

    resume(now) {
      phase = phaseAt(now);
      for (const one of book.working()) {
        if (one.status === "PendingCancel") cancelling.set(one.permId, 1);
        one.triggered = one.status === "Submitted";
        one.whyHeld = heldBy(one, now);
      }
    }
  };
}
