import type {PerformanceView} from "../../lib/ledger/views.js";
import {h} from "../dom.js";
import {plainTable} from "../plain-table.js";
import {change, figure, shownPercent} from "../figure.js";
import {formatDay} from "../format.js";
import {viewCard, viewOf} from "../view-card.js";
import type {Watched} from "../watch-view.js";
import {wideFrame} from "../wide-frame.js";

const HEADS = ["Account", "From", "To", "Measure", "PortfolioAnalyst", "Ours, its way", "Difference"];

/** Returns PortfolioAnalyst's returns beside ours by its conventions; nothing where no report was imported. */
export function reportedCard(watched: Watched<PerformanceView>): HTMLElement {
  if (!viewOf(watched)?.reported.length) return h("div", {hidden: true});
  return viewCard(watched, "Compared with PortfolioAnalyst", ({reported}) => ({
    unit: "%",
    definition:
      "The cumulative return that PortfolioAnalyst reports of each period, and the same account's and days' by its conventions: all flows at day end; money-weighted by Modified Dietz.",
    finding: `${reported.length} periods are compared.`,
    rows: {
      columns: ["account", "from", "to", "measure", "theirs", "ours", "difference"],
      rows: reported.map(({account, from, to, measure, theirs, ours, difference}) => [
        account,
        from,
        to,
        measure,
        theirs,
        ours.value,
        difference.value
      ])
    },
    content: () =>
      wideFrame(
        "Compared with PortfolioAnalyst",
        plainTable(
          HEADS,
          reported.map(({account, from, to, measure, theirs, ours, difference}) =>
            h(
              "tr",
              null,
              h("th", {scope: "row"}, account),
              h("td", null, formatDay(from)),
              h("td", null, formatDay(to)),
              h("td", null, measure),
              h("td", {class: "number"}, figure(shownPercent({value: theirs}))),
              h("td", {class: "number"}, figure(shownPercent(ours))),
              h("td", {class: "number"}, change(shownPercent(difference, {signed: true, digits: 4})))
            )
          ),
          {numbersFrom: 4}
        )
      )
  }));
}
