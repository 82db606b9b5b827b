import * as Plot from "@observablehq/plot";
import type {Shortfall} from "../../lib/orders/shortfall.js";
import {GRID, ZERO, categoryColor, plot} from "../chart-theme.js";
import {h} from "../dom.js";
import {formatNumber} from "../format.js";
import {wideFrame} from "../wide-frame.js";
import {PARTS, piecesOf, toldTrade} from "./shortfall-model.js";

const LEAST_BAR = 6;

/**
 * Returns what each trade cost above the backtest, a bar each in basis points of its value, made of delay, spread and
 * commission; what was gained lies below zero.
 */
export function shortfallChart(shortfall: Pick<Shortfall, "trades">, {width}: {width: number}): Node {
  const pieces = piecesOf(shortfall);
  const count = shortfall.trades.length;
  const legend = h(
    "p",
    {class: "shortfall-parts"},
    PARTS.map((part, i) =>
      h("span", null, h("i", {class: "swatch", style: `--swatch:${categoryColor(i)}`}), part)
    )
  );
  const drawing = plot({
    label: "Implementation shortfall of each trade",
    width: Math.max(width, 60 + LEAST_BAR * count),
    height: 240,
    marginLeft: 48,
    x: {domain: Array.from({length: count}, (_, i) => i), axis: null, padding: 0.25},
    y: {
      label: "basis points",
      labelArrow: "none",
      labelAnchor: "top",
      tickSize: 0,
      ticks: 5,
      tickFormat: (value: number) => formatNumber(value, {digits: 1})
    },
    marks: [
      Plot.gridY({...GRID, ticks: 5}),
      Plot.barY(pieces, {
        x: "trade",
        y1: "from",
        y2: "to",
        fill: ({part}: {part: (typeof PARTS)[number]}) => categoryColor(PARTS.indexOf(part)),
        title: ({trade}: {trade: number}) => toldTrade(shortfall.trades[trade])
      }),
      Plot.ruleY([0], ZERO)
    ]
  });
  return h("div", null, legend, wideFrame("Implementation shortfall of each trade", drawing));
}
