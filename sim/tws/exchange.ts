/**
 * The orders' life: taken, held, at work, filled, cancelled. An order trades first at the step after it was taken,
 * against the sizes of the quote of that step, in the order in which orders came.
 */

import {newYorkDate} from "../account/market/calendar.js";
import type {Catalogue} from "./catalogue.js";
import {changeRefusal, type Refusal, refusalOf} from "./checks.js";
import {commissionOf} from "./commission.js";
import {afterFill, childrenOf, type Families, parentOf} from "./families.js";
import type {House} from "./house.js";
import type {Entry, Ledger} from "./ledger.js";
import {clean, type Listing} from "./listing.js";
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
import {preview} from "./preview.js";
import {restored} from "./restore.js";
import type {Margins} from "./wire/encode-order.js";
import type {PlaceOrder} from "./wire/order.js";
import {parseTime} from "./wire/time.js";
import {type Fill, isDone, remaining, type Status, type Working} from "./working.js";

/** What the stand-in tells of its orders, in the order in which it happened. */
export type Happening =
  | {kind: "order"; one: Working}
  | {kind: "fill"; one: Working; fill: Fill}
  | {kind: "whatIf"; one: Working; margins: Margins}
  | {kind: "error"; clientId: number; orderId: number; code: number; message: string};

export interface ExchangeOptions {
  catalogue: Catalogue;
  house: House;
  market: Market;
  ledger: Ledger;
  isOpen: (now: Date) => boolean;
  /** Steps between a cancel's arrival and its effect. */
  cancelSteps: () => number;
  /** What the next order is rejected with. */
  reject: () => Refusal | undefined;
  tell: (happening: Happening) => void;
}

export interface Exchange {
  place(clientId: number, request: PlaceOrder, now: Date): void;
  cancel(clientId: number, orderId: number, now: Date): void;
  cancelAll(now: Date): void;
  /** Trades what can be traded at this instant's quotes. */
  step(now: Date): void;
  /** Replaces an execution by another revision; gives the new one. */
  correct(execId: string, change: {price?: number; quantity?: number}, now: Date): Fill;
  /** Transmitted and neither filled nor cancelled nor rejected. */
  working(): Working[];
  completed(): Working[];
  fills(): readonly Fill[];
  nextId(clientId: number): number;
  /** Gives orders of nobody (made by hand in TWS) to client 0, under negative numbers. */
  bind(): void;
  /** Takes up what a ledger says; before anything else happens. */
  restore(entries: readonly Entry[], now: Date): void;
}

export function makeExchange(options: ExchangeOptions): Exchange {
  const {catalogue, house, market, ledger, isOpen, tell} = options;
  const orders = new Map<number, Working>();
  const fills: Fill[] = [];
  const cancelling = new Map<number, number>();
  const lastIds = new Map<number, number>();
  let phase: {open: boolean; day: string} | undefined;

  const all = (): Working[] => [...orders.values()];
  const find = (clientId: number, orderId: number): Working | undefined =>
    orderId === 0
      ? undefined
      : all().find(
          (one) => one.clientId === clientId && one.orderId === orderId && one.status !== "Inactive"
        );
  const working = (): Working[] =>
    all().filter((one) => one.transmitted && !isDone(one) && one.status !== "Inactive");
  const fail = (clientId: number, orderId: number, {code, message}: Refusal): void =>
    tell({kind: "error", clientId, orderId, code, message});

  function note(one: Working, now: Date, reason = ""): void {
    const {permId, status, quantity, transmitted} = one;
    ledger.append({kind: "status", permId, status, quantity, transmitted, reason, at: now.toISOString()});
  }

  function set(one: Working, status: Status, now: Date, reason = ""): void {
    one.status = status;
    if (isDone(one) || status === "Inactive") {
      one.whyHeld = "";
      one.completedAt = now;
      one.completedStatus = status === "Filled" ? `Filled Size: ${one.filled}` : reason || "Cancelled";
    }
    note(one, now, reason);
    tell({kind: "order", one});
  }

  function end(one: Working, now: Date, reason: string): void {
    cancelling.delete(one.permId);
    const left = childrenOf(families, one);
    set(one, "Cancelled", now, reason);
    for (const child of left) {
      if (one.filled > 0) {
        child.quantity = Math.min(child.quantity, one.filled); // protects what the parent did get
        wake(child, now);
      } else end(child, now, "Parent cancelled");
    }
  }

  const families: Families = {all, end, reduced: (one, now) => set(one, one.status, now)};

  function heldBy(one: Working, now: Date): Working["whyHeld"] {
    const parent = parentOf(families, one);
    if (parent && !isDone(parent)) return "child";
    if (waitsForTrigger(one)) return "trigger";
    return !isOpen(now) && !one.order.outsideRth ? "open" : "";
  }

  /** Puts an order to work, or to wait for what holds it back. */
  function wake(one: Working, now: Date): void {
    one.whyHeld = heldBy(one, now);
    const held = one.whyHeld !== "" || auctionOf(one) === "open";
    set(one, held ? "PreSubmitted" : "Submitted", now);
    if (one.whyHeld === "open") {
      fail(one.clientId, one.orderId, {
        code: 399,
        message: `Order Message:\n${one.order.action} ${one.quantity} ${one.listing.localSymbol}\nWarning: your order will not be placed at the exchange until the next session`
      });
    }
  }

  function resolve({wanted}: PlaceOrder): Listing | Refusal {
    const found = catalogue.find(wanted);
    if (found.length === 1) return found[0];
    const what = wanted.symbol || wanted.localSymbol;
    return {
      code: 200,
      message: found.length
        ? `The contract description specified for ${what} is ambiguous.`
        : "No security definition has been found for the request"
    };
  }

  function enter(clientId: number, request: PlaceOrder, listing: Listing, now: Date): Working {
    const {orderId, order, wanted} = request;
    const permId = 1_200_000_001 + orders.size;
    const account = order.account || house.accounts[0];
    const exchange = wanted.exchange || listing.exchanges[0];
    const one: Working = {
      permId,
      clientId,
      orderId,
      account,
      listing,
      exchange,
      order,
      transmitted: false,
      status: "PendingSubmit",
      whyHeld: "",
      quantity: order.totalQuantity ?? 0,
      filled: 0,
      averagePrice: 0,
      lastPrice: 0,
      triggered: false,
      trailStop: undefined,
      placedAt: now
    };
    orders.set(permId, one);
    write(one, now);
    return one;
  }

  function write({permId, clientId, orderId, account, listing, exchange, order}: Working, now: Date): void {
    const {conId} = listing;
    ledger.append({
      kind: "order",
      permId,
      clientId,
      orderId,
      account,
      conId,
      exchange,
      order,
      at: now.toISOString()
    });
  }

  /** Sends an order and, with it, those of its family that waited for it. */
  function transmit(one: Working, now: Date): void {
    const parent = parentOf(families, one);
    const root = parent ?? one;
    for (const member of [root, ...childrenOf(families, root)]) {
      if (member.transmitted || isDone(member)) continue;
      member.transmitted = true;
      wake(member, now);
    }
  }

  function reject(one: Working, {code, message}: Refusal, now: Date): void {
    one.transmitted = true;
    set(one, "Inactive", now, message);
    fail(one.clientId, one.orderId, {code, message});
  }

  function tooMuch(one: Working, now: Date): Refusal | undefined {
    const {after, before} = preview(house, market, one, now);
    if (after[0] <= before[0] || after[0] <= after[2]) return undefined;
    return {
      code: 201,
      message: `Order rejected - reason:YOUR ORDER IS NOT ACCEPTED. IN ORDER TO OBTAIN THE DESIRED POSITION YOUR EQUITY WITH LOAN VALUE [${after[2].toFixed(2)} USD] MUST EXCEED THE INITIAL MARGIN OF [${after[0].toFixed(2)} USD]`
    };
  }

  function change(one: Working, request: PlaceOrder, now: Date): void {
    const {orderId, order, wanted} = request;
    const listing = resolve(request);
    const same = !("code" in listing) && listing.conId === one.listing.conId;
    const refusal =
      one.status === "Filled"
        ? {code: 104, message: "Cannot modify a filled order."}
        : isDone(one)
          ? {code: 103, message: "Duplicate order id"}
          : (changeRefusal(one.order, order, same) ??
            refusalOf({...order, account: order.account || one.account}, one.listing, house.accounts));
    if (refusal) return fail(one.clientId, orderId, refusal);
    one.quantity = clean((order.totalQuantity ?? 0) - (one.order.totalQuantity ?? 0) + one.quantity);
    one.order = order;
    one.exchange = wanted.exchange || one.exchange;
    write(one, now);
    if (remaining(one) === 0 && one.filled > 0) return set(one, "Filled", now);
    if (one.transmitted) wake(one, now);
    else if (order.transmit) transmit(one, now);
  }

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
      execId: `0000e0d5.${(1778384896 + fills.length).toString(16)}.01.01`,
      permId,
      clientId,
      orderId,
      account,
      conId: listing.conId,
      quantity,
      price,
      cumulative,
      commission,
      realized,
      exchange: one.exchange === "SMART" ? listing.exchanges.at(-1)! : one.exchange,
      action: order.action === "BUY" ? "BUY" : "SELL",
      averagePrice: one.averagePrice,
      currency: listing.currency,
      orderRef: order.orderRef,
      at: now
    };
    fills.push(done);
    ledger.append({kind: "fill", ...done, at: now.toISOString()});
    if (remaining(one) === 0) {
      one.status = "Filled";
      cancelling.delete(permId);
    } else if (one.status !== "PendingCancel") one.status = "Submitted";
    tell({kind: "fill", one, fill: done});
    set(one, one.status, now);
    if (one.status === "Filled") for (const child of childrenOf(families, one)) wake(child, now);
    afterFill(families, one, quantity, now);
  }

  function auction(kind: "open" | "close", now: Date): void {
    for (const one of working()) {
      if (auctionOf(one) !== kind) continue;
      const price = priceAgainst(one, market.quote(one.listing, now).last);
      if (price === undefined) end(one, now, "Limit not reached in the auction");
      else fill(one, remaining(one), price, now);
    }
  }

  /** Auctions and the end of day orders, when the phase of the market changes. */
  function turn(now: Date): void {
    const next = {open: isOpen(now), day: newYorkDate(now)};
    const before = phase ?? next;
    const newDay = before.day !== next.day;
    if (before.open && (!next.open || newDay)) {
      auction("close", now);
      for (const one of working()) if (["", "DAY"].includes(one.order.tif)) end(one, now, "Expired");
    }
    if (next.open && (!before.open || newDay)) {
      auction("open", now);
      for (const one of working()) if (one.whyHeld === "open") wake(one, now);
    }
    phase = next;
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

  const self: Exchange = {
    place(clientId, request, now) {
      const {orderId, order} = request;
      const one = order.whatIf ? undefined : find(clientId, orderId);
      if (one) return change(one, request, now);
      const listing = resolve(request);
      if ("code" in listing) return fail(clientId, orderId, listing);
      const refusal = refusalOf(order, listing, house.accounts);
      if (refusal) return fail(clientId, orderId, refusal);
      if (order.whatIf) {
        const account = order.account || house.accounts[0];
        const asked: Working = {
          permId: 0,
          clientId,
          orderId,
          account,
          listing,
          exchange: request.wanted.exchange,
          order,
          status: "PreSubmitted",
          whyHeld: "",
          transmitted: true,
          quantity: order.totalQuantity ?? 0,
          filled: 0,
          averagePrice: 0,
          lastPrice: 0,
          triggered: false,
          trailStop: undefined,
          placedAt: now
        };
        return tell({kind: "whatIf", one: asked, margins: preview(house, market, asked, now)});
      }
      if (order.parentId && !find(clientId, order.parentId))
        return fail(clientId, orderId, {code: 10006, message: "Missing parent order."});
      const told = options.reject();
      if (told && told.code !== 201) return fail(clientId, orderId, told);
      const entered = enter(clientId, request, listing, now);
      if (clientId >= 0 && orderId > 0) lastIds.set(clientId, Math.max(lastIds.get(clientId) ?? 0, orderId));
      const rejected = told ?? tooMuch(entered, now);
      if (rejected) return reject(entered, rejected, now);
      if (order.transmit) transmit(entered, now);
      return undefined;
    },

    cancel(clientId, orderId, now) {
      const one = find(clientId, orderId);
      if (!one)
        return fail(clientId, orderId, {
          code: 10147,
          message: `OrderId ${orderId} that needs to be cancelled is not found.`
        });
      if (isDone(one))
        return fail(clientId, orderId, {
          code: 10148,
          message: `OrderId ${orderId} that needs to be cancelled cannot be cancelled, state: ${one.status}.`
        });
      const steps = options.cancelSteps();
      if (steps > 0) {
        cancelling.set(one.permId, steps);
        return set(one, "PendingCancel", now);
      }
      end(one, now, "Cancelled by Trader");
      return fail(clientId, orderId, {code: 202, message: "Order Canceled - reason:"});
    },

    cancelAll(now) {
      for (const one of all())
        if (!isDone(one) && one.status !== "Inactive") end(one, now, "Cancelled by Trader");
    },

    step(now) {
      turn(now);
      const available = new Map<number, Available>();
      for (const one of working()) {
        const till = one.order.tif === "GTD" ? parseTime(one.order.goodTillDate) : undefined;
        if (till && now >= till) end(one, now, "Expired");
        if (!isDone(one)) advance(one, available, now);
        const steps = cancelling.get(one.permId);
        if (steps === undefined) continue;
        cancelling.set(one.permId, steps - 1);
        if (steps > 1) continue;
        end(one, now, "Cancelled by Trader");
        fail(one.clientId, one.orderId, {code: 202, message: "Order Canceled - reason:"});
      }
    },

    correct(execId, {price, quantity}, now) {
      const old = fills.find((one) => one.execId === execId);
      const one = old && orders.get(old.permId);
      if (!old || !one) throw new RangeError(`no such execution: ${execId}`);
      const parts = execId.split(".");
      const revision = String(Number(parts.pop()) + 1).padStart(2, "0");
      const fixed: Fill = {
        ...old,
        execId: [...parts, revision].join("."),
        price: price ?? old.price,
        quantity: quantity ?? old.quantity,
        corrects: execId,
        at: now
      };
      const side = old.action === "BUY" ? 1 : -1;
      const {account, listing} = one;
      house.trade({account, listing, quantity: -side * old.quantity, price: old.price, commission: 0}, now);
      house.trade(
        {account, listing, quantity: side * fixed.quantity, price: fixed.price, commission: 0},
        now
      );
      fills.push(fixed);
      ledger.append({kind: "fill", ...fixed, at: now.toISOString()});
      tell({kind: "fill", one, fill: fixed});
      return fixed;
    },

    working,
    completed: () => all().filter((one) => isDone(one) || one.status === "Inactive"),
    fills: () => fills,
    nextId: (clientId) => (lastIds.get(clientId) ?? 0) + 1,
    bind() {
      let id = Math.min(0, ...all().map(({orderId}) => orderId));
      for (const one of working()) if (one.orderId === 0) one.orderId = --id;
    },
    restore(entries, now) {
      for (const [permId, one] of restored(entries, catalogue, house, fills)) {
        orders.set(permId, one);
        lastIds.set(one.clientId, Math.max(lastIds.get(one.clientId) ?? 0, one.orderId));
      }
      for (const one of working()) {
        if (one.status === "PendingCancel") cancelling.set(one.permId, 1);
        if (one.status !== "PreSubmitted") one.triggered = true;
        one.whyHeld = heldBy(one, now);
      }
      phase = {open: isOpen(now), day: newYorkDate(now)};
    }
  };
  return self;
}
