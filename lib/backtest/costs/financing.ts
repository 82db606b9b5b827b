import {checkRate} from "./by-bars.js";
import type {CostPart} from "./combine.js";

/** A part of a balance, and how far its rate is from the benchmark. */
export interface FinancingTier {
  /** Where the part ends, in base currency; it begins where the one before ends. */
  upTo: number;
  /** A year, as a fraction: added for what is owed, taken off for what is held; Infinity pays nothing. */
  spread: number;
}

export interface FinancingSchedule {
  currency: string;
  owed: readonly FinancingTier[];
  held: readonly FinancingTier[];
  yearDays: number;
  source: string;
  /** ISO day. */
  taken: string;
}

/** What IBKR Pro pays and takes on US dollars. */
export const IBKR_USD_FINANCING: FinancingSchedule = {
  currency: "USD",
  owed: [
    {upTo: 1e5, spread: 0.015},
    {upTo: 1e6, spread: 0.01},
    {upTo: 5e7, spread: 0.0075},
    {upTo: 2e8, spread: 0.005},
    {upTo: Infinity, spread: 0.015}
  ],
  held: [
    {upTo: 1e4, spread: Infinity},
    {upTo: Infinity, spread: 0.005}
  ],
  yearDays: 360,
  source:
    "owed: IBKR, Interest Charged Examples (a stored copy); held: from memory, for an account of 100,000 and more: a smaller one gets its part of that rate; check against your own statement",
  taken: "2026-11-22"
};

/**
 * Returns what cash costs and earns: what is owed pays the benchmark (zero at least) plus a spread, what is held earns the
 * benchmark less a spread, never below zero; each part of a balance by its own tier.
 * @param benchmark rate a year, as a fraction: for dollars the effective federal funds rate
 */
export function financingCost(
  benchmark: number,
  {owed, held, yearDays}: FinancingSchedule = IBKR_USD_FINANCING
): CostPart {
  if (!Number.isFinite(benchmark)) throw new RangeError(`invalid benchmark: ${benchmark}`);
  for (const {spread} of owed) checkRate("spread of what is owed", spread);
  for (const {spread} of held) if (spread !== Infinity) checkRate("spread of what is held", spread);
  const floor = Math.max(benchmark, 0);
  return {
    financing: (cash, days) => {
      const year =
        cash < 0
          ? byTier(-cash, owed, (spread) => floor + spread)
          : -byTier(cash, held, (spread) => Math.max(benchmark - spread, 0));
      return (year * days) / yearDays + 0; // minus zero is zero
    }
  };
}

function byTier(
  balance: number,
  tiers: readonly FinancingTier[],
  rateOf: (spread: number) => number
): number {
  let [from, sum] = [0, 0];
  for (const {upTo, spread} of tiers) {
    if (balance <= from) break;
    sum += (Math.min(balance, upTo) - from) * rateOf(spread);
    from = upTo;
  }
  return sum;
}
