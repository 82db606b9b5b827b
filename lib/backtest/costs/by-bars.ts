import type {Bars} from "../bars.js";

/**
 * Returns a column of bars that is computed once for each: a value of bar i may be of bars up to i alone, so that what is
 * read before a fill knows nothing of it.
 */
export function byBars(column: (bars: Bars) => Float64Array): (bars: Bars) => Float64Array {
  const kept = new WeakMap<Bars, Float64Array>();
  return (bars) => {
    let values = kept.get(bars);
    if (!values) kept.set(bars, (values = column(bars)));
    return values;
  };
}

/** Returns a window. @throws RangeError if it is no whole number from `least` on */
export function checkWindow(window: number, least = 1): number {
  if (!(Number.isSafeInteger(window) && window >= least))
    throw new RangeError(`invalid window: ${window}: a whole number, at least ${least}`);
  return window;
}

/** Returns a number that is zero or more. @throws RangeError if it is not */
export function checkRate(name: string, rate: number): number {
  if (!(rate >= 0 && rate < Infinity)) throw new RangeError(`invalid ${name}: ${rate}: zero or more`);
  return rate;
}
