import type {FedLiquidityView} from "../../lib/market/views.js";
import {h} from "../dom.js";
import {change, figure} from "../figure.js";
import {formatNumber} from "../format.js";
import {lineChart} from "../line-chart.js";
import {plainTable} from "../plain-table.js";
import type {Watched} from "../watch-view.js";
import {wideFrame} from "../wide-frame.js";
import {marketCard} from "./market-card.js";
import {shownChange, shownValue} from "./row-format.js";

const LINES = [
  ["assets", "Total assets", "var(--benchmark)"],
  ["net", "Net liquidity", "var(--portfolio)"],
  ["generalAccount", "General account", "var(--category-2)"],
  ["reverseRepo", "Reverse repo", "var(--category-3)"]
] as const;

/** Returns the Federal Reserve's balance sheet week by week, and what of it is free for markets. */
export function fedCard(watched: Watched<FedLiquidityView>): HTMLElement {
  return marketCard(watched, "Federal Reserve balance sheet", (view) => {
    const {weeks, rows, pace} = view;
    const last = weeks.at(-1);
    const days = weeks.map(({day}) => day);
    const print = (value: number) => formatNumber(value, {digits: 1});
    return {
      asOf: last ? {day: last.day, source: "FRED"} : null,
      reason: view.reason,
      unit: "USD billions",
      definition:
        "Net liquidity is total assets less the Treasury's general account less reverse repo, Wednesday levels of one release, all converted to USD billions by the unit that each series states.",
      finding: pace.sentence,
      rows: {
        columns: ["week", ...LINES.map(([, name]) => name)],
        rows: weeks.map((week) => [week.day, ...LINES.map(([key]) => week[key])])
      },
      content: (width) =>
        h(
          "div",
          null,
          h("p", {class: "lead"}, pace.sentence),
          lineChart(
            {
              days,
              series: LINES.map(([key, name, color]) => ({
                name,
                color,
                values: weeks.map((week) => week[key])
              }))
            },
            {
              width,
              height: 260,
              label: "Federal Reserve balance sheet",
              unit: "USD billions",
              print,
              tick: (value) => formatNumber(value, {digits: 0}),
              base: 0
            }
          ),
          wideFrame("Levels", levels(rows))
        )
    };
  });
}

/** The levels of the last release and of the open market account, in the card's unit. */
function levels(rows: FedLiquidityView["rows"]): HTMLElement {
  return plainTable(
    ["", "Last", "1 W", "1 M"],
    rows.map((row) =>
      h(
        "tr",
        null,
        h("th", {scope: "row", "data-tip": row.source}, row.label),
        h("td", {class: "number"}, figure(shownValue(row))),
        h("td", {class: "number"}, row.value === null ? null : change(shownChange(row, "change1w"))),
        h("td", {class: "number"}, row.value === null ? null : change(shownChange(row, "change1m")))
      )
    )
  );
}
