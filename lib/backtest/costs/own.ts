import type {Bars} from "../bars.js";
import type {CostPart} from "./combine.js";
import type {Rate} from "./costs.js";

/** A cost in basis points of the value, by symbol, and for a symbol of which there is none. */
export interface OwnRates {
  bySymbol: Readonly<Record<string, number>>;
  otherwise: number;
}

/** What one's own fills say that trading costs: see `ownRates` of the ledger. */
export interface OwnCosts {
  commission: OwnRates;
  /** How much worse fills were than the market's price; below zero was better. Absent where that is not known. */
  slippage?: OwnRates;
}

/**
 * Returns costs as one's own fills had them, in proportion to the value.
 * @throws RangeError if a rate is not finite
 */
export function ownCosts({commission, slippage}: OwnCosts): CostPart {
  const fee = rateOf("commission", commission);
  const slip = slippage && rateOf("slippage", slippage);
  return {
    commission: (units, price, {symbol}) => Math.abs(units) * price * fee(symbol),
    ...(slip && {
      slipped: (units: number, price: number, {symbol}: Bars) =>
        Math.max(price * (1 + Math.sign(units) * slip(symbol)), 0)
    })
  };
}

/**
 * Returns what one's own fills of one symbol cost, each of the value; below zero was better than the market's price.
 * @throws RangeError if a rate is not finite
 */
export function ownCostsOf(
  {commission, slippage}: OwnCosts,
  symbol: string
): {commission: Rate; slippage?: Rate} {
  const of = "value";
  return {
    commission: {of, rate: rateOf("commission", commission)(symbol)},
    ...(slippage && {slippage: {of, rate: rateOf("slippage", slippage)(symbol)}})
  };
}

function rateOf(name: string, {bySymbol, otherwise}: OwnRates): (symbol: string) => number {
  const rates = new Map(Object.entries(bySymbol));
  for (const bps of [...rates.values(), otherwise])
    if (!Number.isFinite(bps)) throw new RangeError(`invalid ${name} in basis points: ${bps}`);
  return (symbol) => (rates.get(symbol) ?? otherwise) / 1e4;
}
