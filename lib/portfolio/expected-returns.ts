/**
 * Returns what each asset returned a year, compounded: (product of 1 + r)^(periodsPerYear / n) - 1, n its own returns.
 *
 * @param returns simple, by column, oldest first; NaN = missing, skipped
 * @returns NaN for an asset without a return; shape (assets)
 * @see PyPortfolioOpt mean_historical_return
 */
export function compoundReturns(
  returns: readonly Float64Array[],
  {periodsPerYear = 252}: {periodsPerYear?: number} = {}
): Float64Array {
  return Float64Array.from(returns, (column) => {
    let [grown, count] = [1, 0];
    for (const value of column) {
      if (Number.isNaN(value)) continue;
      grown *= 1 + value;
      ++count;
    }
    return grown ** (periodsPerYear / count) - 1;
  });
}
