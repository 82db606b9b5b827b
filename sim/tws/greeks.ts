/** How an option's price moves, by small differences of the price itself. */

import type {Listing} from "./listing.js";
import {premium} from "./market.js";

export interface Greeks {
  volatility: number;
  delta: number;
  gamma: number;
  vega: number;
  theta: number;
  price: number;
  underlying: number;
}

const DAY_MS = 86_400_000;

/** Greeks as TWS gives them: vega for a point of volatility, theta for a day. */
export function greeks(listing: Listing, spot: number, at: Date): Greeks {
  const {volatility} = listing;
  const value = (one: Listing, level: number, time: Date): number => premium(one, level, time);
  const [price, up, down] = [spot, spot * 1.001, spot * 0.999].map((level) => value(listing, level, at));
  const step = spot * 0.001;
  return {
    volatility,
    price,
    underlying: spot,
    delta: (up - down) / (2 * step),
    gamma: (up - 2 * price + down) / step ** 2,
    vega: value({...listing, volatility: volatility + 0.01}, spot, at) - price,
    theta: value(listing, spot, new Date(at.getTime() + DAY_MS)) - price
  };
}
