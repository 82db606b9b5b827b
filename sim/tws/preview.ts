/** What an order would do to its account: the answer to a what-if, and the margin check of a real order. */

import {BASE, type House} from "./house.js";
import {commissionOf} from "./commission.js";
import {fromWire, type Listing} from "./listing.js";
import {marginOf} from "./margin.js";
import type {Market} from "./market.js";
import type {Margins} from "./wire/encode-order.js";
import type {Order} from "./wire/order.js";

export function preview(
  house: House,
  market: Market,
  {account, order, listing}: {account: string; order: Order; listing: Listing},
  now: Date
): Margins {
  const totals = house.totals(account, now);
  const {last} = market.quote(listing, now);
  const price = order.lmtPrice ? fromWire(listing, order.lmtPrice) : last;
  const quantity = order.totalQuantity ?? 0;
  const signed = order.action === "BUY" ? quantity : -quantity;
  const held = house.holdings(account, now).find((one) => one.listing.conId === listing.conId)?.quantity ?? 0;
  const fx = house.rate(listing.currency, now);
  const spot = listing.underlying && market.price(listing.underlying, now);
  const [had, has] = [held, held + signed].map((size) => marginOf(listing, size, last, spot));
  const commission = commissionOf(listing, quantity, price);
  const premium = listing.secType === "OPT" ? signed * price * listing.multiplier : 0;
  const cents = (value: number): number => Number(value.toFixed(2));
  const {margin, equityWithLoan} = totals;
  return {
    before: [cents(margin.initial), cents(margin.maintenance), cents(equityWithLoan)],
    after: [
      cents(margin.initial + (has.initial - had.initial) * fx),
      cents(margin.maintenance + (has.maintenance - had.maintenance) * fx),
      cents(equityWithLoan - (commission + premium) * fx)
    ],
    commission,
    currency: listing.currency || BASE,
    warning: ""
  };
}
