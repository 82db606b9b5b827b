import type {Bars} from "../bars.js";
import {breakouts} from "../channel.js";
import {sma} from "../sma.js";
import {STRATEGIES} from "../strategies/index.js";
import type {Parameters} from "../strategies/parameters.js";

/** Fills in what a strategy decides at each close; NaN stands where it decides nothing. */
type Rule = (
  decided: Float64Array,
  bars: Pick<Bars, "high" | "low" | "close">,
  parameters: Parameters,
  {share, average}: {share: number; average: typeof sma}
) => void;

const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ["sma-cross", crossings],
  ["buy-and-hold", (decided, _bars, _parameters, {share}) => decided.fill(share)],
  ["momentum", rises],
  ["breakout", leaves]
]);

/**
 * Returns the share of the equity that a shipped strategy wants to hold, as known at each close: all at once, from the
 * columns of prices. When an exit closes it before is not in it: `exitsOf` says that.
 *
 * @param strategy name in STRATEGIES
 * @param options.symbols how many symbols share the equity, each equally
 * @param options.average makes moving averages: one that remembers them saves making them again
 * @returns shape as the bars; below zero is short, NaN where nothing is decided and what is held stays
 * @throws RangeError if there is no such strategy, or it refuses its parameters
 */
export function generatePositions(
  bars: Pick<Bars, "high" | "low" | "close">,
  strategy: string,
  parameters: Parameters = {},
  {symbols = 1, average = sma}: {symbols?: number; average?: typeof sma} = {}
): Float64Array {
  const rule = RULES.get(strategy);
  const shipped = STRATEGIES.get(strategy);
  if (!rule || !shipped)
    throw new RangeError(
      `the vector engine has no strategy ${strategy}: it has ${[...RULES.keys()].join(", ")}`
    );
  shipped.create(parameters);
  const decided = new Float64Array(bars.close.length).fill(NaN);
  rule(decided, bars, parameters, {share: 1 / symbols, average});
  return decided;
}

/** Where the fast average crosses above the slow one all goes long, where it crosses below all goes short. */
function crossings(
  decided: Float64Array,
  {close}: Pick<Bars, "close">,
  {fast, slow}: Parameters,
  {share, average}: {share: number; average: typeof sma}
): void {
  const [quick, calm] = [average(close, fast), average(close, slow)];
  for (let i = slow; i < close.length; ++i) {
    const now = quick[i] - calm[i];
    if (now * (quick[i - 1] - calm[i - 1]) < 0) decided[i] = Math.sign(now) * share;
  }
}

/** Long where the close is above the one before by so many bars, else flat. */
function rises(
  decided: Float64Array,
  {close}: Pick<Bars, "close">,
  {lookback}: Parameters,
  {share}: {share: number}
): void {
  for (let i = 0; i < close.length; ++i) decided[i] = close[i] > close[i - lookback] ? share : 0;
}

/** Long where the close leaves its channel above, short where it does below. */
function leaves(
  decided: Float64Array,
  bars: Pick<Bars, "high" | "low" | "close">,
  {lookback}: Parameters,
  {share}: {share: number}
): void {
  for (const [i, side] of breakouts(bars, lookback).entries()) if (side !== 0) decided[i] = side * share;
}
