import type {MetricId} from "../../lib/backtest/metrics/metric.js";
import {h} from "../dom.js";
import {formatAmount, formatPercent} from "../format.js";
import {tag} from "../badges.js";
import {metricRow} from "../metric.js";
import {metricsOf} from "../run-record.js";
import {placeholder} from "../states.js";
import type {Watched} from "../watch-view.js";
import {metricFacts, shownMetric} from "./metric-facts.js";
import type {Ran} from "./run-backtest.js";

const SHOWN: readonly MetricId[] = ["finalEquity", "totalReturn", "cagr", "sharpe", "maxDrawdown", "trades"];

/** Returns what a backtest came to, in six figures, with what must be known of them. */
export function headMetrics(watched: Watched<Ran>): HTMLElement {
  if (watched.kind === "loading")
    return h("div", {class: "metrics waiting", role: "status", "aria-label": "loading"});
  if (watched.kind === "error") {
    const {why, retry} = watched;
    return h(
      "div",
      {class: "card"},
      placeholder({kind: "error", what: "This backtest could not be run.", why, retry})
    );
  }
  const {output, loaded, run, setup} = watched.view;
  const {metrics, benchmark, badges, warnings} = output;
  const held = benchmark && benchmark[benchmark.length - 1] / benchmark[0] - 1;
  const first = {
    finalEquity: {note: `${loaded.unit}, from ${formatAmount(String(setup.cash), loaded.unit)}`},
    totalReturn: {
      note: held === null ? undefined : `buy and hold ${formatPercent(held, {signed: true})}`,
      signed: true
    },
    cagr: {signed: true},
    maxDrawdown: {label: "Deepest fall", signed: true}
  } as Partial<Record<MetricId, object>>;
  return h(
    "div",
    null,
    badges.length > 0 &&
      h(
        "p",
        {class: "bt-badges"},
        badges.map((badge) => tag(badge, "warning"))
      ),
    warnings.map((sentence) => h("p", {class: "notice"}, sentence)),
    metricsOf(
      run,
      metricRow(
        SHOWN.map((id) => ({
          label: metricFacts(id).label,
          value: shownMetric(id, metrics[id], loaded.unit),
          definition: metrics[id].convention,
          ...first[id]
        }))
      )
    )
  );
}
