import * as Plot from "@observablehq/plot";
import type {CommoditiesView, FuturesCurve} from "../../lib/market/views.js";
import {CHART_BOTTOM, CHART_TOP, GRID, plot, toDate} from "../chart-theme.js";
import {crosshair} from "../crosshair.js";
import {h} from "../dom.js";
import {formatNumber} from "../format.js";
import {tabs} from "../tabs.js";
import type {Watched} from "../watch-view.js";
import {marketCard} from "./market-card.js";
import {unitWord} from "./row-format.js";

const HEIGHT = 220;

let chosen: string | null = null;

/** Returns the prices of a future's contracts by delivery month. */
export function futuresCard(watched: Watched<CommoditiesView>): HTMLElement {
  return marketCard(watched, "Futures curves", ({curves}) => {
    const known = curves.filter(({points}) => points.length > 1);
    const current = () => known.find(({id}) => id === chosen) ?? known[0];
    const place = h("div");
    let drawnAt = 0;
    const draw = () => place.replaceChildren(curveOf(current(), drawnAt));
    return {
      asOf: known[0]?.asOf ? {day: known[0].asOf, source: "Yahoo Finance"} : null,
      reason: known.length ? null : (curves[0]?.reason ?? "No contract is in the lake yet."),
      definition: "Closes of one day by delivery month: falling is backwardation, rising is contango.",
      finding: known.map(slopeOf).join(" "),
      controls: tabs(
        known.map(({id, label}) => [id, label] as const),
        {
          label: "Future",
          chosen: current()?.id ?? "",
          onChoose(next) {
            chosen = next;
            draw();
          }
        }
      ),
      rows: {
        columns: ["future", "unit", "contract", "delivery month", "price", "as of"],
        rows: known.flatMap(({label, unit, asOf, points}) =>
          points.map(({id, month, price}) => [label, unit, id, month, price, asOf])
        )
      },
      content(width) {
        drawnAt = width;
        draw();
        return place;
      }
    };
  });
}

function slopeOf({label, points}: FuturesCurve): string {
  const [first, last] = [points[0], points[points.length - 1]];
  return `${label} costs ${formatNumber(first.price)} for ${first.month} and ${formatNumber(last.price)} for ${last.month}: ${last.price < first.price ? "backwardation" : "contango"}.`;
}

function curveOf(curve: FuturesCurve, width: number): HTMLElement {
  const {label, unit, points} = curve;
  const dates = points.map(({month}) => toDate(`${month}-01`));
  const prices = points.map(({price}) => price);
  const pad = (Math.max(...prices) - Math.min(...prices) || 1) * 0.1;
  const domain: [number, number] = [Math.min(...prices) - pad, Math.max(...prices) + pad];
  const readout = h("div", {class: "readout"});
  const month = (i: number) =>
    new Intl.DateTimeFormat(undefined, {month: "short", year: "numeric", timeZone: "UTC"}).format(dates[i]);
  const read = (i: number | null) => {
    const at = i ?? 0;
    readout.replaceChildren(
      h(
        "span",
        null,
        h("i", {class: "swatch", style: "--swatch:var(--portfolio)"}),
        label,
        h("b", null, formatNumber(prices[at]))
      ),
      h("span", {class: "muted"}, month(at))
    );
  };
  const drawing = plot({
    width,
    height: HEIGHT,
    label: `${label} by delivery month`,
    marginLeft: 56,
    x: {type: "utc", label: null, tickSize: 0, ticks: Math.max(2, Math.floor(width / 110))},
    y: {
      domain,
      label: unitWord(unit),
      labelArrow: "none",
      labelAnchor: "top",
      ticks: 5,
      tickSize: 0,
      tickFormat: (value: number) => formatNumber(value, {digits: domain[1] - domain[0] < 5 ? 2 : 0})
    },
    marks: [
      Plot.gridY({...GRID, ticks: 5}),
      Plot.lineY(points, {x: (_, i) => dates[i], y: "price", stroke: "var(--portfolio)", strokeWidth: 1.5}),
      Plot.dot(points, {x: (_, i) => dates[i], y: "price", r: 2.5, fill: "var(--portfolio)"})
    ]
  });
  const [x, y] = [drawing.scale("x"), drawing.scale("y")];
  if (!x || !y) throw new Error(`no scales in the chart: ${label}`);
  read(null);
  return h(
    "div",
    {class: "chart"},
    readout,
    crosshair(drawing, {
      label,
      count: points.length,
      xOf: (i) => Number(x.apply(dates[i])),
      top: CHART_TOP,
      bottom: HEIGHT - CHART_BOTTOM,
      dots: (i) => [{y: Number(y.apply(prices[i])), color: "var(--portfolio)"}],
      say: (i) => `${month(i)}, ${formatNumber(prices[i])}`,
      onMove: read,
      onZoom: () => undefined,
      onBack: () => undefined
    })
  );
}
