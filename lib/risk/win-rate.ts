import {figure, type FigureWith} from "../returns/figure.js";
import {present} from "./moments.js";

/** What a win rate was computed with. */
export interface WinRateConstants {
  /** Values above zero. */
  wins: number;
  /** All values; a zero is not a win, but counts here. */
  n: number;
}

/**
 * Returns the share of values above zero: of days when given daily returns, of closed trades when given their gains.
 * QuantStats leaves zeros out of the count; we do not.
 *
 * @param values returns or gains, in any unit and order; NaN = none, skipped
 * @returns a fraction in [0, 1]; null when there is no value
 * @throws RangeError if a value is infinite
 */
export function winRate(values: Float64Array): FigureWith<WinRateConstants> {
  const there = present(values);
  const wins = there.filter((value) => value > 0).length;
  return {...figure(wins / there.length, "no values"), constants: {wins, n: there.length}};
}
