import {certify, type Residuals} from "./certify.js";
import {interiorPoints} from "./interior-point.js";
import {polish} from "./polish.js";
import type {Point, Program} from "./program.js";

/** A point with the proof of how near to an optimum it is. */
export interface Certified {
  point: Point;
  residuals: Residuals;
}

/** An interior point this near is worth a try to solve for what binds. */
const NEAR = 1e-2;

/** A residual this small is rounding: no search goes on. */
const EXACT = 1e-12;

/**
 * Returns the best point of a program that was found: what seems to bind at the start is tried, which settles for every
 * other problem; else interior points are followed until what binds is plain enough to be solved for exactly, or to
 * their end.
 */
export function solve(program: Program): Certified {
  let best: Certified | undefined;
  let started = false;
  for (const {point, gap} of interiorPoints(program)) {
    if (!started) {
      started = true;
      const guess = polish(program, point);
      const residuals = guess && certify(program, guess);
      if (guess && residuals && kktOf(residuals) < EXACT) return {point: guess, residuals};
    }
    if (!(gap < NEAR)) continue;
    const exact = polish(program, point);
    for (const candidate of exact ? [exact, point] : [point]) {
      const residuals = certify(program, candidate);
      if (!best || kktOf(residuals) < kktOf(best.residuals)) best = {point: candidate, residuals};
    }
    if (best && kktOf(best.residuals) < EXACT) return best;
  }
  return best ?? lost(program);
}

/** Returns the largest of a point's residuals. */
export function kktOf({primal, dual, gap}: Residuals): number {
  return Math.max(primal, dual, gap);
}

function lost({n, rows, hinges}: Program): Certified {
  return {
    point: {
      x: new Float64Array(n).fill(NaN),
      rows: new Float64Array(rows.length).fill(NaN),
      hinges: new Float64Array(hinges?.count ?? 0).fill(NaN)
    },
    residuals: {objective: NaN, primal: NaN, dual: NaN, gap: NaN}
  };
}
