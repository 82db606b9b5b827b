/** What a fill costs here: one rate for each kind, by hand from IBKR's fixed prices of 2026. */

import type {Listing} from "./listing.js";

/** In the contract's currency. */
export function commissionOf({secType, currency}: Listing, quantity: number, price: number): number {
  const cents = (value: number): number => Math.round(value * 100) / 100;
  switch (secType) {
    case "OPT":
      return cents(Math.max(1, 0.65 * quantity));
    case "FUT":
      return cents(0.62 * quantity);
    case "CASH":
      return 2;
    default:
      if (currency === "USD") return cents(Math.min(Math.max(1, 0.005 * quantity), 0.01 * quantity * price));
      return cents(Math.max(currency === "JPY" ? 80 : 3, 0.0005 * quantity * price));
  }
}
