import type {Strategy} from "../event/strategy.js";
import {type Parameters, wholeParameters} from "./parameters.js";

/**
 * Returns the strategy that is long with its whole equity while the close is above the one `lookback` bars ago, else flat;
 * of several symbols each gets an equal share.
 * @throws RangeError if lookback is no whole number from 1 on
 */
export function momentum(parameters: Parameters): Strategy {
  const {lookback} = wholeParameters("momentum", ["lookback"], parameters);
  return {
    name: "momentum",
    decide({series}, desk) {
      for (const bars of series) {
        if (!bars.fresh) continue;
        const isUp = bars.close() > bars.close(lookback);
        if (isUp !== (desk.position(bars.symbol) !== 0))
          desk.signal(bars.symbol, isUp ? 1 / series.length : 0);
      }
    }
  };
}
