import * as Plot from "@observablehq/plot";
import type {CurveLine} from "../../lib/market/views.js";
import {CHART_BOTTOM, CHART_TOP, GRID, plot, spread, ZERO} from "../chart-theme.js";
import {crosshair} from "../crosshair.js";
import {h} from "../dom.js";
import {formatDay, formatNumber, NOT_AVAILABLE} from "../format.js";

const COLORS = ["var(--portfolio)", "var(--category-2)", "var(--benchmark)"];
const MATURITIES = [1, 2, 3, 5, 7, 10, 20, 30];

/** Returns a maturity in words: "3 months", "10 years". */
export function maturity(years: number): string {
  if (years < 1) {
    const months = formatNumber(12 * years, {digits: Number.isInteger(Math.round(120 * years) / 10) ? 0 : 1});
    return months === "1" ? "1 month" : `${months} months`;
  }
  return years === 1 ? "1 year" : `${formatNumber(years, {digits: Number.isInteger(years) ? 0 : 1})} years`;
}

/** Returns curves over maturity, the first line the one that is read along; short maturities get more room. */
export function curveChart(
  lines: readonly CurveLine[],
  {width, height = 280, label}: {width: number; height?: number; label: string}
): HTMLElement {
  const drawn = lines.filter(({points}) => points.length > 1);
  if (!drawn.length) return h("p", {class: "empty"}, `${label} needs two maturities.`);
  const years = drawn[0].points.map((point) => point.years);
  const at = (line: CurveLine, i: number) => line.points.find((point) => point.years === years[i])?.percent;
  const names = drawn.map(({label: name, asOf}) => ({name, day: formatDay(asOf)}));
  const print = (value: number | undefined) => (value === undefined ? NOT_AVAILABLE : formatNumber(value));
  const readout = h("div", {class: "readout"});
  const read = (i: number | null) => {
    const chosen = i ?? years.findIndex((year) => year === 10);
    const place = chosen < 0 ? years.length - 1 : chosen;
    readout.replaceChildren(
      ...drawn.map((line, n) =>
        h(
          "span",
          {"data-tip": names[n].day},
          h("i", {class: n ? "swatch dashed" : "swatch", style: `--swatch:${COLORS[n]}`}),
          names[n].name,
          h("b", null, print(at(line, place)))
        )
      ),
      h("span", {class: "muted"}, maturity(years[place]))
    );
  };
  const values = drawn.flatMap(({points}) => points.map(({percent}) => percent));
  const pad = (Math.max(...values) - Math.min(...values) || 1) * 0.08;
  const domain: [number, number] = [Math.min(...values) - pad, Math.max(...values) + pad];
  const wide = width > 480;
  const yOf = (value: number) =>
    height -
    CHART_BOTTOM -
    ((value - domain[0]) / (domain[1] - domain[0])) * (height - CHART_BOTTOM - CHART_TOP);
  const places = spread(
    drawn.map(({points}) => yOf(points[points.length - 1].percent)),
    15,
    CHART_TOP,
    height - CHART_BOTTOM
  );
  const drawing = plot({
    width,
    height,
    label,
    marginLeft: 44,
    marginRight: wide ? 92 : 16,
    x: {
      type: "sqrt",
      domain: [Math.min(...years), Math.max(...years)],
      label: null,
      ticks: MATURITIES.filter((year) => year <= Math.max(...years) && (wide || ![3, 7].includes(year))),
      tickFormat: (year: number) => `${year} y`,
      tickSize: 0
    },
    y: {
      domain,
      label: "%",
      labelArrow: "none",
      labelAnchor: "top",
      ticks: 5,
      tickSize: 0,
      tickFormat: (value: number) => formatNumber(value, {digits: domain[1] - domain[0] < 2 ? 2 : 1})
    },
    marks: [
      Plot.gridY({...GRID, ticks: 5}),
      domain[0] < 0 && domain[1] > 0 ? Plot.ruleY([0], ZERO) : null,
      drawn.map(({points}, n) =>
        Plot.lineY(points, {
          x: "years",
          y: "percent",
          stroke: COLORS[n],
          strokeWidth: n ? 1.25 : 1.75,
          curve: "monotone-x",
          ...(n > 0 && {strokeDasharray: "4 3"})
        })
      ),
      Plot.dot(drawn[0].points, {x: "years", y: "percent", r: 2.2, fill: COLORS[0]}),
      wide
        ? drawn.map(({label: name}, n) =>
            Plot.text([name], {
              frameAnchor: "top-right",
              dx: 8,
              dy: places[n] - CHART_TOP,
              textAnchor: "start",
              lineAnchor: "middle",
              fill: COLORS[n],
              fontWeight: 500
            })
          )
        : null
    ]
  });
  const x = drawing.scale("x");
  if (!x) throw new Error(`no scale in the chart: ${label}`);
  read(null);
  const node = h("div", {class: "chart"}, readout);
  node.append(
    crosshair(drawing, {
      label,
      count: years.length,
      xOf: (i) => Number(x.apply(years[i])),
      top: CHART_TOP,
      bottom: height - CHART_BOTTOM,
      dots: (i) => drawn.map((line, n) => ({y: yOf(at(line, i) ?? NaN), color: COLORS[n]})),
      say: (i) =>
        [maturity(years[i]), ...drawn.map((line, n) => `${names[n].name} ${print(at(line, i))} %`)].join(
          ", "
        ),
      onMove: read,
      onZoom: () => undefined,
      onBack: () => undefined
    })
  );
  return node;
}
