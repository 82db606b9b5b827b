import type {Bracket} from "./event/order.js";
import type {Parameters} from "./strategies/parameters.js";

/** When what a signal opened is closed again, whichever comes first; what is not given closes nothing. */
export interface Exits {
  /** Stop loss: how far the price may go against it, as a fraction of the close that decided. */
  stop?: number;
  /** Take profit: how far it is to go for it, as a fraction of that close. */
  target?: number;
  /** Trailing stop: how far the price may fall back, as a fraction of the best since the fill. */
  trail?: number;
  /** Closes that it is held for at most; at the last of them it is decided to close it. */
  hold?: number;
}

/** The parameters that say exits: `hold` in bars, the others in basis points. */
export const EXIT_NAMES = ["stop", "target", "trail", "hold"] as const;
export type ExitName = (typeof EXIT_NAMES)[number];

/**
 * Returns the exits that a strategy's parameters say.
 * @throws RangeError if a distance is not below 10000 basis points
 */
export function exitsOf(parameters: Parameters): Exits {
  const exits: Exits = {};
  for (const name of EXIT_NAMES) {
    const value: number | undefined = parameters[name];
    if (value === undefined) continue;
    exits[name] = exitOf(name, value);
  }
  return exits;
}

/**
 * Returns one exit as `Exits` has it.
 * @throws RangeError if a distance is not below 10000 basis points
 */
export function exitOf(name: ExitName, value: number): number {
  if (name === "hold") return value;
  if (!(value < 10_000)) throw new RangeError(`invalid ${name}: ${value}: basis points, below 10000`);
  return value / 10_000;
}

/** Returns the exits of what is opened on a side (1 long, -1 short) after a decision at a close. */
export function bracketOf({stop, target, trail}: Exits, side: number, close: number): Bracket | undefined {
  const bracket: Bracket = {
    ...(stop !== undefined && {stop: close * (1 - side * stop)}),
    ...(target !== undefined && {target: close * (1 + side * target)}),
    ...(trail !== undefined && {trail: {fraction: trail}})
  };
  return Object.keys(bracket).length ? bracket : undefined;
}
