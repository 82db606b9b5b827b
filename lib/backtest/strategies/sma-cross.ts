import type {Strategy} from "../event/strategy.js";
import {RunningMean} from "../sma.js";
import {type Parameters, wholeParameters} from "./parameters.js";

/**
 * Returns the strategy that is flat until the first crossing; when the fast moving average of closes crosses above the
 * slow one (before: below, now: above) its whole equity goes long, when it crosses below the whole equity goes short. Of
 * several symbols each gets an equal share.
 *
 * @param parameters.fast, parameters.slow closes in each average; fast below slow
 * @throws RangeError if one is no whole number from 1 on, or fast is not below slow
 */
export function smaCross(parameters: Parameters): Strategy {
  const {fast, slow} = wholeParameters("sma-cross", ["fast", "slow"], parameters);
  if (fast >= slow) throw new RangeError(`fast is not below slow: ${fast}, ${slow}`);
  const states = new Map<string, {fast: RunningMean; slow: RunningMean; before: number}>();
  return {
    name: "sma-cross",
    decide({series}, desk) {
      for (const bars of series) {
        if (!bars.fresh) continue;
        let state = states.get(bars.symbol);
        if (!state)
          states.set(
            bars.symbol,
            (state = {fast: new RunningMean(fast), slow: new RunningMean(slow), before: NaN})
          );
        const close = bars.close();
        const difference = state.fast.next(close) - state.slow.next(close);
        if (difference > 0 && state.before < 0) desk.signal(bars.symbol, 1 / series.length);
        else if (difference < 0 && state.before > 0) desk.signal(bars.symbol, -1 / series.length);
        state.before = difference;
      }
    }
  };
}
