/** Greater numbers are TWS's words for "there is none". */
const MOST = 1e300;

/** Returns a number of TWS's; null where it has none. */
export const told = (value: number | undefined): number | null =>
  value !== undefined && Math.abs(value) < MOST ? value : null; // NaN, too, is none

/** Returns the number that a text of TWS's is; null where it is none. */
export const parsed = (text: string | undefined): number | null =>
  text !== undefined && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text.trim()) ? told(Number(text)) : null;

/** Returns a venue's price in the contract's currency: without the noise of a float that dividing leaves. */
export const inCurrency = (price: number, magnifier: number): number =>
  magnifier === 1 ? price : Number((price / magnifier).toFixed(10));
