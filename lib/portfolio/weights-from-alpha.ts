import {checkColumn} from "./solver/check.js";
import {boundsOf} from "./solver/limits.js";
import {optimize} from "./solver/optimize.js";
import type {PortfolioProblem} from "./solver/problem.js";
import type {Solution} from "./solver/solution.js";

/** Risk as few common factors and what is each asset's own: S = B F B' + diagonal of specific variances. */
export interface FactorRisk {
  /** B, a row an asset; shape (n x k). */
  loadings: Float64Array;
  /** F, covariance of the factors, row by row; shape (k x k). */
  factors: Float64Array;
  /** Variance of each asset that no factor explains, >= 0; shape (n). */
  specific: Float64Array;
}

/** Opinions on assets, their risk, and what weights must obey. */
export interface AlphaProblem extends Omit<PortfolioProblem, "covariance" | "expected"> {
  /** Expected return of each asset, fractions per period of the risk; NaN = no opinion: it is not held; shape (n). */
  alpha: Float64Array;
  risk: {covariance: Float64Array} | FactorRisk;
}

/** Weights, and what had no opinion. */
export interface AlphaWeights extends Solution {
  /** Assets without an alpha: their weight is zero. */
  excluded: readonly string[];
}

/**
 * Returns the weights that maximize alpha'w - (riskAversion / 2) w'Sw - sum of turnoverCost |w - current| - l2 |w|^2 within
 * limits, assets without an alpha left at zero.
 *
 * @returns as `optimize`: with the proof, or with the limits that conflict (an asset without an alpha that has a least
 * weight above zero is such a conflict)
 * @throws RangeError as `optimize` and `factorCovariance` do, or when no asset has an alpha
 */
export function weightsFromAlpha({alpha, risk, ...problem}: AlphaProblem): AlphaWeights {
  const {assets, limits} = problem;
  const n = assets.length;
  if (alpha.length !== n) throw new RangeError(`alpha: ${alpha.length} values for ${n} assets`);
  const excluded = assets.filter((_, i) => Number.isNaN(alpha[i]));
  if (n && excluded.length === n) throw new RangeError("no asset has an alpha");
  const expected = alpha.map((value) => (Number.isNaN(value) ? 0 : value));
  const covariance = "covariance" in risk ? risk.covariance : factorCovariance(risk, assets);
  const solution = optimize({
    ...problem,
    expected,
    covariance,
    limits: excluded.length ? {...limits, ...without(alpha, boundsOf(limits, n))} : limits
  });
  return {...solution, excluded};
}

/**
 * Returns expected returns from scores: information coefficient x volatility x score.
 *
 * @param scores z-scores over the assets, as of `blendSignals`; NaN stays NaN; shape (n)
 * @param volatility of each asset, per period; shape (n)
 * @param informationCoefficient correlation of scores and the returns that follow, in [-1, 1]
 * @throws RangeError for columns of unequal length, a volatility below zero, a coefficient that is no correlation
 * @see Grinold (1994), "Alpha is volatility times IC times score", Journal of Portfolio Management 20(4)
 */
export function alphaFromScores(
  scores: Float64Array,
  volatility: Float64Array,
  informationCoefficient: number
): Float64Array<ArrayBuffer> {
  if (scores.length !== volatility.length)
    throw new RangeError(`${scores.length} scores for ${volatility.length} volatilities`);
  if (!(Math.abs(informationCoefficient) <= 1))
    throw new RangeError(`invalid information coefficient: ${informationCoefficient}: -1 to 1`);
  const wrong = volatility.findIndex((value) => !(value >= 0 && value < Infinity));
  if (wrong >= 0) throw new RangeError(`invalid volatility ${wrong}: ${volatility[wrong]}`);
  return Float64Array.from(scores, (score, i) => informationCoefficient * volatility[i] * score);
}

/**
 * Returns the covariance of a factor model, B F B' + diagonal of specific variances.
 *
 * @returns row by row, exactly symmetric; shape (n x n)
 * @throws RangeError for columns of the wrong length or a specific variance below zero, with the asset's name
 */
export function factorCovariance(
  {loadings, factors, specific}: FactorRisk,
  assets: readonly string[]
): Float64Array<ArrayBuffer> {
  const n = assets.length;
  const k = Math.sqrt(factors.length);
  if (!Number.isInteger(k)) throw new RangeError(`factors: ${factors.length} values are no square matrix`);
  if (loadings.length !== n * k)
    throw new RangeError(`loadings: ${loadings.length} values, not ${n} assets x ${k} factors`);
  checkColumn("specific variance", specific, assets);
  const negative = specific.findIndex((value) => value < 0);
  if (negative >= 0)
    throw new RangeError(`invalid specific variance of ${assets[negative]}: ${specific[negative]}`);
  const carried = new Float64Array(n * k);
  for (let i = 0; i < n; ++i)
    for (let a = 0; a < k; ++a)
      for (let b = 0; b < k; ++b) carried[i * k + a] += loadings[i * k + b] * factors[b * k + a];
  const covariance = new Float64Array(n * n);
  for (let i = 0; i < n; ++i)
    for (let j = 0; j <= i; ++j) {
      let value = i === j ? specific[i] : 0;
      for (let a = 0; a < k; ++a) value += carried[i * k + a] * loadings[j * k + a];
      covariance[i * n + j] = covariance[j * n + i] = value;
    }
  return covariance;
}

/** Most of nothing for what has no alpha, and least of nothing where it was allowed to be short. */
function without(alpha: Float64Array, {lower, upper}: {lower: Float64Array; upper: Float64Array}) {
  return {
    lower: lower.map((least, i) => (Number.isNaN(alpha[i]) ? Math.max(least, 0) : least)),
    upper: upper.map((most, i) => (Number.isNaN(alpha[i]) ? 0 : most))
  };
}
