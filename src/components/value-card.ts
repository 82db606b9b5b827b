import type {PnlSeriesView} from "../lib/ledger/views.js";
import {formatCompact, formatDay, formatNumber} from "./format.js";
import {lineChart} from "./line-chart.js";
import {viewCard} from "./view-card.js";
import type {Watched} from "./watch-view.js";

/** Returns net asset value over the range, above what was paid in. */
export function valueCard(
  watched: Watched<PnlSeriesView>,
  {height = 220}: {height?: number} = {}
): HTMLElement {
  return viewCard(watched, "Value and what was paid in", ({days, nav, contributions, scope: {currency}}) => {
    const [last, paid] = [nav, contributions].map(
      (values) => values.findLast((value) => value !== null) ?? NaN
    );
    return {
      currency,
      definition:
        "Net asset value at each report day's close; paid in is the value at the start of the range plus deposits less withdrawals since.",
      finding: `On ${formatDay(days.at(-1) ?? null)} the value was ${formatNumber(last)}, what was paid in ${formatNumber(paid)}.`,
      rows: {
        columns: ["day", "net asset value", "paid in"],
        rows: days.map((day, i) => [day, nav[i], contributions[i]])
      },
      content: (width) =>
        lineChart(
          {
            days,
            series: [
              {name: "Value", values: nav, color: "var(--portfolio)", area: true},
              {name: "Paid in", values: contributions, color: "var(--benchmark)", dashed: true}
            ]
          },
          {
            width,
            height,
            label: "Value and what was paid in",
            unit: currency ?? "",
            secret: true,
            print: (value) => formatNumber(value),
            tick: (value) => formatCompact(value)
          }
        )
    };
  });
}
