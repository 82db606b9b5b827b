import type {Strategy} from "../../lib/backtest/event/strategy.js";
import {STRATEGIES} from "../../lib/backtest/strategies/index.js";
import type {Parameters} from "../../lib/backtest/strategies/parameters.js";

/** The strategies of bench/peers/backtesting_py.py: those that we ship, and two that test exits and resting orders. */
export function strategyOf(name: string, parameters: Parameters): Strategy {
  if (name === "bracketed") return bracketed(parameters);
  if (name === "resting") return resting(parameters);
  return STRATEGIES.get(name)!.create(parameters);
}

/** Long with a stop and a target after a rise, short after a fall, whenever nothing is held. */
function bracketed({stop, target}: Parameters): Strategy {
  return {
    name: "bracketed",
    decide({series: [bars]}, desk) {
      if (desk.position(bars.symbol) !== 0) return;
      const close = bars.close();
      const up = Math.sign(close - bars.close(1));
      if (up === 1 || up === -1)
        desk.signal(bars.symbol, up, {
          bracket: {stop: close * (1 - up * stop), target: close * (1 + up * target)}
        });
    }
  };
}

/** Every so many bars a limit below to buy or a stop below to sell ten units, in turn. */
function resting({every, distance}: Parameters): Strategy {
  return {
    name: "resting",
    decide({series: [bars]}, desk) {
      const bar = bars.length - 1;
      const price = bars.close() * (1 - distance);
      const {symbol} = bars;
      if (bar % (2 * every) === 0) desk.order({symbol, side: "buy", units: 10, type: "LMT", limit: price});
      else if (bar % every === 0) desk.order({symbol, side: "sell", units: 10, type: "STP", stop: price});
    }
  };
}
