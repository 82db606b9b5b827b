import {type Figure, figure, unavailable} from "../../returns/figure.js";
import {normalDensity} from "../normal.js";
import {type BlackTerms, blackValue} from "./black.js";

/** Volatility above which no option is quoted: 1,000 % a year. */
const MOST = 10;

const ROUNDS = 100;

/**
 * Returns the volatility at which Black's value of an option is its price: Newton's steps, kept between bounds that
 * close in.
 *
 * The option out of the money is solved for, since what one in the money has beside its exercise value is lost in
 * rounding; by put-call parity both have the same volatility.
 *
 * @param price of the option now, in the unit of the forward
 * @returns per year; null, with the reason, when the price is at or below what the option is worth without volatility,
 *   at or above what it can be worth, when volatility would be above 1,000 %, and at expiry
 * @throws RangeError if a term is out of range
 * @see Manaster & Koehler (1982), "The calculation of implied variances from the Black-Scholes model", Journal of Finance 37
 */
export function impliedVolatility(terms: Omit<BlackTerms, "volatility">, price: number): Figure {
  const {forward, strike, years, discount} = terms;
  const least = blackValue({...terms, volatility: 0});
  if (years === 0) return unavailable("the option has expired");
  const time = price - least;
  const out = forward >= strike ? "put" : "call";
  const of = (volatility: number) => blackValue({...terms, right: out, volatility});
  if (!(time > 0)) {
    return unavailable(
      `the price ${price} is not above ${least}, which the option is worth without volatility`
    );
  }
  const highest = of(MOST);
  if (!(time < discount * Math.min(forward, strike))) {
    return unavailable(`the price ${price} is above what the option can be worth`);
  }
  if (time > highest) return unavailable(`no volatility up to ${MOST} gives the price ${price}`);
  const root = Math.sqrt(years);
  let [low, high] = [0, MOST];
  let guess = Math.min(MOST, Math.sqrt(Math.max((2 * Math.abs(Math.log(forward / strike))) / years, 0.04)));
  for (let round = 0; round < ROUNDS; ++round) {
    const miss = of(guess) - time;
    if (miss === 0) break;
    if (miss > 0) high = guess;
    else low = guess;
    const d1 = Math.log(forward / strike) / (guess * root) + (guess * root) / 2;
    const vega = discount * forward * normalDensity(d1) * root;
    const next = guess - miss / vega;
    const better = next > low && next < high ? next : (low + high) / 2;
    if (Math.abs(better - guess) <= 4 * Number.EPSILON * guess) break;
    guess = better;
  }
  return figure(guess);
}
