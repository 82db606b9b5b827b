import {type Figure, figure, type FigureWith, unavailable} from "../../returns/figure.js";
import {mean} from "../../risk/moments.js";

/** What a probability of overfitting was computed with. */
export interface OverfittingConstants {
  trials: number;
  /** Equal parts that time is cut into, and the rows in each. */
  blocks: number;
  rowsPerBlock: number;
  /** First rows left out, so that the parts are equal. */
  dropped: number;
  /** Ways to choose one half of the parts: C(blocks, blocks / 2). */
  splits: number;
}

/** How often the best in one half of time was below the median in the other. */
export interface Overfitting extends FigureWith<OverfittingConstants> {
  /** ln(w / (1 - w)) of each split, w the out-of-sample rank of the best in sample over trials + 1. */
  logits: Float64Array;
}

/** Rounding below which a logit is zero. */
const ZERO = 1e-12;

/** Splits above which nobody waits: C(20, 10). */
const MOST_BLOCKS = 20;

/**
 * Returns the probability of backtest overfitting by combinatorially symmetric cross-validation: time is cut into an
 * even number of equal blocks; for each choice of half of them the trial with the highest Sharpe ratio there is ranked
 * by its Sharpe ratio in the other half. PBO is the share of splits whose logit is not above zero.
 *
 * A trial whose returns do not vary in a half has a ratio of 0 there when they are zero, else infinity with their sign.
 * Equal ratios share their mean rank; among equal best the first is taken.
 *
 * @param trials returns per period of each trial, all of one length T; no NaN
 * @param options.blocks an even number, at most 20
 * @returns a share in [0, 1]; null with less than two trials or less than two rows in a block
 * @throws RangeError if lengths differ, a return is not finite, or the blocks are not even in 2..20
 * @see Bailey, Borwein, López de Prado & Zhu (2017), "The probability of backtest overfitting", Journal of Computational
 *   Finance 20(4)
 */
export function overfitting(
  trials: readonly Float64Array[],
  {blocks = 16}: {blocks?: number} = {}
): Overfitting {
  check(trials, blocks);
  const length = trials[0]?.length ?? 0;
  const rowsPerBlock = Math.floor(length / blocks);
  const dropped = length - rowsPerBlock * blocks;
  const half = blocks / 2;
  const halves = rowsPerBlock >= 1 ? choices(blocks, half) : [];
  const constants = {trials: trials.length, blocks, rowsPerBlock, dropped, splits: halves.length};
  const outcome = (of: Figure, logits = new Float64Array()): Overfitting => ({...of, constants, logits});
  if (trials.length < 2) return outcome(unavailable(`needs two trials or more: ${trials.length}`));
  if (rowsPerBlock * half < 2) {
    return outcome(unavailable(`too few returns for ${blocks} blocks: ${length}`));
  }
  const sums = trials.map((returns) => blockSums(returns.subarray(dropped), blocks, rowsPerBlock));
  const rows = rowsPerBlock * half;
  const logits = Float64Array.from(halves, (chosen) => {
    const inSample = sums.map((of) => ratio(of, chosen, true, rows));
    const outside = sums.map((of) => ratio(of, chosen, false, rows));
    const best = inSample.indexOf(Math.max(...inSample));
    const share = rankOf(outside, best) / (trials.length + 1);
    return Math.log(share / (1 - share));
  });
  return outcome(figure(logits.filter((logit) => logit <= ZERO).length / logits.length), logits);
}

/** Sums of returns less their mean, and of the squares, of each block. */
interface BlockSums {
  middle: number;
  first: Float64Array;
  second: Float64Array;
  /** Highest and lowest return of each block. */
  high: Float64Array;
  low: Float64Array;
}

function blockSums(returns: Float64Array, blocks: number, rows: number): BlockSums {
  const middle = mean(returns);
  const parts = Array.from({length: blocks}, (_, b) => returns.subarray(b * rows, (b + 1) * rows));
  const of = (measure: (part: Float64Array) => number) => Float64Array.from(parts, measure);
  return {
    middle,
    first: of((part) => part.reduce((sum, r) => sum + (r - middle), 0)),
    second: of((part) => part.reduce((sum, r) => sum + (r - middle) ** 2, 0)),
    high: of((part) => part.reduce((most, r) => Math.max(most, r), -Infinity)),
    low: of((part) => part.reduce((least, r) => Math.min(least, r), Infinity))
  };
}

/** Sharpe ratio per period of the blocks whose bit is set, or of the others. */
function ratio(
  {middle, first, second, high, low}: BlockSums,
  chosen: number,
  set: boolean,
  n: number
): number {
  let [sum, squares, highest, lowest] = [0, 0, -Infinity, Infinity];
  for (let block = 0; block < first.length; ++block) {
    if (((chosen >> block) & 1) === (set ? 1 : 0)) {
      sum += first[block];
      squares += second[block];
      if (high[block] > highest) highest = high[block];
      if (low[block] < lowest) lowest = low[block];
    }
  }
  if (highest === lowest) return highest === 0 ? 0 : Math.sign(highest) * Infinity;
  return (middle + sum / n) / Math.sqrt(Math.max(0, squares - (sum * sum) / n) / (n - 1));
}

/** Rank from 1, the lowest, to n; equal values share the mean of their ranks. */
function rankOf(values: readonly number[], at: number): number {
  const below = values.filter((value) => value < values[at]).length;
  const equal = values.filter((value) => value === values[at]).length;
  return below + (equal + 1) / 2;
}

/** Returns every choice of k of n as the bits of a number, n <= 20. */
function choices(n: number, k: number): number[] {
  return Array.from({length: 1 << n}, (_, bits) => bits).filter((bits) => bitCount(bits) === k);
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest; rest &= rest - 1) ++count;
  return count;
}

function check(trials: readonly Float64Array[], blocks: number): void {
  if (!(Number.isInteger(blocks / 2) && blocks >= 2 && blocks <= MOST_BLOCKS)) {
    throw new RangeError(`invalid blocks: ${blocks}: an even number from 2 to ${MOST_BLOCKS}`);
  }
  for (const [t, returns] of trials.entries()) {
    if (returns.length !== trials[0].length) {
      throw new RangeError(`trials[${t}] has ${returns.length} returns, trials[0] has ${trials[0].length}`);
    }
    const wrong = returns.findIndex((r) => !Number.isFinite(r));
    if (wrong >= 0) throw new RangeError(`invalid trials[${t}][${wrong}]: ${returns[wrong]}`);
  }
}
