import type {PerformanceView} from "../../lib/ledger/views.js";
import {formatPercent} from "../format.js";
import {heatmap} from "../heatmap.js";
import {viewCard} from "../view-card.js";
import type {Watched} from "../watch-view.js";

/** Returns each month's return with the years' totals. */
export function monthsCard(watched: Watched<PerformanceView>): HTMLElement {
  return viewCard(watched, "Return by month", ({months, years}) => {
    const best = years.toSorted((a, b) => (b.return.value ?? -Infinity) - (a.return.value ?? -Infinity))[0];
    return {
      unit: "%, time-weighted",
      definition: "Daily time-weighted returns linked within each month and year of the range.",
      finding: best
        ? `The best year was ${best.year} with ${formatPercent(best.return.value)}.`
        : "There are no months in the range.",
      rows: {
        columns: ["year", "month", "return"],
        rows: [
          ...months.map(({year, month, return: {value}}) => [String(year), String(month), value]),
          ...years.map(({year, return: {value}}) => [String(year), "", value])
        ]
      },
      content: (width) => heatmap({months, years}, {width})
    };
  });
}
