import type {Series} from "../event/past.js";
import type {Strategy} from "../event/strategy.js";
import {exitsOf} from "../exits.js";
import {Exiting} from "./exiting.js";
import {type Parameters, wholeParameters} from "./parameters.js";

/**
 * Returns the strategy that goes long with its whole equity when the close is above the highest high of the `lookback` bars
 * before (Donchian's channel), short when it is below their lowest low, and follows what it holds with a trailing stop;
 * stopped out, it waits for the next breakout, to either side. Of several symbols each gets an equal share.
 *
 * @param parameters.lookback bars of the channel
 * @param parameters.trail distance of the trailing stop, in basis points of the best price since the fill
 * @param parameters.stop, parameters.target, parameters.hold further exits (see `Exits`), none when not given
 * @throws RangeError if one is no whole number from 1 on, or a distance is not below 10000
 */
export function breakout(parameters: Parameters): Strategy {
  const {lookback} = wholeParameters("breakout", ["lookback", "trail"], parameters, [
    "stop",
    "target",
    "hold"
  ]);
  const exits = exitsOf(parameters);
  const exitings: Exiting[] = [];
  return {
    name: "breakout",
    decide({series}, desk) {
      for (let k = 0; k < series.length; ++k) {
        const bars = series[k];
        if (!bars.fresh) continue;
        const side = sideOf(bars, lookback);
        const isHeld = side !== 0 && side === Math.sign(desk.position(bars.symbol));
        (exitings[k] ??= new Exiting(exits)).decide(bars, desk, isHeld ? 0 : side, 1 / series.length);
      }
    }
  };
}

/** 1 when the last close is above all highs of the channel, -1 when it is below all lows; else 0. */
function sideOf(bars: Series, lookback: number): number {
  if (bars.length <= lookback) return 0;
  let [highest, lowest] = [-Infinity, Infinity];
  for (let age = 1; age <= lookback; ++age) {
    highest = Math.max(highest, bars.high(age));
    lowest = Math.min(lowest, bars.low(age));
  }
  const close = bars.close();
  return close > highest ? 1 : close < lowest ? -1 : 0;
}
