import {type Fee, type Schedule, tiersOf} from "./schedule.js";
import {SECTION_31, TRADING_ACTIVITY, TRADING_ACTIVITY_PAUSE} from "./regulators.js";

const PAGE =
  "IBKR, Commissions Stocks (a stored copy of interactivebrokers.co.uk/en/pricing/commissions-stocks.php)";

/** What regulators take of US stocks, on either plan. */
const REGULATORS: readonly Fee[] = [
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
    rate: 0.000195,
    maximum: 9.79,
    since: "2026-01-01",
    pause: TRADING_ACTIVITY_PAUSE,
    source: TRADING_ACTIVITY
  },
  {
    name: "consolidated audit trail",
    side: "both",
    of: "unit",
    rate: 0.000072,
    source: `${PAGE}, of 2024 or 2025 by its SEC rate; it changes several times a year, and others cite 0.000003 since 2026-05-01`
  }
];

/** IBKR Pro's prices of stocks and funds. */
export const STOCKS: readonly Schedule[] = [
  {
    market: "us-stocks",
    plan: "fixed",
    currency: "USD",
    counts: "unit",
    bands: [{below: Infinity, tiers: tiersOf(1, [Infinity, 0.005])}],
    maximum: {of: "value", rate: 0.01},
    fees: REGULATORS,
    source: PAGE,
    taken: "2026-11-22"
  },
  {
    market: "us-stocks",
    plan: "tiered",
    currency: "USD",
    counts: "unit",
    bands: [
      {
        below: Infinity,
        tiers: tiersOf(0.35, [3e5, 0.0035], [3e6, 0.002], [2e7, 0.0015], [1e8, 0.001], [Infinity, 0.0005])
      }
    ],
    maximum: {of: "value", rate: 0.01},
    fees: [
      ...REGULATORS,
      {
        name: "exchange, taking liquidity",
        side: "both",
        of: "unit",
        rate: 0.003,
        source: "Lean, InteractiveBrokersFeeHelper.GetEquityExchangeFee"
      },
      {name: "clearing (NSCC, DTC)", side: "both", of: "unit", rate: 0.0002, source: PAGE},
      {name: "NYSE pass-through", side: "both", of: "commission", rate: 0.000175, source: PAGE},
      {name: "FINRA pass-through", side: "both", of: "commission", rate: 0.000563, source: PAGE}
    ],
    omits: "rebates of orders that add liquidity, and exchanges whose fee is not 0.003 a share",
    source: PAGE,
    taken: "2026-11-22"
  },
  {
    market: "europe-stocks",
    plan: "fixed",
    currency: "EUR",
    counts: "value",
    bands: [{below: Infinity, tiers: tiersOf(3, [Infinity, 0.0005])}],
    fees: [],
    omits: "taxes on transactions, as of France, Italy and Spain",
    source: "IBKR, Commissions Stocks Europe (a stored copy), routed by IBKR in euros",
    taken: "2026-11-22"
  },
  {
    market: "europe-stocks",
    plan: "tiered",
    currency: "EUR",
    counts: "value",
    bands: [
      {
        below: Infinity,
        tiers: tiersOf(1.25, [5e7, 0.0005], [1e8, 0.0003], [5e8, 0.0002], [Infinity, 0.00015])
      }
    ],
    maximum: {of: "order", rate: 29},
    fees: [
      {
        name: "exchange (Xetra)",
        side: "both",
        of: "value",
        rate: 0.000048,
        source: "IBKR, European Stock Fixed vs. Tiered examples (a stored copy): 0.96 of 20,000"
      },
      {
        name: "clearing and regulator (Xetra)",
        side: "both",
        of: "order",
        rate: 0.19,
        source: "IBKR, European Stock Fixed vs. Tiered examples (a stored copy): 0.18 and 0.01"
      }
    ],
    omits: "taxes on transactions, and other exchanges' fees than Xetra's",
    source: "IBKR, Commissions Stocks Europe (a stored copy)",
    taken: "2026-11-22"
  }
];
