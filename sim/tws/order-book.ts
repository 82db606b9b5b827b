/** The stand-in's orders: what there is, what is written down of it, and what is told. */

import type {Refusal} from "./checks.js";
import type {Entry, Ledger} from "./ledger.js";
import type {Listing} from "./listing.js";
import type {Margins} from "./wire/encode-order.js";
import type {PlaceOrder} from "./wire/order.js";
import {type Fill, isDone, type Status, type Working} from "./working.js";

/** What the stand-in tells of its orders, in the order in which it happened. */
export type Happening =
  | {kind: "order"; one: Working}
  | {kind: "fill"; one: Working; fill: Fill}
  | {kind: "whatIf"; one: Working; margins: Margins}
  | {kind: "error"; clientId: number; orderId: number; code: number; message: string};

export interface OrderBook {
  orders: Map<number, Working>;
  fills: Fill[];
  all(this: void): Working[];
  /** A client's order that was not rejected; none has the number 0. */
  find(clientId: number, orderId: number): Working | undefined;
  /** Transmitted and neither filled nor cancelled nor rejected. */
  working(): Working[];
  completed(): Working[];
  /** Takes an order in and writes it down. */
  enter(clientId: number, request: PlaceOrder, listing: Listing, account: string, now: Date): Working;
  /** Writes an order down as it is now. */
  write(one: Working, now: Date): void;
  /** Gives an order a status, writes that down and tells it. */
  set(one: Working, status: Status, now: Date, reason?: string): void;
  /** Writes a fill down and tells it. */
  record(one: Working, fill: Fill): void;
  /** Tells an error about an order. */
  fail(clientId: number, orderId: number, refusal: Refusal): void;
  nextId(clientId: number): number;
  tell(happening: Happening): void;
}

const FIRST_PERM_ID = 1_200_000_001;

/** An order before anything happened to it. */
export function fresh(
  {orderId, order, wanted}: PlaceOrder,
  identity: Pick<Working, "permId" | "clientId" | "account" | "listing">,
  now: Date
): Working {
  return {
    ...identity,
    orderId,
    order,
    exchange: wanted.exchange || identity.listing.exchanges[0],
    status: "PendingSubmit",
    whyHeld: "",
    transmitted: false,
    quantity: order.totalQuantity ?? 0,
    filled: 0,
    averagePrice: 0,
    lastPrice: 0,
    triggered: false,
    trailStop: undefined,
    placedAt: now
  };
}

export function makeBook(ledger: Ledger, tell: (happening: Happening) => void): OrderBook {
  const orders = new Map<number, Working>();
  const fills: Fill[] = [];
  const all = (): Working[] => [...orders.values()];
  const isOver = (one: Working): boolean => isDone(one) || one.status === "Inactive";
  const append = (entry: Entry): void => ledger.append(entry);

  const self: OrderBook = {
    orders,
    fills,
    all,
    tell,
    find: (clientId, orderId) =>
      orderId === 0
        ? undefined
        : all().find(
            (one) => one.clientId === clientId && one.orderId === orderId && one.status !== "Inactive"
          ),
    working: () => all().filter((one) => one.transmitted && !isOver(one)),
    completed: () => all().filter(isOver),
    fail: (clientId, orderId, {code, message}) => tell({kind: "error", clientId, orderId, code, message}),
    nextId: (clientId) =>
      1 + Math.max(0, ...all().map((one) => (one.clientId === clientId ? one.orderId : 0))),

    enter(clientId, request, listing, account, now) {
      const permId = FIRST_PERM_ID + orders.size;
      const one = fresh(request, {permId, clientId, account, listing}, now);
      orders.set(permId, one);
      self.write(one, now);
      return one;
    },

    write({permId, clientId, orderId, account, listing, exchange, order}, now) {
      const {conId} = listing;
      append({
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
    },

    set(one, status, now, reason = "") {
      one.status = status;
      if (isOver(one)) {
        one.whyHeld = "";
        one.completedAt = now;
        one.completedStatus = status === "Filled" ? `Filled Size: ${one.filled}` : reason || "Cancelled";
      }
      const {permId, quantity, transmitted} = one;
      append({kind: "status", permId, status, quantity, transmitted, reason, at: now.toISOString()});
      tell({kind: "order", one});
    },

    record(one, fill) {
      fills.push(fill);
      append({kind: "fill", ...fill, at: fill.at.toISOString()});
      tell({kind: "fill", one, fill});
    }
  };
  return self;
}
