/** How effects of single periods are linked so that they sum to the return of all periods together. */
export type LinkingMethod = "carino" | "frongello";

/** The method by name, as it stands beside figures. */
export const LINKING: Readonly<Record<LinkingMethod, string>> = {
  carino: "Carino (1999): effects of a period times its logarithmic factor over that of the whole",
  frongello: "Frongello (2002): effects of a period times what was earned before it"
};

/**
 * Returns the factor of each period by which contributions are multiplied so that over all periods they sum to the
 * linked return: Carino ln(1 + r) / r over ln(1 + R) / R, Frongello the growth up to the period's start.
 *
 * @param returns of the periods, oldest first; > -1 for Carino
 * @returns shape (n); NaN where a return of -100 % or less has no logarithm
 * @see Carino (1999), "Combining attribution effects over time", Journal of Performance Measurement 3(4)
 * @see Frongello (2002), "Linking single period attribution results", Journal of Performance Measurement 6(3)
 */
export function contributionFactors(returns: Float64Array, method: LinkingMethod): Float64Array {
  const factors = new Float64Array(returns.length);
  let grown = 1;
  for (let i = 0; i < returns.length; ++i) {
    factors[i] = method === "frongello" ? grown : logarithmic(returns[i], 0);
    grown *= 1 + returns[i];
  }
  if (method === "frongello") return factors;
  const whole = logarithmic(grown - 1, 0);
  return factors.map((factor) => factor / whole);
}

/**
 * Returns the effects of all periods together, linked so that they sum to the portfolio's linked return less the
 * benchmark's.
 *
 * Carino: each period's effects times k(t) / K, with k = (ln(1 + p) - ln(1 + b)) / (p - b). Frongello: each period's
 * effects grow with the portfolio before it, and what was linked so far earns the benchmark's return of the period.
 *
 * @param effects by effect and period, shape (m, n); in each period they sum to p - b
 * @param portfolio returns of the periods, shape (n)
 * @param benchmark returns of the periods, shape (n)
 * @returns shape (m); NaN where a return of -100 % or less has no logarithm
 */
export function linkEffects(
  effects: readonly Float64Array[],
  portfolio: Float64Array,
  benchmark: Float64Array,
  method: LinkingMethod
): Float64Array {
  if (method === "frongello")
    return Float64Array.from(effects, (own) => frongello(own, portfolio, benchmark));
  const grown = (returns: Float64Array) => returns.reduce((product, r) => product * (1 + r), 1) - 1;
  const whole = logarithmic(grown(portfolio), grown(benchmark));
  const factors = portfolio.map((p, i) => logarithmic(p, benchmark[i]) / whole);
  return Float64Array.from(effects, (own) => own.reduce((sum, effect, i) => sum + effect * factors[i], 0));
}

function frongello(effects: Float64Array, portfolio: Float64Array, benchmark: Float64Array): number {
  let [linked, grown] = [0, 1];
  for (let i = 0; i < effects.length; ++i) {
    linked += effects[i] * grown + benchmark[i] * linked;
    grown *= 1 + portfolio[i];
  }
  return linked;
}

/** Difference at which the quotient of logarithms is taken by its limit: below it, rounding is greater than its error. */
const NEAR = 1e-8;

/** Returns (ln(1 + a) - ln(1 + b)) / (a - b), and 1 / (1 + a) where both are the same. */
function logarithmic(a: number, b: number): number {
  if (!(a > -1 && b > -1)) return NaN;
  return Math.abs(a - b) < NEAR ? 1 / (1 + (a + b) / 2) : (Math.log1p(a) - Math.log1p(b)) / (a - b);
}
