import * as Plot from "@observablehq/plot";
import type {PricePortfolio} from "../../lib/portfolio/optimize-prices.js";
import type {FrontierOutput, PlanePoint} from "../../lib/tasks/frontier.js";
import {GRID, ZERO, plot} from "../chart-theme.js";
import {h} from "../dom.js";
import {formatPercent} from "../format.js";
import type {Held} from "../risk/held.js";
import {studyCard} from "../risk/study-card.js";
import {viewOf} from "../view-card.js";
import type {Watched} from "../watch-view.js";

interface Dot {
  name: string;
  x: number;
  y: number;
}

/** Returns the efficient frontier within the limits, with what is held now, what is proposed, and each position alone. */
export function frontierCard(
  held: Watched<Held>,
  answer: Watched<FrontierOutput>,
  proposed: Watched<PricePortfolio>
): HTMLElement {
  return studyCard(
    held,
    answer,
    "Efficient frontier",
    ({assets, points, alone, current, conflicts, observations, warnings}) => {
      const dot = (
        name: string,
        {expectedReturn: {value: y}, volatility: {value: x}}: Omit<PlanePoint, "sharpe">
      ): Dot[] => (x === null || y === null ? [] : [{name, x, y}]);
      const line = points.flatMap((point) => dot("frontier", point));
      const chosen = viewOf(proposed);
      const marks = [...(current ? dot("now", current) : []), ...(chosen ? dot("proposed", chosen) : [])];
      const single = alone.flatMap((point, i) => dot(assets[i], point));
      const percent = (value: number) => formatPercent(value, {digits: 1});
      const [now, next] = [
        marks.find(({name}) => name === "now"),
        marks.find(({name}) => name === "proposed")
      ];
      return {
        currency: null,
        unit: "% a year",
        definition:
          "Portfolios of least volatility for what they are expected to return, within the limits. What is held now may lie outside of them, and so to the left of the line.",
        constants: [`${observations} days in which every position has a return.`, ...warnings],
        finding:
          now && next
            ? `Now ${percent(now.y)} at a volatility of ${percent(now.x)}; proposed ${percent(next.y)} at ${percent(next.x)}.`
            : "There is no proposed portfolio.",
        state: line.length
          ? {kind: "ready" as const}
          : {
              kind: "empty" as const,
              sentence: `No portfolio meets the limits: ${conflicts.join("; ") || "see the certificate"}.`
            },
        rows: {
          columns: ["portfolio", "volatility", "expected return"],
          rows: [...line, ...marks, ...single].map(({name, x, y}) => [name, x, y])
        },
        content: (width) => {
          const near = 1.15 * Math.max(...line.map(({x}) => x), ...marks.map(({x}) => x), 0);
          const shown = single.filter(({x}) => x <= Math.max(near, 0.45));
          return h(
            "div",
            null,
            h(
              "div",
              {class: "readout"},
              marks.map(({name, x, y}) =>
                h(
                  "span",
                  null,
                  h("i", {class: `mark mark-${name}`}),
                  name,
                  h("b", null, `${percent(y)} at ${percent(x)}`)
                )
              )
            ),
            plot({
              width,
              height: 340,
              label: "Efficient frontier",
              marginLeft: 52,
              marginRight: 48,
              x: {
                label: "volatility",
                labelArrow: "none",
                labelAnchor: "right",
                tickFormat: (value: number) => formatPercent(value, {digits: 0}),
                tickSize: 0,
                ticks: Math.max(3, Math.floor(width / 110)),
                nice: true
              },
              y: {
                label: "expected return",
                labelArrow: "none",
                labelAnchor: "top",
                tickFormat: (value: number) => formatPercent(value, {digits: 0}),
                tickSize: 0,
                ticks: 6,
                nice: true
              },
              marks: [
                Plot.gridY({...GRID, ticks: 6}),
                Plot.ruleY([0], ZERO),
                Plot.dot(shown, {x: "x", y: "y", r: 2.5, fill: "var(--ink-3)"}),
                Plot.text(width > 480 ? shown : [], {
                  x: "x",
                  y: "y",
                  text: "name",
                  dx: 6,
                  textAnchor: "start",
                  fill: "var(--ink-3)",
                  stroke: "var(--surface)",
                  strokeWidth: 3
                }),
                Plot.lineY(line, {
                  x: "x",
                  y: "y",
                  stroke: "var(--portfolio)",
                  strokeWidth: 2,
                  curve: "monotone-y"
                }),
                Plot.dot(marks, {
                  x: "x",
                  y: "y",
                  r: 6,
                  symbol: (point: Dot) => (point.name === "now" ? "circle" : "diamond2"),
                  fill: (point: Dot) => (point.name === "now" ? "var(--benchmark)" : "var(--category-2)"),
                  stroke: "var(--surface)",
                  strokeWidth: 1.5
                }),
                // apart even where the two lie on one another
                marks.map((mark) =>
                  Plot.text([mark], {
                    x: "x",
                    y: "y",
                    text: "name",
                    dy: mark.name === "now" ? 16 : -14,
                    fill: "var(--ink)",
                    fontWeight: 500,
                    stroke: "var(--surface)",
                    strokeWidth: 3
                  })
                )
              ]
            })
          );
        }
      };
    }
  );
}
