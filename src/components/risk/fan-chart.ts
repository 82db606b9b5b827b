import * as Plot from "@observablehq/plot";
import {GRID, ZERO, plot} from "../chart-theme.js";
import {crosshair} from "../crosshair.js";
import {h} from "../dom.js";
import {formatCompact, formatNumber, formatPercent} from "../format.js";

/** Quantiles of simulated values at some periods ahead. */
export interface FanPoint {
  period: number;
  quantiles: readonly {share: number; value: number}[];
}

const HEIGHT = 300;
const TOP = 20;
const BOTTOM = 32;

/** Returns simulated values ahead: the middle as a line, half and nine tenths of the paths as bands. */
export function fanChart(
  fan: readonly FanPoint[],
  {width, start, unit}: {width: number; start: number; unit: string}
): HTMLElement {
  const shares = fan[0].quantiles.map(({share}) => share);
  const points = [{period: 0, quantiles: shares.map((share) => ({share, value: start}))}, ...fan].map(
    ({period, quantiles}) => ({period, values: quantiles.map(({value}) => value)})
  );
  const middle = Math.floor(shares.length / 2);
  const all = points.flatMap(({values}) => values);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const pad = (high - low || 1) * 0.04;
  const band = (from: number, to: number, opacity: number) =>
    Plot.areaY(points, {
      x: "period",
      y1: ({values}: (typeof points)[number]) => values[from],
      y2: ({values}: (typeof points)[number]) => values[to],
      fill: "var(--portfolio)",
      fillOpacity: opacity,
      curve: "monotone-x"
    });
  const label = "Simulated values ahead";
  const drawing = plot({
    width,
    height: HEIGHT,
    label,
    marginLeft: 56,
    marginRight: 12,
    x: {
      label: null,
      tickSize: 0,
      ticks: Math.max(2, Math.floor(width / 120)),
      tickFormat: (day: number) => `${day} d`
    },
    y: {
      domain: [low - pad, high + pad],
      label: unit,
      labelArrow: "none",
      labelAnchor: "top",
      ticks: 5,
      tickSize: 0,
      tickFormat: (value: number) => formatCompact(value)
    },
    marks: [
      Plot.gridY({...GRID, ticks: 5}),
      Plot.ruleY([start], {...ZERO, strokeDasharray: "4 3"}),
      band(0, shares.length - 1, 0.14),
      band(1, shares.length - 2, 0.22),
      Plot.lineY(points, {
        x: "period",
        y: ({values}: (typeof points)[number]) => values[middle],
        stroke: "var(--portfolio)",
        strokeWidth: 1.75,
        curve: "monotone-x"
      })
    ]
  });
  const [x, y] = [drawing.scale("x"), drawing.scale("y")];
  if (!x || !y) throw new Error("no scales in the fan");
  const readings = h("div", {class: "readout"});
  const words = (i: number) =>
    shares.map(
      (share, q) => [`${Math.round(100 * share)}%`, formatNumber(points[i].values[q], {digits: 0})] as const
    );
  const show = (i: number | null) => {
    const at = i ?? points.length - 1;
    readings.replaceChildren(
      ...words(at).map(([name, text]) => h("span", null, name, h("b", {class: "secret"}, text))),
      h("time", null, `after ${points[at].period} days`)
    );
  };
  show(null);
  return h(
    "div",
    {class: "chart chart-secret"},
    readings,
    crosshair(drawing, {
      label,
      count: points.length,
      xOf: (i) => Number(x.apply(points[i].period)),
      top: TOP,
      bottom: HEIGHT - BOTTOM,
      dots: (i) => [{y: Number(y.apply(points[i].values[middle])), color: "var(--portfolio)"}],
      say: (i) =>
        `after ${points[i].period} days: ${words(i)
          .map(([name, text]) => `${name} ${text}`)
          .join(", ")}`,
      onMove: show,
      onZoom: () => undefined,
      onBack: () => undefined
    }),
    h(
      "p",
      {class: "shown-range"},
      `Line: the middle path. Bands: ${formatPercent(shares[shares.length - 2] - shares[1], {digits: 0})} and ${formatPercent(shares[shares.length - 1] - shares[0], {digits: 0})} of the paths.`
    )
  );
}
