import {studentTwoSided} from "./student.js";

/** What is known of a mean. */
export interface Estimate {
  mean: number;
  /** NaN where nothing says how sure the mean is. */
  standardError: number;
  /** Values that are its own. */
  count: number;
  /** Of the standard error; an interval is by Student's t with so many degrees of freedom. */
  degrees: number;
}

/** Means of groups, each drawn towards the mean of all as far as its own values are few or noisy. */
export interface PartialPooling {
  /** The mean that all groups' means lie about. */
  pooled: Estimate;
  /** By name, in order of appearance. */
  groups: Map<string, Estimate>;
  /** Of a group that was never seen: the pooled mean, as far off as groups are from each other. */
  unseen: Estimate;
  /** Standard deviation of values within a group, and of groups' means about the pooled one; NaN where not known. */
  within: number;
  between: number;
}

/**
 * Estimates the means of groups by a hierarchical normal model: value = mean + deviation of its group + noise. With group
 * means ȳ of n values each, the noise's variance s² is pooled over the groups; the groups' is t² = max(0, var(ȳ) − s² mean(1/n)),
 * by moments; the pooled mean m weighs each ȳ by 1 / (t² + s²/n); a group's estimate is ȳ drawn towards it by the part
 * b = (s²/n) / (t² + s²/n). Its variance is (1 − b) s²/n + b² (var(m) + 2 (ȳ − m)² / (k − 1)) for k groups, the last term
 * because b is estimated too. Where no group has two values, all that differs is taken as noise.
 *
 * @param values finite, one for each name of `names`
 * @param names group of each value
 * @returns NaN means if there is no value; NaN standard errors for one value; those of an unseen group need two groups
 * @see Efron & Morris (1975), "Data analysis using Stein's estimator and its generalizations", JASA 70(350); Morris (1983),
 * "Parametric empirical Bayes inference", JASA 78(381), for the variance, with k − 1 where he has k − 3; Hedges & Olkin
 * (1985), "Statistical Methods for Meta-Analysis", 9, for t²
 */
export function partialPooling(values: Float64Array, names: readonly string[]): PartialPooling {
  const groups = groupsOf(values, names);
  const [n, k] = [values.length, groups.length];
  const means = variance(groups.map(({mean}) => mean));
  const squares = groups.reduce((sum, group) => sum + group.squares, 0);
  const [noise, degrees] = n > k ? [squares / (n - k), n - k] : [means, k - 1];
  const noises = groups.map(({count}) => noise / count);
  const spread = k < 2 ? NaN : Math.max(0, means - noises.reduce((sum, each) => sum + each, 0) / k);
  const between = k < 2 ? 0 : spread;
  const weights = noises.map((each) => (between + each > 0 ? 1 / (between + each) : 1));
  const weight = weights.reduce((sum, each) => sum + each, 0);
  const mean = groups.reduce((sum, group, i) => sum + weights[i] * group.mean, 0) / weight;
  const ofMean = n < 2 ? NaN : between + noise > 0 ? 1 / weight : 0;
  const estimateOf = (i: number): Estimate => {
    const {mean: own, count} = groups[i];
    const pull = noises[i] > 0 ? noises[i] / (noises[i] + between) : 0;
    const ofPull = k < 2 ? 0 : (2 * (own - mean) ** 2) / (k - 1);
    const square = noises[i] * (1 - pull) + pull * pull * (ofMean + ofPull);
    return {mean: own + pull * (mean - own), standardError: Math.sqrt(square), count, degrees};
  };
  return {
    pooled: {mean, standardError: Math.sqrt(ofMean), count: n, degrees},
    groups: new Map(groups.map(({name}, i) => [name, estimateOf(i)])),
    unseen: {mean, standardError: Math.sqrt(spread + ofMean), count: 0, degrees: Math.min(degrees, k - 1)},
    within: Math.sqrt(noise),
    between: Math.sqrt(spread)
  };
}

function groupsOf(values: Float64Array, names: readonly string[]) {
  return [...Map.groupBy(names.keys(), (i) => names[i])].map(([name, at]) => {
    const mean = at.reduce((sum, i) => sum + values[i], 0) / at.length;
    const squares = at.reduce((sum, i) => sum + (values[i] - mean) ** 2, 0);
    return {name, mean, squares, count: at.length};
  });
}

/** Sample variance; NaN for fewer than two values. */
function variance(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}

/**
 * Returns the interval that holds what is estimated with a probability, by Student's t; NaN ends where the standard error
 * is not known.
 */
export function intervalOf(
  {mean, standardError, degrees}: Estimate,
  probability = 0.95
): [low: number, high: number] {
  if (standardError === 0) return [mean, mean];
  if (Number.isNaN(standardError) || !(degrees > 0)) return [NaN, NaN];
  const reach = standardError * studentQuantile(1 - probability, degrees);
  return [mean - reach, mean + reach];
}

/** Returns how far Student's t is from zero at least, on either side, with a probability. */
function studentQuantile(outside: number, degrees: number): number {
  let [low, high] = [0, 1];
  while (studentTwoSided(high, degrees) > outside) high *= 2;
  for (let i = 0; i < 60; ++i) {
    const middle = (low + high) / 2;
    if (studentTwoSided(middle, degrees) > outside) low = middle;
    else high = middle;
  }
  return high;
}

/** Returns values with those beyond `reach` robust standard deviations of the median (1.4826 times the median distance from it) moved to that border. */
export function winsorized(values: Float64Array, reach = 5): Float64Array {
  const middle = median(values);
  const deviation = 1.4826 * median(values.map((value) => Math.abs(value - middle)));
  if (!(deviation > 0)) return values.slice();
  const [low, high] = [middle - reach * deviation, middle + reach * deviation];
  return values.map((value) => Math.min(Math.max(value, low), high));
}

function median(values: Float64Array): number {
  const sorted = values.toSorted();
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
