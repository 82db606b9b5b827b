/** A closed trade, as far as metrics need it; both engines' trades are such. */
export interface TradeRecord {
  /** Milliseconds since 1970 UTC, of the bars in which it was opened and closed or of the moments. */
  entryTime: number;
  exitTime: number;
  entryPrice: number;
  exitPrice: number;
  /** Units, negative when short. */
  size: number;
  /** Gain in the account's currency, commissions taken off. */
  pnl: number;
  /** Gain over what was put in, in percent. */
  returnPercent: number;
}

/** What a backtest leaves behind for its metrics. */
export interface BacktestRecord {
  /** Close of each bar, milliseconds since 1970 UTC, rising; shape (n). */
  time: Float64Array;
  /** Account value at each close, in the account's currency; shape (n). */
  equity: Float64Array;
  /** Account value before the first bar. */
  cash: number;
  trades: readonly TradeRecord[];
  /** Closes of what the backtest is compared with, at the same times; shape (n), NaN = none. */
  benchmark?: Float64Array;
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
  /** Return of the riskless asset per year, as a fraction. */
  riskFree?: number;
  /** Returns in a year; found from the bars' spacing when not given. */
  frequency?: number;
  /** Share of the worst returns that VaR and CVaR speak of. */
  tail?: number;
  trials?: Trials;
}
