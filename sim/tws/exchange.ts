/**
 * Orders from the door on: checked, taken, changed, cancelled. An order trades first at the step after it was taken,
 * against the sizes of the quote of that step, in the order in which orders came.
 */

import type {Catalogue} from "./catalogue.js";
import {changeRefusal, type Refusal, refusalOf} from "./checks.js";
import type {House} from "./house.js";
import type {Entry, Ledger} from "./ledger.js";
import {clean, type Listing} from "./listing.js";
import type {Market} from "./market.js";
import {fresh, type Happening, makeBook} from "./order-book.js";
import {preview} from "./preview.js";
import {restored} from "./restore.js";
import {CANCELLED, makeTrading} from "./trading.js";
import type {PlaceOrder} from "./wire/order.js";
import type {Wanted} from "./wire/contract.js";
import {type Fill, isDone, remaining, type Working} from "./working.js";

export type {Happening} from "./order-book.js";

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

/** Working orders that IBKR takes for one contract, side and account. */
const MOST_WORKING = 20;

export function makeExchange(options: ExchangeOptions): Exchange {
  const {catalogue, house, market} = options;
  const book = makeBook(options.ledger, options.tell);
  const trading = makeTrading({book, house, market, isOpen: options.isOpen});

  function resolve(wanted: Wanted): Listing | Refusal {
    const found = catalogue.find(wanted);
    if (found.length === 1) return found[0];
    const what = wanted.symbol || wanted.localSymbol;
    const ambiguous = `The contract description specified for ${what} is ambiguous.`;
    const message = found.length ? ambiguous : "No security definition has been found for the request";
    return {code: 200, message};
  }

  /** What the account and IBKR say to an order that is right in itself. */
  function rejection(one: Working, now: Date): Refusal | undefined {
    const same = book
      .working()
      .filter(
        ({account, listing, order}) =>
          account === one.account && listing === one.listing && order.action === one.order.action
      );
    if (same.length >= MOST_WORKING)
      return {
        code: 201,
        message: `Order rejected - reason:YOUR ORDER IS NOT ACCEPTED. MORE THAN ${MOST_WORKING} ORDERS WORKING ON ONE SIDE OF THIS CONTRACT`
      };
    const {after, before} = preview(house, market, one, now);
    if (after[0] <= before[0] || after[0] <= after[2]) return undefined;
    return {
      code: 201,
      message: `Order rejected - reason:YOUR ORDER IS NOT ACCEPTED. IN ORDER TO OBTAIN THE DESIRED POSITION YOUR EQUITY WITH LOAN VALUE [${after[2].toFixed(2)} USD] MUST EXCEED THE INITIAL MARGIN OF [${after[0].toFixed(2)} USD]`
    };
  }

  function change(one: Working, {orderId, order, wanted}: PlaceOrder, now: Date): void {
    const listing = resolve(wanted);
    const same = !("code" in listing) && listing.conId === one.listing.conId;
    const complete = {...order, account: order.account || one.account};
    const refusal = isDone(one)
      ? one.status === "Filled"
        ? {code: 104, message: "Cannot modify a filled order."}
        : {code: 103, message: "Duplicate order id"}
      : (changeRefusal(one.order, order, same) ?? refusalOf(complete, one.listing, house.accounts));
    if (refusal) return book.fail(one.clientId, orderId, refusal);
    one.quantity = clean(one.quantity + (order.totalQuantity ?? 0) - (one.order.totalQuantity ?? 0));
    one.order = order;
    one.exchange = wanted.exchange || one.exchange;
    book.write(one, now);
    if (one.filled > 0 && remaining(one) === 0) return book.set(one, "Filled", now);
    if (one.transmitted) return trading.wake(one, now);
    return order.transmit ? trading.transmit(one, now) : undefined;
  }

  return {
    place(clientId, request, now) {
      const {orderId, order, wanted} = request;
      const known = order.whatIf ? undefined : book.find(clientId, orderId);
      if (known) return change(known, request, now);
      const listing = resolve(wanted);
      if ("code" in listing) return book.fail(clientId, orderId, listing);
      const refusal = refusalOf(order, listing, house.accounts);
      if (refusal) return book.fail(clientId, orderId, refusal);
      const account = order.account || house.accounts[0];
      if (order.whatIf) {
        const one = fresh(request, {permId: 0, clientId, account, listing}, now);
        one.status = "PreSubmitted";
        return book.tell({kind: "whatIf", one, margins: preview(house, market, one, now)});
      }
      if (order.parentId && !book.find(clientId, order.parentId))
        return book.fail(clientId, orderId, {code: 10006, message: "Missing parent order."});
      const told = options.reject();
      if (told && told.code !== 201) return book.fail(clientId, orderId, told);
      const one = book.enter(clientId, request, listing, account, now);
      const rejected = told ?? rejection(one, now);
      if (rejected) {
        one.transmitted = true;
        book.set(one, "Inactive", now, rejected.message);
        return book.fail(clientId, orderId, rejected);
      }
      return order.transmit ? trading.transmit(one, now) : undefined;
    },

    cancel(clientId, orderId, now) {
      const one = book.find(clientId, orderId);
      const named = `OrderId ${orderId} that needs to be cancelled`;
      if (!one) return book.fail(clientId, orderId, {code: 10147, message: `${named} is not found.`});
      if (isDone(one)) {
        const message = `${named} cannot be cancelled, state: ${one.status}.`;
        return book.fail(clientId, orderId, {code: 10148, message});
      }
      const steps = options.cancelSteps();
      if (steps > 0) return trading.endLater(one, now, steps);
      trading.end(one, now, "Cancelled by Trader");
      return book.fail(clientId, orderId, CANCELLED);
    },

    cancelAll(now) {
      for (const one of book.all()) {
        if (!isDone(one) && one.status !== "Inactive") trading.end(one, now, "Cancelled by Trader");
      }
    },

    step: (now) => trading.step(now),

    correct(execId, {price, quantity}, now) {
      const old = book.fills.find((one) => one.execId === execId);
      const one = old && book.orders.get(old.permId);
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
      const again = (signed: number, at: number): void =>
        void house.trade({account, listing, quantity: signed, price: at, commission: 0}, now);
      again(-side * old.quantity, old.price);
      again(side * fixed.quantity, fixed.price);
      book.record(one, fixed);
      return fixed;
    },

    working: () => book.working(),
    completed: () => book.completed(),
    fills: () => book.fills,
    nextId: (clientId) => book.nextId(clientId),

    bind() {
      let id = Math.min(0, ...book.all().map(({orderId}) => orderId));
      for (const one of book.working()) if (one.orderId === 0) one.orderId = --id;
    },

    restore(entries, now) {
      for (const [permId, one] of restored(entries, catalogue, house, book.fills))
        book.orders.set(permId, one);
      trading.resume(now);
    }
  };
}
