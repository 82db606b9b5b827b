import * as Plot from "@observablehq/plot";
import type {Bars} from "../../lib/backtest/bars.js";
import type {FillFacts} from "../../lib/backtest/trade-facts.js";
import {barAxes, candles} from "../bars-plot.js";
import {CHART_BOTTOM, CHART_TOP, plot} from "../chart-theme.js";
import {crosshair} from "../crosshair.js";
import {h} from "../dom.js";
import {formatDay, formatNumber} from "../format.js";
import {digitsOf} from "../lake/values.js";
import {isoDay} from "./bars-window.js";

const HEIGHT = 260;
/** Bars shown before the first fill and after the last. */
const AROUND = 12;
/** Up to this many bars are drawn as candles. */
const CANDLES = 90;

interface TradeChartOptions {
  width: number;
  unit: string;
  side: "long" | "short";
  entry: FillFacts;
  exit: FillFacts;
}

/** Returns the bars around a trade with its two fills on them; a crosshair reads each bar. */
export function tradeChart(bars: Bars, {width, unit, side, entry, exit}: TradeChartOptions): HTMLElement {
  const from = Math.max(0, entry.bar - AROUND);
  const to = Math.min(bars.time.length, exit.bar + AROUND + 1);
  const cut = (column: Float64Array) => column.subarray(from, to);
  const [times, open, high, low, close] = [bars.time, bars.open, bars.high, bars.low, bars.close].map(cut);
  const count = to - from;
  const isCandles = count <= CANDLES;
  const [tops, bottoms] = isCandles ? [high, low] : [close, close];
  const prices = [...tops, ...bottoms, entry.price, exit.price];
  const [bottom, top] = [Math.min(...prices), Math.max(...prices)];
  const pad = (top - bottom || top) * 0.08;
  const domain: [number, number] = [bottom - pad, top + pad];
  const exact = Math.max(2, digitsOf([...close.subarray(0, 50)]));
  const print = (value: number) => formatNumber(value, {digits: exact});
  const points = Array.from({length: count}, (_, i) => i);
  const fills = [
    {at: entry.bar - from, price: entry.price, name: side === "long" ? "Bought" : "Sold short"},
    {at: exit.bar - from, price: exit.price, name: side === "long" ? "Sold" : "Bought back"}
  ];
  const label = `Bars from ${formatDay(isoDay(times[0]))} to ${formatDay(isoDay(times[count - 1]))}`;
  const {axes, grid} = barAxes(times, {width, unit, domain});
  const drawing = plot({
    ...axes,
    height: HEIGHT,
    label,
    marks: [
      grid,
      Plot.rect([0], {
        x1: fills[0].at,
        x2: Math.max(fills[1].at, fills[0].at + 0.5),
        fill: "var(--accent)",
        fillOpacity: 0.07
      }),
      ...(isCandles
        ? candles({open, high, low, close}, width)
        : [Plot.lineY(points, {x: (i) => i, y: (i) => close[i], stroke: "var(--ink-3)", strokeWidth: 1.25})]),
      Plot.dot(fills, {
        x: "at",
        y: "price",
        r: 5,
        symbol: "circle",
        fill: "var(--surface)",
        stroke: "var(--accent)",
        strokeWidth: 2
      }),
      Plot.text(fills, {
        x: "at",
        y: "price",
        text: "name",
        dy: -14,
        fill: "var(--ink)",
        stroke: "var(--raised)",
        strokeWidth: 4,
        fontWeight: 500
      })
    ]
  });
  const [x, y] = [drawing.scale("x"), drawing.scale("y")];
  if (!x || !y) throw new Error(`no scales in the chart: ${label}`);
  const values = (i: number) =>
    [
      ["Open", open[i]],
      ["High", high[i]],
      ["Low", low[i]],
      ["Close", close[i]]
    ] as const;
  const readout = h("div", {class: "readout"});
  const read = (i: number | null) => {
    const at = i ?? fills[0].at;
    readout.replaceChildren(
      ...values(at).map(([name, value]) => h("span", null, name, h("b", null, print(value)))),
      h("time", {datetime: new Date(times[at]).toISOString()}, formatDay(isoDay(times[at])))
    );
  };
  read(null);
  const frame = crosshair(drawing, {
    label,
    count,
    xOf: (i) => Number(x.apply(i)),
    top: CHART_TOP,
    bottom: HEIGHT - CHART_BOTTOM,
    dots: (i) => [{y: Number(y.apply(close[i])), color: "var(--accent)"}],
    say: (i) =>
      [formatDay(isoDay(times[i])), ...values(i).map(([name, value]) => `${name} ${print(value)}`)].join(
        ", "
      ),
    onMove: read,
    onZoom: () => undefined,
    onBack: () => undefined
  });
  return h("div", {class: "chart"}, readout, frame);
}
