import {type Figure, figure, unavailable} from "./figure.js";

/** A fall from a running peak, and where it happened. */
export interface Drawdown {
  /** Value at the trough over value at the peak, less one: in [-1, 0]. Zero when equity never fell. */
  depth: number;
  /** Index of the peak. */
  peak: number;
  /** Index of the lowest point after that peak. */
  trough: number;
}

/**
 * Returns the deepest fall from a running peak.
 *
 * @param equity account value in base currency, oldest first, one per period; shape (n), all > 0
 * @returns the first of the deepest drawdowns; NaN depth if n = 0
 * @throws RangeError if a value is not finite and positive
 * @see Magdon-Ismail & Atiya (2004), “Maximum drawdown”, Risk 17(10)
 */
export function maxDrawdown(equity: Float64Array): Drawdown {
  const worst: Drawdown = {depth: equity.length ? 0 : NaN, peak: 0, trough: 0};
  for (let i = 0, peak = 0; i < equity.length; ++i) {
    const value = equity[i];
    if (!(value > 0 && value < Infinity)) throw new RangeError(`invalid equity[${i}]: ${value}`);
    if (value > equity[peak]) peak = i;
    const depth = value / equity[peak] - 1;
    if (depth < worst.depth) Object.assign(worst, {depth, peak, trough: i});
  }
  return worst;
}

/** A drawdown from its peak to its recovery. */
export interface DrawdownSpell extends Drawdown {
  /** Index of the first value at or above the peak again; undefined while not recovered. */
  recovery: number | undefined;
}

/**
 * Returns the depth below the running peak, period by period.
 *
 * @param index the time-weighted index (not the account's value, which flows move), oldest first; >= 0, NaN = unknown
 * @returns fractions in [-1, 0] of the same length; NaN where the index is unknown
 * @throws RangeError if a value is negative or infinite
 */
export function underwater(index: Float64Array): Float64Array {
  let peak = 0;
  return index.map((value, i) => {
    if (value < 0 || value === Infinity) throw new RangeError(`invalid index[${i}]: ${value}`);
    if (value > peak) peak = value;
    return peak === 0 ? value * 0 : value / peak - 1;
  });
}

/**
 * Returns every fall below a running peak, the deepest first (ties: the earliest).
 *
 * @param index the time-weighted index, oldest first; >= 0, NaN = unknown
 * @returns spells whose peak is the last period at that height; empty when the index never falls
 * @throws RangeError if a value is negative or infinite
 */
export function drawdowns(index: Float64Array): DrawdownSpell[] {
  const depths = underwater(index);
  const spells: DrawdownSpell[] = [];
  let spell: DrawdownSpell | undefined;
  for (let i = 0, peak = 0; i < depths.length; ++i) {
    if (depths[i] === 0) {
      if (spell) spell.recovery = i;
      spell = undefined;
      peak = i;
    } else if (depths[i] < 0) {
      if (!spell) spells.push((spell = {depth: 0, peak, trough: i, recovery: undefined}));
      if (depths[i] < spell.depth) Object.assign(spell, {depth: depths[i], trough: i});
    }
  }
  return spells.sort((a, b) => a.depth - b.depth);
}

/**
 * Returns the deepest fall of a series of returns; the value before the first return counts as a peak.
 *
 * @param returns simple returns as fractions, oldest first; shape (n), NaN = none, skipped
 * @returns a fraction in [-1, 0], 0 when nothing was lost; null when there is no return
 * @see empyrical max_drawdown, which prepends the same base
 */
export function worstDrawdown(returns: Float64Array): Figure {
  let [value, peak, worst, n] = [1, 1, 0, 0];
  for (const r of returns) {
    if (Number.isNaN(r)) continue;
    value *= 1 + r;
    peak = Math.max(peak, value);
    worst = Math.min(worst, value / peak - 1);
    ++n;
  }
  return n ? figure(worst) : unavailable("no returns");
}
