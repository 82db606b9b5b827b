import {drawdownChart} from "../drawdown-chart.js";
import {formatDay, formatPercent} from "../format.js";
import type {Watched} from "../watch-view.js";
import {ranCard} from "./ran-card.js";
import type {Ran} from "./run-backtest.js";

/** Returns how far the account was below its highest value so far. */
export function fallCard(watched: Watched<Ran>): HTMLElement {
  return ranCard(watched, "Drawdown from peak", ({output, rows, days}) => {
    const depth = rows.map((row) => output.drawdown[row]);
    const deepest = depth.reduce((at, value, i) => (value < depth[at] ? i : at), 0);
    return {
      unit: "%",
      definition:
        "The account's value below its highest so far, at closes; what it began with counts as the first peak.",
      finding: `The deepest fall was ${formatPercent(depth[deepest])}, reached on ${formatDay(days[deepest])}.`,
      rows: {columns: ["day", "drawdown"], rows: days.map((day, i) => [day, depth[i]])},
      content: (width) => drawdownChart({days, depth}, {width})
    };
  });
}
