/** Margin by simple rules of thumb, so that each number can be checked by hand; not IBKR's. */

import type {Listing} from "./listing.js";

export interface Margin {
  initial: number;
  maintenance: number;
}

/**
 * Margin of a position, in the contract's currency: half and a quarter of a share; six and five hundredths of a
 * future's notional; nothing for a bought option, premium and a fifth of the underlying for a sold one.
 * @param spot price of an option's underlying
 */
export function marginOf(listing: Listing, quantity: number, price: number, spot = 0): Margin {
  const notional = Math.abs(quantity) * price * listing.multiplier;
  switch (listing.secType) {
    case "FUT":
      return {initial: 0.06 * notional, maintenance: 0.05 * notional};
    case "OPT": {
      if (quantity >= 0) return {initial: 0, maintenance: 0};
      const short = notional + 0.2 * Math.abs(quantity) * spot * listing.multiplier;
      return {initial: short, maintenance: short};
    }
    case "CASH":
    case "BILL":
      return {initial: 0.02 * notional, maintenance: 0.02 * notional};
    default:
      return {initial: 0.5 * notional, maintenance: 0.25 * notional};
  }
}
