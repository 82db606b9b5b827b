import {normalProbability} from "../normal.js";

/** To buy, or to sell. */
export type OptionRight = "call" | "put";

/** A European option on a forward price, and what its value depends on. */
export interface BlackTerms {
  right: OptionRight;
  /** Price for delivery at expiry, > 0. */
  forward: number;
  /** > 0. */
  strike: number;
  /** Years to expiry, >= 0. */
  years: number;
  /** Per year, >= 0: 0.2 is 20 %. */
  volatility: number;
  /** Price now of one unit of money at expiry, exp(-r T). */
  discount: number;
}

/**
 * Returns the value of a European option by Black's formula, discount (F N(d1) - K N(d2)) for a call, with
 * d1 = ln(F / K) / (v sqrt T) + v sqrt T / 2, d2 = d1 - v sqrt T. On a spot price with F = S exp((r - q) T) it is
 * Black, Scholes and Merton's.
 *
 * @returns the discounted gain of exercise when there is no time or no volatility left
 * @throws RangeError if a price is not above zero, or time or volatility below it
 * @see Black (1976), "The pricing of commodity contracts", Journal of Financial Economics 3; Black & Scholes (1973)
 */
export function blackValue(terms: BlackTerms): number {
  check(terms);
  const {right, forward, strike, years, volatility, discount} = terms;
  const spread = volatility * Math.sqrt(years);
  const sign = right === "call" ? 1 : -1;
  if (spread === 0) return discount * Math.max(sign * (forward - strike), 0);
  const d1 = Math.log(forward / strike) / spread + spread / 2;
  const value = forward * normalProbability(sign * d1) - strike * normalProbability(sign * (d1 - spread));
  return discount * Math.max(sign * value, 0);
}

function check({forward, strike, years, volatility, discount}: BlackTerms): void {
  for (const [name, value] of Object.entries({forward, strike, discount})) {
    if (!(value > 0 && value < Infinity)) throw new RangeError(`invalid ${name}: ${value}`);
  }
  for (const [name, value] of Object.entries({years, volatility})) {
    if (!(value >= 0 && value < Infinity)) throw new RangeError(`invalid ${name}: ${value}`);
  }
}
