import type {CurvesView} from "../../lib/market/views.js";
import {h} from "../dom.js";
import {change, figure} from "../figure.js";
import {formatNumber} from "../format.js";
import {plainTable} from "../plain-table.js";
import {tabs} from "../tabs.js";
import type {Watched} from "../watch-view.js";
import {curveChart} from "./curve-chart.js";
import {marketCard} from "./market-card.js";
import {shownChange, shownValue} from "./row-format.js";

const CURVES = [
  ["par", "Par"],
  ["real", "Real"],
  ["zero", "Zero"],
  ["forward", "Forward"]
] as const;

const MEANING = {
  par: "US Treasury par yields as published, bond-equivalent, semi-annual.",
  real: "Real par yields of inflation-protected securities.",
  zero: "Zero rates bootstrapped from the par curve, bond-equivalent, semi-annual.",
  forward: "Rates for one year from the maturity on, implied by the zero curve, bond-equivalent."
} as const;

let chosen: (typeof CURVES)[number][0] = "par";

/** Returns the yield curve now, a month and a year ago, its zero rates and forwards. */
export function curvesCard(watched: Watched<CurvesView>): HTMLElement {
  return marketCard(watched, "Yield curve", (view) => {
    const now = view.par[0];
    const place = h("div");
    const draw = (width: number) =>
      place.replaceChildren(
        curveChart(view[chosen], {width, label: `US Treasury ${chosen} curve, percent by maturity`})
      );
    let drawnAt = 0;
    const ten = now.points.find(({years}) => years === 10)?.percent;
    const two = now.points.find(({years}) => years === 2)?.percent;
    return {
      asOf: now.asOf ? {day: now.asOf, source: view.source} : null,
      reason: view.reason,
      unit: "%",
      definition: Object.values(MEANING).join(" "),
      finding:
        ten === undefined || two === undefined
          ? "The curve is incomplete."
          : `Ten years yield ${formatNumber(ten)} percent, two years ${formatNumber(two)}: the curve is ${ten < two ? "inverted" : "upward sloping"} by ${formatNumber(100 * Math.abs(ten - two), {digits: 0})} basis points.`,
      controls: tabs(CURVES, {
        label: "Curve",
        chosen,
        onChoose(next) {
          chosen = next;
          draw(drawnAt);
        }
      }),
      rows: {
        columns: ["curve", "line", "as of", "maturity, years", "percent"],
        rows: CURVES.flatMap(([name]) =>
          view[name].flatMap(({label, asOf, points}) =>
            points.map(({years, percent}) => [name, label, asOf, years, percent])
          )
        )
      },
      content(width) {
        drawnAt = width;
        draw(width);
        return h("div", null, place, namedRates(view));
      }
    };
  });
}

/** Named forwards and slopes, side by side with what changed. */
function namedRates({named, slopes}: CurvesView): HTMLElement {
  const lines = [...named, ...slopes].map((row) =>
    h(
      "tr",
      null,
      h("th", {scope: "row", "data-tip": row.source}, row.label),
      h("td", {class: "number"}, figure(shownValue(row))),
      h("td", {class: "number"}, row.value === null ? null : change(shownChange(row, "change1w"))),
      h("td", {class: "number"}, row.value === null ? null : change(shownChange(row, "change1m")))
    )
  );
  return h(
    "div",
    {class: "curve-rates"},
    plainTable(["Forwards, % · slopes, bp", "Last", "1 W, bp", "1 M, bp"], lines)
  );
}
