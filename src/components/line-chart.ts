import {ticks} from "d3-array";
import * as Plot from "@observablehq/plot";
import {CHART_BOTTOM, CHART_TOP, GRID, ZERO, plot, saidRange, spread, toDate} from "./chart-theme.js";
import {crosshair} from "./crosshair.js";
import {h} from "./dom.js";
import {NOT_AVAILABLE, formatDay} from "./format.js";

export interface Series {
  name: string;
  /** One a day; null where there is none: the line is broken there. */
  values: readonly (number | null)[];
  color: string;
  /** Fills down to the base line, or down to another series. */
  area?: boolean;
  dashed?: boolean;
}

interface LineChartOptions {
  width: number;
  height?: number;
  /** What is drawn: "Growth of 100". */
  label: string;
  /** Unit of the axis: "%", "USD", "index". */
  unit: string;
  /** Prints a value exactly, for reading along. */
  print: (value: number) => string;
  /** Prints a tick. */
  tick: (value: number) => string;
  /** Line that values are above or below: 0, or 100 of an index. */
  base?: number;
  /** Whether the base line must be in sight. */
  fromBase?: boolean;
  log?: boolean;
  /** Amounts are blurred with the others. */
  secret?: boolean;
}

/** Returns lines over days: a crosshair reads them, dragging zooms in, a double click goes back. */
export function lineChart(
  {days, series}: {days: readonly string[]; series: readonly Series[]},
  options: LineChartOptions
): HTMLElement {
  const {label, secret = false} = options;
  const node = h("div", {class: secret ? "chart chart-secret" : "chart"});
  const draw = (from: number, to: number): void => {
    const shown = days.slice(from, to + 1);
    const lines = series.map((line) => ({...line, values: line.values.slice(from, to + 1)}));
    const readings = readout(lines, shown, options);
    const zoomed = from > 0 || to < days.length - 1;
    const back = h(
      "button",
      {type: "button", class: "link-button", onclick: () => draw(0, days.length - 1)},
      "All days"
    );
    node.replaceChildren(
      readings.node,
      overlay(lines, shown, options, {
        onMove: readings.show,
        onZoom: (a, b) => draw(from + a, from + b),
        onBack: () => zoomed && draw(0, days.length - 1)
      }),
      h("p", {class: "shown-range"}, saidRange(shown), zoomed && back)
    );
  };
  if (days.length > 1) draw(0, days.length - 1);
  else node.append(h("p", {class: "empty"}, `${label} needs two days with values in the range.`));
  return node;
}

/** The line of exact values above the chart: of the day that is read, else of the last. */
function readout(
  series: readonly Series[],
  days: readonly string[],
  {print, secret}: LineChartOptions
): {node: HTMLElement; show: (i: number | null) => void} {
  const node = h("div", {class: "readout"});
  const show = (i: number | null) => {
    const at = i ?? days.length - 1;
    node.replaceChildren(
      ...series.map(({name, values, color, dashed}) =>
        h(
          "span",
          null,
          h("i", {class: dashed ? "swatch dashed" : "swatch", style: `--swatch:${color}`}),
          name,
          h("b", {class: secret ? "secret" : null}, said(values[at], print))
        )
      ),
      h("time", {datetime: days[at]}, formatDay(days[at]))
    );
  };
  show(null);
  return {node, show};
}

const said = (value: number | null | undefined, print: (value: number) => string): string =>
  value === null || value === undefined ? NOT_AVAILABLE : print(value);

const sayDay = (day: Date): string => formatDay(day.toISOString(), {year: false});

/** Values told at the axis, about. */
const TICKS = 5;

type Hands = Pick<Parameters<typeof crosshair>[1], "onMove" | "onZoom" | "onBack">;

function overlay(
  series: readonly Series[],
  days: readonly string[],
  options: LineChartOptions,
  hands: Hands
): HTMLElement {
  const {width, height = 260, label, print, log = false} = options;
  const drawing = plotLines(series, days, {...options, height});
  const x = drawing.scale("x");
  const y = drawing.scale("y");
  if (!x || !y) throw new Error(`no scales in the chart: ${label}`);
  const dates = days.map(toDate);
  const yOf = (value: number | null) =>
    value === null || (log && value <= 0) ? NaN : Number(y.apply(value));
  return crosshair(drawing, {
    label,
    count: days.length,
    xOf: (i) => Number(x.apply(dates[i])),
    top: CHART_TOP,
    bottom: height - CHART_BOTTOM,
    dots: (i) => series.map(({values, color}) => ({y: yOf(values[i]), color})),
    say: (i) =>
      [formatDay(days[i]), ...series.map(({name, values}) => `${name} ${said(values[i], print)}`)].join(", "),
    ...hands
  });

  function plotLines(
    lines: readonly Series[],
    at: readonly string[],
    {height: tall, unit, tick, base = 0, fromBase = false}: LineChartOptions & {height: number}
  ) {
    const named = lines.length > 1 && width > 480;
    const points = lines.map(({values}) =>
      values.map((value, i) => ({day: toDate(at[i]), value: value ?? NaN}))
    );
    const all = points.flat().flatMap(({value}) => (Number.isFinite(value) ? [value] : []));
    const low = Math.min(...all, ...(fromBase ? [base] : []));
    const high = Math.max(...all, ...(fromBase ? [base] : []));
    const pad = log ? 0 : (high - low || Math.abs(high) || 1) * 0.04;
    const domain: [number, number] = [
      fromBase && low === base ? low : low - pad,
      fromBase && high === base ? high : high + pad
    ];
    const inRange = base >= domain[0] && base <= domain[1];
    const ends = lines.map(({values}) => values.findLast((value) => value !== null) ?? NaN);
    const heights = ends.map(
      (value) =>
        tall -
        CHART_BOTTOM -
        ((value - domain[0]) / (domain[1] - domain[0])) * (tall - CHART_BOTTOM - CHART_TOP)
    );
    const labels = spread(heights, 15, CHART_TOP, tall - CHART_BOTTOM);
    const told = ticks(...domain, TICKS);
    const short = new Set(told.map(tick)).size === told.length;
    const letters = Math.max(...told.map((value) => (short ? tick(value) : print(value)).length));
    const apart = Math.max(2, Math.floor(width / 110));
    return plot({
      width,
      height: tall,
      label,
      marginLeft: Math.max(52, 7.5 * letters + 12),
      marginRight: named ? 12 + 7 * Math.max(...lines.map(({name}) => name.length)) : 12,
      x: {
        type: "utc",
        label: null,
        tickSize: 0,
        ticks: apart,
        // so few days would be told by the hour
        ...(at.length <= apart && {ticks: at.map(toDate), tickFormat: sayDay})
      },
      y: {
        type: log ? "log" : "linear",
        domain,
        label: unit,
        labelArrow: "none",
        labelAnchor: "top",
        ticks: TICKS,
        tickFormat: (value: number) => (short ? tick(value) : print(value)),
        tickSize: 0,
        nice: false
      },
      marks: [
        Plot.gridY({...GRID, ticks: TICKS}),
        inRange ? Plot.ruleY([base], ZERO) : null,
        lines.map(({area, color}, i) =>
          area
            ? Plot.areaY(points[i], {
                x: "day",
                y1: Math.max(domain[0], Math.min(base, domain[1])),
                y2: "value",
                fill: color,
                fillOpacity: 0.14
              })
            : null
        ),
        lines.map(({color, dashed}, i) =>
          Plot.lineY(points[i], {
            x: "day",
            y: "value",
            stroke: color,
            strokeWidth: 1.5,
            ...(dashed && {strokeDasharray: "4 3"})
          })
        ),
        named
          ? lines.map(({name, color}, i) =>
              Plot.text([name], {
                frameAnchor: "top-right",
                dx: 8,
                dy: labels[i] - CHART_TOP,
                textAnchor: "start",
                lineAnchor: "middle",
                fill: color,
                fontWeight: 500
              })
            )
          : null
      ]
    });
  }
}
