import type {FxMatrix, FxView} from "../../lib/market/views.js";
import {h} from "../dom.js";
import {formatNumber, NOT_AVAILABLE} from "../format.js";
import type {Watched} from "../watch-view.js";
import {wideFrame} from "../wide-frame.js";
import {marketCard} from "./market-card.js";

/** Returns what one unit of each currency costs in each other. */
export function fxMatrixCard(watched: Watched<FxView>): HTMLElement {
  return marketCard(watched, "Cross rates", ({matrix}) => ({
    asOf: matrix.asOf === null ? null : {day: matrix.asOf, source: "European Central Bank"},
    reason: matrix.reason,
    definition:
      "Units of the column's currency for one of the row's, from the European Central Bank's fixings of one day.",
    finding: `${matrix.currencies.length} currencies against each other.`,
    rows: {
      columns: ["one unit of", ...matrix.currencies],
      rows: matrix.currencies.map((code, i) => [code, ...matrix.rates[i]])
    },
    content: () => wideFrame("Cross rates", matrixTable(matrix))
  }));
}

function matrixTable({currencies, rates}: FxMatrix): HTMLElement {
  return h(
    "table",
    {class: "plain market matrix"},
    h(
      "thead",
      null,
      h(
        "tr",
        null,
        h("th", {scope: "col"}, "One"),
        currencies.map((code) => h("th", {scope: "col", class: "number"}, code))
      )
    ),
    h(
      "tbody",
      null,
      currencies.map((code, i) =>
        h(
          "tr",
          null,
          h("th", {scope: "row"}, code),
          rates[i].map((rate, j) =>
            h(
              "td",
              {class: i === j ? "number same" : "number"},
              rate === null ? NOT_AVAILABLE : printRate(rate)
            )
          )
        )
      )
    )
  );
}

/** Four figures that count: the rows above have the quotes in full. */
function printRate(rate: number): string {
  return formatNumber(rate, {digits: Math.max(0, 3 - Math.floor(Math.log10(rate)))});
}
