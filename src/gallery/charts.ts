import {light, modeBadge, tag} from "../components/badges.js";
import {barList} from "../components/bar-list.js";
import {chartCard, type CardOptions} from "../components/chart-card.js";
import {h} from "../components/dom.js";
import {drawdownChart} from "../components/drawdown-chart.js";
import {formatAmount, formatCompact, formatNumber, formatPercent} from "../components/format.js";
import {heatmap} from "../components/heatmap.js";
import {lineChart} from "../components/line-chart.js";
import {measureRows, riskPanel} from "../components/risk-panel.js";
import {shortfallChart} from "../components/shortfall/shortfall-chart.js";
import {findingOf, rowsOf} from "../components/shortfall/shortfall-model.js";
import {waterfall} from "../components/waterfall.js";
import {
  benchmark,
  bridge,
  classes,
  constants,
  contributions,
  days,
  depth,
  measures,
  months,
  nav,
  portfolio,
  shortfall,
  years
} from "./fixtures.js";

const ORIGIN = {source: "Flex", asOf: "2026-11-20T22:00:00Z", age: "2 d"};

export function card(
  title: string,
  content: (width: number) => Node,
  options: Omit<CardOptions, "title">
): HTMLElement {
  return chartCard(content, {title, origin: ORIGIN, ...options});
}

export function growthOfHundred(): HTMLElement {
  const series = [
    {name: "Portfolio", values: portfolio, color: "var(--portfolio)"},
    {name: "Demo 500", values: benchmark, color: "var(--benchmark)"}
  ];
  const tick = (value: number) => formatNumber(value, {digits: 0});
  return card(
    "Growth of 100",
    (width) =>
      lineChart(
        {days, series},
        {width, label: "Growth of 100", unit: "index", base: 100, print: (value) => formatNumber(value), tick}
      ),
    {
      unit: "net of flows",
      finding: "The portfolio ended above Demo 500.",
      definition: "What 100 became, with the effect of deposits and withdrawals taken out.",
      constants: ["in-flows at day start, out-flows at day end", "Demo 500 is a price return"],
      rows: {
        columns: ["day", "portfolio", "benchmark"],
        rows: days.map((day, i) => [day, portfolio[i], benchmark[i]])
      }
    }
  );
}

export function changes(): HTMLElement {
  return card("What changed", (width) => waterfall(bridge, {width, currency: "USD"}), {
    currency: "USD",
    finding: "From 409,120.55 to 412,875.13: prices brought most of it.",
    rows: {columns: ["part", "amount"], rows: bridge.parts.map(({name, amount}) => [name, amount])}
  });
}

export function tradeCosts(): HTMLElement {
  return card("Implementation shortfall", (width) => shortfallChart(shortfall, {width}), {
    unit: "basis points",
    finding: findingOf(shortfall, "USD"),
    definition: "What each trade cost above the backtest on the same bars, in parts of its value.",
    rows: rowsOf(shortfall)
  });
}

export function navChart(): HTMLElement {
  const series = [
    {name: "Net asset value", values: nav, color: "var(--portfolio)", area: true},
    {name: "Contributions", values: contributions, color: "var(--benchmark)", dashed: true}
  ];
  const label = "Value and contributions";
  const print = (value: number) => formatNumber(value);
  return card(
    label,
    (width) =>
      lineChart(
        {days, series},
        {width, height: 180, label, unit: "USD", print, tick: formatCompact, secret: true}
      ),
    {
      currency: "USD",
      finding: "The value is above what was paid in.",
      state: {kind: "partial", missing: "3 days have no rate for JPY and are left out"},
      rows: {
        columns: ["day", "nav", "contributions"],
        rows: days.map((day, i) => [day, nav[i], contributions[i]])
      }
    }
  );
}

export function drawdown(): HTMLElement {
  return card("Drawdown from peak", (width) => drawdownChart({days, depth}, {width}), {
    unit: "%",
    finding: `The deepest fall was ${formatPercent(Math.min(...depth))}.`,
    definition: "The value over the highest value so far, less one.",
    rows: {columns: ["day", "depth"], rows: days.map((day, i) => [day, depth[i]])}
  });
}

export function monthlyReturns(): HTMLElement {
  return card("Return by month", (width) => heatmap({months, years}, {width}), {
    unit: "%",
    finding: "2026 was the best year.",
    rows: {
      columns: ["year", "month", "return"],
      rows: months.map(({year, month, return: {value}}) => [String(year), String(month), value])
    }
  });
}

export function allocation(): HTMLElement {
  const items = classes.map(({name, value, weight}) => ({
    name,
    length: weight,
    text: formatPercent(weight, {digits: 1}),
    more: formatAmount(value, "USD")
  }));
  return card("Allocation by class", (width) => barList(items, {width, label: "Allocation by class"}), {
    unit: "% of NAV",
    finding: "Stocks are 56% of net asset value; cash and options are short.",
    rows: {
      columns: ["class", "value", "weight"],
      rows: classes.map(({name, value, weight}) => [name, value, weight])
    }
  });
}

export function risk(): HTMLElement {
  return card("Risk", () => riskPanel({measures, benchmark: "Demo 500", constants}), {
    finding: "Less volatile than Demo 500.",
    rows: measureRows(measures)
  });
}

export function tags(): HTMLElement {
  const content = () =>
    h(
      "div",
      null,
      h(
        "p",
        null,
        tag("buy"),
        " ",
        tag("ex-dividend", "info"),
        " ",
        tag("expiry", "warning"),
        " ",
        tag("failed", "error")
      ),
      h("p", null, modeBadge("DEMO"), " ", modeBadge("PAPER"), " ", modeBadge("LIVE")),
      h("p", null, light("fresh"), "fresh ", light("late"), "late ", light("failed"), "failed")
    );
  return card("Tags and lights", content, {finding: "Each kind of tag."});
}
