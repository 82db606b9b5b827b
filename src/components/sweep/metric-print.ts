import {formatNumber, formatPercent} from "../format.js";
import type {SweepMetric} from "./sweep-state.js";

/** What the metrics of a sweep are called. */
export const METRIC_NAMES: Readonly<Record<SweepMetric, string>> = {
  sharpe: "Sharpe ratio",
  totalReturn: "Total return",
  maxDrawdown: "Deepest drawdown",
  trades: "Trades"
};

/** Returns a metric's value as it is printed; n/a where there is none. */
export function printMetric(metric: SweepMetric, value: number): string {
  const known = Number.isNaN(value) ? null : value;
  if (metric === "sharpe") return formatNumber(known);
  if (metric === "trades") return formatNumber(known, {digits: 0});
  return formatPercent(known, {digits: 1});
}
