import type {FedLiquidityView} from "../../lib/market/views.js";
import {h} from "../dom.js";
import {change, figure} from "../figure.js";
import {formatDay, formatNumber} from "../format.js";
import {lineChart} from "../line-chart.js";
import {plainTable} from "../plain-table.js";
import type {Watched} from "../watch-view.js";
import {marketCard} from "./market-card.js";
import {shownChange, shownValue, unitWord} from "./row-format.js";

const LINES = [
  ["assets", "Total assets", "var(--benchmark)"],
  ["net", "Net liquidity", "var(--portfolio)"],
  ["generalAccount", "General account", "var(--category-2)"],
  ["reverseRepo", "Reverse repo", "var(--category-3)"]
] as const;

/** Returns the Federal Reserve's balance sheet week by week, and what of it is free for markets. */
export function fedCard(watched: Watched<FedLiquidityView>): HTMLElement {
  return marketCard(watched, "Federal Reserve balance sheet", (view) => {
    const {weeks, rows, pace, soma} = view;
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
          h(
            "div",
            {class: "side-tables"},
            plainTable(
              ["Level", "Last", "1 W", "1 M"],
              rows.map((row) =>
                h(
                  "tr",
                  null,
                  h("th", {scope: "row", "data-tip": row.source}, row.label),
                  h("td", {class: "number"}, figure(shownValue(row)), h("small", null, unitWord(row.unit))),
                  h(
                    "td",
                    {class: "number"},
                    row.value === null ? null : change(shownChange(row, "change1w"))
                  ),
                  h("td", {class: "number"}, row.value === null ? null : change(shownChange(row, "change1m")))
                )
              )
            ),
            soma.length > 0 && somaTable(soma)
          )
        )
    };
  });
}

const KINDS = [
  ["bills", "Bills"],
  ["notesBonds", "Notes and bonds"],
  ["tips", "TIPS"],
  ["tipsInflation", "TIPS, inflation added"],
  ["frn", "Floating rate notes"],
  ["mbs", "Mortgage-backed"],
  ["cmbs", "Commercial mortgage-backed"],
  ["agencies", "Agencies"],
  ["total", "Total"]
] as const;

/** The open market account by kind, against about three months before. */
function somaTable(soma: FedLiquidityView["soma"]): HTMLElement {
  const now = soma[soma.length - 1];
  const before = soma[Math.max(0, soma.length - 14)];
  return plainTable(
    [
      `Open market account, ${formatDay(now.asOf, {year: false})}`,
      "Last",
      `since ${formatDay(before.asOf, {year: false})}`
    ],
    KINDS.map(([key, name]) =>
      h(
        "tr",
        {class: key === "total" ? "total" : null},
        h("th", {scope: "row"}, name),
        h("td", {class: "number"}, formatNumber(now[key], {digits: 1})),
        h(
          "td",
          {class: "number"},
          change({text: formatNumber(now[key] - before[key], {digits: 1, signed: true})})
        )
      )
    )
  );
}
