/** Exact decimals of the books: `Amount` of lib/money, and the few ways that the demo account makes one. */

import {
  AMOUNT_SCALE,
  UNIT,
  multiply,
  parseAmount,
  roundAmount,
  type Amount
} from "../../../lib/money/amount.js";

export type {Amount};
export {multiply, roundAmount};

/** The amount that a plain decimal text says. */
export const amount = parseAmount;

/** A whole number as an amount. */
export const whole = (count: number): Amount => BigInt(count) * UNIT;

/** A simulated float, rounded once to the decimals that it is booked with. */
export function rounded(value: number, decimals: number): Amount {
  if (!Number.isFinite(value)) throw new RangeError(`invalid number: ${value}`);
  return BigInt(Math.round(value * 10 ** decimals)) * 10n ** BigInt(AMOUNT_SCALE - decimals);
}

/** The nearest float; for the market's formulas only. */
export const float = (value: Amount): number => Number(value) / 10 ** AMOUNT_SCALE;

/** The product, which must need no rounding: the decimals of the books are chosen so. */
export function exact(a: Amount, b: Amount): Amount {
  const product = a * b;
  const scaled = product / UNIT;
  if (scaled * UNIT !== product) throw new RangeError(`inexact product: ${a} x ${b}`);
  return scaled;
}

/** The share `part / total` of an amount, rounded half to even at the given decimals. */
export function share(value: Amount, part: Amount, total: Amount, decimals: number): Amount {
  return roundAmount((value * part) / total, decimals);
}

export const absolute = (value: Amount): Amount => (value < 0n ? -value : value);
