import {type NoRegression, type Regression, regress} from "./regression.js";

/** A holding and its returns. */
export interface HeldReturns {
  symbol: string;
  /** Market value in the account's currency; negative when short. */
  value: number;
  /** By period, oldest first, on the factors' periods; NaN = none. */
  returns: Float64Array;
}

/** What an account gains by a factor's move. */
export interface FactorExposure {
  factor: string;
  /** Sum of value times coefficient: the account's gain for a move of one (100 %) of the factor, others still. */
  exposure: number;
}

/** Exposures of an account to factors, by regressing what it holds. */
export interface AccountExposures {
  /** In the order given: the fit, or why there is none. */
  holdings: {symbol: string; value: number; fit: Regression | NoRegression}[];
  /** In the order of the factors, over the holdings with a fit. */
  total: FactorExposure[];
  /** Size of the holdings without a fit over the size of all. */
  unknown: number;
}

/**
 * Returns how an account moves with factors: each holding's returns regressed on all of them, its coefficients times its
 * value, summed.
 *
 * @param options as of `regress`: standard errors and lags
 * @throws as `regress`
 */
export function factorExposures(
  held: readonly HeldReturns[],
  factors: Readonly<Record<string, Float64Array>>,
  options: {errors?: "ols" | "hac"; lags?: number} = {}
): AccountExposures {
  const holdings = held.map(({symbol, value, returns}) => ({
    symbol,
    value,
    fit: regress(returns, factors, options)
  }));
  const size = held.reduce((sum, {value}) => sum + Math.abs(value), 0);
  const without = holdings
    .filter(({fit}) => "reason" in fit)
    .reduce((sum, {value}) => sum + Math.abs(value), 0);
  const total = Object.keys(factors).map((factor, i) => ({
    factor,
    exposure: holdings.reduce(
      (sum, {value, fit}) => sum + ("reason" in fit ? 0 : value * fit.coefficients[i + 1].value),
      0
    )
  }));
  return {holdings, total, unknown: size ? without / size : 0};
}
