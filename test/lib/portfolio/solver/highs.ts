/** Portfolio problems as HiGHS takes them: absolute values taken apart into variables of their own, rows and a Hessian. */
import loadHighs, {type ModelData} from "highs";
import type {Limits, PortfolioProblem} from "../../../../lib/portfolio/solver/problem.js";

// its types describe the CommonJS build, whose default export is the module
const load = loadHighs as unknown as typeof loadHighs.default;
const highs = await load();
const {optimal, infeasible} = highs.constants.modelStatus;

/** Rows of a model, as they are added. */
class Rows {
  readonly least: number[] = [];
  readonly most: number[] = [];
  readonly starts = [0];
  readonly indices: number[] = [];
  readonly values: number[] = [];

  add(least: number, most: number, entries: Iterable<readonly [variable: number, value: number]>): void {
    for (const [variable, value] of entries) {
      if (value === 0) continue;
      this.indices.push(variable);
      this.values.push(value);
    }
    this.starts.push(this.indices.length);
    this.least.push(least);
    this.most.push(most);
  }
}

/** What HiGHS says of a problem. */
export interface Opinion {
  status: "optimal" | "infeasible" | "none";
  /** What is maximized; NaN unless optimal. */
  objective: number;
}

/** How a problem is put. */
interface Form {
  /** The largest coefficient of the objective. */
  largest: number;
  /** Weights counted in the unit at which slopes and curvature are alike. */
  alike: boolean;
  /** |x| as two variables x = p - q, or as one, -t <= x <= t. */
  absolute: "split" | "between";
}

/** HiGHS's quadratic solver has absolute tolerances, and gives up on some forms of a problem and not on others. */
const FORMS: readonly Form[] = [
  {largest: 1, alike: false, absolute: "split"},
  {largest: 1e3, alike: false, absolute: "split"},
  {largest: 1, alike: true, absolute: "split"},
  {largest: 1e3, alike: true, absolute: "split"},
  {largest: 1, alike: false, absolute: "between"}
];

/** Returns what HiGHS says of a problem put in one form after the other. */
export function* askHighs(problem: PortfolioProblem): Generator<Opinion, void> {
  for (const form of FORMS) {
    const {data, scale} = modelOf(problem, form);
    const {status, objective} = run(data);
    yield {status, objective: -objective * scale};
  }
}

/** Returns whether any weights meet limits, by a linear program whose objective is zero. */
export function canBeMet(limits: Limits, {assets, expected, current}: PortfolioProblem): boolean {
  const n = assets.length;
  const nothing = {covariance: new Float64Array(n * n), riskAversion: 0};
  const problem = {assets, limits, ...nothing, ...(expected && {expected}), ...(current && {current})};
  const {data} = modelOf(problem, FORMS[0]);
  const {status} = run({...data, colCost: data.colCost.map(() => 0)});
  if (status === "none") throw new Error("HiGHS cannot tell whether the limits can be met");
  return status === "optimal";
}

/** @returns `objective` is what was minimized */
function run(data: ModelData): Opinion {
  return highs.withModel(data, (model): Opinion => {
    model.options.set({
      output_flag: false,
      qp_regularization_value: 0,
      small_matrix_value: 1e-12,
      primal_feasibility_tolerance: 1e-9,
      dual_feasibility_tolerance: 1e-9,
      time_limit: 1
    });
    try {
      model.run();
    } catch {
      return {status: "none", objective: NaN};
    }
    const status = model.getModelStatus();
    if (status === infeasible) return {status: "infeasible", objective: NaN};
    if (status !== optimal) return {status: "none", objective: NaN};
    return {status: "optimal", objective: model.getObjectiveValue()};
  });
}

/** Returns a problem as minimize 1/2 x'Qx + c'x, the objective over `scale`, subject to rows and bounds. */
function modelOf(problem: PortfolioProblem, form: Form): {data: ModelData; scale: number} {
  const {assets, covariance, riskAversion, l2 = 0, limits} = problem;
  const n = assets.length;
  const column = (value: number | Float64Array | undefined, none: number) =>
    typeof value === "object" ? value : new Float64Array(n).fill(value ?? none);
  const expected = column(problem.expected, 0);
  const current = column(problem.current, 0);
  const kappa = column(problem.turnoverCost, 0);
  const hessian = covariance.map((value, k) => riskAversion * value + (k % (n + 1) ? 0 : 2 * l2));
  const lower = [...column(limits.lower, -Infinity)];
  const upper = [...column(limits.upper, Infinity)];
  const cost = Array.from(expected, (value) => -value);
  const rows = new Rows();
  const all = assets.map((_, i) => i);
  const {sum, net, groups = [], gross, turnover, expectedReturn} = limits;
  const ones = (members: readonly number[]) => members.map((i) => [i, 1] as const);
  if (sum !== undefined) rows.add(sum, sum, ones(all));
  if (net) rows.add(...net, ones(all));
  for (const {members, least = -Infinity, most = Infinity} of groups)
    rows.add(least, most, ones([...new Set(members)]));
  if (expectedReturn !== undefined)
    rows.add(
      expectedReturn,
      Infinity,
      all.map((i) => [i, expected[i]])
    );
  const absolute = (from: Float64Array, price: Float64Array, most = Infinity) => {
    const first = cost.length;
    const add = () => {
      cost.push(...price);
      lower.push(...all.map(() => 0));
      upper.push(...all.map(() => Infinity));
    };
    add();
    if (form.absolute === "split") add();
    for (const i of all)
      if (form.absolute === "split")
        rows.add(from[i], from[i], [
          [i, 1],
          [first + i, -1],
          [first + n + i, 1]
        ]);
      else
        for (const sign of [1, -1])
          rows.add(-Infinity, sign * from[i], [
            [i, sign],
            [first + i, -1]
          ]);
    rows.add(-Infinity, most, ones(cost.slice(first).map((_, k) => first + k)));
  };
  if (gross !== undefined) absolute(new Float64Array(n), new Float64Array(n), gross);
  if (turnover !== undefined || kappa.some((each) => each > 0)) absolute(current, kappa, turnover);

  const largestOf = (values: Iterable<number>) => {
    let largest = 0;
    for (const value of values) largest = Math.max(largest, Math.abs(value));
    return largest;
  };
  const [slope, curvature] = [largestOf(cost), largestOf(hessian)];
  const unit = form.alike && slope > 0 && curvature > 0 ? slope / curvature : 1;
  const scale = Math.max(slope * unit, curvature * unit * unit) / form.largest || 1;
  const [numCols, numRows] = [cost.length, rows.least.length];
  const {starts, indices, values} = rows;
  const triangle = triangleOf(
    hessian.map((value) => (value * unit * unit) / scale),
    n,
    numCols
  );
  const inUnits = (amounts: readonly number[]) => amounts.map((amount) => amount / unit);
  return {
    scale,
    data: {
      numCols,
      numRows,
      colCost: cost.map((value) => (value * unit) / scale),
      colLower: inUnits(lower),
      colUpper: inUnits(upper),
      rowLower: inUnits(rows.least),
      rowUpper: inUnits(rows.most),
      matrix: {format: "csr", numRows, numCols, starts, indices, values},
      ...(triangle.values.length && {hessian: triangle})
    }
  };
}

/** The lower triangle of the weights' Hessian, column by column, as long as there are variables. */
function triangleOf(hessian: Float64Array, n: number, dimension: number) {
  const [starts, indices, values]: [number[], number[], number[]] = [[0], [], []];
  for (let j = 0; j < dimension; ++j) {
    for (let i = j; i < n; ++i) {
      if (hessian[i * n + j] === 0) continue;
      indices.push(i);
      values.push(hessian[i * n + j]);
    }
    starts.push(indices.length);
  }
  return {format: "triangular" as const, dimension, starts, indices, values};
}
