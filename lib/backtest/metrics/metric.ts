import type {FigureWith} from "../../returns/figure.js";

/** What a metric was computed with, by name. */
export type MetricConstants = Readonly<Record<string, number | string | boolean | null>>;

/** A number of a backtest as it is printed: value or reason, whose rule it is, and all that went in. */
export interface Metric extends FigureWith<MetricConstants> {
  /** Whose rule, and the rule: `empyrical: mean(r - rf) / std(r - rf) x sqrt(A)`. */
  convention: string;
}

/** Whose rules a backtest's metrics follow. A library that has no such metric is stood in for by ours, which is said. */
export const METRIC_PROFILES = ["ours", "empyrical", "quantstats", "backtesting.py"] as const;
/** Name of a profile. */
export type MetricProfile = (typeof METRIC_PROFILES)[number];

/** Every metric of a backtest. Ratios and returns are fractions; a drawdown is negative. */
export const METRIC_IDS = [
  "finalEquity",
  "totalReturn",
  "annualReturn",
  "cagr",
  "volatility",
  "sharpe",
  "sortino",
  "calmar",
  "omega",
  "maxDrawdown",
  "averageDrawdown",
  "maxDrawdownDays",
  "averageDrawdownDays",
  "valueAtRisk",
  "conditionalValueAtRisk",
  "normalValueAtRisk",
  "normalConditionalValueAtRisk",
  "cornishFisherValueAtRisk",
  "cornishFisherConditionalValueAtRisk",
  "skewness",
  "excessKurtosis",
  "tailRatio",
  "stability",
  "probabilisticSharpe",
  "deflatedSharpe",
  "minimumTrackRecord",
  "minimumBacktestYears",
  "trades",
  "winRate",
  "profitFactor",
  "expectancy",
  "sqn",
  "kelly",
  "exposure",
  "turnover",
  "alpha",
  "beta",
  "upCapture",
  "downCapture"
] as const;
/** Name of a metric. */
export type MetricId = (typeof METRIC_IDS)[number];

/** Every metric of a backtest by its name. */
export type Metrics = Readonly<Record<MetricId, Metric>>;
