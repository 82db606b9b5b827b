import {type Fee, type Plan, type Schedule, tiersOf} from "./schedule.js";

const PAGE =
  "IBKR, Commissions Futures (a stored copy of interactivebrokers.ca/en/pricing/commissions-futures.php)";
const LEAN = "Lean, InteractiveBrokersFeeHelper.UsaFuturesExchangeFees";

const passedOn = (exchange: number): Fee[] => [
  {name: "exchange (CME)", side: "both", of: "unit", rate: exchange, source: LEAN},
  {name: "regulator (NFA)", side: "both", of: "unit", rate: 0.02, source: LEAN}
];

function schedule(
  market: "us-futures" | "us-micro-futures",
  plan: Plan,
  rates: readonly number[],
  {exchange, source}: {exchange: number; source: string}
): Schedule {
  const ends = plan === "fixed" ? [Infinity] : [1000, 10_000, 20_000, Infinity];
  return {
    market,
    plan,
    currency: "USD",
    counts: "unit",
    bands: [{below: Infinity, tiers: tiersOf(0, ...ends.map((end, i) => [end, rates[i]] as const))}],
    fees: passedOn(exchange),
    omits: "fees of positions held overnight, and of contracts whose exchange fee is another",
    source,
    taken: "2026-11-22"
  };
}

const FUTURES_RATES = [0.85, 0.65, 0.45, 0.25];
const MICRO_RATES = [0.25, 0.2, 0.15, 0.1];
const MICRO_PAGE =
  "IBKR, Futures Commissions, E-micro table (a stored copy of interactivebrokers.com.hk f=49560)";

/** IBKR's prices of US futures: E-mini contracts, and their micros. */
export const FUTURES: readonly Schedule[] = (["fixed", "tiered"] as const).flatMap((plan) => [
  schedule("us-futures", plan, FUTURES_RATES, {exchange: 1.28, source: PAGE}),
  schedule("us-micro-futures", plan, MICRO_RATES, {exchange: 0.3, source: MICRO_PAGE})
]);
