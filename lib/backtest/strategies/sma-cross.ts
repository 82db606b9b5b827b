import type {Series} from "../event/past.js";
import type {Strategy} from "../event/strategy.js";
import {EXIT_NAMES, exitsOf} from "../exits.js";
import {RunningMean} from "../sma.js";
import {Exiting} from "./exiting.js";
import {type Parameters, wholeParameters} from "./parameters.js";

/**
 * Returns the strategy that is flat until the first crossing; when the fast moving average of closes crosses above the
 * slow one (before: below, now: above) its whole equity goes long, when it crosses below the whole equity goes short. Of
 * several symbols each gets an equal share. Closed by an exit, it is flat until the next crossing.
 *
 * @param parameters.fast, parameters.slow closes in each average; fast below slow
 * @param parameters.stop, parameters.target, parameters.trail, parameters.hold exits (see `Exits`), none when not given
 * @throws RangeError if one is no whole number from 1 on, fast is not below slow, or a distance is not below 10000
 */
export function smaCross(parameters: Parameters): Strategy {
  const {fast, slow} = wholeParameters("sma-cross", ["fast", "slow"], parameters, EXIT_NAMES);
  if (fast >= slow) throw new RangeError(`fast is not below slow: ${fast}, ${slow}`);
  const exits = exitsOf(parameters);
  const crossings: Crossing[] = [];
  const exitings: Exiting[] = [];
  return {
    name: "sma-cross",
    decide({series}, desk) {
      for (let k = 0; k < series.length; ++k) {
        if (!series[k].fresh) continue;
        const side = (crossings[k] ??= new Crossing(fast, slow)).side(series[k]);
        (exitings[k] ??= new Exiting(exits)).decide(series[k], desk, side, 1 / series.length);
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
      crossed = difference * this.#before < 0 ? (difference > 0 ? 1 : -1) : 0;
      this.#before = difference;
    }
    return crossed;
  }
}
