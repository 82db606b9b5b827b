/** A round trip, as far as metrics need it; both engines' trades are such. */
export interface TradeRecord {
  /** Of the bars of its fills, milliseconds since 1970 UTC. */
  entryTime: number;
  exitTime: number;
  /** Gain in the account's currency, commissions taken off. */
  pnl: number;
  /** The same in percent of the value it was opened for. */
  returnPercent: number;
}

/** What a backtest leaves behind for its metrics. */
export interface BacktestRecord {
  /** Close of each bar, milliseconds since 1970 UTC, rising; shape (n). */
  time: Float64Array;
  /** Account value at each close, in the account's currency; shape (n). */
  equity: Float64Array;
  /** Account value before the first bar, > 0. */
  cash: number;
  trades: readonly TradeRecord[];
  /** Not 0 for each bar in which something was held; shape (n). Taken from the trades when absent. */
  held?: ArrayLike<number>;
  /** Value of all units bought and sold, in the account's currency; absent where it is not known. */
  traded?: number;
  /** Closes of what the backtest is compared with, at the same times, > 0; shape (n), NaN = none. */
  benchmark?: Float64Array;
  /** Bars before the first on which the strategy's indicators were known; backtesting.py compares from there. Default 0. */
  warmUp?: number;
}

/** How many backtests were tried before this one was chosen, and how their Sharpe ratios spread. */
export interface Trials {
  /** Backtests tried, this one included. */
  count: number;
  /** Standard deviation over the trials of their Sharpe ratios per period (not per year); not needed of one trial. */
  deviation?: number;
}

/** What else metrics depend on. */
export interface MetricOptions {
  /** Return of the riskless asset per year, as a fraction; (1 + y)^(1/A) - 1 a period. */
  riskFree?: number;
  /** Returns in a year; found from the bars' spacing when not given. */
  frequency?: number;
  /** Share of the worst returns that VaR and CVaR speak of. */
  tail?: number;
  /** When not given nothing is known of other trials, which the metrics that depend on them say. */
  trials?: Trials;
}
