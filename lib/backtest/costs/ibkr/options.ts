import {type Fee, type Schedule, tiersOf} from "./schedule.js";
import {SECTION_31, TRADING_ACTIVITY, TRADING_ACTIVITY_PAUSE} from "./regulators.js";

const PAGE =
  "IBKR, Commissions Options (a stored copy of interactivebrokers.ca/en/pricing/commissions-options.php)";

const PASSED_ON: readonly Fee[] = [
  {
    name: "SEC section 31",
    side: "sale",
    of: "value",
    rate: 20.6e-6,
    since: "2026-04-04",
    source: SECTION_31
  },
  {
    name: "FINRA trading activity",
    side: "sale",
    of: "unit",
    rate: 0.00329,
    since: "2026-01-01",
    pause: TRADING_ACTIVITY_PAUSE,
    source: TRADING_ACTIVITY
  },
  {
    name: "options regulatory",
    side: "both",
    of: "unit",
    rate: 0.02685,
    source: `${PAGE}, of 2023 by its SEC rate`
  },
  {
    name: "clearing (OCC)",
    side: "both",
    of: "unit",
    rate: 0.02,
    maximum: 55,
    source: `${PAGE}, of 2023 by its SEC rate`
  }
];

const OMITS =
  "exchange fees and rebates, which differ by exchange and by the order's side of the book (-0.90 to 0.95 a contract)";

/** IBKR's prices of US options. Fixed is that of IBKR Lite; Pro has tiers alone. */
export const OPTIONS: readonly Schedule[] = [
  {
    market: "us-options",
    plan: "fixed",
    currency: "USD",
    counts: "unit",
    bands: [{below: Infinity, tiers: tiersOf(1, [Infinity, 0.65])}],
    fees: PASSED_ON,
    omits: "surcharges of index options",
    source: "IBKR, Options Fixed (a stored copy): exchange fees are in it",
    taken: "2026-11-22"
  },
  {
    market: "us-options",
    plan: "tiered",
    currency: "USD",
    counts: "unit",
    bands: [
      {below: 0.05, tiers: tiersOf(1, [5e4, 0.25], [1e5, 0.25], [Infinity, 0.15])},
      {below: 0.1, tiers: tiersOf(1, [1e4, 0.5], [5e4, 0.5], [1e5, 0.25], [Infinity, 0.15])},
      {below: Infinity, tiers: tiersOf(1, [1e4, 0.65], [5e4, 0.5], [1e5, 0.25], [Infinity, 0.15])}
    ],
    fees: PASSED_ON,
    omits: OMITS,
    source: PAGE,
    taken: "2026-11-22"
  }
];
