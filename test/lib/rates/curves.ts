import * as fc from "fast-check";
import type {ParPoint} from "../../../lib/rates/par-curve.js";

const NODES = [1 / 12, 0.25, 0.5, 1, 2, 3, 5, 7, 10, 20, 30];

/** Par curves on the Treasury's points between 0 and 8 percent, as smooth as its own: half a point a step at most. */
export function parCurves(): fc.Arbitrary<ParPoint[]> {
  const level = fc.double({min: 1, max: 7, noNaN: true});
  const steps = fc.array(fc.double({min: -0.5, max: 0.5, noNaN: true}), {
    minLength: NODES.length,
    maxLength: NODES.length
  });
  return fc.tuple(level, steps).map(([first, moves]) => {
    let percent = first;
    return NODES.map((years, i) => ({
      years,
      percent: (percent = Math.min(8, Math.max(0, percent + moves[i])))
    }));
  });
}
