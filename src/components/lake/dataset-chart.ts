import * as Plot from "@observablehq/plot";
import {barAxes, candles} from "../bars-plot.js";
import {CHART_BOTTOM, CHART_TOP, ZERO, plot} from "../chart-theme.js";
import {crosshair} from "../crosshair.js";
import {h} from "../dom.js";
import {formatDay, formatNumber} from "../format.js";
import type {ChartRows} from "./chart-rows.js";
import {clock, digitsOf} from "./values.js";

const HEIGHT = 280;

interface DatasetChartOptions {
  width: number;
  /** What is drawn: "AAPL, close". */
  label: string;
  /** Unit of the axis. */
  unit: string;
  shape: "line" | "candles";
  /** Whether a day has several rows. */
  isIntraday: boolean;
  onZoom: (from: number, to: number) => void;
  onBack: () => void;
}

/** Returns one symbol's rows in the order of time, without gaps where there is no trading; a crosshair reads them. */
export function datasetChart(rows: ChartRows, options: DatasetChartOptions): HTMLElement {
  const {label, isIntraday, onZoom, onBack} = options;
  const {times, open, high, low, close} = rows;
  const count = times.length;
  const digits = digitsOf([...close.subarray(-200)]);
  const print = (value: number) => formatNumber(value, {digits});
  const sayTime = (i: number) =>
    `${formatDay(new Date(times[i]).toISOString())}${isIntraday ? ` ${clock(times[i])} UTC` : ""}`;
  const isCandles = options.shape === "candles";
  const values = (i: number): [string, number][] =>
    isCandles || rows.rows > count
      ? [
          ["Open", open[i]],
          ["High", high[i]],
          ["Low", low[i]],
          ["Close", close[i]]
        ]
      : [[options.label, close[i]]];
  const readout = h("div", {class: "readout"});
  const read = (i: number | null) => {
    const at = i ?? count - 1;
    readout.replaceChildren(
      ...values(at).map(([name, value]) => h("span", null, name, h("b", null, print(value)))),
      h("time", {datetime: new Date(times[at]).toISOString()}, sayTime(at))
    );
  };
  read(null);
  const drawing = draw(rows, options);
  const [x, y] = [drawing.scale("x"), drawing.scale("y")];
  if (!x || !y) throw new Error(`no scales in the chart: ${label}`);
  const frame = crosshair(drawing, {
    label,
    count,
    xOf: (i) => Number(x.apply(i)),
    top: CHART_TOP,
    bottom: HEIGHT - CHART_BOTTOM,
    dots: (i) => [{y: Number(y.apply(close[i])), color: "var(--category-1)"}],
    say: (i) => [sayTime(i), ...values(i).map(([name, value]) => `${name} ${print(value)}`)].join(", "),
    onMove: read,
    onZoom: (from, to) => onZoom(from ? times[from - 1] + 1 : times[from], times[to]),
    onBack
  });
  return h("div", {class: "chart"}, readout, frame);
}

function draw(rows: ChartRows, {width, label, unit, shape}: DatasetChartOptions) {
  const {times, high, low, close} = rows;
  const isBand = shape === "candles" || rows.rows > times.length;
  const [tops, bottoms] = isBand ? [high, low] : [close, close];
  const top = tops.reduce((a, b) => Math.max(a, b), -Infinity);
  const bottom = bottoms.reduce((a, b) => Math.min(a, b), Infinity);
  const pad = (top - bottom || Math.abs(top) || 1) * 0.04;
  const domain: [number, number] = [bottom - pad, top + pad];
  const points = Array.from(times, (_, i) => i);
  const {axes, grid} = barAxes(times, {width, unit, domain});
  return plot({
    ...axes,
    height: HEIGHT,
    label,
    marks: [
      grid,
      domain[0] <= 0 && domain[1] >= 0 ? Plot.ruleY([0], ZERO) : null,
      ...(shape === "candles"
        ? candles(rows, width)
        : [
            isBand
              ? Plot.areaY(points, {
                  x: (i) => i,
                  y1: (i) => low[i],
                  y2: (i) => high[i],
                  fill: "var(--category-1)",
                  fillOpacity: 0.18
                })
              : null,
            Plot.lineY(points, {
              x: (i) => i,
              y: (i) => close[i],
              stroke: "var(--category-1)",
              strokeWidth: 1.5
            })
          ])
    ]
  });
}
