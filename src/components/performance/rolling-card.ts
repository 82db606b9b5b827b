import {WINDOWS, type RollingMeasure, type RollingView} from "../../lib/ledger/rolling-view.js";
import {h} from "../dom.js";
import {formatDay, formatNumber, formatPercent} from "../format.js";
import {lineChart} from "../line-chart.js";
import {tabs} from "../tabs.js";
import {viewCard} from "../view-card.js";
import type {Watched} from "../watch-view.js";
import {choose} from "./choices.js";

const MEASURES: readonly (readonly [RollingMeasure, string])[] = [
  ["volatility", "Volatility"],
  ["sharpe", "Sharpe"],
  ["beta", "Beta"],
  ["correlation", "Correlation"]
];

/** Returns a measure of risk over the days up to each day. */
export function rollingCard(watched: Watched<RollingView>): HTMLElement {
  return viewCard(
    watched,
    "Rolling risk",
    ({measure, window, days, portfolio, theirs, benchmark, reason, constants}) => {
      const print = (value: number) =>
        measure === "volatility" ? formatPercent(value) : formatNumber(value);
      const name = MEASURES.find(([key]) => key === measure)?.[1] ?? measure;
      const last = portfolio.findLast((value) => value !== null);
      const controls = h(
        "span",
        {class: "rolling-controls"},
        tabs(MEASURES, {label: "Measure", chosen: measure, onChoose: (next) => choose({measure: next})}),
        tabs(
          WINDOWS.map((length) => [String(length), `${length} d`] as const),
          {
            label: "Window",
            chosen: String(window),
            onChoose: (next) => choose({window: WINDOWS.find((length) => String(length) === next) ?? window})
          }
        )
      );
      return {
        definition: constants.join(" "),
        constants,
        finding:
          last === undefined || last === null
            ? (reason ?? "There is no full window in the range.")
            : `${name} over ${window} days was ${print(last)} on ${formatDay(days.at(-1) ?? null)}.`,
        controls,
        state: reason === null ? {kind: "ready"} : {kind: "empty", sentence: `${reason}.`},
        rows: {
          columns: ["day", name.toLowerCase(), ...(theirs.length && benchmark ? [benchmark] : [])],
          rows: days.map((day, i) => [day, portfolio[i], ...(theirs.length && benchmark ? [theirs[i]] : [])])
        },
        content: (width) =>
          lineChart(
            {
              days,
              series: [
                {name: "Portfolio", values: portfolio, color: "var(--portfolio)"},
                ...(theirs.length && benchmark
                  ? [{name: benchmark, values: theirs, color: "var(--benchmark)"}]
                  : [])
              ]
            },
            {
              width,
              height: 240,
              label: `${name} over ${window} days`,
              unit: measure === "volatility" ? "%" : "ratio",
              ...(measure !== "volatility" && {base: measure === "beta" ? 1 : 0}),
              print,
              tick: (value) =>
                measure === "volatility"
                  ? formatPercent(value, {digits: 0})
                  : formatNumber(value, {digits: 1})
            }
          )
      };
    }
  );
}
