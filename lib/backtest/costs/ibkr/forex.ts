import type {Schedule} from "./schedule.js";

/** IBKR's prices of spot currencies, the same on either plan; value and minimum in dollars. */
export const FOREX: readonly Schedule[] = (["fixed", "tiered"] as const).map((plan) => ({
  market: "forex",
  plan,
  currency: "USD",
  counts: "value",
  bands: [
    {
      below: Infinity,
      tiers: [
        {upTo: 1e9, rate: 0.2e-4, minimum: 2},
        {upTo: 2e9, rate: 0.15e-4, minimum: 1.5},
        {upTo: 5e9, rate: 0.1e-4, minimum: 1.25},
        {upTo: Infinity, rate: 0.08e-4, minimum: 1}
      ]
    }
  ],
  fees: [],
  source: "IBKR, Commissions Spot Currencies (a stored copy of interactivebrokers.com.au f=49818)",
  taken: "2026-11-22"
}));
