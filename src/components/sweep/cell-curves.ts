import type {Bars} from "../../lib/backtest/bars.js";
import {PROFILES} from "../../lib/backtest/contract.js";
import {type ProportionalChoice, proportionalRates} from "../../lib/backtest/costs/choice.js";
import {exitsOf} from "../../lib/backtest/exits.js";
import type {BacktestResult} from "../../lib/backtest/result.js";
import {generatePositions} from "../../lib/backtest/vector/positions.js";
import {runVector} from "../../lib/backtest/vector/run.js";

/** What a curve begins with. */
export const BEGINNING = 100;

/** Curves that are kept: what a hand goes over again. */
const KEPT = 400;

/** What one cell's backtest leaves behind, made when it is looked at. */
export type CellRun = (parameters: Readonly<Record<string, number>>) => BacktestResult;

/** Returns the backtests of one symbol by their parameters: the vector engine's own, each made once while it is kept. */
export function cellRuns(bars: Bars, strategy: string, choice: ProportionalChoice): CellRun {
  const made = new Map<string, BacktestResult>();
  const costs = proportionalRates(choice, bars.symbol);
  return (parameters) => {
    const key = Object.values(parameters).join();
    const known = made.get(key);
    if (known) return known;
    const run = runVector(bars, generatePositions(bars, strategy, parameters), {
      cash: BEGINNING,
      rules: PROFILES.default,
      costs,
      exits: exitsOf(parameters)
    });
    made.set(key, run);
    if (made.size > KEPT) made.delete(made.keys().next().value!); // more than one is there
    return run;
  };
}
