import {type Figure, figure, type FigureWith, unavailable} from "../../returns/figure.js";
import {present} from "../../risk/moments.js";
import {normalProbability, normalQuantile} from "../../risk/normal.js";
import {excessKurtosis, skewness} from "../../risk/shape.js";
import {sharpe} from "../../risk/sharpe.js";
import type {Trials} from "./record.js";

/** What a statement about the true Sharpe ratio was computed with; ratios are per period, not per year. */
export interface SharpeEvidence {
  /** Of the returns, per period. */
  sharpe: number | null;
  /** Sharpe ratio per period that it is held against. */
  benchmark: number | null;
  skewness: number | null;
  /** Not in excess: 3 for a normal distribution. */
  kurtosis: number | null;
  n: number;
  /** Backtests tried; null when nobody said. */
  trials: number | null;
}

/** A Sharpe ratio per period and the moments that say how sure it is. */
export interface SharpeMoments {
  sharpe: number;
  skewness: number;
  /** Not in excess: 3 for a normal distribution. */
  kurtosis: number;
  /** Returns. */
  n: number;
}

/** Variance of the Sharpe ratio's estimate, times n - 1: 1 - S SR + (K - 1) / 4 SR^2. */
function estimateVariance({sharpe: ratio, skewness: third, kurtosis}: SharpeMoments): number {
  return 1 - third * ratio + ((kurtosis - 1) / 4) * ratio ** 2;
}

/**
 * Returns the probability that the true Sharpe ratio is above a benchmark:
 * P((SR - SR*) sqrt(n - 1) / sqrt(1 - S SR + (K - 1) / 4 SR^2)).
 *
 * @param benchmark SR*, per period
 * @returns NaN where the moments are those of no sample
 * @see Bailey & López de Prado (2012), "The Sharpe ratio efficient frontier", Journal of Risk 15(2)
 */
export function sharpeProbability(moments: SharpeMoments, benchmark: number): number {
  const {sharpe: ratio, n} = moments;
  return normalProbability(((ratio - benchmark) * Math.sqrt(n - 1)) / Math.sqrt(estimateVariance(moments)));
}

/**
 * Returns how many returns it takes until the true Sharpe ratio is above a benchmark with a confidence:
 * 1 + (1 - S SR + (K - 1) / 4 SR^2) (z / (SR - SR*))^2.
 *
 * @param benchmark SR*, per period
 * @returns returns, with their fraction; Infinity when the ratio is not above the benchmark
 * @see Bailey & López de Prado (2012)
 */
export function trackRecordNeeded(
  moments: Omit<SharpeMoments, "n">,
  benchmark: number,
  confidence: number
): number {
  const above = moments.sharpe - benchmark;
  if (!(above > 0)) return Infinity;
  return 1 + estimateVariance({...moments, n: NaN}) * (normalQuantile(confidence) / above) ** 2;
}

interface EvidenceOptions {
  /** Return of the riskless asset per period. */
  riskFree?: number;
  /** Whether skewness and kurtosis are those of the sample, or corrected (QuantStats). */
  biased?: boolean;
  trials?: Trials | undefined;
}

/**
 * Returns the probabilistic Sharpe ratio of returns: `sharpeProbability` of their moments.
 *
 * It takes nothing off for having chosen the best of several trials; their number is only said. `deflatedSharpe` does.
 *
 * @param returns simple returns as fractions, oldest first; NaN = none, skipped
 * @param options.benchmark SR*, per period (not per year)
 * @returns a probability; null below two returns and when they do not vary
 * @throws RangeError if a return is infinite
 * @see Bailey & López de Prado (2012). Lean feeds the formula the excess kurtosis
 */
export function probabilisticSharpe(
  returns: Float64Array,
  {benchmark = 0, ...options}: EvidenceOptions & {benchmark?: number} = {}
): FigureWith<SharpeEvidence> {
  const {moments, constants} = evidence(returns, benchmark, options);
  return {...ofMoments(moments, (known) => sharpeProbability(known, benchmark)), constants};
}

/**
 * Returns the Sharpe ratio per period to expect of the best of several trials whose true ratio is zero:
 * deviation [(1 - g) Q(1 - 1/N) + g Q(1 - 1/(N e))], g Euler's constant, Q the normal quantile. Zero for one trial.
 *
 * @throws RangeError if the count is no whole number of at least 1
 * @see Bailey & López de Prado (2014), "The deflated Sharpe ratio", Journal of Portfolio Management 40(5)
 */
export function expectedMaximumSharpe(count: number, deviation: number): number {
  if (!(Number.isInteger(count) && count >= 1)) throw new RangeError(`invalid count of trials: ${count}`);
  if (count === 1) return 0;
  const first = normalQuantile(1 - 1 / count);
  const second = normalQuantile(1 - 1 / (count * Math.E));
  return deviation * ((1 - EULER) * first + EULER * second);
}

const EULER = 0.5772156649015329;

/**
 * Returns the deflated Sharpe ratio: the probability that the true Sharpe ratio is above zero when this backtest is the
 * best of so many: `probabilisticSharpe` against `expectedMaximumSharpe`.
 *
 * @param returns as for `probabilisticSharpe`
 * @returns a probability; null as there, when the trials are not said, or the spread of several is not
 * @throws RangeError if a return is infinite or the count is no whole number of at least 1
 * @see Bailey & López de Prado (2014)
 */
export function deflatedSharpe(
  returns: Float64Array,
  options: EvidenceOptions = {}
): FigureWith<SharpeEvidence> {
  const {trials} = options;
  const unknown = !trials
    ? "the number of trials is not said"
    : trials.count > 1 && trials.deviation === undefined
      ? `the deviation of the Sharpe ratios of ${trials.count} trials is not said`
      : undefined;
  if (unknown) {
    const {constants} = evidence(returns, NaN, options);
    return {...unavailable(unknown), constants: {...constants, benchmark: null}};
  }
  const benchmark = expectedMaximumSharpe(trials?.count ?? 1, trials?.deviation ?? 0);
  return probabilisticSharpe(returns, {...options, benchmark});
}

/**
 * Returns the minimum track record length of returns: `trackRecordNeeded` by their moments.
 *
 * @param returns as for `probabilisticSharpe`
 * @param options.confidence in (0.5, 1)
 * @returns a number of returns, with its fraction; null when the ratio is not above the benchmark: no length is enough
 * @throws RangeError if a return is infinite or the confidence out of range
 * @see Bailey & López de Prado (2012)
 */
export function minimumTrackRecord(
  returns: Float64Array,
  {
    benchmark = 0,
    confidence = 0.95,
    ...options
  }: EvidenceOptions & {benchmark?: number; confidence?: number} = {}
): FigureWith<SharpeEvidence & {confidence: number}> {
  if (!(confidence > 0.5 && confidence < 1)) throw new RangeError(`invalid confidence: ${confidence}`);
  const {moments, constants} = evidence(returns, benchmark, options);
  const needed = ofMoments(moments, (known) => trackRecordNeeded(known, benchmark, confidence));
  const never =
    constants.sharpe !== null && constants.sharpe <= benchmark
      ? unavailable(`no track record is long enough: the Sharpe ratio is not above ${benchmark} a period`)
      : needed;
  return {...never, constants: {...constants, confidence}};
}

/**
 * Returns the minimum backtest length: the years of history that it takes so that the best of several trials without
 * any skill is not expected to reach the Sharpe ratio, (E[max of N] / SR)^2 with both per year and trials' deviation 1.
 *
 * @param yearly Sharpe ratio per year, as of the backtest that was chosen
 * @param trials backtests tried; undefined when nobody said
 * @returns years; null when the ratio is not above zero, or the trials are not said
 * @throws RangeError if the count is no whole number of at least 1
 * @see Bailey, Borwein, López de Prado & Zhu (2014), "Pseudo-mathematics and financial charlatanism", Notices of the AMS
 */
export function minimumBacktestYears(yearly: Figure, trials: Trials | undefined): Figure {
  if (!trials) return unavailable("the number of trials is not said");
  if (yearly.value === null) return unavailable(yearly.reason ?? "there is no Sharpe ratio");
  if (!(yearly.value > 0)) return unavailable("the Sharpe ratio is not above zero");
  return figure((expectedMaximumSharpe(trials.count, 1) / yearly.value) ** 2);
}

function evidence(
  returns: Float64Array,
  benchmark: number,
  {riskFree = 0, biased = true, trials}: EvidenceOptions
): {moments: SharpeMoments | Figure; constants: SharpeEvidence} {
  const n = present(returns).length;
  const ratio = sharpe(returns, {periodsPerYear: 1, riskFree});
  const [third, fourth] = [skewness(returns, {biased}), excessKurtosis(returns, {biased})];
  const kurtosis = fourth.value === null ? null : fourth.value + 3;
  const constants = {
    sharpe: ratio.value,
    benchmark,
    skewness: third.value,
    kurtosis,
    n,
    trials: trials?.count ?? null
  };
  if (ratio.value === null) return {moments: ratio, constants};
  if (third.value === null) return {moments: third, constants};
  if (kurtosis === null) return {moments: fourth, constants};
  return {moments: {sharpe: ratio.value, skewness: third.value, kurtosis, n}, constants};
}

function ofMoments(moments: SharpeMoments | Figure, of: (moments: SharpeMoments) => number): Figure {
  return "n" in moments
    ? figure(of(moments), "two different returns are too few to say")
    : unavailable(moments.reason ?? "there is no Sharpe ratio");
}
