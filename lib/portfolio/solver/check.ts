import {symmetricEigen} from "../../risk/eigen.js";
import {isPositiveSemidefinite} from "../../risk/covariance/semidefinite.js";
import type {Limits, PortfolioProblem} from "./problem.js";

/** Two halves of a covariance matrix may differ by this, over the root of the two variances. */
const ASYMMETRY = 1e-9;

/**
 * Checks what the solver takes for granted.
 * @throws RangeError that names the asset, limit or number
 */
export function checkProblem({
  assets,
  expected,
  covariance,
  riskAversion,
  l2 = 0,
  ...rest
}: PortfolioProblem): void {
  const n = assets.length;
  if (!n) throw new RangeError("no assets");
  const twice = assets.find((asset, i) => assets.indexOf(asset) !== i);
  if (twice !== undefined) throw new RangeError(`asset is there twice: ${twice}`);
  checkCovariance(covariance, assets);
  if (expected) checkColumn("expected return", expected, assets);
  if (!(riskAversion >= 0 && riskAversion < Infinity))
    throw new RangeError(`invalid risk aversion: ${riskAversion}: it is 0 or more`);
  if (!(l2 >= 0 && l2 < Infinity)) throw new RangeError(`invalid l2: ${l2}: it is 0 or more`);
  const {turnoverCost = 0, current, limits} = rest;
  if (current) checkColumn("current weight", current, assets);
  const costs = typeof turnoverCost === "number" ? new Float64Array(n).fill(turnoverCost) : turnoverCost;
  checkColumn("turnover cost", costs, assets);
  const gain = costs.find((cost) => cost < 0);
  if (gain !== undefined) throw new RangeError(`invalid turnover cost: ${gain}: it is 0 or more`);
  if (!current && (limits.turnover !== undefined || costs.some((cost) => cost > 0)))
    throw new RangeError("turnover needs the current weights");
  checkLimits(limits, assets);
}

/**
 * Checks a covariance matrix.
 * @throws RangeError where it has a value that is not finite, is not symmetric or gives a portfolio a variance below zero
 */
export function checkCovariance(covariance: Float64Array, assets: readonly string[]): void {
  const n = assets.length;
  if (covariance.length !== n * n)
    throw new RangeError(`covariance has ${covariance.length} values, not ${n} x ${n}`);
  const deviations = Float64Array.from({length: n}, (_, i) => Math.sqrt(Math.abs(covariance[i * n + i])));
  for (let i = 0; i < n; ++i)
    for (let j = 0; j <= i; ++j) {
      const here = covariance[i * n + j];
      const there = covariance[j * n + i];
      if (Math.abs(here - there) <= ASYMMETRY * deviations[i] * deviations[j]) continue;
      const wrong = [here, there].find((value) => !Number.isFinite(value));
      if (wrong !== undefined)
        throw new RangeError(`invalid covariance of ${assets[i]} and ${assets[j]}: ${wrong}`);
      throw new RangeError(
        `covariance is not symmetric: ${assets[i]} and ${assets[j]}: ${here} and ${there}`
      );
    }
  if (isPositiveSemidefinite(covariance, n)) return;
  const smallest = symmetricEigen(covariance, n).values[n - 1];
  throw new RangeError(
    `covariance has an eigenvalue below zero: ${smallest.toPrecision(3)}: repair it (repairCovariance) or take an ` +
      "estimator that shrinks"
  );
}

/** @throws RangeError for a column of the wrong length or with a value that is not finite, with the asset's name */
export function checkColumn(what: string, column: Float64Array, assets: readonly string[]): void {
  if (column.length !== assets.length)
    throw new RangeError(`${what}: ${column.length} values for ${assets.length} assets`);
  const wrong = column.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) throw new RangeError(`invalid ${what} of ${assets[wrong]}: ${column[wrong]}`);
}

/** @throws RangeError for a limit that is no number, of the wrong length or of an asset that is not there */
export function checkLimits(
  {lower, upper, groups = [], net, ...single}: Limits,
  assets: readonly string[]
): void {
  for (const [name, bound] of Object.entries({lower, upper})) {
    if (bound === undefined) continue;
    const column = typeof bound === "number" ? [bound] : bound;
    if (typeof bound !== "number" && bound.length !== assets.length)
      throw new RangeError(`${name} bounds: ${bound.length} values for ${assets.length} assets`);
    const wrong = column.findIndex(
      (value) => Number.isNaN(value) || value === (name === "lower" ? Infinity : -Infinity)
    );
    if (wrong >= 0) throw new RangeError(`invalid ${name} bound: ${column[wrong]}`);
  }
  for (const {name, members, least, most} of groups) {
    const stranger = members.find(
      (member) => !(Number.isInteger(member) && member >= 0 && member < assets.length)
    );
    if (stranger !== undefined) throw new RangeError(`unknown asset in group ${name}: ${stranger}`);
    for (const limit of [least, most])
      if (limit !== undefined && !Number.isFinite(limit))
        throw new RangeError(`invalid limit of group ${name}: ${limit}`);
  }
  if (net && net.some(Number.isNaN)) throw new RangeError(`invalid net limit: ${net.join(" to ")}`);
  for (const [name, limit] of Object.entries(single))
    if (limit !== undefined && !Number.isFinite(limit))
      throw new RangeError(`invalid ${name} limit: ${limit}`);
}
