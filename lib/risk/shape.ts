import {figure, type FigureWith} from "../returns/figure.js";
import {deviation, mean, present} from "./moments.js";

/** What a skewness or kurtosis was computed with. */
export interface ShapeConstants {
  /** True: of the sample as it is (divided by n). False: corrected as for a sample of a normal population. */
  biased: boolean;
  n: number;
}

/**
 * Returns the skewness: the mean of ((r - mean) / deviation)^3, deviation with ddof 0; corrected by
 * sqrt(n (n - 1)) / (n - 2) when not `biased`.
 *
 * @param returns in any order; NaN = none, skipped
 * @returns null when the returns do not vary or are too few (two; three when corrected)
 * @throws RangeError if a return is infinite
 * @see Joanes & Gill (1998), "Comparing measures of sample skewness and kurtosis", The Statistician 47(1): g1, G1
 */
export function skewness(returns: Float64Array, {biased = true} = {}): FigureWith<ShapeConstants> {
  const values = present(returns);
  const n = values.length;
  const third = standardMoment(values, 3);
  const value = biased ? third : n > 2 ? (third * Math.sqrt(n * (n - 1))) / (n - 2) : NaN;
  return {...figure(value, why(values, 3)), constants: {biased, n}};
}

/**
 * Returns the excess kurtosis: the mean of ((r - mean) / deviation)^4 less 3, deviation with ddof 0; corrected when not
 * `biased`. It is 0 for a normal distribution.
 *
 * @param returns in any order; NaN = none, skipped
 * @returns null when the returns do not vary or are too few (two; four when corrected)
 * @throws RangeError if a return is infinite
 * @see Joanes & Gill (1998): g2, G2
 */
export function excessKurtosis(returns: Float64Array, {biased = true} = {}): FigureWith<ShapeConstants> {
  const values = present(returns);
  const n = values.length;
  const excess = standardMoment(values, 4) - 3;
  const corrected = n > 3 ? ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * excess + 6) : NaN;
  return {...figure(biased ? excess : corrected, why(values, 4)), constants: {biased, n}};
}

function standardMoment(values: Float64Array, power: number): number {
  const middle = mean(values);
  const spread = deviation(values, 0);
  return spread > 0 ? mean(values.map((value) => ((value - middle) / spread) ** power)) : NaN;
}

function why(values: Float64Array, least: number): string {
  return values.length > 1 && deviation(values, 0) === 0
    ? "the returns do not vary"
    : `too few returns (at most ${least} are needed): ${values.length}`;
}
