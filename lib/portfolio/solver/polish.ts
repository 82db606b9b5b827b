import {ActiveSet} from "./active-set.js";
import {solveFree} from "./free-system.js";
import type {Point, Program} from "./program.js";

const MOST_ROUNDS = 30;

/**
 * Most work, in multiplications: factors of all variables, about what the interior points would take, and something for
 * small programs.
 */
const FACTORS = 12;
const WORK = 1e6;

/**
 * Returns the point whose limits bind exactly where those of a nearly optimal point nearly bind: the equations of what
 * binds are solved, what then lies beyond a limit is pinned to it, what a limit holds against its will is set free, and
 * so on until nothing changes, and once more solved to rounding. Weights that lie on a bound, at zero or at the current
 * weight lie there exactly.
 *
 * @param near of an interior point method: its start, or better near the end of its path
 * @returns undefined where it does not settle: `near` was too far from the optimum, or the problem is degenerate
 * @see Hintermueller, Ito & Kunisch (2002), "The primal-dual active set strategy as a semismooth Newton method",
 * SIAM J. Optimization 13(3)
 */
export function polish(program: Program, near: Point): Point | undefined {
  const set = new ActiveSet(program, near);
  const room = new Float64Array(program.n ** 2);
  let exact = false;
  let work = 0;
  for (let round = 0; round < MOST_ROUNDS; ++round) {
    const {rows, hinges} = set.binding();
    work += set.free().length ** 3 + (rows.length + hinges.length) ** 3;
    if (work > FACTORS * program.n ** 3 + WORK || !solveFree(set, exact, room)) return undefined;
    if (set.settle()) continue;
    if (exact) return set.point();
    exact = true;
  }
  return undefined;
}
