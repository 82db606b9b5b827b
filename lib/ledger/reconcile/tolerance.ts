import {AMOUNT_SCALE, type Amount} from "../../money/amount.js";

/** IBKR's reports have two decimals at least. */
const LEAST = 2;

/** Returns how many decimals an amount prints, without zeros at the end. */
export function decimalsOf(amount: Amount): number {
  if (amount === 0n) return 0;
  let decimals = AMOUNT_SCALE;
  let rest = amount;
  while (decimals > 0 && rest % 10n === 0n) {
    rest /= 10n;
    --decimals;
  }
  return decimals;
}

/**
 * Returns the decimals that a source prints: those of its finest figure, two at least. A figure with fewer has zeros at
 * its end, which are not printed, not fewer decimals.
 * @param figures of one row or one statement, as stored
 */
export function finenessOf(figures: Iterable<Amount | null>): number {
  let finest = LEAST;
  for (const figure of figures) {
    if (figure === null || figure === 0n) continue;
    if (figure % UNITS[finest] !== 0n) finest = Math.max(finest, decimalsOf(figure));
  }
  return finest;
}

/** 10^-n as an amount. */
const UNITS = Array.from({length: AMOUNT_SCALE + 1}, (_, n) => 10n ** BigInt(AMOUNT_SCALE - n));

/**
 * Returns how far two sums may lie apart for rounding alone (R1): half a unit of the last decimal that the source prints
 * (IBKR rounds half to even) for each figure added. Rates and prices are taken as printed, without an allowance: IBKR
 * converts and values with the figures that it prints (10.56 USD at 0.98947 is 10.4488032 in a real Cash Report).
 */
export function toleranceOf(fineness: number, figures: number): Amount {
  const half = UNITS[fineness] / 2n;
  return (half || 1n) * BigInt(Math.max(1, figures));
}

/** The decimals to which IBKR rounds what a part of a lot cost: it prints no more of a part. */
export const COST_DECIMALS = 4;
