import {linkEffects, type LinkingMethod} from "./linking.js";

/** A group of holdings in one period, the portfolio's beside the benchmark's. */
export interface GroupPeriod {
  /** Shares of the whole, as fractions; the groups' sum to one on each side. */
  portfolioWeight: number;
  benchmarkWeight: number;
  /** Returns of the group in the period; NaN where it is not held. */
  portfolioReturn: number;
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
  const whole = totalOf(groups, "benchmark");
  return groups.map(({portfolioWeight: w, benchmarkWeight: wb, portfolioReturn, benchmarkReturn}) => {
    const theirs = Number.isNaN(benchmarkReturn) ? whole : benchmarkReturn;
    const ours = Number.isNaN(portfolioReturn) ? theirs : portfolioReturn;
    return {
      allocation: (w - wb) * (theirs - whole),
      selection: wb * (ours - theirs),
      interaction: (w - wb) * (ours - theirs)
    };
  });
}

/** Returns one side's return of a period: its groups' returns by weight. */
export function totalOf(groups: readonly GroupPeriod[], side: "portfolio" | "benchmark"): number {
  return groups.reduce((sum, group) => {
    const [weight, r] = [group[`${side}Weight`], group[`${side}Return`]];
    return weight === 0 ? sum : sum + weight * r;
  }, 0);
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
  const sides = (["portfolio", "benchmark"] as const).map((side) =>
    Float64Array.from(periods, (groups) => totalOf(groups, side))
  );
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
