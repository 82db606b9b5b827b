import type {ExposureRow, HistoryView, MarketRow} from "../../lib/market/views.js";
import {openDesk} from "../desk.js";
import {h} from "../dom.js";
import {factList, openDrawer} from "../drawer.js";
import {figure} from "../figure.js";
import {formatAmount, formatCompact, formatDay, formatNumber, formatPercent} from "../format.js";
import {lineChart} from "../line-chart.js";
import {placeholder} from "../states.js";
import {getView, toQuery} from "../view-state.js";
import {printChange, printValue, unitWord} from "./row-format.js";

const WIDTH = 420;

/** Opens a year of a row's history, where it is from, and what the accounts hold of it. */
export async function openRow(row: MarketRow, yours?: ExposureRow): Promise<void> {
  const body = h("div", {class: "market-drawer"}, placeholder({kind: "loading"}));
  openDrawer(body, {title: row.label, subtitle: unitWord(row.unit)});
  try {
    const desk = await openDesk();
    body.replaceChildren(...filled(row, await desk.market("historical", toQuery(getView()), row.id), yours));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    body.replaceChildren(placeholder({kind: "error", what: "The history could not be read.", why}) ?? "");
  }
}

function filled(row: MarketRow, history: HistoryView, yours?: ExposureRow): Node[] {
  const {closes, reason} = history;
  const days = closes.map(([day]) => day);
  const values = closes.map(([, value]) => value);
  const print = (value: number) => printValue(value, row.unit);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const chart =
    closes.length > 1
      ? lineChart(
          {days, series: [{name: row.label, values, color: "var(--accent)"}]},
          {
            width: Math.min(WIDTH, innerWidth - 48),
            height: 220,
            label: `${row.label}, a year`,
            unit: unitWord(row.unit) || "level",
            print,
            tick: (value) => (Math.abs(value) >= 10_000 ? formatCompact(value) : print(value))
          }
        )
      : h("p", {class: "empty"}, `${reason ?? "a year of it is not in the lake"}.`);
  const facts: [string, string | Node][] = [
    ["Last", print(row.value ?? NaN)],
    ["As of", row.asOf ? `${formatDay(row.asOf)}, ${row.ageDays} d` : "n/a"],
    ["1 day", printChange(row.change1d, row.changeUnit, row.unit)],
    ["1 week", printChange(row.change1w, row.changeUnit, row.unit)],
    ["1 month", printChange(row.change1m, row.changeUnit, row.unit)],
    ["This year", printChange(row.changeYtd, row.changeUnit, row.unit)],
    ["Changes in", {bp: "basis points", fraction: "percent", absolute: "its own unit"}[row.changeUnit]],
    [
      "Percentile, 10 years",
      row.percentile10y === null ? "n/a" : formatNumber(100 * row.percentile10y, {digits: 0})
    ],
    ...(values.length > 1
      ? ([["Low and high, 1 year", `${print(low)} – ${print(high)}`]] as [string, string][])
      : []),
    ["Source", row.source]
  ];
  const held: [string, string | Node][] = yours
    ? [
        [
          "Your exposure",
          figure({
            text: formatAmount(yours.value, yours.base),
            reason: yours.reason ?? undefined,
            secret: true
          })
        ],
        ["of net asset value", formatPercent(yours.weight, {digits: 1})],
        ...(yours.dayMove === null
          ? []
          : ([
              [
                "A usual day's move of it",
                figure({text: formatAmount(yours.dayMove.toFixed(2), yours.base), secret: true})
              ]
            ] as [string, Node][])),
        ["Made of", yours.of.join(", ")]
      ]
    : [];
  return [
    chart,
    factList(facts),
    ...(held.length ? [h("h3", null, `Yours${yours ? `, ${yours.base}` : ""}`), factList(held)] : [])
  ];
}
