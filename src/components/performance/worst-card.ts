import type {PerformanceView} from "../../lib/ledger/views.js";
import {h} from "../dom.js";
import {plainTable} from "../plain-table.js";
import {formatDay, formatNumber, formatPercent} from "../format.js";
import {viewCard} from "../view-card.js";
import type {Watched} from "../watch-view.js";
import {wideFrame} from "../wide-frame.js";

const MOST = 10;

/** Returns the deepest drawdowns with their days. */
export function worstCard(watched: Watched<PerformanceView>): HTMLElement {
  return viewCard(watched, "Worst drawdowns", ({drawdowns}) => ({
    definition:
      "Each fall from a peak until the peak was reached again; days are calendar days from peak to recovery, or to now.",
    finding: `${drawdowns.length} falls from a peak.`,
    rows: {
      columns: ["depth", "peak", "trough", "recovered", "days"],
      rows: drawdowns.map(({depth, peak, trough, recovered, days}) => [depth, peak, trough, recovered, days])
    },
    state: drawdowns.length ? {kind: "ready"} : {kind: "empty", sentence: "It never fell below its peak."},
    content: () =>
      wideFrame(
        "Worst drawdowns",
        plainTable(
          ["Depth", "Peak", "Trough", "Recovered", "Days"],
          drawdowns
            .slice(0, MOST)
            .map(({depth, peak, trough, recovered, days}) =>
              h(
                "tr",
                null,
                h("td", {class: "number loss"}, formatPercent(depth)),
                h("td", {class: "number"}, formatDay(peak)),
                h("td", {class: "number"}, formatDay(trough)),
                h("td", {class: "number"}, recovered ? formatDay(recovered) : "not yet"),
                h("td", {class: "number"}, formatNumber(days, {digits: 0}))
              )
            ),
          {numbersFrom: 0}
        )
      )
  }));
}
