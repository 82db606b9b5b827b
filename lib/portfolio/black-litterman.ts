import {factorSemidefinite, solveCholesky} from "../kernels/cholesky.js";
import {checkColumn, checkCovariance} from "./solver/check.js";

/** An opinion on what a portfolio of assets will return. */
export interface View {
  /** How much of each asset the portfolio holds: one asset at 1 is absolute, 1 and -1 compares two. */
  assets: Readonly<Record<string, number>>;
  /** Expected return of that portfolio, in the unit of the prior. */
  expected: number;
  /** From 0, none, to 1, certain (Idzorek); given for all views or for none, which are then as sure as their variance says. */
  confidence?: number;
}

/** What is believed before the views, and how much. */
export interface Prior {
  /** Names; shape (n). */
  assets: readonly string[];
  /** S, row by row; shape (n x n). */
  covariance: Float64Array;
  /** Expected returns, as from `impliedReturns`; shape (n). */
  expected: Float64Array;
  /** Uncertainty of the prior's means, over the covariance; default 0.05, 1 / T is common too. */
  tau?: number;
}

/** What is believed after the views. */
export interface Posterior {
  /** Shape (n). */
  expected: Float64Array;
  /** S + what is uncertain about the means, row by row; shape (n x n). */
  covariance: Float64Array;
}

/**
 * Returns the expected returns at which a market of mean-variance investors holds what it holds: riskAversion S w +
 * riskFree.
 *
 * @param covariance row by row; shape (n x n); @param market weights of the market, of any sum above zero; shape (n)
 * @param options.riskAversion of the market, as from `impliedRiskAversion`
 * @throws RangeError for columns of the wrong length, weights that do not sum above zero
 * @see Black & Litterman (1992), "Global portfolio optimization", Financial Analysts Journal 48(5); PyPortfolioOpt
 * market_implied_prior_returns
 */
export function impliedReturns(
  covariance: Float64Array,
  market: Float64Array,
  {riskAversion, riskFree = 0}: {riskAversion: number; riskFree?: number}
): Float64Array {
  const n = market.length;
  if (covariance.length !== n * n)
    throw new RangeError(`covariance has ${covariance.length} values, not ${n} x ${n}`);
  if (!(riskAversion > 0)) throw new RangeError(`invalid risk aversion: ${riskAversion}: it is above 0`);
  const sum = market.reduce((all, weight) => all + weight, 0);
  if (!(sum > 0)) throw new RangeError(`market weights sum to ${sum}: they sum to more than 0`);
  return market.map((_, i) => {
    let covarying = 0;
    for (let j = 0; j < n; ++j) covarying += covariance[i * n + j] * market[j];
    return (riskAversion * covarying) / sum + riskFree;
  });
}

/**
 * Returns the risk aversion that a market's own returns imply: (A mean - riskFree) / (A variance), A periods a year.
 *
 * @param returns of the market, simple, oldest first
 * @param options.riskFree per year
 * @throws RangeError below two returns, or when they do not vary
 * @see PyPortfolioOpt market_implied_risk_aversion
 */
export function impliedRiskAversion(
  returns: Float64Array,
  {periodsPerYear = 252, riskFree = 0}: {periodsPerYear?: number; riskFree?: number} = {}
): number {
  const mean = returns.reduce((sum, value) => sum + value, 0) / returns.length;
  const variance = returns.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (returns.length - 1);
  if (!(variance > 0)) throw new RangeError("the market's returns do not vary, or are fewer than two");
  return (mean * periodsPerYear - riskFree) / (variance * periodsPerYear);
}

/** The variance of a view in which nobody has any confidence. */
const NO_CONFIDENCE = 1e6;

/**
 * Returns what is expected after views: mu + tau S P' (P tau S P' + Omega)^-1 (Q - P mu), and the covariance S + tau S -
 * tau S P' (P tau S P' + Omega)^-1 P tau S. Omega is diagonal: of a view with confidence c, tau (1 - c) / c p S p'
 * (Idzorek's, in Walters's closed form; 0 when certain, 1e6 when c is 0), else tau p S p'.
 *
 * Views that repeat one another with certainty count once.
 *
 * @throws RangeError for a view on an unknown asset (named), a view on nothing, a confidence outside of [0, 1] or given for
 * some views alone, a tau that is not above zero, a covariance that is no covariance
 * @see He & Litterman (1999), "The intuition behind Black-Litterman model portfolios"; Walters (2014), "The
 * Black-Litterman model in detail", SSRN 1314585; PyPortfolioOpt BlackLittermanModel
 */
export function blackLitterman(
  {assets, covariance, expected, tau = 0.05}: Prior,
  views: readonly View[]
): Posterior {
  const n = assets.length;
  checkCovariance(covariance, assets);
  checkColumn("prior return", expected, assets);
  if (!(tau > 0 && tau < Infinity)) throw new RangeError(`invalid tau: ${tau}: it is above 0`);
  const unsaid = views.filter(({confidence}) => confidence === undefined).length;
  if (unsaid > 0 && unsaid < views.length)
    throw new RangeError(
      "some views have a confidence and some have none: give it for all of them or for none"
    );

  const picks = views.map((view) => pickOf(view, assets));
  // tau S p, of each view
  const spread = picks.map((pick) => {
    const out = new Float64Array(n);
    for (let i = 0; i < n; ++i) for (let j = 0; j < n; ++j) out[i] += tau * covariance[i * n + j] * pick[j];
    return out;
  });
  const k = views.length;
  const matrix = new Float64Array(k * k);
  for (let a = 0; a < k; ++a) {
    for (let b = 0; b <= a; ++b) matrix[a * k + b] = dot(picks[a], spread[b]);
    matrix[a * k + a] += uncertaintyOf(views[a], matrix[a * k + a]);
  }
  factorSemidefinite(matrix, k);

  const surprise = Float64Array.from(views, (view, a) => view.expected - dot(picks[a], expected));
  solveCholesky(matrix, k, surprise);
  const posterior = expected.map((mean, i) =>
    spread.reduce((sum, column, a) => sum + column[i] * surprise[a], mean)
  );
  const values = covariance.map((value) => (1 + tau) * value);
  for (let i = 0; i < n; ++i) {
    const learnt = Float64Array.from(spread, (column) => column[i]);
    solveCholesky(matrix, k, learnt);
    for (let j = 0; j < n; ++j) for (let a = 0; a < k; ++a) values[i * n + j] -= learnt[a] * spread[a][j];
  }
  for (let i = 0; i < n; ++i)
    for (let j = 0; j < i; ++j)
      values[i * n + j] = values[j * n + i] = (values[i * n + j] + values[j * n + i]) / 2;
  return {expected: posterior, covariance: values};
}

function pickOf({assets: picked, expected}: View, assets: readonly string[]): Float64Array {
  const pick = new Float64Array(assets.length);
  for (const [asset, share] of Object.entries(picked)) {
    const i = assets.indexOf(asset);
    if (i < 0) throw new RangeError(`a view on an unknown asset: ${asset}: there are ${assets.join(", ")}`);
    if (!Number.isFinite(share)) throw new RangeError(`invalid share of ${asset} in a view: ${share}`);
    pick[i] = share;
  }
  if (pick.every((share) => share === 0)) throw new RangeError("a view on no asset");
  if (!Number.isFinite(expected))
    throw new RangeError(
      `invalid expected return of the view on ${Object.keys(picked).join(", ")}: ${expected}`
    );
  return pick;
}

/** @param variance tau p S p' */
function uncertaintyOf({assets, confidence}: View, variance: number): number {
  if (confidence === undefined) return variance;
  if (!(confidence >= 0 && confidence <= 1))
    throw new RangeError(
      `invalid confidence in the view on ${Object.keys(assets).join(", ")}: ${confidence}: 0 to 1`
    );
  return confidence === 0 ? NO_CONFIDENCE : ((1 - confidence) / confidence) * variance;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}
