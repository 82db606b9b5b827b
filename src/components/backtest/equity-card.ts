import {h} from "../dom.js";
import {formatAmount, formatCompact, formatDay, formatPercent} from "../format.js";
import {lineChart} from "../line-chart.js";
import {type Scale, scaleTabs} from "../scale-tabs.js";
import type {Watched} from "../watch-view.js";
import {ranCard} from "./ran-card.js";
import type {Ran} from "./run-backtest.js";
import {strategyTitle} from "./setup-state.js";

let scale: Scale = "linear";

/** Returns the account's value beside what the same cash became that bought at the first close and was kept. */
export function equityCard(watched: Watched<Ran>): HTMLElement {
  return ranCard(watched, "Equity", ({setup, loaded, output, rows, days}) => {
    const {unit, bars} = loaded;
    const {equity, benchmark, cash} = output;
    const own = rows.map((row) => equity[row]);
    const kept = benchmark && rows.map((row) => (cash * benchmark[row]) / benchmark[0]);
    const print = (value: number) => formatAmount(String(value), unit);
    const series = [
      {name: "Strategy", values: own, color: "var(--portfolio)"},
      ...(kept ? [{name: "Buy and hold", values: kept, color: "var(--benchmark)"}] : [])
    ];
    const chart = (width: number) =>
      lineChart(
        {days, series},
        {
          width,
          height: 340,
          label: "Equity",
          unit,
          base: cash,
          log: scale === "log" && own.every((value) => value > 0),
          secret: true,
          print,
          tick: (value) => formatCompact(value)
        }
      );
    let node: Node;
    let drawn = 0;
    return {
      unit: strategyTitle(setup),
      currency: unit,
      definition:
        "The account's value at each close, all costs taken off, beside what the same cash is worth that bought at the first close and was kept: without costs, without dividends unless prices are adjusted for them.",
      constants: [
        `Cash at first: ${print(cash)} ${unit}.`,
        `${bars.symbol}: ${loaded.name}, ${bars.time.length} bars.`,
        ...(rows.length < output.time.length ? ["Drawn by the last bar of each day."] : []),
        ...loaded.notes
      ],
      finding: `${print(cash)} ${unit} became ${print(own[own.length - 1])} from ${formatDay(days[0])} to ${formatDay(days[days.length - 1])}${kept ? `; bought and held ${formatPercent(kept[kept.length - 1] / cash - 1, {signed: true})}` : ""}.`,
      rows: {
        columns: ["day", ...series.map(({name}) => name.toLowerCase())],
        rows: days.map((day, i) => [day, ...series.map(({values}) => values[i])])
      },
      controls: scaleTabs(scale, (chosen) => {
        scale = chosen;
        const next = chart(drawn);
        node.parentNode?.replaceChild(next, node);
        node = next;
      }),
      content(width) {
        drawn = width;
        node = chart(width);
        return h(
          "div",
          null,
          node,
          h(
            "p",
            {class: "bt-notes"},
            `${bars.symbol} has bars from ${formatDay(loaded.from)} to ${formatDay(loaded.to)}. ${loaded.notes.join(" ")}`
          )
        );
      }
    };
  });
}
