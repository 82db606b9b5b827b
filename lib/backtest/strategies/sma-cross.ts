import type {Series} from "../event/past.js";
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
  const states = new Map<string, Crossing>();
  return {
    name: "sma-cross",
    decide({series}, desk) {
      for (const bars of series) {
        if (!bars.fresh) continue;
        const state = states.get(bars.symbol) ?? new Crossing(fast, slow);
        states.set(bars.symbol, state);
        const side = state.side(bars);
        if (side !== 0) desk.signal(bars.symbol, side / series.length);
      }
    }
  };
}

/** The two averages of one symbol, and whether they cross. */
class Crossing {
  readonly #fast: RunningMean;
  readonly #slow: RunningMean;
  #seen = 0;
  #before = NaN;

  constructor(fast: number, slow: number) {
    this.#fast = new RunningMean(fast);
    this.#slow = new RunningMean(slow);
  }

  /** Takes in the closes it has not seen; 1 when the fast average crosses above at the last, -1 when below, else 0. */
  side(bars: Series): number {
    let crossed = 0;
    for (; this.#seen < bars.length; ++this.#seen) {
      const close = bars.close(bars.length - 1 - this.#seen);
      const difference = this.#fast.next(close) - this.#slow.next(close);
      crossed = difference * this.#before < 0 ? Math.sign(difference) : 0;
      this.#before = difference;
    }
    return crossed;
  }
}
