import * as Plot from "@observablehq/plot";
import {ticks} from "d3-array";
import {CHART_BOTTOM, CHART_TOP, GRID, ZERO, plot} from "../chart-theme.js";
import {crosshair} from "../crosshair.js";
import {h} from "../dom.js";
import {formatCompact, formatDay, formatNumber} from "../format.js";
import type {ChartRows} from "./chart-rows.js";
import {clock, digitsOf} from "./values.js";

const DAY_MS = 86_400_000;
const HEIGHT = 280;
const TICKS = 5;

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
  const {times, open, high, low, close} = rows;
  const isBand = shape === "candles" || rows.rows > times.length;
  const [tops, bottoms] = isBand ? [high, low] : [close, close];
  const top = tops.reduce((a, b) => Math.max(a, b), -Infinity);
  const bottom = bottoms.reduce((a, b) => Math.min(a, b), Infinity);
  const pad = (top - bottom || Math.abs(top) || 1) * 0.04;
  const domain: [number, number] = [bottom - pad, top + pad];
  const told = ticks(...domain, TICKS);
  const digits = digitsOf(told);
  const tick = (value: number) =>
    Math.abs(value) >= 1e6 ? formatCompact(value) : formatNumber(value, {digits});
  const letters = Math.max(...told.map((value) => tick(value).length));
  const marks = timeMarks(times, width - 80);
  const points = Array.from(times, (_, i) => i);
  const body = Math.max(1, Math.min(9, (0.62 * (width - 90)) / times.length));
  const direction = (i: number) => (close[i] >= open[i] ? "var(--gain)" : "var(--loss)");
  return plot({
    width,
    height: HEIGHT,
    label,
    marginLeft: Math.max(48, 7.5 * letters + 12),
    marginRight: 12,
    x: {
      type: "linear",
      domain: [-0.5, times.length - 0.5],
      label: null,
      tickSize: 0,
      ticks: marks.map(({at}) => at),
      tickFormat: (at: number) => marks.find((mark) => mark.at === at)?.text ?? ""
    },
    y: {
      domain,
      label: unit,
      labelArrow: "none",
      labelAnchor: "top",
      ticks: told,
      tickFormat: tick,
      tickSize: 0,
      nice: false
    },
    marks: [
      Plot.gridY({...GRID, ticks: told}),
      domain[0] <= 0 && domain[1] >= 0 ? Plot.ruleY([0], ZERO) : null,
      ...(shape === "candles"
        ? [
            Plot.ruleX(points, {x: (i) => i, y1: (i) => low[i], y2: (i) => high[i], stroke: direction}),
            Plot.ruleX(points, {
              x: (i) => i,
              y1: (i) => open[i],
              y2: (i) => close[i],
              stroke: direction,
              strokeWidth: body,
              strokeLinecap: "butt"
            })
          ]
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

/** Room that a mark on the axis of time takes. */
const MARK = 84;

/** Returns the first point of each year, month, day or hour, whichever there is room for, and what it is called. */
export function timeMarks(times: Float64Array, width: number): {at: number; text: string}[] {
  const span = times.length ? times[times.length - 1] - times[0] : 0;
  const most = Math.max(2, Math.floor(width / MARK));
  const iso = (at: number) => new Date(times[at]).toISOString();
  const {letters, say} = unitOf(span);
  const firsts: number[] = [];
  let before = "";
  for (let at = 0; at < times.length; ++at) {
    const unit = iso(at).slice(0, letters);
    if (unit !== before && (before !== "" || times.length < 3)) firsts.push(at);
    before = unit;
  }
  const step = Math.ceil(firsts.length / most);
  const apart = ((MARK / 2) * times.length) / Math.max(1, width);
  const marks: {at: number; text: string}[] = [];
  for (const [i, at] of firsts.entries())
    if (i % step === 0 && at - (marks.at(-1)?.at ?? -Infinity) >= apart) marks.push({at, text: say(iso(at))});
  return marks;
}

/** By how many letters of an ISO time its marks differ, and how one is said. */
function unitOf(span: number): {letters: number; say: (time: string) => string} {
  if (span > 3 * 365 * DAY_MS) return {letters: 4, say: (time) => time.slice(0, 4)};
  if (span > 90 * DAY_MS) return {letters: 7, say: (time) => formatDay(time).replace(/^\d+ /, "")};
  if (span > 3 * DAY_MS) return {letters: 10, say: (time) => formatDay(time, {year: false})};
  return {letters: 13, say: (time) => `${formatDay(time, {year: false})} ${time.slice(11, 16)}`};
}
