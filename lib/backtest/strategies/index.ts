import type {Strategy} from "../event/strategy.js";
import {EXIT_NAMES} from "../exits.js";
import {breakout} from "./breakout.js";
import {buyAndHold} from "./buy-and-hold.js";
import {momentum} from "./momentum.js";
import type {Parameters} from "./parameters.js";
import {smaCross} from "./sma-cross.js";

/** A strategy that comes with the house. */
export interface ShippedStrategy {
  /** Names of its parameters, each a whole number from 1 on. */
  parameters: readonly string[];
  /** Names of those it may be given beside; the same numbers. */
  optional: readonly string[];
  /** Makes it anew, for one run. @throws RangeError if a parameter is missing, strange or out of its bounds */
  create: (parameters: Parameters) => Strategy;
  /** Bars before the first on which it knows all that it decides by. */
  warmUp: (parameters: Parameters) => number;
}

/** The strategies that come with the house, by name. */
export const STRATEGIES: ReadonlyMap<string, ShippedStrategy> = new Map<string, ShippedStrategy>([
  [
    "sma-cross",
    {
      parameters: ["fast", "slow"],
      optional: EXIT_NAMES,
      create: smaCross,
      warmUp: ({slow}) => slow - 1
    }
  ],
  ["buy-and-hold", {parameters: [], optional: [], create: buyAndHold, warmUp: () => 0}],
  ["momentum", {parameters: ["lookback"], optional: [], create: momentum, warmUp: ({lookback}) => lookback}],
  [
    "breakout",
    {
      parameters: ["lookback", "trail"],
      optional: ["stop", "target", "hold"],
      create: breakout,
      warmUp: ({lookback}) => lookback
    }
  ]
]);
