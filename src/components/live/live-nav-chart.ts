import * as Plot from "@observablehq/plot";
import type {LiveSum} from "../../lib/live/accounts.js";
import {chartCard} from "../chart-card.js";
import {CHART_BOTTOM, CHART_TOP, GRID, plot} from "../chart-theme.js";
import {h} from "../dom.js";
import {formatAmount, formatCompact, formatDay} from "../format.js";
import type {NavPoint} from "./live-nav-points.js";

/** As tall as the margin beside it, and on a narrow screen not more than it is wide. */
const [TALL, LOW] = [330, 220];

interface Shown {
  points: readonly NavPoint[];
  seam: LiveSum["seam"];
  currency: string;
}

/** Returns the card of the value since the statement, and what draws it anew. */
export function liveNavChart(shown: () => Shown | null): {card: HTMLElement; redraw: () => void} {
  const box = h("div", {class: "chart chart-secret"});
  let width = 0;
  const redraw = () => {
    const now = shown();
    if (width > 0 && now) box.replaceChildren(...drawn(now, width));
  };
  const card = chartCard(
    (wide) => {
      width = wide;
      redraw();
      return box;
    },
    {
      title: "Value since the statement",
      currency: shown()?.currency ?? null,
      finding: "Net asset value of the last statement, then the live value that follows it.",
      definition:
        "Solid: live, by the broker, kept every quarter of an hour and followed while this page is open. The dot at the left is the last statement; the dashed line joins the two and stands for no value."
    }
  );
  return {card, redraw};
}

const clock = new Intl.DateTimeFormat(undefined, {hour: "2-digit", minute: "2-digit", hourCycle: "h23"});
const dayClock = new Intl.DateTimeFormat(undefined, {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23"
});

function drawn({points, seam, currency}: Shown, width: number): Node[] {
  const last = points.at(-1);
  if (!last) return [h("p", {class: "empty"}, "The first live value is on its way.")];
  const first = points[0].at;
  const span = Math.max(last.at - first, 60_000);
  const start = {at: first - 0.18 * span, value: seam?.value ?? NaN};
  const print = (value: number) => formatAmount(value.toFixed(2), currency);
  const tick = (at: number | Date) => clock.format(at);
  const values = [...points.map(({value}) => value), ...(seam ? [seam.value] : [])];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const pad = (high - low || Math.abs(high) || 1) * 0.12;
  const drawing = plot({
    width,
    height: width > 480 ? TALL : LOW,
    label: `Live value, last ${print(last.value)}`,
    marginLeft: 12 + 7.5 * Math.max(formatCompact(low).length, print(low).length),
    marginRight: 12,
    marginTop: CHART_TOP,
    marginBottom: CHART_BOTTOM,
    x: {
      type: "utc",
      domain: [new Date(start.at), new Date(first + 1.02 * span)],
      label: null,
      tickSize: 0,
      ticks: [0, 0.5, 1].map((part) => new Date(first + part * span)),
      tickFormat: tick
    },
    y: {
      domain: [low - pad, high + pad],
      label: currency,
      labelArrow: "none",
      labelAnchor: "top",
      ticks: 4,
      tickFormat: (value: number) => formatAmount(value.toFixed(0), "JPY"),
      tickSize: 0
    },
    marks: [
      Plot.gridY({...GRID, ticks: 4}),
      seam ? Plot.ruleX([new Date(first)], {stroke: "var(--control)", strokeDasharray: "2 3"}) : null,
      seam
        ? Plot.line([start, points[0]], {
            x: ({at}: NavPoint) => new Date(at),
            y: "value",
            stroke: "var(--benchmark)",
            strokeDasharray: "4 3",
            strokeWidth: 1.5
          })
        : null,
      seam
        ? Plot.dot([start], {
            x: ({at}: NavPoint) => new Date(at),
            y: "value",
            r: 4,
            fill: "var(--surface)",
            stroke: "var(--benchmark)",
            strokeWidth: 2
          })
        : null,
      Plot.line(points, {
        x: ({at}: NavPoint) => new Date(at),
        y: "value",
        stroke: "var(--portfolio)",
        strokeWidth: 1.5
      }),
      Plot.dot([last], {
        x: ({at}: NavPoint) => new Date(at),
        y: "value",
        r: 3.5,
        fill: "var(--portfolio)"
      })
    ]
  });
  const readout = h(
    "div",
    {class: "readout"},
    seam &&
      h(
        "span",
        null,
        h("i", {class: "swatch dashed", style: "--swatch:var(--benchmark)"}),
        `Statement to ${formatDay(seam.day)}`,
        h("b", {class: "secret"}, print(seam.value))
      ),
    h(
      "span",
      null,
      h("i", {class: "swatch", style: "--swatch:var(--portfolio)"}),
      `Live, ${dayClock.format(last.at)}`,
      h("b", {class: "secret"}, print(last.value))
    )
  );
  return [readout, drawing];
}
