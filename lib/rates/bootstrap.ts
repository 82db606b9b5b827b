import {interpolatePar, type ParPoint} from "./par-curve.js";

/** Discount factors of a curve on half years: the i-th is of (i + 1) / 2 years. */
export interface ZeroCurve {
  /** What 1 paid then is worth now, each > 0. */
  discounts: Float64Array;
}

const HALF = 0.5;

/**
 * Returns the discount factors that price every par bond on half years at 100.
 *
 * Par yields on half years come from `interpolatePar`. A bond of n half years pays c = par / 200 each, so that
 * `1 = c (d1 + … + dn) + dn`, which gives `dn = (1 - c (d1 + … + d(n-1))) / (1 + c)`: coupons semi-annual, yields
 * bond-equivalent, half years of equal length. At half a year there is no coupon before the end: the bill's own yield.
 *
 * @param points of the par curve by maturity, ascending; the first at half a year at most
 * @returns up to the last whole half year of the curve; empty when it ends before half a year
 * @throws RangeError if the curve begins after half a year, or no discount factor above zero prices it
 * @see Hull, “Options, Futures, and Other Derivatives”, “Determining zero rates”
 */
export function bootstrap(points: readonly ParPoint[]): ZeroCurve {
  const par = interpolatePar(points);
  const first = points[0]?.years ?? Infinity;
  const last = points.at(-1)?.years ?? 0;
  if (last >= HALF && !(first <= HALF)) {
    throw new RangeError(`par curve begins at ${first} years: bootstrapping needs half a year`);
  }
  const discounts = new Float64Array(Math.floor(last / HALF + 1e-9));
  for (let i = 0, annuity = 0; i < discounts.length; ++i) {
    const coupon = par(Math.min((i + 1) * HALF, last)) / 200;
    const discount = (1 - coupon * annuity) / (1 + coupon);
    if (!(discount > 0))
      throw new RangeError(`no discount factor prices the par curve at ${(i + 1) * HALF} years`);
    discounts[i] = discount;
    annuity += discount;
  }
  return {discounts};
}

/**
 * Returns what 1 paid at a bill's maturity is worth now: `1 / (1 + y t)`, since a bill pays no coupon and its
 * bond-equivalent yield below half a year is simple.
 */
export function billDiscount({years, percent}: ParPoint): number {
  return 1 / (1 + (percent / 100) * years);
}

/** Returns the zero rate of a discount factor, bond-equivalent percent: `200 (d^(-1 / 2t) - 1)`. */
export function zeroRate(discount: number, years: number): number {
  return 200 * (discount ** (-1 / (2 * years)) - 1);
}

/** Returns the discount factor at a multiple of half a year; 1 today, NaN beyond the curve or between half years. */
export function discountAt({discounts}: ZeroCurve, years: number): number {
  return years === 0 ? 1 : (discounts[years / HALF - 1] ?? NaN);
}
