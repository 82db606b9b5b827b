/** Orders and accounts as a ledger tells them. */

import type {Catalogue} from "./catalogue.js";
import type {House} from "./house.js";
import type {Entry} from "./ledger.js";
import {clean} from "./listing.js";
import {type Fill, isDone, type Working} from "./working.js";

/** Plays a ledger: books its fills in the house, collects them, and gives the orders by permId. */
export function restored(
  entries: readonly Entry[],
  catalogue: Catalogue,
  house: House,
  fills: Fill[]
): Map<number, Working> {
  const orders = new Map<number, Working>();
  const orderOf = (permId: number): Working => {
    const one = orders.get(permId);
    if (!one) throw new RangeError(`the ledger has no order ${permId}`);
    return one;
  };
  for (const entry of entries) {
    const at = new Date(entry.at);
    if (entry.kind === "order") {
      const {permId, clientId, orderId, account, conId, exchange, order} = entry;
      const listing = catalogue.byId(conId);
      if (!listing) throw new RangeError(`the ledger has an unknown contract: ${conId}`);
      const before = orders.get(permId);
      orders.set(permId, {
        status: "PendingSubmit",
        whyHeld: "",
        transmitted: false,
        filled: 0,
        averagePrice: 0,
        lastPrice: 0,
        triggered: false,
        trailStop: undefined,
        placedAt: at,
        ...before,
        permId,
        clientId,
        orderId,
        account,
        listing,
        exchange,
        order,
        quantity: order.totalQuantity ?? 0
      });
    } else if (entry.kind === "status") {
      const one = orderOf(entry.permId);
      const {status, quantity, transmitted, reason} = entry;
      Object.assign(one, {status, quantity, transmitted});
      if (isDone(one) || status === "Inactive") {
        one.completedAt = at;
        one.completedStatus = status === "Filled" ? `Filled Size: ${one.filled}` : reason || "Cancelled";
      }
    } else {
      const {kind: _, ...rest} = entry;
      const fill: Fill = {...rest, at, realized: rest.realized ?? undefined};
      replay(fill, orderOf(fill.permId), house, fills);
    }
  }
  return orders;
}

function replay(fill: Fill, one: Working, house: House, fills: Fill[]): void {
  const {account, listing} = one;
  const side = fill.action === "BUY" ? 1 : -1;
  const book = (quantity: number, price: number, commission: number) =>
    house.trade({account, listing, quantity, price, commission}, fill.at);
  const old = fill.corrects === undefined ? undefined : fills.find(({execId}) => execId === fill.corrects);
  if (old) book(-side * old.quantity, old.price, 0);
  book(side * fill.quantity, fill.price, old ? 0 : fill.commission);
  fills.push(fill);
  if (old) return;
  one.filled = fill.cumulative;
  one.averagePrice = fill.averagePrice;
  one.lastPrice = fill.price;
  if (clean(one.quantity - one.filled) <= 0) one.status = "Filled";
}
