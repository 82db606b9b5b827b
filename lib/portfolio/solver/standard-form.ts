import type {Program, Row} from "./program.js";

/**
 * Absolute values or hinges, taken apart: form'x - plus + minus = right, plus and minus >= 0, each side with its cost,
 * and, under a row with an absolute sum, both sides counted in that row.
 */
export interface Splits {
  /** Splits. */
  count: number;
  /** Variable that each split is of; null when each is of a hinge's form. */
  variable: Int32Array | null;
  /** As `Hinges.forms`. */
  forms: Float64Array | null;
  /** Index of the first of `count` plus variables; the minus variables follow them. */
  start: number;
  /** Index of the first of `count` equations. */
  equation: number;
  right: Float64Array;
  /** Index of the row whose absolute sum this is; -1 when it is none's. */
  row: number;
}

/**
 * A program with its absolute values and inequalities taken apart, so that what remains is
 * minimize 1/2 x'Px + cost'x, equations = right, lower <= x <= upper, in scaled units.
 * Variables: the program's, then plus and minus of each family of splits, then a slack for each row that is no equation.
 * Equations: the rows, then the splits.
 */
export interface StandardForm {
  program: Program;
  /** All variables, and all equations. */
  size: number;
  equations: number;
  lower: Float64Array;
  upper: Float64Array;
  cost: Float64Array;
  right: Float64Array;
  /** Coefficients of each row, divided by `rowScale`. */
  rows: readonly Float64Array[];
  rowScale: Float64Array;
  /** Index of each row's slack variable; -1 for an equation. */
  slack: Int32Array;
  splits: readonly Splits[];
  /** Variables of the program that the bounds leave no room. */
  fixed: Uint8Array;
  /** What objective, and variables, were divided by. */
  objectiveScale: number;
  unit: number;
  /** Multiplies P and adds to its diagonal, in scaled units. */
  quadraticScale: number;
  diagonal: number;
}

/** Returns a program taken apart. */
export function standardForm(program: Program): StandardForm {
  const {n, weights, rows, at, cost, hinges} = program;
  const unit = unitOf(program);
  const objectiveScale = objectiveScaleOf(program, unit);
  const ofRow = (kind: Row["absolute"]) => rows.findIndex(({absolute}) => absolute === kind);
  const [gross, turnover] = [ofRow("gross"), ofRow("turnover")];
  const all = Int32Array.from({length: weights}, (_, i) => i);
  const costly = turnover >= 0 ? all : all.filter((i) => cost[i] > 0);

  const slack = new Int32Array(rows.length).fill(-1);
  const splits: Splits[] = [];
  let [size, equations] = [n, rows.length];
  const split = (family: Pick<Splits, "count" | "variable" | "forms" | "right" | "row">) => {
    if (!family.count) return;
    splits.push({...family, start: size, equation: equations});
    size += 2 * family.count;
    equations += family.count;
  };
  if (gross >= 0)
    split({count: weights, variable: all, forms: null, right: new Float64Array(weights), row: gross});
  split({
    count: costly.length,
    variable: costly,
    forms: null,
    right: Float64Array.from(costly, (i) => at[i] / unit),
    row: turnover
  });
  if (hinges)
    split({
      count: hinges.count,
      variable: null,
      forms: hinges.forms,
      right: new Float64Array(hinges.count),
      row: -1
    });
  for (const [r, {least, most}] of rows.entries()) if (least !== most) slack[r] = size++;

  const lower = new Float64Array(size);
  const upper = new Float64Array(size).fill(Infinity);
  const costs = new Float64Array(size);
  const right = new Float64Array(equations);
  for (let i = 0; i < n; ++i) {
    lower[i] = program.lower[i] / unit;
    upper[i] = program.upper[i] / unit;
    costs[i] = (program.linear[i] * unit) / objectiveScale;
  }
  for (const family of splits) {
    right.set(family.right, family.equation);
    for (let j = 0; j < family.count; ++j) {
      const each = family.forms
        ? (hinges?.weight ?? 0)
        : family.row === gross && gross >= 0
          ? 0
          : cost[family.variable![j]];
      const price = (each * unit) / objectiveScale;
      costs[family.start + j] = price;
      if (!family.forms) costs[family.start + family.count + j] = price;
    }
  }
  const rowScale = Float64Array.from(rows, ({coefficients, absolute}) =>
    absolute ? 1 : coefficients.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1
  );
  for (const [r, {least, most}] of rows.entries()) {
    const scaled = rowScale[r] * unit;
    if (slack[r] < 0) right[r] = least / scaled;
    else {
      lower[slack[r]] = least / scaled;
      upper[slack[r]] = most / scaled;
    }
  }
  return {
    program,
    size,
    equations,
    lower,
    upper,
    cost: costs,
    right,
    rows: rows.map(({coefficients}, r) => coefficients.map((value) => value / rowScale[r])),
    rowScale,
    slack,
    splits,
    fixed: Uint8Array.from(lower.subarray(0, n), (least, i) => (upper[i] - least <= NO_ROOM ? 1 : 0)),
    objectiveScale,
    unit,
    quadraticScale: (program.scale * unit * unit) / objectiveScale,
    diagonal: (program.diagonal * unit * unit) / objectiveScale
  };
}

/** Bounds nearer than this, in units, leave a variable where it is. */
const NO_ROOM = 1e-12;

/** Size of the weights: the largest limit on a sum of them, or weight that trades are counted from, else 1. */
function unitOf({rows, cost, at}: Program): number {
  let unit = 0;
  for (const {least, most, absolute, coefficients} of rows) {
    if (absolute === undefined && coefficients.some((value) => value !== 0 && value !== 1)) continue;
    for (const limit of [least, most]) if (Math.abs(limit) < Infinity) unit = Math.max(unit, Math.abs(limit));
  }
  const trades = rows.some(({absolute}) => absolute === "turnover") || cost.some((each) => each > 0);
  return (trades ? at.reduce((most, weight) => Math.max(most, Math.abs(weight)), unit) : unit) || 1;
}

/** The largest slope of the objective at weights of one unit's size. */
function objectiveScaleOf(
  {weights, quadratic, scale, diagonal, linear, cost, hinges}: Program,
  unit: number
) {
  let largest = diagonal * unit;
  if (quadratic)
    for (let i = 0; i < weights; ++i) largest = Math.max(largest, scale * quadratic[i * weights + i] * unit);
  for (const value of linear) largest = Math.max(largest, Math.abs(value));
  for (const value of cost) largest = Math.max(largest, value);
  if (hinges) largest = Math.max(largest, hinges.weight);
  return largest * unit || 1;
}
