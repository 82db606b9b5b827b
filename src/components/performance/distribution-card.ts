import * as Plot from "@observablehq/plot";
import type {PnlSeriesView} from "../../lib/ledger/views.js";
import {GRID, ZERO, plot} from "../chart-theme.js";
import {formatPercent} from "../format.js";
import {viewCard} from "../view-card.js";
import type {Watched} from "../watch-view.js";

const LEAST = 20;

/** Returns how often a day's return fell where. */
export function distributionCard(watched: Watched<PnlSeriesView>): HTMLElement {
  return viewCard(watched, "Distribution of daily returns", ({days, return: returns}) => {
    const values = returns.filter((value) => value !== null);
    const losing = values.filter((value) => value < 0).length;
    return {
      unit: "days",
      definition: "Days of the range by their time-weighted return.",
      finding: `${losing} of ${values.length} days lost.`,
      rows: {columns: ["day", "return"], rows: days.map((day, i) => [day, returns[i]])},
      state:
        values.length < LEAST
          ? {kind: "empty", sentence: `A distribution needs ${LEAST} days with a return.`}
          : {kind: "ready"},
      content: (width) =>
        plot({
          width,
          height: 220,
          label: "Distribution of daily returns",
          marginLeft: 36,
          marginTop: 28,
          x: {label: null, tickFormat: (value: number) => formatPercent(value, {digits: 0}), tickSize: 0},
          y: {label: "days", labelArrow: "none", ticks: 4, tickSize: 0},
          marks: [
            Plot.gridY({...GRID, ticks: 4}),
            Plot.rectY(
              values,
              Plot.binX<Plot.RectYOptions>(
                {y: "count"},
                {x: (value: number) => value, thresholds: 48, inset: 0.5, fill: "var(--accent)"}
              )
            ),
            Plot.ruleX([0], ZERO)
          ]
        })
    };
  });
}
