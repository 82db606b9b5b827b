import {formatPercent} from "./format.js";
import {lineChart} from "./line-chart.js";

/** Returns the fall from the running peak, a fraction at most zero, as a filled line below zero. */
export function drawdownChart(
  {days, depth}: {days: readonly string[]; depth: readonly (number | null)[]},
  {width, height = 180}: {width: number; height?: number}
): HTMLElement {
  return lineChart(
    {days, series: [{name: "Drawdown", values: depth, color: "var(--loss)", area: true}]},
    {
      width,
      height,
      label: "Drawdown from peak",
      unit: "%",
      fromBase: true,
      print: (value) => formatPercent(value),
      tick: (value) => formatPercent(value, {digits: 0})
    }
  );
}
