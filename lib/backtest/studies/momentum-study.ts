import type {Bars} from "../bars.js";
import {deflatedSharpe, probabilisticSharpe} from "../metrics/probabilistic-sharpe.js";
import {simpleReturns} from "../../portfolio/read-prices.js";
import type {Figure} from "../../returns/figure.js";
import {deviation} from "../../risk/moments.js";
import {sharpe} from "../../risk/sharpe.js";
import type {BacktestOutput} from "../../tasks/backtest.js";

/** One trial of the study. */
export interface Trial {
  name: string;
  lookback: number | null;
  days: string[];
  equity: Float64Array;
  /** A year's, over the days before the split, and from it on. */
  before: Figure;
  after: Figure;
  maxDrawdown: Figure;
  trades: number;
}

/** What trying several lookbacks shows. */
export interface MomentumStudy {
  trials: Trial[];
  /** Every share bought at the first open, in equal parts, and held. */
  held: Trial;
  /** The best before the split. */
  chosen: Trial;
  /** That its true ratio is above zero: as if it were the only trial, and as the best of all. */
  probability: Figure;
  deflated: Figure;
}

/** What is tried, and how it is judged. */
export interface MomentumQuestion {
  lookbacks: readonly number[];
  /** ISO day: the first that is not looked at when choosing. */
  split: string;
  costs: {commission: string; slippage: string};
}

/** Days of trading in a year. */
const YEAR = 252;

/**
 * Runs momentum over shares for each lookback, at the next open after costs; chooses by what came before a day, and tells
 * what came after it.
 *
 * @param bars of shares in one currency
 * @param backtest runs the task of that name
 */
export async function studyMomentum(
  bars: readonly Bars[],
  {lookbacks, split, costs}: MomentumQuestion,
  backtest: (input: object) => Promise<BacktestOutput>
): Promise<MomentumStudy> {
  const run = async (name: string, strategy: string, parameters: Record<string, number>): Promise<Trial> => {
    const {time, equity, metrics, trades} = await backtest({
      bars,
      strategy,
      parameters,
      costs,
      cash: 100_000
    });
    const days = Array.from(time, (ms) => new Date(ms).toISOString().slice(0, 10));
    const {early, late} = splitReturns(days, equity, split);
    return {
      name,
      lookback: parameters["lookback"] ?? null,
      days,
      equity,
      before: sharpe(early, {periodsPerYear: YEAR}),
      after: sharpe(late, {periodsPerYear: YEAR}),
      maxDrawdown: metrics.maxDrawdown,
      trades: trades.length
    };
  };
  const [held, ...trials] = await Promise.all([
    run("bought and held", "buy-and-hold", {}),
    ...lookbacks.map((lookback) => run(`${lookback} days`, "momentum", {lookback}))
  ]);
  const chosen = trials.reduce((best, trial) =>
    (trial.before.value ?? -Infinity) > (best.before.value ?? -Infinity) ? trial : best
  );
  const {early} = splitReturns(chosen.days, chosen.equity, split);
  const daily = Float64Array.from(trials, ({before}) => (before.value ?? NaN) / Math.sqrt(YEAR));
  const spread = {count: trials.length, deviation: deviation(daily, 1)};
  return {
    trials,
    held,
    chosen,
    probability: probabilisticSharpe(early),
    deflated: deflatedSharpe(early, {trials: spread})
  };
}

/** Returns simple returns of the days before a day, and of that day on. */
export function splitReturns(
  days: readonly string[],
  equity: Float64Array,
  split: string
): {early: Float64Array; late: Float64Array} {
  const [returns] = simpleReturns([equity]);
  const found = days.findIndex((day) => day >= split);
  const at = Math.max(0, (found < 0 ? days.length : found) - 1);
  return {early: returns.subarray(0, at), late: returns.subarray(at)};
}
