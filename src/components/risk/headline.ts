import type {RiskOutput} from "../../lib/tasks/risk.js";
import type {Figure} from "../../lib/returns/figure.js";
import {formatNumber, formatPercent} from "../format.js";
import {metricRow} from "../metric.js";
import {metricsOf} from "../run-record.js";
import type {Watched} from "../watch-view.js";
import type {RiskChoices} from "./choices.js";
import {shareOfNav, type Held} from "./held.js";
import {waitingMetrics} from "./study-card.js";

const WAYS = [
  [
    "historical",
    "history",
    "A loss that happened: what is held now, carried through each period of the past."
  ],
  ["normal", "normal", "What a normal distribution with the past's means and covariance says."],
  [
    "cornishFisher",
    "Cornish-Fisher",
    "The normal quantile bent by the skewness and the kurtosis of the account's own gains."
  ]
] as const;

/** Returns what could be lost over one period, three ways, at the edge of the tail and on average beyond it. */
export function riskMetrics(
  held: Watched<Held>,
  answer: Watched<RiskOutput>,
  {tail, horizon}: RiskChoices
): HTMLElement {
  if (held.kind !== "ready" || answer.kind !== "ready" || held.view.view.asOf === null)
    return waitingMetrics(held, answer);
  const sure = `${Math.round(1000 * (1 - tail)) / 10}%`;
  const days = horizon === 1 ? "1 day" : `${horizon} days`;
  const measure = (name: string, of: RiskOutput["valueAtRisk"]) =>
    WAYS.map(([way, label, meaning]) => {
      const {value, reason}: Figure = of[way];
      return {
        label: `${name}, ${label}`,
        value: {text: formatNumber(value, {digits: 0}), reason, secret: true},
        unit: held.view.currency,
        note:
          value === null
            ? `${sure}, ${days}`
            : `${formatPercent(shareOfNav(value, held.view))} of NAV · ${sure}, ${days}`,
        definition: `${meaning} A loss is positive.`
      };
    });
  const {valueAtRisk, conditionalValueAtRisk} = answer.view;
  const measures = [...measure("VaR", valueAtRisk), ...measure("CVaR", conditionalValueAtRisk)];
  return metricsOf(answer.run, metricRow(measures));
}
