import {checkRate} from "./by-bars.js";
import type {CostPart} from "./combine.js";

/**
 * Returns the cost of borrowed shares: a rate a year on the value that is short, at the last close, by days.
 * @param rate a year, as a fraction: 0.0025 is a quarter of a percent
 * @param yearDays days that a year's rate is divided by; 360 as brokers in dollars do
 * @see https://www.interactivebrokers.com/en/pricing/short-sale-cost.php: IBKR takes 102 % of the price, rounded up to the
 * next dollar, in place of the price
 */
export function borrowCost({rate, yearDays = 360}: {rate: number; yearDays?: number}): CostPart {
  checkRate("rate of borrowed shares", rate);
  if (!(yearDays > 0)) throw new RangeError(`invalid yearDays: ${yearDays}`);
  return {
    holding: (units, price, _bars, _bar, days) => (units < 0 ? (-units * price * rate * days) / yearDays : 0)
  };
}
