import {h} from "./dom.js";
import {change, figure, type Shown} from "./figure.js";
import {icon} from "./icons.js";
import {sparkline} from "./sparkline.js";

interface Metric {
  label: string;
  value: Shown;
  /** Small, beside the figure. */
  unit?: string | null;
  /** What moved, with sign and arrow; each with a word of its own ("1 day"). */
  changes?: readonly {shown: Shown; word: string}[];
  /** A word below. */
  note?: string;
  /** Values over time, oldest first. */
  spark?: readonly number[];
  /** Where the number is made. */
  href?: string;
  definition?: string;
  /** Sign and colour on the figure itself. */
  signed?: boolean;
  size?: "normal" | "hero";
}

/** Returns one measure: label, figure, what changed. */
export function metric({
  label,
  value,
  unit,
  changes = [],
  note,
  spark = [],
  href,
  definition,
  signed,
  size = "normal"
}: Metric): HTMLElement {
  const name = href ? h("a", {href}, label) : label;
  return h(
    "div",
    {class: `metric metric-${size}`},
    h(
      "div",
      {class: "metric-label"},
      definition
        ? h("span", {"data-tip": definition, tabindex: href ? null : 0}, name, icon("info", 12))
        : name
    ),
    h(
      "div",
      {class: "metric-figure"},
      signed ? change(value) : figure(value),
      unit && h("small", null, unit),
      spark.length > 1 && sparkline(spark, size === "hero" ? {width: 128, height: 36} : {width: 72})
    ),
    changes.length > 0 &&
      h(
        "div",
        {class: "metric-changes"},
        changes.map(({shown, word}) => h("span", null, change(shown), " ", h("small", null, word)))
      ),
    note && h("small", null, note)
  );
}

/** Returns metrics side by side, six in a row at most. */
export function metricRow(metrics: readonly Metric[]): HTMLElement {
  return h("div", {class: "metrics"}, metrics.map(metric));
}
