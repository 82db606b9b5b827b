import {figure, type FigureWith, unavailable} from "../returns/figure.js";
import {deviation, mean, present} from "./moments.js";

/** What a measure of trades was computed with. */
export interface TradeConstants {
  n: number;
}

/**
 * Returns the mean gain of a trade, in the gains' unit.
 * @param gains of closed trades, in money or as fractions, in any order; NaN = none, skipped
 * @returns null when there is none
 * @throws RangeError if a gain is infinite
 */
export function expectancy(gains: Float64Array): FigureWith<TradeConstants> {
  const there = present(gains);
  return {...figure(mean(there), "no trades"), constants: {n: there.length}};
}

/**
 * Returns the system quality number: sqrt(n) x mean / deviation (ddof 1) of the gains.
 * @param gains as for `expectancy`
 * @returns null below two trades and when the gains do not vary
 * @throws RangeError if a gain is infinite
 * @see Tharp (2008), "Van Tharp's definitive guide to position sizing"; backtesting.py SQN
 */
export function systemQuality(gains: Float64Array): FigureWith<TradeConstants> {
  const there = present(gains);
  const n = there.length;
  const constants = {n};
  if (n < 2) return {...unavailable(`needs two trades or more: ${n}`), constants};
  const spread = deviation(there, 1);
  const value = spread ? (Math.sqrt(n) * mean(there)) / spread : NaN;
  return {...figure(value, "the gains do not vary"), constants};
}

/** What a Kelly fraction was computed with. */
export interface KellyConstants extends TradeConstants {
  /** Share of gains above zero. */
  winRate: number | null;
  averageWin: number | null;
  /** Size, > 0. */
  averageLoss: number | null;
}

/**
 * Returns the share of capital that Kelly's criterion puts on a bet with fixed odds: W - (1 - W) / (average win /
 * average loss), W the share of gains above zero.
 *
 * @param gains as for `expectancy`
 * @param options.zeros whether a gain of zero counts in W; QuantStats leaves it out
 * @returns a fraction, negative when the odds are bad; null without a win or without a loss
 * @throws RangeError if a gain is infinite
 * @see Kelly (1956), "A new interpretation of information rate"; backtesting.py Kelly Criterion
 */
export function kelly(gains: Float64Array, {zeros = true} = {}): FigureWith<KellyConstants> {
  const there = present(gains).filter((gain) => zeros || gain !== 0);
  const [wins, losses] = [there.filter((gain) => gain > 0), there.filter((gain) => gain < 0)];
  const n = there.length;
  const constants = {
    n,
    winRate: n ? wins.length / n : null,
    averageWin: wins.length ? mean(wins) : null,
    averageLoss: losses.length ? -mean(losses) : null
  };
  const {winRate, averageWin, averageLoss} = constants;
  if (winRate === null) return {...unavailable("no trades"), constants};
  if (averageWin === null) return {...unavailable("there is no win"), constants};
  if (averageLoss === null) return {...unavailable("there is no loss"), constants};
  return {...figure(winRate - (1 - winRate) / (averageWin / averageLoss)), constants};
}
