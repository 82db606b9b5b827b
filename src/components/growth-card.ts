import type {PerformanceView} from "../lib/ledger/views.js";
import {formatDay, formatNumber} from "./format.js";
import {lineChart} from "./line-chart.js";
import {type Scale, scaleTabs} from "./scale-tabs.js";
import {viewCard} from "./view-card.js";
import type {Watched} from "./watch-view.js";

const DEFINITION =
  "What 100 became over the range: daily time-weighted returns linked, so that deposits and withdrawals have no " +
  "part in it. The benchmark starts at 100 on the same day.";

/** Kept while the page is open, whatever is looked at. */
let scale: Scale = "linear";

/** Returns growth of 100 beside the benchmark's, net of flows. */
export function growthCard(
  watched: Watched<PerformanceView>,
  {height = 172}: {height?: number} = {}
): HTMLElement {
  return viewCard(watched, "Growth of 100", ({growth, benchmark, benchmarkReason, convention}) => {
    const {days, portfolio} = growth;
    const last = portfolio.findLast((value) => value !== null);
    const series = [
      {name: "Portfolio", values: portfolio, color: "var(--portfolio)"},
      ...(benchmark ? [{name: benchmark.name, values: growth.benchmark, color: "var(--benchmark)"}] : []),
      ...growth.others.map(({name, values}, i) => ({
        name,
        values,
        color: `var(--category-${i + 3})`,
        dashed: true
      }))
    ];
    const chart = (width: number) =>
      lineChart(
        {days, series},
        {
          width,
          height,
          label: "Growth of 100",
          unit: "index",
          base: 100,
          log: scale === "log",
          print: (value) => formatNumber(value),
          tick: (value) => formatNumber(value, {digits: 0})
        }
      );
    let node: Node;
    let drawn = 0;
    return {
      unit: benchmark ? `net of flows, ${benchmark.name} is a ${benchmark.kind}` : "net of flows",
      definition: DEFINITION,
      constants: [
        convention === "ibkr" ? "all flows at day end" : "in-flows at day start, out-flows at day end",
        ...(benchmark
          ? [`${benchmark.name}: ${benchmark.kind}, ${benchmark.currency}`]
          : [benchmarkReason ?? "no benchmark"]),
        ...growth.others.map(({name, kind}) => `${name}: ${kind}`)
      ],
      finding:
        last === undefined
          ? "There are no returns in the range."
          : `100 became ${formatNumber(last)} from ${formatDay(days[0])} to ${formatDay(days[days.length - 1])}.`,
      rows: {
        columns: ["day", "portfolio", ...series.slice(1).map(({name}) => name)],
        rows: days.map((day, i) => [day, portfolio[i], ...series.slice(1).map(({values}) => values[i])])
      },
      controls: scaleTabs(scale, (chosen) => {
        scale = chosen;
        const next = chart(drawn);
        node.parentNode?.replaceChild(next, node);
        node = next;
      }),
      content: (width) => {
        drawn = width;
        return (node = chart(width));
      }
    };
  });
}
