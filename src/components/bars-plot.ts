import * as Plot from "@observablehq/plot";
import {ticks} from "d3-array";
import {GRID} from "./chart-theme.js";
import {formatCompact, formatDay, formatNumber} from "./format.js";
import {digitsOf} from "./lake/values.js";

/** What the drawings of bars share: one bar beside the other, without gaps where there is no trading. */

const DAY_MS = 86_400_000;
const TICKS = 5;

interface BarAxes {
  width: number;
  /** Of the prices. */
  unit: string;
  /** Lowest and highest price drawn. */
  domain: [low: number, high: number];
}

/** Returns the margins and axes of a drawing of bars, and its grid. */
export function barAxes(times: Float64Array, {width, unit, domain}: BarAxes) {
  const told = ticks(...domain, TICKS);
  const digits = digitsOf(told);
  const tick = (value: number) =>
    Math.abs(value) >= 1e6 ? formatCompact(value) : formatNumber(value, {digits});
  const letters = Math.max(...told.map((value) => tick(value).length));
  const marks = timeMarks(times, width - 80);
  const axes = {
    width,
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
    }
  } satisfies Plot.PlotOptions;
  return {axes, grid: Plot.gridY({...GRID, ticks: told})};
}

/** Prices of bars by column. */
interface Prices {
  open: Float64Array;
  high: Float64Array;
  low: Float64Array;
  close: Float64Array;
}

/** Returns the marks of candles in a drawing of that width. */
export function candles({open, high, low, close}: Prices, width: number) {
  const points = Array.from(close, (_, i) => i);
  const body = Math.max(1, Math.min(9, (0.62 * (width - 90)) / points.length));
  const stroke = (i: number) => (close[i] >= open[i] ? "var(--gain)" : "var(--loss)");
  return [
    Plot.ruleX(points, {x: (i) => i, y1: (i) => low[i], y2: (i) => high[i], stroke}),
    Plot.ruleX(points, {
      x: (i) => i,
      y1: (i) => open[i],
      y2: (i) => close[i],
      stroke,
      strokeWidth: body,
      strokeLinecap: "butt"
    })
  ];
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
