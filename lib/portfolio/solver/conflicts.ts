import {boundsOf, namedLimits, rowsOf} from "./limits.js";
import type {Limits} from "./problem.js";
import type {Program, Row} from "./program.js";
import {solve} from "./solve.js";

/** Limits that need to give this little to be met together are met, in units of the largest limit. */
const ROUNDING = 1e-9;

/** Where limits apply. */
export interface Place {
  assets: readonly string[];
  /** Shape (n). */
  expected: Float64Array;
  /** Weights held now; shape (n). */
  current: Float64Array;
}

/**
 * Returns whether any weights meet all limits.
 * By the least amount that all limits on sums, at once, would have to give way.
 */
export function isFeasible(limits: Limits, place: Place): boolean {
  const {lower, upper} = boundsOf(limits, place.assets.length);
  if (lower.some((least, i) => least > upper[i])) return false;
  const rows = rowsOf(limits, place.expected);
  if (!rows.length) return true;
  const {point, residuals} = solve(giving(rows, lower, upper, place.current));
  const scale = Math.max(
    ...rows.flatMap(({least, most}) => [least, most].map(Math.abs)).filter((v) => v < Infinity),
    1
  );
  return (point.x.at(-1) as number) - residuals.gap <= ROUNDING * scale;
}

/**
 * Returns an irreducible set of limits that cannot be met together, in words, by the deletion filter: each limit is left
 * out for good when the rest still cannot be met.
 * @param limits that no weights meet
 * @see Chinneck & Dravnieks (1991), "Locating minimal infeasible constraint sets in linear programs", ORSA Journal on
 * Computing 3(2)
 */
export function conflictsOf(limits: Limits, place: Place): string[] {
  let rest = limits;
  const needed: string[] = [];
  for (const {words, drop} of namedLimits(limits, place.assets)) {
    const fewer = drop(rest);
    if (isFeasible(fewer, place)) needed.push(words);
    else rest = fewer;
  }
  return needed;
}

/** Minimize t, t >= 0, with every row allowed to miss its limits by t, times its largest coefficient. */
function giving(rows: readonly Row[], lower: Float64Array, upper: Float64Array, at: Float64Array): Program {
  const n = lower.length;
  const last = (column: Float64Array, value: number) => {
    const longer = new Float64Array(n + 1).fill(value);
    longer.set(column);
    return longer;
  };
  const soft = rows.flatMap(({coefficients, least, most, ...rest}) => {
    const step = rest.absolute
      ? 1
      : coefficients.reduce((max, value) => Math.max(max, Math.abs(value)), 0) || 1;
    return [
      ...(most < Infinity
        ? [{...rest, coefficients: last(coefficients, -step), least: -Infinity, most}]
        : []),
      ...(least > -Infinity ? [{...rest, coefficients: last(coefficients, step), least, most: Infinity}] : [])
    ];
  });
  return {
    n: n + 1,
    weights: n,
    scale: 0,
    diagonal: 0,
    linear: last(new Float64Array(n), 1),
    lower: last(lower, 0),
    upper: last(upper, Infinity),
    rows: soft,
    at,
    cost: new Float64Array(n)
  };
}
