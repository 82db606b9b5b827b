import type {OrderContract} from "../orders/order.js";
import type {Quote} from "../orders/risk/situation.js";

/** A market price with the sizes at it, and what it is of. Prices are in the contract's currency, never in pence. */
export interface LiveQuote extends Quote {
  conId: number;
  bidSize: number | null;
  askSize: number | null;
  lastSize: number | null;
  open: number | null;
  high: number | null;
  low: number | null;
  /** Close of the session before. */
  close: number | null;
  /** Units traded today. */
  volume: number | null;
  /** Why there is none, where the broker said so: no subscription, too many lines, another session. */
  problem: string | null;
  /** Of an option, by its broker's model. */
  greeks: {
    impliedVolatility: number | null;
    delta: number | null;
    gamma: number | null;
    vega: number | null;
    theta: number | null;
    underlying: number | null;
  } | null;
}

/** A position with its live value, as its broker tells it. */
export interface LivePosition {
  account: string;
  contract: OrderContract;
  /** Name to show, as in `AAPL 18DEC26 150 C`. */
  label: string;
  /** Below zero when short. */
  units: number;
  /** Per unit, in the contract's currency, multiplier taken out. */
  averageCost: number | null;
  price: number | null;
  /** Of that price, milliseconds since 1970 UTC. */
  priceAt: number | null;
  /** In the contract's currency. */
  value: number | null;
  unrealized: number | null;
  /** Of this day, in the contract's currency. */
  daily: number | null;
}

/** An account's money and margin as its broker tells it, in its base currency; null where it does not say. */
export interface AccountFigures {
  account: string;
  currency: string;
  /** When the last of money and margin came, milliseconds since 1970 UTC; IBKR tells it every three minutes, profit every second. */
  at: number;
  netLiquidation: number | null;
  cash: number | null;
  grossPosition: number | null;
  buyingPower: number | null;
  equityWithLoan: number | null;
  initMargin: number | null;
  maintMargin: number | null;
  availableFunds: number | null;
  excessLiquidity: number | null;
  /** Excess liquidity as a fraction of net liquidation. */
  cushion: number | null;
  /** What the margin is to be at the next change. */
  lookAhead: {
    at: number | null;
    initMargin: number | null;
    maintMargin: number | null;
    excessLiquidity: number | null;
  };
  /** Of this day by the broker, its reset time, not ours. */
  profit: {daily: number | null; unrealized: number | null; realized: number | null};
  /** Cash by currency, in that currency. */
  cashByCurrency: Readonly<Record<string, number>>;
  /** Units of base for one of each currency, as the broker counts. */
  rates: Readonly<Record<string, number>>;
}

/** Net asset value now, joined to the statements' history. */
export interface LiveNav {
  account: string;
  currency: string;
  /** Whose figure it is. */
  source: "ibkr" | "paper";
  /** By the broker, and when it came last. */
  value: number;
  at: number;
  /** The last day that a statement covers and its NAV; null where there is no statement. */
  seam: {day: string; value: string} | null;
}
