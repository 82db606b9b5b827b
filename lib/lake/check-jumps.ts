import {ratioBetween} from "./events.js";
import {type Finding, listed} from "./finding.js";
import {typicalSize, type Run} from "./run.js";

/** A jump is more than so many robust standard deviations; near the ratio of a split, fewer will do. */
const SIGMAS = 20;
const SIGMAS_OF_SPLIT = 8;

/** What the median of the sizes of normal numbers is multiplied by to be their standard deviation. */
const MEDIAN_TO_SIGMA = 1.4826;

/** With fewer changes than this a standard deviation is not known, and prices are taken to have this one. */
const FEWEST = 20;
const USUAL_SIGMA = 0.05;

/** Changes of this size are no jump, however calm the symbol is: logarithms. */
const SMALLEST = {bars: Math.log(1.2), trades: Math.log(1.2), fx: Math.log(1.1)};

/** New shares for one old, as companies choose them; the inverse joins shares. */
const SPLIT_RATIOS = [1.5, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50];
const NEAR = Math.log(1.05);

/**
 * Returns the jumps of prices, by place: changes of more than 20 robust standard deviations of the symbol's own and of at
 * least a fifth (a rate: a tenth), and those near the ratio of a split that is not among the actions. Such a price may be
 * right: it is kept and listed.
 *
 * @param changes of the run, see `changesOf`
 */
export function priceJumps(run: Run, changes: Float64Array, kind: keyof typeof SMALLEST): Finding[] {
  const smallest = SMALLEST[kind];
  const large = placesOf(changes, (change) => Math.abs(change) >= smallest, run.held);
  if (!large.length) return [];
  const {median, count} = typicalSize(changes);
  const sigma = count < FEWEST ? USUAL_SIGMA : MEDIAN_TO_SIGMA * median;
  return large.flatMap((k) => {
    const change = changes[k];
    const size = Math.abs(change);
    const split = SPLIT_RATIOS.find((ratio) => Math.abs(size - Math.log(ratio)) < NEAR);
    if (size > SIGMAS * sigma) return [jump(run, k, guess(run, k, change, split))];
    if (kind === "bars" && split && size > SIGMAS_OF_SPLIT * sigma)
      return [jump(run, k, guess(run, k, change, split))];
    return [];
  });
}

/** Changes before one that say how restless a series was then. */
const BEFORE = 60;

/**
 * Returns the jumps of a series, by place: changes of more than 20 robust standard deviations, of all changes and of the
 * 60 before, and of more than half of its usual size; none in a series with fewer than 20 changes.
 */
export function seriesJumps(run: Run): Finding[] {
  const {values} = run;
  const differences = values.map((value, k) => (k ? value - values[k - 1] : NaN));
  const {median, count} = typicalSize(differences);
  if (count < FEWEST) return [];
  const limit = Math.max(SIGMAS * MEDIAN_TO_SIGMA * median, typicalSize(values).median / 2);
  const large = placesOf(differences, (difference) => Math.abs(difference) > limit, run.held);
  const isUnlikeBefore = (k: number) => {
    const before = typicalSize(differences.subarray(Math.max(k - BEFORE, 0), k));
    return before.count < FEWEST || Math.abs(differences[k]) > SIGMAS * MEDIAN_TO_SIGMA * before.median;
  };
  return large.filter(isUnlikeBefore).map((k) => jump(run, k, "compare it with the publisher's"));
}

function placesOf(numbers: Float64Array, test: (number: number) => boolean, from: number): number[] {
  const places: number[] = [];
  for (let k = Math.max(1, from); k < numbers.length; ++k) if (test(numbers[k])) places.push(k);
  return places;
}

/** What to look at: a split that is missing, one that the prices do not show, or the price itself. */
function guess({days, splits}: Run, k: number, change: number, near: number | undefined): string {
  const ratio = ratioBetween(splits, days[k - 1], days[k]);
  if (ratio !== 1 && Math.abs(change - Math.log(ratio)) < SMALLEST.bars) {
    return `a split of ${ratio} was due and the price does not show it: it looks adjusted already`;
  }
  if (near === undefined) return "compare it with another vendor's";
  const shares = change < 0 ? `${near} new shares for one old` : `one new share for ${near} old`;
  return `it looks like a split, ${shares}, which is not among the actions: pull them`;
}

function jump({symbol, what, days, values}: Run, k: number, advice: string): Finding {
  const moved = `${what} went from ${values[k - 1]} to ${values[k]}`;
  return listed({code: "jump", symbol, day: days[k], what: moved}, `kept: ${advice}`);
}
