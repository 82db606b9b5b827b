import {type Figure, figure, unavailable} from "../../returns/figure.js";
import {blackValue} from "../options/black.js";
import {impliedVolatility} from "../options/implied-volatility.js";
import type {OptionTerms} from "./holding.js";

/** What moves under an option. */
export interface OptionShift {
  /** Change of the underlying's price, a fraction. */
  underlying: number;
  /** Added to the volatility, in points (0.1 is ten). */
  volatility: number;
  /** Added to the rate per year. */
  rate: number;
}

/** An option's price after a shift over its mark. */
export interface Revaluation {
  /** Change of the option's price as a fraction; null without a price, or where its volatility cannot be told. */
  change: Figure;
  /** Volatility per year before the shift; null where it cannot be told. */
  volatility: number | null;
  notes: string[];
}

/** Volatility that a shift never goes below. */
const LEAST_VOLATILITY = 0.001;

/**
 * Returns what an option's price becomes, at once, when its underlying, its volatility and the rate move: by Black's
 * formula, with the volatility that the mark implies. It starts from the mark exactly.
 *
 * An American option is valued as a European one, but never below what its exercise gives: an approximation, which is
 * noted; right of exercise before expiry is worth something for puts, and for calls with dividends.
 *
 * @throws RangeError if a term is out of range
 */
export function revalueOption(terms: OptionTerms, shift: OptionShift): Revaluation {
  const {style, mark, volatility: given, years, underlying, underlyingPrice} = terms;
  const notes = style === "american" ? ["american: valued as european, at least at its exercise value"] : [];
  if (!(mark > 0)) return {change: unavailable("the option has no price"), volatility: null, notes};
  if (!(underlyingPrice > 0)) {
    return {change: unavailable(`no price of the underlying ${underlying}`), volatility: null, notes};
  }
  if (!(years > 0)) {
    const worth = exercise(terms, 1 + shift.underlying);
    return {change: figure(worth / mark - 1), volatility: null, notes: [...notes, "expired: exercise value"]};
  }
  const before = blackTerms(terms, 0, 0);
  const implied = given === undefined ? impliedVolatility(before, mark) : figure(given);
  if (implied.value === null) return {change: implied, volatility: null, notes};
  const start = value(terms, implied.value, 0, 0);
  if (!(start > 0)) {
    return {
      change: unavailable("the option is worth nothing at its volatility"),
      volatility: implied.value,
      notes
    };
  }
  const shifted = implied.value + shift.volatility;
  const volatility = Math.max(shifted, LEAST_VOLATILITY);
  if (volatility > shifted) notes.push("volatility kept at its floor of 0.1 %");
  if (given !== undefined) notes.push("volatility as given, not from the mark");
  const after = value(terms, volatility, shift.underlying, shift.rate);
  return {change: figure(after / start - 1), volatility: implied.value, notes};
}

function value(terms: OptionTerms, volatility: number, move: number, rate: number): number {
  if (1 + move <= 0) return exercise(terms, Math.max(1 + move, 0));
  const european = blackValue({...blackTerms(terms, move, rate), volatility});
  return terms.style === "american" ? Math.max(european, exercise(terms, 1 + move)) : european;
}

function blackTerms(terms: OptionTerms, move: number, shift: number) {
  const {right, strike, years, on, underlyingPrice, rate, dividendYield = 0} = terms;
  const price = underlyingPrice * (1 + move);
  const forward = on === "future" ? price : price * Math.exp((rate + shift - dividendYield) * years);
  return {right, strike, years, forward, discount: Math.exp(-(rate + shift) * years)};
}

/** What exercise gives with the underlying at so many times its price. */
function exercise({right, strike, underlyingPrice}: OptionTerms, times: number): number {
  const gain = underlyingPrice * times - strike;
  return Math.max(right === "call" ? gain : -gain, 0);
}
