import type {ExecutionRules} from "../contract.js";
import type {Exits} from "../exits.js";

/** Where what is held is closed; a price of plus or minus infinity never is. */
export interface Levels {
  stop: number;
  target: number;
  /** Fraction of the best price that a trailing stop is behind; infinity for none. */
  trail: number;
  /** Best price since the fill. */
  best: number;
  /** Closes that it is held for at most. */
  hold: number;
}

/** An exit that is met, at a price of the market. */
export interface Met {
  price: number;
  /** Whether it is the target: it fills at no worse. */
  isTarget: boolean;
}

/** Returns the exits of what is opened on a side after a decision at a close; its best price is of its fill. */
export function levelsOf(
  {stop = Infinity, target = Infinity, trail = Infinity, hold = Infinity}: Exits,
  side: number,
  close: number
): Levels {
  return {stop: close * (1 - side * stop), target: close * (1 + side * target), trail, best: NaN, hold};
}

/** Returns what is met at a price that is jumped to; if nothing is, a trailing stop has seen that price. */
export function metAt(levels: Levels, side: number, price: number): Met | undefined {
  if ((price - stopOf(levels, side)) * side <= 0) return {price, isTarget: false};
  if ((price - levels.target) * side >= 0) return {price, isTarget: true};
  levels.best = side > 0 ? Math.max(levels.best, price) : Math.min(levels.best, price);
  return undefined;
}

/** A bar's four prices. */
export interface Prices {
  open: number;
  high: number;
  low: number;
  close: number;
}

/**
 * Returns what is met on the way through a bar that counts (rule 7), undefined when nothing is; a trailing stop has then seen
 * the whole bar.
 * @param worth what the account comes to at the close, given what was met
 */
export function metWithin(
  levels: Levels,
  side: number,
  {open, high, low, close}: Prices,
  {path, worth}: Pick<ExecutionRules, "path"> & {worth: (met: Met | undefined) => number}
): Met | undefined {
  const begun = levels.best;
  const lowFirst = walk(levels, side, [open, low, high, close]);
  const best = levels.best;
  levels.best = begun;
  const highFirst = walk(levels, side, [open, high, low, close]);
  const isHigh =
    path === "nearer-extreme" ? high - open < open - low : prefers(path, worth(lowFirst), worth(highFirst));
  if (!isHigh) levels.best = best;
  return isHigh ? highFirst : lowFirst;
}

/** Rounding, as a part of what the account is worth, by which two ways do not differ. */
const ROUNDING = 1e-12;

/** Tells whether a rule wants the second of two outcomes. */
function prefers(path: "pessimistic" | "optimistic", first: number, second: number): boolean {
  const gain = (path === "optimistic" ? 1 : -1) * (second - first);
  return gain > ROUNDING * Math.abs(first);
}

/** Goes from price to price without a jump; ends at the first exit. */
function walk(levels: Levels, side: number, [from, ...points]: readonly number[]): Met | undefined {
  const atOnce = metAt(levels, side, from);
  if (atOnce) return atOnce;
  for (const to of points) {
    const stop = stopOf(levels, side);
    if ((to - stop) * side <= 0) return {price: stop, isTarget: false};
    if ((to - levels.target) * side >= 0) return {price: levels.target, isTarget: true};
    levels.best = side > 0 ? Math.max(levels.best, to) : Math.min(levels.best, to);
  }
  return undefined;
}

/** Returns the nearer of the stop and the trailing stop. */
function stopOf({stop, trail, best}: Levels, side: number): number {
  return side > 0 ? Math.max(stop, best * (1 - trail)) : Math.min(stop, best * (1 + trail));
}
