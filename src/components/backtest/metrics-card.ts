import type {MetricConstants} from "../../lib/backtest/metrics/metric.js";
import {h} from "../dom.js";
import {figure} from "../figure.js";
import {formatNumber} from "../format.js";
import {plainTable} from "../plain-table.js";
import type {Watched} from "../watch-view.js";
import {wideFrame} from "../wide-frame.js";
import {METRIC_GROUPS, shownMetric} from "./metric-facts.js";
import {ranCard} from "./ran-card.js";
import type {Ran} from "./run-backtest.js";

/** Returns every metric with whose rule it is; the rule itself and its constants on hover and focus. */
export function metricsCard(watched: Watched<Ran>): HTMLElement {
  return ranCard(watched, "Metrics", ({setup, loaded, output}) => {
    const {metrics} = output;
    const all = METRIC_GROUPS.flatMap(([, facts]) => facts);
    const whose = (id: keyof typeof metrics) => metrics[id].convention.split(":")[0];
    const known = all.filter(({id}) => metrics[id].value !== null).length;
    const table = (facts: (typeof METRIC_GROUPS)[number][1], group: string) =>
      plainTable(
        [group, "Value"],
        facts.map(({id, label}) => {
          const {convention, constants} = metrics[id];
          return h(
            "tr",
            null,
            h(
              "th",
              {scope: "row"},
              h(
                "span",
                {class: "defined", tabindex: 0, "data-tip": `${convention}${told(constants)}`},
                label
              ),
              whose(id) !== setup.convention && h("small", {class: "muted bt-rule"}, whose(id))
            ),
            h("td", {class: "number", "data-metric": id}, figure(shownMetric(id, metrics[id], loaded.unit)))
          );
        })
      );
    return {
      unit: `convention ${setup.convention}`,
      currency: loaded.unit,
      definition:
        "Each figure by the convention chosen; where that library has no such metric, by ours, which stands beside it. Point at a name for its formula and its constants.",
      finding: `${known} metrics by the convention ${setup.convention}; ${all.length - known} cannot be computed.`,
      rows: {
        columns: ["metric", "value", "unit", "convention", "reason"],
        rows: all.map(({id, label, unit}) => [
          label,
          metrics[id].value,
          unit === "amount" ? loaded.unit : unit,
          metrics[id].convention,
          metrics[id].reason ?? null
        ])
      },
      content: () =>
        wideFrame(
          "Metrics",
          h(
            "div",
            {class: "bt-metrics"},
            METRIC_GROUPS.map(([group, facts]) => h("div", null, table(facts, group)))
          )
        )
    };
  });
}

/** The constants that a metric was computed with, as a sentence. */
function told(constants: MetricConstants): string {
  const words = Object.entries(constants).flatMap(([name, value]) => {
    if (value === null || value === false) return [];
    const spaced = name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
    if (value === true) return [spaced];
    return [`${spaced} ${typeof value === "number" ? formatNumber(value, {digits: 4}) : value}`];
  });
  return words.length ? `. With ${words.join(", ")}.` : "";
}
