import {
  COVARIANCES,
  type CovarianceName,
  isPositiveSemidefinite,
  repairCovariance
} from "../risk/covariance/index.js";
import {compoundReturns} from "./expected-returns.js";
import {type PriceTable, simpleReturns} from "./read-prices.js";

/** How returns are taken from prices, and moments from returns. */
export interface EstimateOptions {
  /** Default sample. */
  covariance?: CovarianceName;
  /** Rows with a blank: each pair of assets over the rows that have both, or left out; default pairwise. */
  missing?: "pairwise" | "drop";
  /** Rows in a year; default 252. */
  frequency?: number;
  /** Who needs rows without blanks beside the estimator, as the refusal names it. */
  complete?: string;
}

/** What prices say of assets. */
export interface PriceEstimates {
  /** From row to row; NaN where a price is missing; n columns. */
  returns: Float64Array[];
  /** A year, compounded; shape (n). */
  expected: Float64Array;
  /** Of a year, row by row, without eigenvalues below zero; shape (n x n). */
  covariance: Float64Array;
  /** Weight of the target; null of an estimator that does not shrink. */
  shrinkage: number | null;
  /** Returns that counted; where some are missing the fewest of any two assets. */
  observations: number;
  /** Sentences on what was repaired. */
  warnings: string[];
}

/**
 * Returns what prices say of assets. The mean of asset i is the product of 1 + r to the power frequency / n_i, less 1, over
 * its own n_i returns; covariances are those of returns times the frequency; a return needs both prices of two consecutive
 * rows.
 *
 * @throws RangeError when an asset has less than two returns or does not vary where it must, two have less than two in
 * common, or rows without blanks are needed and there are some
 */
export function estimatePrices(
  {assets, prices}: Pick<PriceTable, "assets" | "prices">,
  {covariance: name = "sample", missing = "pairwise", frequency = 252, complete}: EstimateOptions = {}
): PriceEstimates {
  const blanks = blankRows(prices);
  const returns = simpleReturns(missing === "drop" ? withoutRows(prices, blanks) : prices);
  checkReturns(assets, returns, missing === "drop" ? 0 : blanks.size, {complete, name});
  const estimate = COVARIANCES[name](returns);
  const {values, warnings} = yearly(estimate.values, assets, frequency);
  return {
    returns,
    expected: compoundReturns(returns, {periodsPerYear: frequency}),
    covariance: values,
    shrinkage: "shrinkage" in estimate ? (estimate.shrinkage ?? null) : null,
    observations: estimate.observations,
    warnings
  };
}

/** Returns a year's covariance, repaired where it has an eigenvalue below zero, and a warning that it was. */
function yearly(perPeriod: Float64Array, assets: readonly string[], frequency: number) {
  const n = assets.length;
  const values = perPeriod.map((value) => value * frequency);
  if (isPositiveSemidefinite(values, n)) return {values, warnings: []};
  const {values: repaired, smallest, clipped} = repairCovariance(values, n);
  const words = clipped === 1 ? "an eigenvalue" : `${clipped} eigenvalues`;
  return {
    values: repaired,
    warnings: [
      `the covariance of pairs has ${words} below zero, ${smallest.toPrecision(3)}: put to zero (missing "drop" has none)`
    ]
  };
}

function blankRows(prices: readonly Float64Array[]): Set<number> {
  const blanks = new Set<number>();
  for (const column of prices)
    for (const [t, price] of column.entries()) if (Number.isNaN(price)) blanks.add(t);
  return blanks;
}

function withoutRows(prices: readonly Float64Array[], rows: ReadonlySet<number>): Float64Array[] {
  return prices.map((column) => column.filter((_, t) => !rows.has(t)));
}

function checkReturns(
  assets: readonly string[],
  returns: readonly Float64Array[],
  blanks: number,
  {complete, name}: {complete: string | undefined; name: CovarianceName}
): void {
  for (const [i, column] of returns.entries()) {
    const count = column.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : 1), 0);
    if (count < 2)
      throw new RangeError(
        `${assets[i]} has ${count === 1 ? "one return" : "no return"}: two or more are needed`
      );
    const first = column.find((value) => !Number.isNaN(value));
    if (name === "constant-correlation" && column.every((value) => Number.isNaN(value) || value === first))
      throw new RangeError(`${assets[i]} does not vary: it has no correlation`);
  }
  for (let i = 0; i < assets.length; ++i)
    for (let j = 0; j < i; ++j) {
      const common = returns[i].reduce(
        (sum, value, t) => sum + (Number.isNaN(value + returns[j][t]) ? 0 : 1),
        0
      );
      if (common < 2)
        throw new RangeError(
          `${assets[j]} and ${assets[i]} have ${common} returns in common: two or more are needed`
        );
    }
  if (!blanks) return;
  const needs = name === "sample" || name === "exponential" ? undefined : name;
  const picky = complete ?? needs;
  if (picky !== undefined)
    throw new RangeError(
      `${picky} needs rows without blanks: ${blanks} ${blanks === 1 ? "row has" : "rows have"} one: drop them (missing "drop")`
    );
}
