import type {PerformanceView} from "../../lib/ledger/views.js";
import {drawdownChart} from "../drawdown-chart.js";
import {formatDay, formatPercent} from "../format.js";
import {viewCard} from "../view-card.js";
import type {Watched} from "../watch-view.js";

/** Returns how far the growth of 100 stood below its peak, day by day. */
export function drawdownCard(watched: Watched<PerformanceView>): HTMLElement {
  return viewCard(watched, "Drawdown from peak", ({drawdown: {days, depth}, drawdowns}) => {
    const [worst] = drawdowns;
    return {
      unit: "%",
      definition:
        "Growth of 100 over its highest value so far in the range, less one: on returns, so that withdrawals are no fall.",
      finding: worst
        ? `The deepest fall was ${formatPercent(worst.depth)}, from ${formatDay(worst.peak)} to ${formatDay(worst.trough)}.`
        : "It never fell below its peak.",
      rows: {columns: ["day", "drawdown"], rows: days.map((day, i) => [day, depth[i]])},
      content: (width) => drawdownChart({days, depth}, {width})
    };
  });
}
