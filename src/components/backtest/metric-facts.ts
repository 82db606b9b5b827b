import type {Metric, MetricId} from "../../lib/backtest/metrics/metric.js";
import type {Shown} from "../figure.js";
import {formatAmount, formatNumber, formatPercent} from "../format.js";

type Unit = "amount" | "percent" | "number" | "count" | "days";

/** What a metric is called, what it is counted in, and whether more of it is better. */
interface MetricFacts {
  id: MetricId;
  label: string;
  unit: Unit;
}

const fact = (id: MetricId, label: string, unit: Unit): MetricFacts => ({id, label, unit});

/** Every metric in groups, in the order that they are read in. */
export const METRIC_GROUPS: readonly (readonly [group: string, facts: readonly MetricFacts[]])[] = [
  [
    "Return",
    [
      fact("finalEquity", "Final equity", "amount"),
      fact("totalReturn", "Total return", "percent"),
      fact("annualReturn", "Annual return", "percent"),
      fact("cagr", "CAGR", "percent"),
      fact("alpha", "Alpha, a year", "percent"),
      fact("beta", "Beta", "number"),
      fact("upCapture", "Up capture", "percent"),
      fact("downCapture", "Down capture", "percent")
    ]
  ],
  [
    "Risk",
    [
      fact("volatility", "Volatility, a year", "percent"),
      fact("maxDrawdown", "Deepest drawdown", "percent"),
      fact("averageDrawdown", "Average drawdown", "percent"),
      fact("maxDrawdownDays", "Longest drawdown, days", "days"),
      fact("averageDrawdownDays", "Average drawdown, days", "days"),
      fact("valueAtRisk", "VaR 5 %, historical", "percent"),
      fact("conditionalValueAtRisk", "CVaR 5 %, historical", "percent"),
      fact("normalValueAtRisk", "VaR 5 %, normal", "percent"),
      fact("normalConditionalValueAtRisk", "CVaR 5 %, normal", "percent"),
      fact("cornishFisherValueAtRisk", "VaR 5 %, Cornish-Fisher", "percent"),
      fact("cornishFisherConditionalValueAtRisk", "CVaR 5 %, Cornish-Fisher", "percent"),
      fact("skewness", "Skewness", "number"),
      fact("excessKurtosis", "Excess kurtosis", "number"),
      fact("tailRatio", "Tail ratio", "number")
    ]
  ],
  [
    "Return for risk",
    [
      fact("sharpe", "Sharpe ratio", "number"),
      fact("sortino", "Sortino ratio", "number"),
      fact("calmar", "Calmar ratio", "number"),
      fact("omega", "Omega ratio", "number"),
      fact("stability", "Stability", "number"),
      fact("probabilisticSharpe", "Probabilistic Sharpe", "percent"),
      fact("deflatedSharpe", "Deflated Sharpe", "percent"),
      fact("minimumTrackRecord", "Returns needed for 95 %", "count"),
      fact("minimumBacktestYears", "Years needed for its trials", "number")
    ]
  ],
  [
    "Trades",
    [
      fact("trades", "Trades", "count"),
      fact("winRate", "Trades won", "percent"),
      fact("profitFactor", "Profit factor", "number"),
      fact("expectancy", "Mean gain of a trade", "amount"),
      fact("sqn", "System quality", "number"),
      fact("kelly", "Kelly share", "percent"),
      fact("exposure", "Time in the market", "percent"),
      fact("turnover", "Turnover, a year", "number")
    ]
  ]
];

const FACTS = new Map(METRIC_GROUPS.flatMap(([, facts]) => facts.map((one) => [one.id, one] as const)));

/** Returns a metric's words. */
export function metricFacts(id: MetricId): MetricFacts {
  return FACTS.get(id)!; // every id is in a group
}

/** Returns the metric as it is printed: n/a with its reason where there is none. */
export function shownMetric(id: MetricId, {value, reason, convention}: Metric, currency: string): Shown {
  const {unit} = metricFacts(id);
  // backtesting.py counts a trade's gain in percent of what it was opened for
  const isShare = id === "expectancy" && !/money/.test(convention);
  if (isShare || unit === "percent") return {text: formatPercent(value), reason};
  if (unit === "amount")
    return {text: formatAmount(value === null ? null : String(value), currency), reason, secret: true};
  return {text: formatNumber(value, {digits: unit === "number" ? 2 : 0}), reason};
}
