import {addTransposed, applyEquations, applyHessian, NewtonSystem} from "./newton-system.js";
import type {Point, Program} from "./program.js";
import {type StandardForm, standardForm} from "./standard-form.js";

/** A step of the interior point method. */
export interface Iterate {
  /** In the program's units. */
  point: Point;
  /** Products of slacks and their prices, over the objective's terms: an estimate of the gap. */
  gap: number;
  /** Largest residual of equations and of gradients, in scaled units. */
  residual: number;
}

const MOST_STEPS = 100;

/** Least size, in scaled units, of an objective that a gap is compared with: it may be zero at the optimum. */
const SMALL = 1e-4;

/** Prices beyond this, in scaled units, of limits missed by this much, are those of limits that nothing meets. */
const PRICELESS = 1e8;
const FAR_OFF = 1e-4;

/** Part of the way to the nearest bound that a step goes at most. */
const STEP = 0.995;

/**
 * Follows the central path of a program from an infeasible start, predictor and corrector sharing each factor, and
 * yields each point. It ends when the gap is rounding, when it no longer moves, when prices show that no point meets the
 * limits, or after a hundred steps.
 *
 * @see Mehrotra (1992), "On the implementation of a primal-dual interior point method", SIAM J. Optimization 2(4);
 * Nocedal & Wright (2006), Numerical Optimization, 16.6
 */
export function* interiorPoints(program: Program): Generator<Iterate, void> {
  const form = standardForm(program);
  const {size, equations, lower, upper, cost, right, fixed} = form;
  const {n} = program;
  const system = new NewtonSystem(form);
  const linearProgram = !program.quadratic && !program.diagonal;

  const x = new Float64Array(size);
  const y = new Float64Array(equations);
  const below = Float64Array.from(lower, (bound, i) => (bound > -Infinity && !(i < n && fixed[i]) ? 1 : 0));
  const above = Float64Array.from(upper, (bound, i) => (bound < Infinity && !(i < n && fixed[i]) ? 1 : 0));
  const sl = new Float64Array(size);
  const su = new Float64Array(size);
  const zl = new Float64Array(size);
  const zu = new Float64Array(size);
  start(form, x, y, {below, above, sl, su, zl, zu});
  const pairs = below.reduce((sum, value) => sum + value, 0) + above.reduce((sum, value) => sum + value, 0);

  const gradient = new Float64Array(size);
  const rd = new Float64Array(size);
  const rp = new Float64Array(equations);
  const barrier = new Float64Array(size);
  const rhs = new Float64Array(size);
  const minusRp = new Float64Array(equations);
  const dx = new Float64Array(size);
  const dy = new Float64Array(equations);
  const dzl = new Float64Array(size);
  const dzu = new Float64Array(size);
  const cl = new Float64Array(size);
  const cu = new Float64Array(size);
  let stuck = 0;

  for (let step = 0; step < MOST_STEPS; ++step) {
    applyHessian(form, x, gradient);
    let [quadratic, linear, mu, residual] = [0, 0, 0, 0];
    for (let i = 0; i < size; ++i) {
      quadratic += gradient[i] * x[i];
      linear += Math.abs(cost[i] * x[i]);
      mu += sl[i] * zl[i] + su[i] * zu[i];
      rd[i] = gradient[i] + cost[i];
    }
    addTransposed(form, y, rd);
    applyEquations(form, x, rp);
    for (let i = 0; i < size; ++i) {
      rd[i] += zu[i] - zl[i];
      if (i < n && fixed[i]) rd[i] = 0;
      residual = Math.max(residual, Math.abs(rd[i]));
      barrier[i] = (below[i] && zl[i] / sl[i]) + (above[i] && zu[i] / su[i]);
    }
    for (let r = 0; r < equations; ++r) {
      rp[r] -= right[r];
      minusRp[r] = -rp[r];
      residual = Math.max(residual, Math.abs(rp[r]));
    }
    const gap = mu / Math.max(quadratic, linear, SMALL);
    yield {point: pointOf(form, x, y), gap, residual};
    const hopeless = residual > FAR_OFF && y.some((price) => Math.abs(price) > PRICELESS);
    if ((gap < 1e-15 && residual < 1e-14) || stuck > 4 || hopeless || !system.factor(barrier)) return;
    mu /= pairs || 1;

    const direction = () => {
      for (let i = 0; i < size; ++i)
        rhs[i] = (below[i] && cl[i] / sl[i]) - (above[i] && cu[i] / su[i]) - rd[i];
      system.solve(rhs, minusRp, dx, dy);
      for (let i = 0; i < size; ++i) {
        if (below[i]) dzl[i] = (cl[i] - zl[i] * dx[i]) / sl[i];
        if (above[i]) dzu[i] = (cu[i] + zu[i] * dx[i]) / su[i];
      }
    };
    for (let i = 0; i < size; ++i) {
      cl[i] = -sl[i] * zl[i];
      cu[i] = -su[i] * zu[i];
    }
    direction();
    let [primal, dual] = longest().map((length) => Math.min(1, length)) as [number, number];
    if (!linearProgram) primal = dual = Math.min(primal, dual);
    let ahead = 0;
    for (let i = 0; i < size; ++i) {
      if (below[i]) ahead += (sl[i] + primal * dx[i]) * (zl[i] + dual * dzl[i]);
      if (above[i]) ahead += (su[i] - primal * dx[i]) * (zu[i] + dual * dzu[i]);
    }
    const target = pairs ? Math.min(1, Math.max(0, ahead) / pairs / mu) ** 3 * mu : 0;
    for (let i = 0; i < size; ++i) {
      if (below[i]) cl[i] = target - sl[i] * zl[i] - dx[i] * dzl[i];
      if (above[i]) cu[i] = target - su[i] * zu[i] + dx[i] * dzu[i];
    }
    direction();
    [primal, dual] = longest().map((length) => Math.min(1, STEP * length)) as [number, number];
    if (!linearProgram) primal = dual = Math.min(primal, dual);
    for (let i = 0; i < size; ++i) {
      x[i] += primal * dx[i];
      if (below[i]) {
        sl[i] += primal * dx[i];
        zl[i] += dual * dzl[i];
      }
      if (above[i]) {
        su[i] -= primal * dx[i];
        zu[i] += dual * dzu[i];
      }
    }
    for (let r = 0; r < equations; ++r) y[r] += dual * dy[r];
    if (!(Math.min(primal, dual) > 0) || Number.isNaN(x[0])) return;
    stuck = Math.max(primal, dual) < 1e-3 ? stuck + 1 : 0;
  }

  /** Part of the step at which the first slack, and the first price, is zero. */
  function longest(): [primal: number, dual: number] {
    let [primal, dual] = [1 / STEP, 1 / STEP];
    for (let i = 0; i < size; ++i) {
      if (below[i]) {
        if (dx[i] < 0) primal = Math.min(primal, -sl[i] / dx[i]);
        if (dzl[i] < 0) dual = Math.min(dual, -zl[i] / dzl[i]);
      }
      if (above[i]) {
        if (dx[i] > 0) primal = Math.min(primal, su[i] / dx[i]);
        if (dzu[i] < 0) dual = Math.min(dual, -zu[i] / dzu[i]);
      }
    }
    return [primal, dual];
  }
}

interface Slacks {
  below: Float64Array;
  above: Float64Array;
  sl: Float64Array;
  su: Float64Array;
  zl: Float64Array;
  zu: Float64Array;
}

/** Writes a start: within the bounds by a share of their room, every product of slack and price the same. */
function start(form: StandardForm, x: Float64Array, y: Float64Array, slacks: Slacks): void {
  const {program, lower, upper, splits, slack, size, equations} = form;
  const {n, weights} = program;
  const typical = 1 / Math.max(weights, 1);
  for (let i = 0; i < size; ++i)
    x[i] = i < n ? within(i < weights ? typical : 0, lower[i], upper[i], typical) : 0;
  const values = new Float64Array(equations);
  applyEquations(form, x, values);
  for (const {count, start: first, equation} of splits)
    for (let j = 0; j < count; ++j) {
      const value = values[equation + j] - form.right[equation + j];
      x[first + j] = Math.max(value, 0) + typical;
      x[first + count + j] = Math.max(-value, 0) + typical;
    }
  applyEquations(form, x, values);
  for (let r = 0; r < slack.length; ++r)
    if (slack[r] >= 0) x[slack[r]] = within(values[r], lower[slack[r]], upper[slack[r]], typical);
  for (const {row} of splits) if (row >= 0) y[row] = 1;
  const {below, above, sl, su, zl, zu} = slacks;
  for (let i = 0; i < size; ++i) {
    if (below[i]) {
      sl[i] = x[i] - lower[i];
      zl[i] = typical / sl[i];
    }
    if (above[i]) {
      su[i] = upper[i] - x[i];
      zu[i] = typical / su[i];
    }
  }
}

/** Returns the value, moved inside the bounds by `room`, or to their middle where that is nearer. */
function within(value: number, lower: number, upper: number, room: number): number {
  const inside = Math.min(room, (upper - lower) / 2);
  return Math.min(Math.max(value, lower + inside), upper - inside);
}

/** Returns a point in the program's units. */
function pointOf(
  {program, unit, objectiveScale, rowScale, splits}: StandardForm,
  x: Float64Array,
  y: Float64Array
): Point {
  const {n, rows, lower, upper} = program;
  const price = objectiveScale / unit;
  const hinges = splits.find(({forms}) => forms);
  return {
    x: Float64Array.from({length: n}, (_, i) => Math.min(Math.max(x[i] * unit, lower[i]), upper[i])),
    rows: Float64Array.from(rows, (_, r) => (y[r] * price) / rowScale[r]),
    hinges: hinges
      ? y.slice(hinges.equation, hinges.equation + hinges.count).map((value) => value * price)
      : new Float64Array(0)
  };
}
