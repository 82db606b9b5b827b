/** One contract that can be asked for, and how its prices are written. */

export type SecType = "STK" | "OPT" | "FUT" | "IND" | "CASH" | "CFD" | "BILL";

export interface Listing {
  conId: number;
  symbol: string;
  secType: SecType;
  /** `20261218`; empty for what does not expire. */
  expiry: string;
  /** `08:30 US/Central` behind the expiry in contract details. */
  expiryTime: string;
  strike: number;
  right: "C" | "P" | "";
  multiplier: number;
  primaryExchange: string;
  /** All venues, the first where it goes when none is named. */
  exchanges: readonly string[];
  currency: string;
  localSymbol: string;
  tradingClass: string;
  longName: string;
  industry: string;
  stockType: string;
  isin: string;
  /** Least step of its price, in its currency. */
  minTick: number;
  /** Prices go over the wire so many times as great: 100 for what London quotes in pence. */
  priceMagnifier: number;
  marketRule: number;
  timeZone: string;
  underlying: Listing | undefined;
  /** Price at the start of the market's clock, in its currency; of an option it is made from the underlying's. */
  price: number;
  /** A year's volatility of the logarithm. */
  volatility: number;
}

/** A price as the wire has it. */
export const toWire = ({priceMagnifier}: Listing, price: number): number => clean(price * priceMagnifier);

/** A price of the wire in the contract's currency. */
export const fromWire = ({priceMagnifier}: Listing, price: number): number => clean(price / priceMagnifier);

/** A float without what ten decimals do not hold. */
export const clean = (value: number): number => Number(value.toFixed(10));

/** The nearest price on the listing's grid. */
export function onTick({minTick}: Listing, price: number): number {
  return clean(Math.round(price / minTick) * minTick);
}

/** Whether a price is on the grid, up to the error of a float. */
export function isOnTick(listing: Listing, price: number): boolean {
  return Math.abs(onTick(listing, price) - price) < 1e-9 * Math.max(1, Math.abs(price));
}
