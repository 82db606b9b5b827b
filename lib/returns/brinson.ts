import {linkEffects, type LinkingMethod} from "./linking.js";

/** A group of holdings in one period, the portfolio's beside the benchmark's. */
export interface GroupPeriod {
  /** Shares of the whole, as fractions; the groups' sum to one on each side. */
  portfolioWeight: number;
  benchmarkWeight: number;
  /** What the group added to the portfolio's return: weight times return where it has a weight. */
  contribution: number;
  /** Return of the benchmark's group; NaN where it has none. */
  benchmarkReturn: number;
}

/** Where a return that differs from the benchmark's came from. */
export interface BrinsonEffects {
  /** (w - wb) (rb - b): more of what did better than the benchmark as a whole. */
  allocation: number;
  /** wb (r - rb): better ones within the group. */
  selection: number;
  /** (w - wb) (r - rb): both at once. */
  interaction: number;
}

/**
 * Returns allocation, selection and interaction of each group in one period; all together they sum to the
 * portfolio's return less the benchmark's. A group that one side does not hold has the other side's return there, one
 * that the benchmark lacks the benchmark's as a whole.
 *
 * @param groups of one period
 * @see Brinson, Hood & Beebower (1986), Financial Analysts Journal 42(4)
 * @see Brinson & Fachler (1985), Journal of Portfolio Management 11(3), whose allocation is against the benchmark's whole
 */
export function brinson(groups: readonly GroupPeriod[]): BrinsonEffects[] {
  const whole = benchmarkTotal(groups);
  return groups.map(({portfolioWeight: w, benchmarkWeight: wb, contribution, benchmarkReturn}) => {
    const theirs = Number.isNaN(benchmarkReturn) ? whole : benchmarkReturn;
    const selection = w === 0 ? 0 : wb * (contribution / w - theirs);
    return {
      allocation: (w - wb) * (theirs - whole),
      selection,
      interaction: contribution - w * theirs - selection
    };
  });
}

function portfolioTotal(groups: readonly GroupPeriod[]): number {
  return groups.reduce((sum, {contribution}) => sum + contribution, 0);
}

function benchmarkTotal(groups: readonly GroupPeriod[]): number {
  return groups.reduce(
    (sum, {benchmarkWeight, benchmarkReturn}) =>
      benchmarkWeight === 0 ? sum : sum + benchmarkWeight * benchmarkReturn,
    0
  );
}

/**
 * Returns each group's effects over all periods, linked; they sum to the linked return of the portfolio less that of
 * the benchmark.
 *
 * @param periods oldest first; each has the same groups in the same order
 */
export function linkedBrinson(
  periods: readonly (readonly GroupPeriod[])[],
  method: LinkingMethod
): {effects: BrinsonEffects[]; portfolio: number; benchmark: number} {
  const sides = [portfolioTotal, benchmarkTotal].map((total) => Float64Array.from(periods, total));
  const each = periods.map((groups) => brinson(groups));
  const linked = (k: number, effect: keyof BrinsonEffects) =>
    linkEffects([Float64Array.from(each, (groups) => groups[k][effect])], sides[0], sides[1], method)[0];
  const [portfolio, benchmark] = sides.map(
    (returns) => returns.reduce((product, r) => product * (1 + r), 1) - 1
  );
  return {
    effects: (periods[0] ?? []).map((_, k) => ({
      allocation: linked(k, "allocation"),
      selection: linked(k, "selection"),
      interaction: linked(k, "interaction")
    })),
    portfolio,
    benchmark
  };
}
