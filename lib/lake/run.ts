import {type CorporateEvent, ratioBetween} from "./events.js";

/** The rows of one symbol in order: first those that the lake holds already, then those to judge. */
export interface Run {
  symbol: string;
  /** What the values are: close, rate, value, price. */
  what: string;
  /** In days since 1970. */
  days: Int32Array;
  values: Float64Array;
  /** Units traded, NaN where not given; null where the kind has none. */
  volumes: Float64Array | null;
  /** How many at the beginning are held already: the others are judged against them, too. */
  held: number;
  /** Places of the others among the rows that are checked. */
  own: Int32Array;
  splits: readonly CorporateEvent[];
  dividends: readonly CorporateEvent[];
}

/**
 * Returns the change to each value of a run from the one before it: the natural logarithm of (value times splits plus
 * dividends) over the value before, what a holder had, so that a split or a dividend is no change. NaN for the first, and
 * where one of the two is not positive.
 */
export function changesOf({days, values, splits, dividends}: Run): Float64Array {
  const changes = new Float64Array(values.length).fill(NaN);
  let [split, dividend] = [0, 0];
  for (let k = 0; k < values.length; ++k) {
    let value = values[k];
    for (; split < splits.length && splits[split].day <= days[k]; ++split) value *= splits[split].value;
    for (; dividend < dividends.length && dividends[dividend].day <= days[k]; ++dividend) {
      const {day, value: paid} = dividends[dividend];
      if (k > 0) value += paid * ratioBetween(splits, days[k - 1], day);
    }
    if (k > 0 && values[k - 1] > 0 && value > 0) changes[k] = Math.log(value / values[k - 1]);
  }
  return changes;
}

/** Returns the rows of a run at some of its places, in order. */
export function picked(run: Run, places: Int32Array): Run {
  const {days, values, volumes, held, own} = run;
  return {
    ...run,
    days: places.map((k) => days[k]),
    values: Float64Array.from(places, (k) => values[k]),
    volumes: volumes && Float64Array.from(places, (k) => volumes[k]),
    held: places.filter((k) => k < held).length,
    own: places.filter((k) => k >= held).map((k) => own[k - held])
  };
}

/** Returns the median of the sizes of some numbers that are not zero, and how many those are; NaN of none. */
export function typicalSize(numbers: Float64Array): {median: number; count: number} {
  const sizes = numbers.map(Math.abs).filter((size) => size > 0 && size < Infinity).sort(); // prettier-ignore
  const count = sizes.length;
  return {median: (sizes[(count - 1) >> 1] + sizes[count >> 1]) / 2, count};
}
