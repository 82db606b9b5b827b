import {type Figure, figure, unavailable} from "./figure.js";

/**
 * Returns the yearly rate that the returns grew at, by their number: (product of (1 + r))^(periodsPerYear / n) - 1. It is
 * annualised however short the series; an account's is by days and held back below a year (`annualize`).
 *
 * @param returns simple returns as fractions, oldest first; shape (n): a NaN counts in n, as a period without gain
 * @returns null without returns, and when more than everything was lost
 * @see empyrical annual_return
 */
export function annualGrowth(returns: Float64Array, periodsPerYear: number): Figure {
  const n = returns.length;
  if (!n) return unavailable("no returns");
  const product = returns.reduce((value, r) => (Number.isNaN(r) ? value : value * (1 + r)), 1);
  if (product < 0) return unavailable("more than everything was lost");
  return figure(product ** (periodsPerYear / n) - 1);
}
