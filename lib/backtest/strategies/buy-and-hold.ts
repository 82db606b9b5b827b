import type {Strategy} from "../event/strategy.js";
import {type Parameters, wholeParameters} from "./parameters.js";

/**
 * Returns the strategy that buys for its whole equity at the first fill, of several symbols for an equal share each, and
 * keeps what it has.
 * @throws RangeError if a parameter is given: it has none
 */
export function buyAndHold(parameters: Parameters = {}): Strategy {
  wholeParameters("buy-and-hold", [], parameters);
  return {
    name: "buy-and-hold",
    decide({series}, desk) {
      for (const {symbol, fresh} of series)
        if (fresh && desk.position(symbol) === 0 && desk.waiting(symbol) === 0)
          desk.signal(symbol, 1 / series.length);
    }
  };
}
