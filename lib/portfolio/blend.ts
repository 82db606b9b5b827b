/** A measure of assets at one time, and how much it counts. */
export interface Signal {
  name: string;
  /** One value an asset, higher is better; NaN = not known; shape (n). */
  values: Float64Array;
  /** Any number but zero: below zero where lower is better. Of any sum. */
  weight: number;
}

/** Signals made one. */
export interface Blend {
  /** Mean of the signals' z-scores by weight; NaN for an asset without a score; shape (n). */
  scores: Float64Array;
  /** Share of the weights, by size, that each asset's score rests on: 1 where every signal is known; shape (n). */
  coverage: Float64Array;
  /** Signals that tell assets apart no more than a constant, and why; they count nowhere. */
  unused: readonly {name: string; reason: string}[];
}

/**
 * Returns each value's distance from the mean of its cross-section, in standard deviations over n - 1.
 *
 * @param values one an asset; NaN = missing, left out of mean and deviation
 * @param options.limit values beyond this many deviations are put to it, once; default none
 * @returns NaN where a value is missing; all NaN when fewer than two are known or all are the same; shape (n)
 * @throws RangeError for an infinite value, or a limit that is not above zero
 * @see pandas `(x - x.mean()) / x.std()`; qlib CSZScoreNorm
 */
export function zScores(
  values: Float64Array,
  {limit = Infinity}: {limit?: number} = {}
): Float64Array<ArrayBuffer> {
  if (!(limit > 0)) throw new RangeError(`invalid limit: ${limit}: it is above 0`);
  let [count, sum] = [0, 0];
  for (const [i, value] of values.entries()) {
    if (Number.isNaN(value)) continue;
    if (!Number.isFinite(value)) throw new RangeError(`invalid value ${i}: ${value}`);
    ++count;
    sum += value;
  }
  const mean = sum / count;
  const known = values.find((value) => !Number.isNaN(value));
  const constant = values.every((value) => Number.isNaN(value) || value === known);
  if (count < 2 || constant) return new Float64Array(values.length).fill(NaN);
  let squares = 0;
  for (const value of values) if (!Number.isNaN(value)) squares += (value - mean) ** 2;
  const deviation = Math.sqrt(squares / (count - 1));
  return values.map((value) => Math.min(Math.max((value - mean) / deviation, -limit), limit));
}

/**
 * Returns signals made one: each z-scored over the assets, then their mean by weight, sum of weight x z over the sum of
 * |weight|.
 *
 * @param options.missing what an asset gets of a signal that it lacks: `renormalize`, nothing: the mean is over the others
 * (default); `neutral`, zero, the mean of all assets; `exclude`, no score at all
 * @param options.limit as of `zScores`
 * @throws RangeError without signals, for signals of unequal length, a weight that is zero or not finite, two of one name
 */
export function blendSignals(
  signals: readonly Signal[],
  {
    missing = "renormalize",
    limit = Infinity
  }: {missing?: "renormalize" | "neutral" | "exclude"; limit?: number} = {}
): Blend {
  checkSignals(signals);
  const n = signals[0].values.length;
  const scored = signals.map(({name, values, weight}) => ({name, weight, z: zScores(values, {limit})}));
  const used = scored.filter(({z}) => z.some((value) => !Number.isNaN(value)));
  const unused = signals
    .filter(({name}) => !used.some((signal) => signal.name === name))
    .map(({name, values}) => ({name, reason: reasonOf(values)}));
  const whole = used.reduce((sum, {weight}) => sum + Math.abs(weight), 0);
  const scores = new Float64Array(n);
  const coverage = new Float64Array(n);
  for (let i = 0; i < n; ++i) {
    let [sum, size] = [0, 0];
    for (const {weight, z} of used) {
      if (Number.isNaN(z[i])) continue;
      sum += weight * z[i];
      size += Math.abs(weight);
    }
    coverage[i] = whole > 0 ? size / whole : 0;
    const lacks = size === 0 || (missing === "exclude" && size < whole * (1 - 1e-12));
    scores[i] = lacks ? NaN : sum / (missing === "neutral" ? whole : size);
  }
  return {scores, coverage, unused};
}

function checkSignals(signals: readonly Signal[]): void {
  if (!signals.length) throw new RangeError("no signals");
  for (const [k, {name, values, weight}] of signals.entries()) {
    if (signals.findIndex((other) => other.name === name) !== k)
      throw new RangeError(`signal is there twice: ${name}`);
    if (values.length !== signals[0].values.length)
      throw new RangeError(
        `${name} has ${values.length} values, ${signals[0].name} has ${signals[0].values.length}`
      );
    if (!Number.isFinite(weight) || weight === 0)
      throw new RangeError(`invalid weight of ${name}: ${weight}: it is not zero`);
  }
}

function reasonOf(values: Float64Array): string {
  const known = values.filter((value) => !Number.isNaN(value));
  if (!known.length) return "it has no value";
  return known.length === 1 ? "it has one value alone" : `every value is ${known[0]}`;
}
